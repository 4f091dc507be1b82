"""What Django's forms say when something is missing or does not fit, in our words instead of its own.

Set once at start on Django's own classes, so that every form speaks alike; a field's own `error_messages` still win.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

_CHOOSE = {
    "required": _("Pilih salah satu."),
    "invalid_choice": _("Pilih salah satu yang tersedia."),
}
_CHOOSE_SOME = {
    "required": _("Pilih sedikitnya satu."),
    "invalid_choice": _("Pilih dari yang tersedia."),
    "invalid_list": _("Pilih dari yang tersedia."),
}
_OF_FIELDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Bagian ini tidak boleh kosong.")},
    forms.IntegerField: {"invalid": _("Tulis dengan angka bulat, tanpa huruf.")},
    forms.FloatField: {"invalid": _("Tulis dengan angka.")},
    forms.DecimalField: {"invalid": _("Tulis dengan angka.")},
    forms.DateField: {"invalid": _("Tulis tanggal seperti 17-08-2026.")},
    forms.TimeField: {"invalid": _("Tulis jam seperti 14.30.")},
    forms.DateTimeField: {"invalid": _("Tulis tanggal dan jam seperti 17-08-2026 14.30.")},
    forms.UUIDField: {
        "required": _("Formulir ini tidak lengkap. Muat ulang halamannya, lalu isi lagi."),
        "invalid": _("Formulir ini tidak lengkap. Muat ulang halamannya, lalu isi lagi."),
    },
    forms.ChoiceField: _CHOOSE,
    forms.MultipleChoiceField: _CHOOSE_SOME,
    forms.FileField: {
        "required": _("Pilih berkasnya dulu."),
        "invalid": _("Berkasnya tidak ikut terkirim. Pilih lagi, lalu kirim."),
        "missing": _("Berkasnya tidak ikut terkirim. Pilih lagi, lalu kirim."),
        "empty": _("Berkas ini kosong."),
        "max_length": _("Nama berkas terlalu panjang: paling banyak %(max)d huruf, sekarang %(length)d."),
    },
}
_OF_VALIDATORS: dict[type[Any], Any] = {
    validators.RegexValidator: _("Isian ini belum sesuai."),
    validators.EmailValidator: _("Tulis alamat email yang lengkap."),
    validators.MinValueValidator: _("Paling kecil %(limit_value)s."),
    validators.MaxValueValidator: _("Paling besar %(limit_value)s."),
    validators.MinLengthValidator: _("Terlalu pendek: sedikitnya %(limit_value)d huruf, sekarang %(show_value)d."),
    validators.MaxLengthValidator: _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."),
    validators.ProhibitNullCharactersValidator: _("Ada tanda yang tidak bisa disimpan. Ketik ulang bagian ini."),
}


def use_our_sentences() -> None:
    """Put them in place; again and again gives the same."""
    for field, said in _OF_FIELDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **said}
    for validator, sentence in _OF_VALIDATORS.items():
        validator.message = sentence
