"""`loan-schedule` and `shu`: an answer in words or as JSON, a refusal as a sentence."""

import json
from pathlib import Path

import pytest

from desmigratif.config.cli import main

LOAN = {
    "principal": 1_200_000, "annual_rate_percent": "24", "method": "flat", "instalments": 3,
    "disbursed_on": "2026-01-15", "fees": [{"on": "disbursement", "amount": 10_000}],
}  # fmt: skip
SHU = {
    "shu": 1_000,
    "funds": [
        {"code": "jasa_modal", "percent": "60", "to": "members_by_savings"},
        {"code": "cadangan", "percent": "40", "to": "reserve"},
    ],
    "members": [{"id": "A-1", "savings": 1, "use": 0}, {"id": "A-2", "savings": 2, "use": 0}],
    "total_savings": 6,
}


def written(folder: Path, document: object) -> str:
    file = folder / "soal.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def test_a_schedule_is_a_document(tmp_path, capsys):
    assert main(["loan-schedule", written(tmp_path, LOAN), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert [row["total"] for row in answer["rows"]] == [424_000, 424_000, 424_000]
    assert answer["within_cap"] is False


def test_a_schedule_in_words_says_what_it_costs(tmp_path, capsys):
    assert main(["loan-schedule", written(tmp_path, LOAN)]) == 0

    text = capsys.readouterr().out
    assert "15 Februari 2026" in text and "Rp424.000" in text
    assert "Dipotong saat cair: Rp10.000." in text
    assert "MELEBIHI batas 24 % setahun (Permenkop UKM 8/2023 Pasal 27)." in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"annual_rate_percent": "10", "fees": []}, "Masih dalam batas 24 % setahun"),
        ({"disbursed_on": "2020-01-15"}, "Batas bunga untuk tanggal ini belum kami ketahui."),
        ({"rounding": {"minor_units": 2}}, "Rp4.240,00"),
    ],
)
def test_a_schedule_in_words(tmp_path, capsys, change, said):
    assert main(["loan-schedule", written(tmp_path, {**LOAN, **change})]) == 0

    assert said in capsys.readouterr().out


def test_shares_are_a_document(tmp_path, capsys):
    assert main(["shu", written(tmp_path, SHU), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert [member["total"] for member in answer["members"]] == [100, 200]
    assert answer["others"] == {"jasa_modal": 300, "total": 300}
    assert sum(fund["amount"] for fund in answer["funds"]) == answer["total"] == 1_000


def test_shares_in_words(tmp_path, capsys):
    assert main(["shu", written(tmp_path, SHU)]) == 0

    text = capsys.readouterr().out
    assert "- jasa_modal 60 %: Rp600" in text and "Anggota A-2: Rp200" in text and "Anggota lain: Rp300" in text


@pytest.mark.parametrize(
    ("command", "document", "said"),
    [
        ("loan-schedule", {**LOAN, "instalments": 0}, "instalments: Angkanya paling sedikit 1."),
        ("loan-schedule", {**LOAN, "grace": {"principal": 3}}, "grace: Masa tenggang harus kurang"),
        ("shu", {**SHU, "funds": SHU["funds"][:1]}, "funds: Bagian semua dana harus tepat 100 %; sekarang 60 %."),
        ("shu", {**SHU, "shu": -5}, "shu: Tahun ini rugi"),
    ],
)
def test_a_refusal_is_a_sentence_and_status_1(tmp_path, capsys, command, document, said):
    assert main([command, written(tmp_path, document)]) == 1

    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("command", ["loan-schedule", "shu"])
def test_what_is_no_json_or_no_file_is_wrong_use(tmp_path, capsys, command):
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    (tmp_path / "besar.json").write_bytes(b" " * 20_000_001)

    assert main([command, str(tmp_path / "x.json")]) == 2
    assert main([command, str(tmp_path / "tidak-ada.json")]) == 2
    assert main([command, str(tmp_path / "besar.json")]) == 2

    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "bukan JSON" in said[0] and "tidak ada atau tidak dapat dibaca" in said[1] and "terlalu besar" in said[2]
