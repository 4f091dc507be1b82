"""How the desk's screens fill the inputs of the actions on people. Every cell is read as in the register sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, RecordForm
from desmigratif.people.fields import COLUMN_OF, HOUSEHOLD_FIELDS, KK, NIK
from desmigratif.people.rules import phones
from desmigratif.people.rules.codes import choices
from desmigratif.people.rules.consent import purposes_on
from desmigratif.people.rules.register_sheet.cells import reader_for
from desmigratif.people.rules.register_sheet.guard import WEB
from desmigratif.shared.reasons import Reason

DONT_KNOW = ("", _("Tidak tahu"))
_SHORT_LISTS = ("sex", "marital_status", "life_status")


def _choice(field: str, label: Any, **options: Any) -> forms.ChoiceField:
    """One of the register's codes, or unknown; few as taps, many as a list."""
    widget = forms.RadioSelect if field in _SHORT_LISTS else forms.Select
    return forms.ChoiceField(
        label=label, choices=[*choices(field), DONT_KNOW], required=False, widget=widget, **options
    )


def _text(label: Any, longest: int = 100, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, max_length=longest, **options)


class RegisterFields(ActForm):
    """Fields named as the register's columns are read by the register's own readers."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in list(cleaned):
            column = COLUMN_OF.get(name)
            if column is None or not isinstance(cleaned[name], str) or column.kind == "code":
                continue
            value, said = reader_for(column, self.today)(cleaned[name])
            if said is not None and said.is_error:
                self.add_error(name, said.message)
            else:
                cleaned[name] = value
        return cleaned

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Cleaned values by field name; what was left empty is unknown."""
        return {name: self.cleaned_data[name] or None for name in names if name in self.cleaned_data}

    def field_of(self, path: str) -> str:
        return super().field_of(path.rpartition(".")[2])


class AddressFields(RegisterFields):
    """Where a family lives, and its family card."""

    hamlet = _text(_("Dusun"))
    rt = _text(_("RT"), 10)
    rw = _text(_("RW"), 10)
    address = _text(_("Alamat"), 200, help_text=_("Jalan dan nomor rumah, bila ada."))
    kk_number = _text(_("Nomor KK"), 30, help_text=_("16 angka. Kosongkan bila belum tahu."))

    def address_values(self) -> dict[str, Any]:
        return self.values([*HOUSEHOLD_FIELDS, KK])


class PersonFields(RegisterFields):
    """Who somebody is. Everything but the name may be unknown."""

    name = _text(_("Nama lengkap"), required=True, help_text=_("Seperti di KTP atau KK."))
    nik = _text(_("NIK"), 30, help_text=_("16 angka. Kosongkan bila belum tahu."))
    sex = _choice("sex", _("Jenis kelamin"))
    birth_place = _text(_("Tempat lahir"))
    birth_date = forms.DateField(label=_("Tanggal lahir"), required=False)
    relation = _choice("relation", _("Hubungan dalam keluarga"))
    marital_status = _choice("marital_status", _("Status perkawinan"))
    occupation = _choice("occupation", _("Pekerjaan"))
    education = _choice("education", _("Pendidikan terakhir"))

    PERSON = (
        "name", "nik", "sex", "birth_place", "birth_date", "relation", "marital_status", "occupation", "education",
    )  # fmt: skip

    def person_values(self) -> dict[str, Any]:
        return self.values(self.PERSON)


class NewPersonForm(PersonFields):
    """A new person; asks whether it is somebody else when somebody alike is registered."""

    resident_id = forms.UUIDField(widget=forms.HiddenInput)
    person_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "resident_id", "person_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sought: dict[str, Any] = {}
        if "known_to_differ" in self.data:
            self._ask_whether_it_differs()

    def _ask_whether_it_differs(self) -> None:
        self.fields["known_to_differ"] = forms.BooleanField(
            label=_("Ini memang orang lain"),
            help_text=_("Centang hanya setelah mencocokkan KTP atau KK keduanya."),
            required=False,
        )
        self.order_fields(["known_to_differ"])

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        if any(reason.code == "looks_known" for reason in reasons):
            self.sought = dict(self.cleaned_data)  # an error beside a field takes its value away
            self._ask_whether_it_differs()
        super().refuse(reasons)

    def member(self) -> dict[str, Any]:
        ids = {name: self.cleaned_data[name] for name in ("resident_id", "person_id")}
        return {**self.person_values(), **ids}

    @property
    def differs(self) -> bool:
        return bool(self.cleaned_data.get("known_to_differ"))


class NewMemberForm(NewPersonForm):
    """One more member of a family."""

    def payload(self) -> dict[str, Any]:
        return {"member": self.member(), "known_to_differ": self.differs}


class NewHouseholdForm(NewPersonForm, AddressFields):
    """A new family with its first member, who is usually its head."""

    household_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "household_id", "resident_id", "person_id")
    field_order = (*PersonFields.PERSON, "hamlet", "rt", "rw", "address", "kk_number")

    def payload(self) -> dict[str, Any]:
        return {
            **self.address_values(),
            "household_id": self.cleaned_data["household_id"],
            "members": [self.member()],
            "known_to_differ": self.differs,
        }


class CorrectionForm(PersonFields):
    """Fields as they stood when the page was opened; only what the officer changed is sent.

    The NIK starts empty and stays as it is unless one is typed.
    """

    passport_name = _text(_("Nama di paspor"), help_text=_("Bila berbeda dari nama lengkap."))
    life_status = forms.ChoiceField(label=_("Status warga"), choices=choices("life_status"), required=False)
    current_address = _text(_("Alamat sekarang"), 200)
    source = _text(_("Menurut apa?"), 60, required=True, help_text=_("Misalnya KTP, KK, akta lahir, atau ijazah."))
    reason = forms.CharField(
        label=_("Mengapa diperbaiki?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    CORRECTED = (*PersonFields.PERSON, "passport_name", "life_status", "current_address")
    field_order = (*CORRECTED, "source", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.CORRECTED:
            self.fields[name].show_hidden_initial = True
        self.fields["nik"].help_text = _("Kosongkan bila NIK tidak berubah.")

    @property
    def as_they_stood(self) -> SafeString:
        """Hidden copies of the values that the officer saw, to tell later what was changed."""
        return format_html_join("", "{}", ((self[name].as_hidden(only_initial=True),) for name in self.CORRECTED))

    def payload(self) -> dict[str, Any]:
        changed = [name for name in self.CORRECTED if name in self.changed_data]
        if not self.cleaned_data.get(NIK):
            changed = [name for name in changed if name != NIK]
        return {
            "changes": self.values(changed),
            "source": self.cleaned_data["source"],
            "reason": self.cleaned_data["reason"],
            "seen_version": self.cleaned_data["seen_version"],
        }


class HouseholdCorrectionForm(AddressFields):
    """A family's address and KK number; only what the officer changed is sent, an empty KK number stays as it is."""

    source = _text(_("Menurut apa?"), 60, required=True, help_text=_("Misalnya KK atau keterangan RT."))
    reason = forms.CharField(
        label=_("Mengapa diperbaiki?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HOUSEHOLD_FIELDS:
            self.fields[name].show_hidden_initial = True
        self.fields["kk_number"].help_text = _("Kosongkan bila nomor KK tidak berubah.")

    @property
    def as_they_stood(self) -> SafeString:
        """Hidden copies of what the officer saw, to tell later what was changed."""
        return format_html_join("", "{}", ((self[name].as_hidden(only_initial=True),) for name in HOUSEHOLD_FIELDS))

    def payload(self) -> dict[str, Any]:
        changed = [name for name in HOUSEHOLD_FIELDS if name in self.changed_data]
        if self.cleaned_data.get(KK):
            changed.append(KK)
        return {
            "changes": self.values(changed),
            "source": self.cleaned_data["source"],
            "reason": self.cleaned_data["reason"],
            "seen_version": self.cleaned_data["seen_version"],
        }


_YES_NO_UNKNOWN = [("true", _("Aman")), ("false", _("Tidak aman")), ("", _("Belum ditanya"))]


class PhoneForm(RecordForm):
    """A number, and whether calling it puts nobody in danger."""

    number = forms.CharField(label=_("Nomor HP"), max_length=40, help_text=_("Misalnya 0812-3456-7890."))
    safe = forms.ChoiceField(
        label=_("Amankah ditelepon?"),
        choices=_YES_NO_UNKNOWN,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Tidak aman bila HP-nya dipegang orang yang menekan atau mengancam."),
    )
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False, help_text=_("Misalnya HP milik siapa."))

    def clean_number(self) -> str:
        try:
            return phones.normalise(self.cleaned_data["number"])
        except ValueError:
            raise forms.ValidationError(
                _("Nomor ini bukan nomor telepon. Contoh: 0812-3456-7890 atau +852 6123 4567.")
            ) from None

    def payload(self) -> dict[str, Any]:
        return {
            "phone_id": self.cleaned_data["record_id"],
            "number": self.cleaned_data["number"],
            "safe": {"true": True, "false": False}.get(self.cleaned_data["safe"]),
            "note": self.cleaned_data["note"] or None,
        }


class WishForm(RecordForm):
    """How somebody wants to be reached, in their words."""

    wish = forms.CharField(
        label=_("Bagaimana sebaiknya dihubungi?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dengan kata-katanya sendiri, misalnya: jangan lewat suami, telepon setelah jam delapan malam."),
    )

    def payload(self) -> dict[str, Any]:
        return {"wish_id": self.cleaned_data["record_id"], "wish": self.cleaned_data["wish"]}


class ConsentForm(RecordForm):
    """A resident's answer to one sentence, read out before asking."""

    given = forms.ChoiceField(
        label=_("Jawabannya"), choices=[("true", _("Ya, boleh")), ("false", _("Tidak"))], widget=forms.RadioSelect
    )
    given_by = forms.ChoiceField(
        label=_("Yang menjawab"),
        choices=[
            ("self", _("Warga sendiri")),
            ("father", _("Ayahnya")),
            ("mother", _("Ibunya")),
            ("guardian", _("Walinya")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, purpose: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purposes_on(today)[purpose]

    def payload(self) -> dict[str, Any]:
        return {
            "consent_id": self.cleaned_data["record_id"],
            "purpose": self.purpose.code,
            "text_version": self.purpose.text_version,
            "given": self.cleaned_data["given"] == "true",
            "given_by": self.cleaned_data["given_by"],
        }


class ReasonForm(ActForm):
    """Why one source counts and another does not."""

    reason = forms.CharField(
        label=_("Mengapa yang ini yang benar?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def payload(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class UploadForm(forms.Form):
    """A register sheet."""

    sheet = forms.FileField(
        label=_("Berkas register"),
        help_text=_("Berkas .xlsx dari OpenSID atau contoh di bawah, paling banyak 20.000 baris."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Pilih dulu berkasnya."), "empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet.size > WEB.file_bytes:
            most = WEB.file_bytes // (1 << 20)
            raise forms.ValidationError(
                _("Berkas ini lebih dari %(most)s MB. Bagi menjadi beberapa berkas."), params={"most": most}
            )
        return sheet


def initial_of(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What a form shows at first of known values; sealed numbers are never among them."""
    return {name: values.get(name) for name in names if name not in (NIK, KK)}
