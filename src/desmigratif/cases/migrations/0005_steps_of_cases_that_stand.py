"""Cases that stand get the steps they have taken: what the desk wrote down before it knew the whole journey.

A clock that nobody counted has no due day.
"""

from __future__ import annotations

from django.db import migrations

from desmigratif.shared.ids import new_id

HOLDERS = {
    "information": "village_officer",
    "intention": "family",
    "offer_check": "village_officer",
    "civil_papers": "civil_registry",
    "family_permission": "village_head",
}
BATCH = 500


def _days_done(case, apps, alias):
    """Step -> the day it was finished, of those that were."""
    talk = apps.get_model("cases", "FamilyTalk")._base_manager.using(alias)
    check = apps.get_model("cases", "OfferCheck")._base_manager.using(alias)
    letter = apps.get_model("documents", "Letter")._base_manager.using(alias)
    heard = talk.filter(case=case, permission="given").order_by("-on", "-at").first()
    checked = check.filter(case=case).order_by("-on", "-at").first()
    written = letter.filter(resident_id=case.resident_id, issued_on__gte=case.opened_on).order_by("-issued_on").first()
    return {
        "intention": heard.on if heard else None,
        "offer_check": checked.on if checked and checked.level != "stop" else None,
        "family_permission": written.issued_on if written and case.state == "VILLAGE_CLEARED" else None,
    }


def write_steps(apps, schema_editor):
    alias = schema_editor.connection.alias
    cases = apps.get_model("cases", "Case")._base_manager.using(alias)
    steps = apps.get_model("cases", "CaseStep")
    rows = []
    for case in cases.order_by("id").iterator(chunk_size=BATCH):
        days = _days_done(case, apps, alias)
        begun = {code: case.opened_on for code in ("information", "intention", "offer_check", "civil_papers")}
        if days["intention"] and days["offer_check"]:
            begun["family_permission"] = max(days["intention"], days["offer_check"])
        elif days["family_permission"]:
            begun["family_permission"] = case.opened_on
        for code, since in begun.items():
            done_on = days.get(code)
            since = min(since, done_on) if done_on else since
            rows.append(
                steps(
                    id=new_id(), village_code=case.village_code, case=case, step=code, since=since,
                    holder=HOLDERS[code], holder_since=since, done_on=done_on, state="done" if done_on else "open",
                )
            )  # fmt: skip
        if len(rows) >= BATCH:
            steps._base_manager.using(alias).bulk_create(rows)
            rows = []
    steps._base_manager.using(alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_journey"), ("documents", "0001_foundation")]

    operations = [migrations.RunPython(write_steps, migrations.RunPython.noop, elidable=True)]
