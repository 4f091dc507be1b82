"""Forms about timetable, sessions and who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.parenting.forms.centres import Count, choices_of
from desmigratif.parenting.models import OwnTheme, Session
from desmigratif.parenting.queries.sessions import Called, Pupil
from desmigratif.parenting.rules.centre import listed
from desmigratif.parenting.rules.roll import MARKS
from desmigratif.people.rules.calls import WEEKDAYS
from desmigratif.shared.reasons import Reason

NOBODY = ("", _("Belum ditentukan"))
NO_THEME = ("", _("Tanpa tema"))
OWN = "own:"


class Hour(forms.TimeField):
    """14.30 or 14:30."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, input_formats=["%H.%M", "%H:%M"], widget=forms.TimeInput(format="%H.%M"))
        self.error_messages["invalid"] = _("Tulis jamnya, misalnya 16.00.")
        self.widget.attrs.update({"class": "w-day", "placeholder": "16.00"})


class SlotForm(RecordForm):
    """One more line of the timetable."""

    def __init__(self, *args: Any, today: date, leaders: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"minutes": 90}, **kwargs)
        self.today = today
        self.fields["kind"] = forms.ChoiceField(label=_("Kegiatan"), choices=choices_of("kinds", today))
        self.fields["weekday"] = forms.ChoiceField(label=_("Setiap"), choices=list(WEEKDAYS.items()))
        self.fields["at"] = Hour(label=_("Jam"))
        self.fields["minutes"] = Count(label=_("Lamanya (menit)"), most=480)
        self.fields["leader_id"] = forms.ChoiceField(label=_("Pendamping"), choices=[NOBODY, *leaders], required=False)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "slot_id": data["record_id"], "on": self.today, "kind": data["kind"], "weekday": int(data["weekday"]),
            "at": data["at"], "minutes": data["minutes"], "leader_id": data["leader_id"] or None,
        }  # fmt: skip


class SessionForm(RecordForm):
    """One session beside the timetable, or one of paper days."""

    def __init__(
        self, *args: Any, today: date, leaders: Sequence[tuple[str, str]], own: Sequence[OwnTheme], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"on": today, "minutes": 90}, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("Kegiatan"), choices=choices_of("kinds", today))
        self.fields["on"] = Day(label=_("Tanggal"))
        self.fields["at"] = Hour(label=_("Jam"))
        self.fields["minutes"] = Count(label=_("Lamanya (menit)"), most=480)
        self.fields["theme"] = forms.ChoiceField(label=_("Tema"), choices=_themes(today, own), required=False)
        self.fields["leader_id"] = forms.ChoiceField(label=_("Pendamping"), choices=[NOBODY, *leaders], required=False)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "session_id": data["record_id"], "on": data["on"], "kind": data["kind"], "at": data["at"],
            "minutes": data["minutes"], "leader_id": data["leader_id"] or None, **_theme_of(data["theme"]),
        }  # fmt: skip


def _theme_of(chosen: str) -> dict[str, Any]:
    """A choice as the inputs say it: a code of the list, or the centre's own."""
    if chosen.startswith(OWN):
        return {"theme": None, "own_theme_id": chosen.removeprefix(OWN)}
    return {"theme": chosen or None, "own_theme_id": None}


def _themes(today: date, own: Sequence[OwnTheme]) -> list[Any]:
    """Themes by whom they are for, the centre's own beside those of the list."""
    themes = listed("themes", today)
    groups: list[Any] = [NO_THEME]
    for audience, label in choices_of("audiences", today):
        rows = [(code, said["label"]) for code, said in themes.items() if said["for"] == audience]
        rows += [(f"{OWN}{one.id}", one.title) for one in own if one.audience == audience]
        groups.append((label, rows))
    return groups


class CancelForm(ActForm):
    """A planned session is not held."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["because"] = forms.ChoiceField(label=_("Mengapa"), choices=choices_of("cancel_reasons", today))

    def payload(self) -> dict[str, Any]:
        return {"because": self.cleaned_data["because"], "on": self.today}


class RollForm(ActForm):
    """Who came: one radio group for each child, named by its id; a child nobody touched is not there."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, children: Sequence[Called], session: Session,
        own: Sequence[OwnTheme], **kwargs: Any,
    ) -> None:  # fmt: skip
        theme = f"{OWN}{session.own_theme_id}" if session.own_theme_id else session.theme
        super().__init__(data, initial={"seen": session.version, "theme": theme}, **kwargs)
        self.children = children
        self.fields["theme"] = forms.ChoiceField(label=_("Tema"), choices=_themes(session.on, own), required=False)

    def mark_of(self, child: Called) -> str:
        """What stands at a child now: as sent, else as it was written before."""
        sent = self.data.get(f"c-{child.id}", "") if self.is_bound else child.mark
        return sent if sent in MARKS else "absent"

    def payload(self) -> dict[str, Any]:
        marks = [{"child_id": child.id, "mark": self.mark_of(child)} for child in self.children]
        return {"marks": marks, "seen": self.cleaned_data["seen"], **_theme_of(self.cleaned_data["theme"])}


class ScoreForm(ActForm):
    """A caregivers' class: who came, and two numbers each that may stay open."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, pupils: Sequence[Pupil], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.pupils = pupils
        self.bad: dict[UUID, str] = {}

    def row_of(self, pupil: Pupil) -> dict[str, Any]:
        """What stands in a row now: as sent, else as it was written before."""
        if not self.is_bound:
            numbers = {word: "" if value is None else str(value) for word, value in _numbers(pupil)}
            return {"came": pupil.came, **numbers}
        sent = {word: str(self.data.get(f"{word}-{pupil.id}", "")).strip()[:6] for word in ("before", "after")}
        return {"came": bool(self.data.get(f"came-{pupil.id}")) or any(sent.values()), **sent}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for pupil in self.pupils:
            row = self.row_of(pupil)
            if not all(row[word] == "" or row[word].isdecimal() for word in ("before", "after")):
                self.bad[pupil.id] = str(_("Tulis nilainya dengan angka."))
        if self.bad:
            raise forms.ValidationError(_("Ada nilai yang bukan angka. Yang lain tetap tersimpan di halaman ini."))
        return cleaned

    def payload(self) -> dict[str, Any]:
        scores = []
        for pupil in self.pupils:
            row = self.row_of(pupil)
            if row["came"]:
                numbers = {word: int(row[word]) if row[word] else None for word in ("before", "after")}
                scores.append({"caregiver_id": pupil.id, **numbers})
        return {"scores": scores, "seen": self.cleaned_data["seen"]}

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        """A reason about one score stands in its row."""
        came = [pupil for pupil in self.pupils if self.row_of(pupil)["came"]]
        for reason in reasons:
            parts = reason.field.split(".")
            if len(parts) == 3 and parts[0] == "scores" and parts[1].isdecimal() and int(parts[1]) < len(came):
                self.bad[came[int(parts[1])].id] = reason.text
            else:
                super().refuse((reason,))
        if self.bad and not self.refusal:
            text = str(_("Ada nilai yang tidak mungkin. Belum ada yang disimpan; betulkan dulu yang bertanda."))
            self.refusal.append(Reason("impossible_score", text))


def _numbers(pupil: Pupil) -> tuple[tuple[str, int | None], ...]:
    return (("before", pupil.before), ("after", pupil.after))
