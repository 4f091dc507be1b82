"""Patches of `documents`: letters and the copies of papers."""

from __future__ import annotations

from .parts import JOURNEY, PAPERS, Patch, cells, pages, tests, village_letters

_STATEMENT = tests("documents", "statement")
_COPIES = tests("documents", "copies")

DOCUMENTS: tuple[Patch, ...] = (
    Patch(
        "the check of a file forgets what the letter says", "a changed marital status would pass as the village's word",
        "documents/rules/verify_pdf.py", "    if statement.says:", "    if False:",
        tests("documents", "village_letter_pdf"),
    ),
    Patch(
        "a village's archive prints for strangers", "any officer prints any village's letters in one file",
        "documents/views_archive.py", "letters_of(desk.actor).filter(id__in=_wanted(request))",
        "Letter.objects.everywhere().filter(id__in=_wanted(request))",
        village_letters("strangers_write_and_print_nothing_together"),
    ),
    Patch(
        "a letter's page forgets whose letter it is", "any officer prints any village's letter",
        "documents/queries.py", "get_or_refuse(Letter.objects.visible_to(by).select_related(",
        "get_or_refuse(Letter.objects.everywhere().select_related(", cells("documents:letter"),
    ),
    Patch(
        "a revocation leaves no event", "the chain would not say who took a letter back",
        "documents/actions.py", 'unit.record(\n        "letter.revoked",',
        'dict(\n        event="letter.revoked",', pages("documents:revoke_letter"),
    ),
    Patch(
        "a letter is printed without a trace", "nobody could tell who took it",
        "documents/views.py", '    if not _opened(desk, found, "letter.printed"):', "    if False:",
        tests("documents", "views"),
    ),
    Patch(
        "a number is given twice", "two letters could not be told apart",
        "documents/register.py", '    counter.save(update_fields=["last_number"])\n', "",
        tests("documents", "register"),
    ),
    Patch(
        "a statement's signature is not checked", "anybody could forge a letter",
        "documents/rules/statement.py", "    if not cose.is_signed_by(envelope, candidates[0].public_key):",
        "    if False:", _STATEMENT,
    ),
    Patch(
        "another village's key may sign", "one stolen key would forge letters of all",
        "documents/rules/statement.py", "if key.village_code == statement.village_code]", "if True]", _STATEMENT,
    ),
    Patch(
        "a revoked letter is valid", "a letter that was taken back would still open doors",
        "documents/rules/statement.py",
        "    if (statement.village_code, statement.number) in revocations.letters:", "    if False:", _STATEMENT,
    ),
    Patch(
        "revocations are not published", "nobody outside would hear of them",
        "documents/queries.py", "filter(revoked_on__isnull=False)", "none()", JOURNEY,
    ),
    Patch(
        "a changed text passes", "true signature, false text",
        "documents/rules/verify_pdf.py", "    if not missing:\n", "    if True:\n", tests("documents", "letter_pdf"),
    ),
    Patch(
        "the camera's data stay in a photo", "a copy tells where and when it was taken",
        "documents/rules/copies.py",
        'picture.save(target, "JPEG", quality=KEPT_QUALITY, optimize=True)',
        'picture.save(target, "JPEG", quality=KEPT_QUALITY, optimize=True, exif=Image.open(BytesIO(sent)).getexif())',
        _COPIES,
    ),
    Patch(
        "a scan keeps what its camera wrote", "a PDF of a photo tells where it was taken",
        "documents/rules/pdf_copies.py", "kept._data = without_marks(bytes(kept._data))", "pass", _COPIES,
    ),
    Patch(
        "a photo is unpacked however large it says it is", "a few bytes would fill the village's computer",
        "documents/rules/copies.py", "if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:", "if False:",
        _COPIES,
    ),
    Patch(
        "copies lie in clear", "a stolen database shows every passport",
        "documents/attachments.py",
        "sealed = crypto.seal(key, copy.content, place=_place(attachment_id))", "sealed = copy.content", PAPERS,
    ),
    Patch(
        "a deleted copy stays", "what was asked to be deleted is only hidden",
        "documents/attachments.py", "AttachmentContent.objects.filter(attachment=kept).delete()", "pass", PAPERS,
    ),
)  # fmt: skip
