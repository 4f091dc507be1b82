"""What each command answers, from its words to its status."""

from __future__ import annotations

import importlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from desmigratif.access.keys import recovery
from desmigratif.audit.models import Event, VillageClock
from desmigratif.config.cli.parser import Needs, WrongUse, build_parser
from desmigratif.documents.rules.keys import KeySet, Revocations, VillageKey
from desmigratif.documents.rules.statement import LetterStatement, qr_text, sign_statement
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.regions.testing import load_sample
from desmigratif.shared.reasons import InvalidInput, Refusal

KURIPAN = "33.07.10.2004"


def run(*words: str) -> int:
    """A command on the database of the test."""
    args = build_parser().parse_args(words)
    if args.needs == Needs.OTHER_FOLDER and args.data is None:
        args.data = settings.DATA_DIR
    status: int = importlib.import_module(f"desmigratif.config.cli.{args.module}").run(args)
    return status


def run_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    status = run(*words, "--json")
    return status, json.loads(capsys.readouterr().out)


# --- check-offer ---

SAUDI_HOUSEHOLD = {
    "candidate": {"birth_date": "2003-05-01"},
    "offer": {"country": "SAU", "employer_type": "household", "job": "domestic_worker", "visa": "umrah"},
}


@pytest.fixture
def offer_file(tmp_path: Path) -> Path:
    file = tmp_path / "tawaran.json"
    file.write_text(json.dumps(SAUDI_HOUSEHOLD), encoding="utf-8")
    return file


def test_a_dangerous_offer_is_stopped_with_article_and_way_out(
    offer_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer = run_json(capsys, "check-offer", str(offer_file), "--on", "2026-11-23")

    assert status == 1
    assert sorted(answer) == ["flags", "level", "rules_as_of", "unknown"]
    assert (answer["level"], answer["rules_as_of"]) == ("stop", "2026-11-23")
    assert all(flag["citation"] and flag["lawful_alternative"] for flag in answer["flags"])


def test_an_offer_is_told_in_words(offer_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check-offer", str(offer_file), "--on", "2026-11-23") == 1

    text = capsys.readouterr().out
    assert text.startswith("BERHENTI (aturan per 23 November 2026)")
    assert "Jalan yang sah:" in text and "Belum diketahui:" in text


def test_an_empty_offer_has_no_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kosong.json").write_text("{}")

    status, answer = run_json(capsys, "check-offer", str(tmp_path / "kosong.json"), "--on", "2026-11-23")

    assert (status, answer["level"], answer["flags"]) == (0, "clear", [])


@pytest.mark.parametrize("content", ["", "{", "\x00", "[" * 100_000])
def test_what_is_no_json_is_wrong_use(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)

    with pytest.raises(WrongUse, match="bukan JSON"):
        run("check-offer", str(tmp_path / "x.json"), "--on", "2026-11-23")


def test_impossible_values_are_refused_by_field(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"offer": {"country": "Saudi", "fees": "banyak"}}))

    with pytest.raises(InvalidInput) as refused:
        run("check-offer", str(tmp_path / "x.json"), "--on", "2026-11-23")

    assert {reason.field for reason in refused.value.reasons} == {"offer.country", "offer.fees"}


# --- check-costs and requirements ---

ELDERLY_CARER = ("--country", "TWN", "--job", "elderly_carer", "--employer-type", "household")


def test_what_was_paid_stands_against_what_is_lawful(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paid = {"country": "HKG", "job": "domestic_worker", "paid": [{"component": "salary_deduction", "amount": 30600000}]}
    (tmp_path / "biaya.json").write_text(json.dumps(paid))

    status, answer = run_json(capsys, "check-costs", str(tmp_path / "biaya.json"), "--on", "2013-06-01")

    assert status == 1
    assert list(answer) == ["lawful_total", "paid_total", "excess", "lines"]
    assert (answer["lawful_total"], answer["paid_total"], answer["excess"]) == (14_780_400, 30_600_000, 15_819_600)
    assert list(answer["lines"][0]) == ["component", "payer", "lawful", "paid", "excess", "citation"]


def test_costs_are_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paid = {"country": "HKG", "job": "cook", "paid": [{"component": "training", "amount": 500000}]}
    (tmp_path / "biaya.json").write_text(json.dumps(paid))

    assert run("check-costs", str(tmp_path / "biaya.json"), "--on", "2026-11-24") == 1

    text = capsys.readouterr().out
    assert "Boleh dipungut dari pekerja: Rp0 (aturan per 24 November 2026)." in text
    assert "- Pelatihan kerja: dibayar Rp500.000, boleh Rp0, ditanggung pemerintah daerah (Perban BP2MI 9/2020)" in text


def test_nothing_paid_is_no_finding_and_unknown_is_no_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "biaya.json").write_text(json.dumps({"country": "JPN", "job": "hospitality"}))

    status, answer = run_json(capsys, "check-costs", str(tmp_path / "biaya.json"), "--on", "2026-11-24")

    assert (status, answer["lawful_total"], answer["excess"]) == (0, None, None)


def test_the_papers_of_one_plan(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("requirements", *ELDERLY_CARER, "--marital-status", "divorced", "--on", "2026-11-24")

    status, answer = run_json(capsys, *words)
    run(*words)

    assert status == 0
    assert {tuple(row) for row in answer} == {("document", "issuer", "village_role", "citation", "valid_months")}
    assert "Akta cerai dari pengadilan" in [row["document"] for row in answer]
    assert "- Akta cerai dari pengadilan, dari Pengadilan (UU 18/2017 Pasal 13 huruf a)" in capsys.readouterr().out


def test_papers_for_a_closed_country_or_a_day_before_the_rules_are_refused() -> None:
    saudi = ("--country", "SAU", "--job", "cook", "--employer-type", "household", "--marital-status", "married")

    with pytest.raises(Refusal):
        run("requirements", *saudi, "--on", "2026-11-24")
    with pytest.raises(WrongUse, match="belum ada di program ini"):
        run("requirements", *ELDERLY_CARER, "--marital-status", "single", "--on", "2010-01-01")


# --- import-residents and undo-import ---

ROW = {
    "alamat": "Jl. Melati", "dusun": "Krajan", "rw": "001", "rt": "001", "nama": "Siti Aminah",
    "no_kk": "3307100101100001", "nik": "3307104101900001", "sex": 2, "tempatlahir": "Wonosobo",
    "tanggallahir": date(1990, 1, 1), "agama_id": 1, "kk_level": 1, "warganegara_id": 1,
}  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "penduduk.xlsx"
    write_sheet([ROW], file)
    return file


@pytest.mark.django_db(transaction=True)
def test_a_sheet_is_checked_written_and_taken_back(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_sample()
    words = ("import-residents", str(sheet), "--village", KURIPAN)

    status, dry = run_json(capsys, *words)
    assert status == 0, dry
    assert (dry["rows"], dry["new"], dry["errors"], dry["batch"]) == (1, 1, [], None)
    assert not Event.objects.filter(event__startswith="register.").exists()

    status, written = run_json(capsys, *words, "--commit")
    assert (status, written["new"]) == (0, 1)
    assert run_json(capsys, *words)[1]["unchanged"] == 1

    status, undone = run_json(capsys, "undo-import", written["batch"])
    assert (status, undone["removed"], undone["kept"]) == (0, 1, [])
    with pytest.raises(Refusal, match="already_undone"):
        run("undo-import", written["batch"])


@pytest.mark.django_db
def test_a_sheet_with_errors_has_status_1_and_says_where(
    tmp_path: Path, places: None, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sheet([{**ROW, "tanggallahir": date(2199, 1, 1)}], tmp_path / "x.xlsx")

    status, report = run_json(capsys, "import-residents", str(tmp_path / "x.xlsx"), "--village", KURIPAN, "--commit")

    assert status == 1
    assert (report["errors"][0]["row"], report["errors"][0]["column"]) == (2, "tanggallahir")
    assert report["batch"] is None


@pytest.mark.django_db
def test_a_sheet_is_told_in_words(sheet: Path, places: None, capsys: pytest.CaptureFixture[str]) -> None:
    run("import-residents", str(sheet), "--village", KURIPAN)

    text = capsys.readouterr().out
    assert "1 baris: 1 warga baru, 0 berubah, 0 tetap" in text
    assert "tambahkan --commit" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "village"), [("tidak-ada.xlsx", KURIPAN), ("", "33.07.10.2999"), ("", "Kuripan")])
def test_a_missing_file_or_an_unknown_village_is_wrong_use(sheet: Path, places: None, file: str, village: str) -> None:
    with pytest.raises(WrongUse):
        run("import-residents", file or str(sheet), "--village", village)


# --- verify-letter ---


@pytest.fixture
def letter(tmp_path: Path) -> tuple[str, Path]:
    """(text of the QR, file of keys) of a made-up village."""
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    village = VillageKey(KURIPAN, "Kuripan", key.public_key().public_bytes_raw(), date(2026, 1, 1), None)
    facts = LetterStatement(
        KURIPAN, "474/012/DS-KRP/2026", "family_permission", "permission", date(2026, 11, 17), "Siti A."
    )
    keys = tmp_path / "kunci.json"
    keys.write_text(KeySet((village,), revocations=Revocations(date(2199, 1, 1))).to_json(), encoding="utf-8")
    return qr_text("https://contoh.desa.id", sign_statement(facts, key)), keys


def test_a_true_code_is_valid_with_the_keys_in_a_file(
    letter: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer = run_json(capsys, "verify-letter", "--qr", letter[0], "--keys", str(letter[1]))

    assert status == 0
    assert sorted(answer) == sorted(
        ["valid", "matches_text", "reason", "village", "number", "kind", "issued_on", "revoked"]
    )
    assert (answer["valid"], answer["village"], answer["number"]) == (True, KURIPAN, "474/012/DS-KRP/2026")


def test_a_changed_code_is_not(letter: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    text = letter[0]
    changed = text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:]

    status, answer = run_json(capsys, "verify-letter", "--qr", changed, "--keys", str(letter[1]))

    assert (status, answer["valid"]) == (1, False)
    run("verify-letter", "--qr", changed, "--keys", str(letter[1]))
    assert capsys.readouterr().out.startswith("TIDAK SAH: ")


def test_with_a_file_of_keys_no_database_is_asked_for(letter: tuple[str, Path]) -> None:
    args = build_parser().parse_args(["verify-letter", "--qr", letter[0], "--keys", str(letter[1])])

    assert (args.module, args.needs) == ("letters", Needs.NOTHING)


@pytest.mark.django_db
def test_without_it_the_keys_of_this_installation_are_used(
    letter: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer = run_json(capsys, "verify-letter", "--qr", letter[0])

    assert (status, answer["valid"]) == (1, False), "a village that is not here"


def test_a_file_that_is_no_letter_is_a_verdict_and_a_missing_one_wrong_use(
    letter: tuple[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 tidak")

    status, answer = run_json(capsys, "verify-letter", str(tmp_path / "x.pdf"), "--keys", str(letter[1]))

    assert (status, answer["valid"], answer["revoked"]) == (1, False, None)
    for words in (["tidak-ada.pdf", "--keys", str(letter[1])], ["--qr", "x", "--keys", str(tmp_path / "x.pdf")]):
        with pytest.raises(WrongUse):
            run("verify-letter", *words)


# --- audit verify ---


@pytest.mark.django_db
def test_the_first_broken_link_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    VillageClock.objects.create(village_code=KURIPAN, audit_no=3, audit_head="x")

    status, answer = run_json(capsys, "audit", "verify")

    assert status == 1
    assert answer["broken"] == [{"village_code": KURIPAN, "audit_no": 1, "problem": "end_missing"}]
    run("audit", "verify")
    assert capsys.readouterr().out == (
        f"Jejak {KURIPAN} putus di catatan nomor 1: ujung rantainya hilang atau tidak cocok.\n"
    )


# --- backup, backup verify, restore ---


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_proven_and_restored_with_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = recovery.new_sheet(date(2026, 11, 1))
    recovery.keep(settings.DATA_DIR, sheet.recipient, date(2026, 11, 1))
    monkeypatch.setattr("desmigratif.config.cli.backups.restore", _restored)
    paper, copy = tmp_path / "lembar.txt", tmp_path / "cadangan.age"
    paper.write_text(sheet.secret)

    try:
        assert run("backup", str(copy)) == 0
        assert "Disandi untuk lembar pemulihan" in capsys.readouterr().out
        assert run("backup", "verify", str(copy)) == 0
        assert "Belum diperiksa" in capsys.readouterr().out
        assert run("backup", "verify", str(copy), "--sheet", str(paper)) == 0
        assert "Cadangan utuh" in capsys.readouterr().out
        with pytest.raises(WrongUse, match="--sheet"):
            run("restore", str(copy), "--data", str(tmp_path / "baru"))
        assert run("restore", str(copy), "--data", str(tmp_path / "baru"), "--sheet", str(paper)) == 0
        assert f"pulih dengan {sheet.secret}" in capsys.readouterr().out
    finally:
        (settings.DATA_DIR / recovery.FILE_NAME).unlink()


class _Said:
    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def sentences(self) -> list[str]:
        return [self.sentence]


def _restored(path: Path, data: Path, identity: str | None, *, keyring: object) -> _Said:
    """`restore` itself is proven beside its code, on a machine of its own."""
    return _Said(f"pulih dengan {identity}")


def test_what_is_no_backup_has_status_1_and_a_missing_one_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.age").write_bytes(b"bukan cadangan")

    assert run("backup", "verify", str(tmp_path / "x.age")) == 1
    assert "bukan cadangan" in capsys.readouterr().out
    with pytest.raises(WrongUse):
        run("backup", "verify", str(tmp_path / "tidak-ada.age"))


def test_proving_a_backup_does_not_touch_the_data_folder() -> None:
    args = build_parser().parse_args(["backup", "verify", "x.age"])

    assert (args.command, args.needs, args.path) == ("backup verify", Needs.OTHER_FOLDER, Path("x.age"))


# --- demo ---


@pytest.mark.django_db
def test_a_demo_is_never_mixed_into_somebodys_work(django_user_model: Any) -> None:
    django_user_model.objects.create(username="petugas", name="Petugas", password="x")

    with pytest.raises(Refusal, match="in_use"):
        run("demo")

    assert not (settings.DATA_DIR / "demo.json").exists()


@pytest.mark.django_db
def test_the_sign_ins_of_what_is_no_demo_are_not_listed() -> None:
    with pytest.raises(Refusal, match="no_demo"):
        run("demo", "--list")

    assert not (settings.DATA_DIR / "demo.json").exists()


@pytest.mark.django_db
def test_a_finished_demo_only_says_its_sign_ins(places: None, capsys: pytest.CaptureFixture[str]) -> None:
    whole = settings.DATA_DIR / "demo-complete"
    whole.touch()
    try:
        status, people = run_json(capsys, "demo", "--list")
    finally:
        whole.unlink()

    assert status == 0
    assert {tuple(sorted(person)) for person in people} == {("password", "region", "role", "username")}


# --- load-list ---


@pytest.mark.django_db(transaction=True)
def test_a_national_list_is_tried_then_kept_and_wrong_rows_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "p3mi.csv"
    file.write_text("nama;status\nPT Contoh;aktif\n", encoding="utf-8")
    words = ("load-list", "agencies", str(file), "--as-of", "2026-11-20", "--source", "Daftar contoh")

    assert run_json(capsys, *words) == (0, {"rows": 1, "warnings": [], "errors": [], "load": None})
    status, kept = run_json(capsys, *words, "--commit")
    assert status == 0
    assert kept["load"]

    file.write_text("nama;status\nPT Contoh;entah\n", encoding="utf-8")
    status, refused = run_json(capsys, *words, "--commit")
    assert (status, refused["load"], refused["errors"][0]["row"]) == (1, None, 2)
    with pytest.raises(WrongUse, match="wilayah"):
        run(*words, "--region", "99")
