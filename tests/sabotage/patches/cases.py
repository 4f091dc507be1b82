"""Patches of `cases`: plans, complaints, returns and referrals."""

from __future__ import annotations

from .parts import JOURNEY, PAPERS, PROTECTIVE, PUBLIC_DOOR, PULL, Patch, pages, tests, village_letters

_REFERRALS = tests("cases", "trouble/referrals")
_SHEETS = tests("cases", "before/sheets", "before/sheets_entry")
_COMPLAINTS = tests("cases", "trouble/complaints")
_COMPLAINT_WORK = tests("cases", "trouble/complaint_work")

CASES: tuple[Patch, ...] = (
    Patch(
        "any letter counts as the family's permission", "a cover letter for the police would open the way abroad",
        "cases/queries/before/plans.py", "    letters = letters.filter(kind=FAMILY_PERMISSION)\n", "",
        village_letters("a_village_letter_is_no_permission_to_leave"),
    ),
    Patch(
        "anybody may ask for anybody's letter", "a broker would collect the papers of a child",
        "cases/rules/letters/village.py", "        *_about_asker(wish),\n", "",
        village_letters("nobody_else_asks_for_somebodys_police_letter"),
    ),
    Patch(
        "a visit leaves no event", "the chain would not say who wrote it",
        "cases/actions/before/visits.py", 'unit.record("visit.recorded", ', 'dict(event="visit.recorded", ',
        pages("cases:record_visit"),
    ),
    Patch(
        "a visit is not told to devices", "phones would never hear of it",
        "cases/actions/before/visits.py",
        '    unit.changed("cases.visit", visit.village_code, visit.id)\n    memory.add_fact',
        "    memory.add_fact", PULL,
    ),
    Patch(
        "a letter is written without a talk", "the family was never heard",
        "cases/rules/letters/permission.py", "        *_about_talk(talk),\n", "", JOURNEY,
    ),
    Patch(
        "an empty sheet is called safe", "a family would trust an offer about which nobody asked",
        "cases/rules/offer/unknown.py",
        '    return level in ("clear", "advise") and not ESSENTIAL.isdisjoint(unknown)', "    return False",
        tests("cases", "offer/check"),
    ),
    Patch(
        "a letter is written after a stop", "the village would sign a dangerous offer",
        "cases/rules/letters/permission.py", '    if check.level == "stop":', '    if check.level == "never":', JOURNEY,
    ),
    Patch(
        "a permission under pressure counts", "it was not given freely",
        "cases/rules/letters/permission.py", "    if talk.disputed or talk.pressure:", "    if talk.disputed:", JOURNEY,
    ),
    Patch(
        "the letter of a plan that was given up still holds", "somebody could leave with it against their own word",
        "cases/actions/cases.py", "        _take_back(letter, ", "        dict(letter=letter, ",
        ("src/desmigratif/cases/tests/before/pages/test_plans.py::test_taking_a_plan_back_takes_its_letter_back_too",),
    ),
    Patch(
        "a copy is shown without a trace", "nobody could be told who looked at a passport",
        "cases/views/papers/papers.py", "attachments.content_of(kept) if noted else None",
        "attachments.content_of(kept)", PAPERS,
    ),
    Patch(
        "a protective note is written to the history", "the household page would betray who asked for help",
        "cases/actions/cases.py",
        "    seal_talk(case, given.on, pressure=given.pressure, closed=given.envelope)\n",
        "    seal_talk(case, given.on, pressure=given.pressure, closed=given.envelope)\n"
        '    if given.pressure:\n        remember(case, "protective.noted", given.on)\n',
        PROTECTIVE,
    ),
    Patch(
        "what was sealed is kept in the village's own note too", "every officer could read it",
        "cases/views/before/talks.py", "            payload[\"envelope\"] = envelopes.sealed(key, note)\n",
        "            payload |= {\"envelope\": envelopes.sealed(key, note), \"note\": text or None}\n", PROTECTIVE,
    ),
    Patch(
        "without a key nobody is told where danger goes", "it would be written where the village reads it, or lost",
        "cases/templates/cases/before/family_talk.html",
        '{% else %}{% include "cases/parts/no_safe_keeping.html" %}', "", PROTECTIVE,
    ),
    Patch(
        "a sheet of paper is entered twice", "one visit would count twice and a talk stand there twice",
        "cases/actions/before/sheets.py", "    if why := why_not_usable(found):\n",
        "    if (why := why_not_usable(found)) and False:\n", _SHEETS,
    ),
    Patch(
        "paper is dated on the day of the typing", "the clock of a right would begin days too late",
        "cases/views/before/from_sheet.py", '        form.initial["on"] = day_before(desk)\n',
        "        pass\n", _SHEETS,
    ),
    Patch(
        "a receipt covers what was sealed", "whoever has the keys could try what a note said",
        "cases/inputs/cases.py", "default=None, exclude=True, repr=False", "default=None, repr=False", PROTECTIVE,
    ),
    Patch(
        "complaints: the village sees one about its officer", "who complains of an officer would be found by him",
        "cases/rules/trouble/complaints.py", "REGENCY if about_officer else VILLAGE", "VILLAGE", _COMPLAINTS,
    ),
    Patch(
        "complaints: a protective one names whom it is about", "a copy of the database would tell who is in danger",
        "cases/actions/trouble/complaints.py", "        resident=None if hidden else resident,\n",
        "        resident=resident,\n", _COMPLAINTS,
    ),
    Patch(
        "complaints: what was raised stays in the family's history", "the village would read what it must not know",
        "cases/actions/trouble/complaint_work.py", "        entry.delete()\n", "        pass\n", _COMPLAINT_WORK,
    ),
    Patch(
        "complaints: triage lowers who may see it", "one wrong tap would open a protective file to the village",
        "cases/actions/trouble/complaint_work.py", "    tier = rules.stricter(complaint.tier, asked)\n",
        "    tier = asked\n", _COMPLAINT_WORK,
    ),
    Patch(
        "complaints: an emergency waits for Monday", "somebody in danger on a holiday would be read days later",
        "cases/rules/trouble/complaints.py", "    if emergency:\n", "    if False:\n",
        tests("cases", "trouble/complaint_rules"),
    ),
    Patch(
        "complaints: an open one ends the sign of an unpaid wage", "arrears would be blamed on the family again",
        "cases/actions/trouble/complaint_states.py", ".exclude(id=complaint.id).exists():",
        ".exists() or True:", _COMPLAINTS,
    ),
    Patch(
        "complaints: a slip is printed by whoever has its address", "another village's officer would hold the code",
        "cases/views/trouble/slip_tokens.py", "if actor_id == str(desk.actor.id) else None", "if actor_id else None",
        tests("cases", "trouble/complaint_ties"),
    ),
    Patch(
        "complaints: an outcome does not wait for the body", "a case would count as solved that nobody answered",
        "cases/rules/trouble/complaints.py", "    if not waiting_at or despite:\n", "    if True:\n",
        tests("cases", "trouble/complaint_ties"),
    ),
    Patch(
        "public door: a code opens without the birth date", "whoever finds the paper would read it",
        "cases/complaint_sealing.py", 'f"{typed}:{born.isoformat()}"', 'f"{typed}"', PUBLIC_DOOR,
    ),
    Patch(
        "abroad: silence is no alarm until the day after", "a day is lost in which somebody could be looked for",
        "cases/rules/abroad/contact.py", "    return due is not None and now > due\n",
        "    return due is not None and now > due + _DAY\n", tests("cases", "abroad/rules", "abroad/abroad"),
    ),
    Patch(
        "abroad: an old call ends the alarm", "news of last month would call off the search for somebody lost today",
        "cases/actions/abroad/stays.py", "    if stay.overdue_since is None or rules.is_overdue(stay.due_at, now):\n",
        "    if stay.overdue_since is None:\n", tests("cases", "abroad/abroad"),
    ),
    Patch(
        "abroad: a family is handed over without having been asked", "nothing goes by itself: a person decides",
        "cases/actions/abroad/leaving.py", "    for kind in dict.fromkeys(given.hand_overs):\n",
        '    for kind in ("saving_plan",):\n', tests("cases", "abroad/abroad"),
    ),
    Patch(
        "abroad: whoever is not back after all is waited for no more", "their silence would be noticed by nobody",
        "cases/actions/back/returns.py", "    stays.resume(case, given.on)\n", "", tests("cases", "abroad/abroad"),
    ),
    Patch(
        "referrals: a link is not used up", "whoever finds the letter later could answer for the body",
        "cases/actions/trouble/referral_answers.py", "    link.used_on = given.on\n", "", _REFERRALS,
    ),
    Patch(
        "referrals: an answer by an old link moves the referral", "a stale paper would overrule what was agreed since",
        "cases/actions/trouble/referral_answers.py",
        "    if rules.late_words(used_on=link.used_on, ended_on=link.ended_on, until=link.until, today=given.on):\n",
        "    if False:\n", _REFERRALS,
    ),
    Patch(
        "referrals: a body of another region reads along", "an office would open people of every regency",
        "cases/models/referrals.py", ", body_region__in=codes_in(grant.region_code))", ")", _REFERRALS,
    ),
    Patch(
        "referrals: what was shared stays open", "a body would read of somebody years after it was done with them",
        "cases/views/trouble/referred.py", "    shows = recorded and is_shown(share_of(found), today)\n",
        "    shows = recorded\n", tests("cases", "trouble/referral_views"),
    ),
    Patch(
        "referrals: more than the chosen fields", "a body would see what nobody chose to share",
        "cases/queries/trouble/referrals.py", " for code, read in readers.items() if code in chosen}",
        " for code, read in readers.items()}", _REFERRALS,
    ),
    Patch(
        "referrals: the village learns of a protective one", "who is in danger would be found by a line in a history",
        "cases/actions/trouble/referring.py", "    if referral.is_kept_by_regency:\n        about =",
        "    if False:\n        about =", _REFERRALS,
    ),
    Patch(
        "returns: a death told twice is two deaths", "a family would be told twice, and figures would lie",
        "cases/actions/back/returns.py", "        return _one_more_source(standing, resident, given)\n",
        "        return _new_return(by, case, resident, given, now)\n", tests("cases", "back/returns"),
    ),
    Patch(
        "returns: an origin is sure by hearsay", "a body would be brought to the wrong province",
        "cases/rules/back/returns.py", '["strong"] and any(', '["strong"] or any(', tests("cases", "back/returns"),
    ),
    Patch(
        "emergency: the found do not learn of a search", "somebody could look for one who hides, unseen",
        "cases/views/trouble/emergency.py", 'subjects=[Subject("resident", id) for id in ids],', "subjects=[],",
        tests("cases", "trouble/emergency"),
    ),
    Patch(
        "emergency: names are harvested", "the register of the country would be read name by name",
        "cases/rules/trouble/emergency.py", "    if searched >= most:\n", "    if False:\n",
        tests("cases", "trouble/emergency"),
    ),
    Patch(
        "emergency: any paper opens as a photo", "an office would read papers that nobody sent to it",
        "cases/views/trouble/emergency.py", "filter(id=photo_id, kind=PHOTO)", "filter(id=photo_id)",
        tests("cases", "trouble/emergency"),
    ),
    Patch(
        "whoever guesses addresses of answers goes on guessing", "eighty bits would be all that stands there",
        "portal/answers.py", "    if is_shut(ANSWER_BY_ADDRESS, knocker, desk.now):", "    if False:",
        tests("cases", "trouble/referral_views"),
    ),
    Patch(
        "one returnee's story is told at every later offer", "a village of forty would know who spoke",
        "cases/rules/back/experience.py", "counts.get(story, 0) >= enough", "counts.get(story, 0) >= 1",
        tests("cases", "offer/told_before"),
    ),
    Patch(
        "a card is printed of an origin that is not sure", "a body was once carried through three provinces",
        "cases/views/back/origin_card.py", "file.origin and file.origin.is_sure and", "file.origin and",
        tests("cases", "back/return_views"),
    ),
    Patch(
        "what waits too long rises every quarter of an hour", "a list that cries always is a list nobody reads",
        "cases/queries/trouble/raised.py", '.exclude(raised_for=F("state"))', "", tests("cases", "trouble/raising"),
    ),
    Patch(
        "a browser keeps the story of a complaint", "whoever sits down next could read it",
        "cases/forms/trouble/complaints.py", '            field.widget.attrs["data-no-draft"] = True\n',
        "            pass\n", tests("cases", "drafts"),
    ),
)  # fmt: skip
