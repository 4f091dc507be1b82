"""Form of the health score."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from desmigratif.documents.acting import RecordForm


class AnswersForm(RecordForm):
    """How many yes in each part."""

    def __init__(self, *args: Any, parts: list[dict[str, Any]], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.parts = year, [part["code"] for part in parts]
        for part in parts:
            field = forms.IntegerField(label=part["label"], min_value=0, max_value=part["count"])
            field.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"})
            field.help_text = _("Berapa jawaban ya dari %s pertanyaan?") % part["count"]
            self.fields[part["code"]] = field

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"answers_id": data["record_id"], "year": self.year, **{code: data[code] for code in self.parts}}
