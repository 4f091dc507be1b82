"""Patches of `access`: who may see and do what, and how they come in."""

from __future__ import annotations

from .parts import DOOR, PROTECTIVE, SIGN_IN, Patch, cells, tests

_SCOPE = tests("access", "scope")
_LOCK = tests("access", "lock")
_BROWSERS = tests("access", "second_factor")

ACCESS: tuple[Patch, ...] = (
    Patch(
        "the region filter is dropped", "every village's records lie open to every officer",
        "access/scope.py", "return self._mark_scoped().filter(condition)", "return self._mark_scoped()",
        cells("people:household"),
    ),
    Patch(
        "require never refuses", "an action can be done in any village",
        "access/scope.py", "    if not by.may(permission, code):\n        raise NotFoundOrNotYours",
        "    by.may(permission, code)", tests("cases", "before/visits"),
    ),
    Patch(
        "an unscoped query runs", "a forgotten filter stays unnoticed",
        "access/scope.py", "        if not self._scoped:", "        if False:", _SCOPE,
    ),
    Patch(
        "counting together asks for no scope", "the numbers of other villages would stand on the first page",
        "access/scope.py", "        rows.require_scope()\n", "        pass\n", _SCOPE,
    ),
    Patch(
        "regions are compared letter by letter", "33.0 would contain 33.07",
        "access/scope.py", '__startswith": code + "."', '__startswith": code', _SCOPE,
    ),
    Patch(
        "a share outlives its date", "another region keeps seeing a record after the agreed day",
        "access/scope.py", "                valid_until__gt=on,\n", "", _SCOPE,
    ),
    Patch(
        "an expired grant still holds", "whoever left the office keeps its rights",
        "access/queries.py", "Q(valid_until__isnull=True) | Q(valid_until__gt=today), user=user", "user=user",
        SIGN_IN,
    ),
    Patch(
        "a grant holds before it begins", "a successor reads files before taking over",
        "access/queries.py", "user=user, valid_from__lte=today", "user=user", SIGN_IN,
    ),
    Patch(
        "a closed account keeps its rights", "closing an account would leave its work going on",
        "access/queries.py", "    if user.is_active:\n", "    if True:\n", SIGN_IN,
    ),
    Patch(
        "a stranger is told that something is there", "403 instead of 404 says that the record exists",
        "access/routes.py", "    raise Http404(NOT_FOUND)", "    return JsonResponse({}, status=403)",
        cells("people:resident"),
    ),
    Patch(
        "a stranger's refused act is filed in the village", "an attempt from outside leaves a row in that village",
        "access/door.py", "_village_if_allowed(by, given) or by.home_code", "given.village_code", DOOR,
    ),
    Patch(
        "the event of a refused act goes where it aimed", "strangers could fill another village's chain",
        "access/door.py", "return code if any(by.may(permission, code) for permission in Permission) else \"\"",
        "return code", DOOR,
    ),
    Patch(
        "accounts of other regions are listed", "an administrator sees sign-ins of other regencies",
        "access/queries.py", "User.objects.filter(id__in=Grant.objects.filter(mine)",
        "User.objects.filter(id__in=Grant.objects", cells("access:disable_account"),
    ),
    Patch(
        "receipts are forgotten", "the same act would be done twice",
        "access/door.py", "return Receipt.objects.filter(actor_id=str(by.id), act_id=act_id).first()", "return None",
        DOOR,
    ),
    Patch(
        "the payload's digest is ignored", "a finished id could stand for another content",
        "access/door.py", "    if standing.digest != digest:", "    if False:", DOOR,
    ),
    Patch(
        "an action need not ask", "a new action without a permission check would pass",
        "access/door.py", "    if not (asked if spec.permission is None else spec.permission.value in asked):",
        "    if False:", DOOR,
    ),
    Patch(
        "a payload under review lies open", "personal values would stand in clear in the database",
        "access/door.py", "                crypto.keyring().review, given.model_dump_json(exclude_unset=True).encode()",
        "                bytes(32), given.model_dump_json(exclude_unset=True).encode()", DOOR,
    ),
    Patch(
        "the key stays after erasing", "what was erased could be opened again",
        "access/keys/subject_keys.py", ".update(wrapped=nothing)", ".update(subject_id=subject_id)",
        tests("people", "actions"),
    ),
    Patch(
        "nobody needs a second factor", "a lost password would be enough",
        "access/middleware.py", "if not settings.SECOND_FACTOR_REQUIRED or", "if True or", SIGN_IN,
    ),
    Patch(
        "a handed-over password is kept", "whoever made the account could go on using it",
        "access/middleware.py", "if user.must_change_password and", "if False and", SIGN_IN,
    ),
    Patch(
        "one person takes a second factor away alone", "two must have seen the person",
        "access/rules.py", "    if is_asker:\n", "    if False:\n", tests("access", "restoring"),
    ),
    Patch(
        "pages stay in the browser's store", "the back button shows a file after signing out",
        "access/middleware.py", '            response.headers.setdefault("Cache-Control", "no-store, private")\n',
        "            pass\n", tests("access", "headers"),
    ),
    Patch(
        "a locked desk opens its pages", "whoever passes by reads on",
        "access/signin/sessions.py", 'if kept["locked"] or idle >=', "if idle >=", _LOCK,
    ),
    Patch(
        "an idle desk stays open", "whoever passes by reads on",
        "access/signin/sessions.py", "idle >= settings.IDLE_LOCK_MINUTES * 60", "idle < 0", _LOCK,
    ),
    Patch(
        "a cookie from before the lock opens again", "a copied cookie would come back to life with its owner",
        "access/signin/sessions.py", "    session.cycle_key()\n", "", _LOCK,
    ),
    Patch(
        "a one-time code opens twice", "whoever finds the paper sets another password",
        "access/entry_codes.py", "        if not taken:\n", "        if False:\n", tests("access", "entry"),
    ),
    Patch(
        "a remembered browser counts for ever", "a sold phone would stay a second factor",
        "access/signin/enrolled.py", "filter(user=user, until__gt=now)", "filter(user=user)", _BROWSERS,
    ),
    Patch(
        "a locked screen keeps the note", "the village could read it from the session",
        "access/signin/kept_posts.py", '"csrfmiddlewaretoken", *FOR_THE_COORDINATOR', '"csrfmiddlewaretoken"',
        PROTECTIVE,
    ),
)  # fmt: skip
