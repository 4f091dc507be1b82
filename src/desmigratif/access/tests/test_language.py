"""Whatever a browser asks for, every sentence is Indonesian: ours, Django's and allauth's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.conf import settings as real
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from desmigratif.access.models import Grant, User
from desmigratif.access.sentences import use_our_sentences
from desmigratif.access.testing import give_second_factor
from desmigratif.regions.testing import load_sample

KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
ENGLISH = re.compile(
    r"\b(the|this|is|your|you|please|enter|ensure|required|must|password|field|sign|valid|code|incorrect|invalid)\b",
    re.IGNORECASE,
)


@pytest.fixture
def siti(db: None) -> User:
    load_sample()
    user = User(username="siti.kuripan", name="Siti Aminah")
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role="administrator", region_code=KURIPAN, valid_from=date(2026, 1, 1))
    return user


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en-GB,en;q=0.9"})


def words_on(page: Any) -> str:
    """What a person reads: without markup, addresses and names of fields."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", page.content.decode())
    return re.sub(r"<[^>]*>", " ", body)


def assert_indonesian(page: Any) -> None:
    assert page.status_code == 200
    assert '<html lang="id"' in page.content.decode()
    assert ENGLISH.findall(words_on(page)) == []


def test_the_sign_in_page_and_what_is_wrong_on_it(siti: User, browser: Client) -> None:
    address = reverse("account_login")

    assert_indonesian(browser.get(address))
    assert_indonesian(browser.post(address, {}))
    assert_indonesian(browser.post(address, {"login": "siti.kuripan", "password": "bukan ini"}))
    assert_indonesian(browser.get("/akun/password/reset/"))


@pytest.mark.parametrize("new", ["", "pendek", "siti.kuripan1", "1q2w3e4r5t6y", "123456789012", "lain " * 3])
def test_every_way_a_new_password_can_be_wrong(siti: User, browser: Client, new: str) -> None:
    totp.TOTP.activate(siti, totp.generate_totp_secret())
    browser.force_login(siti)
    wrong = {"oldpassword": "bukan ini", "password1": new, "password2": "lain"}

    assert_indonesian(browser.get(reverse("account_change_password")))
    assert_indonesian(browser.post(reverse("account_change_password"), wrong))


def test_installing_and_asking_for_the_second_factor(siti: User, browser: Client) -> None:
    browser.post(reverse("account_login"), {"login": "siti.kuripan", "password": PASSWORD})
    install = reverse("mfa_activate_totp")
    assert_indonesian(browser.get(install))
    assert_indonesian(browser.post(install, {}))
    assert_indonesian(browser.post(install, {"code": "000"}))

    browser.post(reverse("account_logout"))
    totp.TOTP.activate(siti, totp.generate_totp_secret())
    browser.post(reverse("account_login"), {"login": "siti.kuripan", "password": PASSWORD})

    assert_indonesian(browser.get(reverse("mfa_authenticate")))
    assert_indonesian(browser.post(reverse("mfa_authenticate"), {"code": "abc"}))
    assert_indonesian(browser.post(reverse("mfa_authenticate"), {"code": ""}))
    assert_indonesian(browser.post(reverse("mfa_authenticate"), {}))


def test_a_form_of_the_desk(siti: User, browser: Client) -> None:
    totp.TOTP.activate(siti, totp.generate_totp_secret())
    browser.force_login(siti)
    give_second_factor(browser, siti)
    wrong = {"region_code": KURIPAN, "name": "x" * 101, "valid_from": "besok", "role": "raja"}

    page = browser.post("/akun-desa/baru/", wrong)

    assert_indonesian(page)
    said = words_on(page)
    assert "Bagian ini tidak boleh kosong." in said
    assert "Terlalu panjang: paling banyak 100 huruf, sekarang 101." in said
    assert "Tulis tanggal seperti 17-08-2026." in said
    assert "Pilih salah satu yang tersedia." in said


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(), "", "Bagian ini tidak boleh kosong."),
        (forms.CharField(min_length=3), "ab", "Terlalu pendek: sedikitnya 3 huruf, sekarang 2."),
        (forms.CharField(), "a\x00b", "Ada tanda yang tidak bisa disimpan. Ketik ulang bagian ini."),
        (forms.IntegerField(), "dua", "Tulis dengan angka bulat, tanpa huruf."),
        (forms.IntegerField(max_value=5), "9", "Paling besar 5."),
        (forms.IntegerField(min_value=5), "1", "Paling kecil 5."),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Pilih salah satu."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Pilih sedikitnya satu."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], "Pilih dari yang tersedia."),
        (forms.FileField(), None, "Pilih berkasnya dulu."),
        (forms.UUIDField(), "x", "Formulir ini tidak lengkap. Muat ulang halamannya, lalu isi lagi."),
        (forms.CharField(error_messages={"required": "Siapa namanya?"}), "", "Siapa namanya?"),
    ],
)
def test_fields_speak_as_we_do(field: forms.Field, value: Any, sentence: str) -> None:
    use_our_sentences()

    with pytest.raises(ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [sentence]


def test_what_the_libraries_bring_along_is_translated_too() -> None:
    brought = {**DefaultAccountAdapter.error_messages, **DefaultMFAAdapter.error_messages}

    with translation.override("id"):
        helped = [validator.get_help_text() for validator in get_default_password_validators()]
        untranslated = [code for code, text in brought.items() if re.search(r"\b(the|your|is)\b", str(text))]

    assert untranslated == []
    assert [text for text in helped if re.search(r"\b(the|your|must)\b", text)] == []


def test_there_is_one_language_until_there_is_another_catalogue() -> None:
    assert [code for code, _ in real.LANGUAGES] == ["id"]
    assert "django.middleware.locale.LocaleMiddleware" not in real.MIDDLEWARE
