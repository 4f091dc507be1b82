"""Forms of the first run and of accounts. They read; actions decide."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.access import rules
from desmigratif.access.models import User
from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.shared.ids import new_id

_USERNAME_HINT = _("Huruf kecil, angka, titik atau garis. Misalnya siti.kuripan")
_PASSWORD_HINT = _("Sedikitnya 12 huruf. Empat kata yang tidak berhubungan mudah diingat.")


class CodeForm(forms.Form):
    """The one-time code of the terminal."""

    code = forms.CharField(
        label=_("Kode pemasangan"),
        max_length=30,
        help_text=_("Tertulis di jendela program, misalnya KUNCI-7F3K-92QD."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "class": "w-code"}),
    )


class OfficeForm(forms.Form):
    """What a letterhead needs."""

    prefix = "office"
    address = forms.CharField(label=_("Alamat kantor desa"), min_length=3, max_length=160)
    phone = forms.CharField(label=_("Telepon kantor"), max_length=30, required=False)
    head_title = forms.CharField(label=_("Jabatan penanda tangan"), min_length=3, max_length=40, initial="Kepala Desa")
    head_name = forms.CharField(label=_("Nama penanda tangan"), min_length=2, max_length=100)
    letter_code = forms.CharField(
        label=_("Kode desa pada nomor surat"),
        max_length=20,
        help_text=_("Huruf besar, angka, titik atau garis. Misalnya KRP."),
        widget=forms.TextInput({"autocapitalize": "characters", "class": "w-code"}),
    )

    def clean_letter_code(self) -> str:
        code = str(self.cleaned_data["letter_code"]).upper()
        if not re.fullmatch(r"[A-Z0-9.-]{2,20}", code):
            raise ValidationError(_("Pakai 2 sampai 20 huruf besar, angka, titik atau garis."))
        return code


class FirstAccountForm(forms.Form):
    """A person's name, sign-in name, and a password of their own, typed twice."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=100)
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=40,
        help_text=_USERNAME_HINT,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        help_text=_PASSWORD_HINT,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-no-draft": ""}),
    )
    again = forms.CharField(
        label=_("Kata sandi, sekali lagi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-no-draft": ""}),
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        for reason in rules.reasons_not_to_name(username):
            raise ValidationError(reason.text)
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("Kedua kata sandi belum sama."))
        if password:
            person = User(username=cleaned.get("username", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, user=person)
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned

    def account(self) -> dict[str, str]:
        """The values of `inputs.FirstAccount`, ready for the session: the password only as its hash."""
        return {
            "user_id": str(new_id()),
            "grant_id": str(new_id()),
            "username": self.cleaned_data["username"],
            "name": self.cleaned_data["name"],
            "password_hash": make_password(self.cleaned_data["password"]),
        }


class AdministratorForm(FirstAccountForm):
    prefix = "administrator"


class OfficerForm(FirstAccountForm):
    """The first officer; all empty means later."""

    prefix = "officer"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, empty_permitted=True, use_required_attribute=False)


class SheetPartsForm(forms.Form):
    """Two groups of the recovery sheet, typed back."""

    def __init__(self, positions: tuple[int, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = [f"group_{position}" for position in positions]
        for name, position in zip(self._names, positions, strict=True):
            self.fields[name] = forms.CharField(
                label=_("Kelompok nomor %(number)s") % {"number": position},
                max_length=12,
                widget=forms.TextInput(
                    {"autocomplete": "off", "autocapitalize": "characters", "class": "w-code", "data-no-draft": ""}
                ),
            )

    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self._names]


class NewAccountForm(forms.Form):
    """An account that an administrator makes for somebody."""

    act_id = forms.UUIDField(widget=forms.HiddenInput)
    user_id = forms.UUIDField(widget=forms.HiddenInput)
    grant_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nama lengkap"), max_length=100)
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=40,
        help_text=_USERNAME_HINT,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("Peran"), widget=forms.RadioSelect, choices=[(role.code, role.label) for role in GRANTABLE_ROLES]
    )
    region_code = forms.CharField(
        max_length=13,
        widget=forms.HiddenInput,
        error_messages={"required": _("Pilih desa atau wilayahnya dulu.")},
    )
    valid_from = forms.DateField(label=_("Mulai bertugas"))
    valid_until = forms.DateField(
        label=_("Berakhir"), required=False, help_text=_("Hari pertama peran ini tidak berlaku lagi, kalau sudah tahu.")
    )

    @staticmethod
    def fresh_ids() -> dict[str, UUID]:
        return {"act_id": new_id(), "user_id": new_id(), "grant_id": new_id()}
