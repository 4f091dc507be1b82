import io
import json
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from desmigratif.people.rules.register_sheet import guard, read
from desmigratif.people.rules.register_sheet.write import template_bytes

MIB = 1 << 20
SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
)


def small_book() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_string(0, 0, "nama")
    return target.getvalue()


def workbook_with(sheet_xml: bytes, **others: bytes) -> bytes:
    """A sound workbook whose only sheet is replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_book())) as sound, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sound.namelist():
            made.writestr(name, sheet_xml if name == "xl/worksheets/sheet1.xml" else sound.read(name))
        for name, content in others.items():
            made.writestr(name, content)
    return target.getvalue()


def kind_of_refusal(content, limits=guard.WEB, reader=guard.load):
    with pytest.raises(guard.SheetRefused) as refusal:
        reader(content, limits) if reader is guard.load else reader(content, limits=limits)
    (reason,) = refusal.value.reasons
    assert reason.text.endswith(".") and "\n" not in reason.text
    return reason.code


def other_zip(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"nik,nama\n3307,Siti\n", "csv"),
        ("nik;nama\n1;Müller\n".encode(), "csv"),
        (b"<html><table></table></html>", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "html"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"{\\rtf1 }", "document"),
        (OLE, "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (bytes(500), "not_a_sheet"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (other_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (other_zip(mimetype=b"application/vnd.oasis.opendocument.text"), "document"),
        (other_zip(word__document="x"), "document"),
        (other_zip(**{"xl__workbook.bin": b"x"}), "xlsb"),
        (other_zip(readme=b"x"), "not_a_sheet"),
    ],
)
def test_what_is_no_sheet_is_named_in_one_sentence(content, kind):
    assert kind_of_refusal(content) == kind


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_half_copied_sheet_is_called_damaged(kept):
    content = template_bytes()

    assert kind_of_refusal(content[: int(len(content) * kept)]) == "damaged"


def test_a_sheet_passes_from_bytes_and_from_a_path(tmp_path):
    path = tmp_path / "register.xlsx"
    path.write_bytes(small_book())

    assert guard.load(path, guard.WEB) == guard.load(path.read_bytes(), guard.WEB) == path.read_bytes()


def test_a_missing_path_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(FileNotFoundError):
        guard.load(tmp_path / "none.xlsx", guard.WEB)


def test_a_file_larger_than_the_limit_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(guard.WEB.file_bytes + 1)

    assert kind_of_refusal(path) == "too_large"


def test_too_many_entries_are_refused():
    crowd = {f"e{number}": b"" for number in range(guard.WEB.entries)}

    assert kind_of_refusal(workbook_with(SHEET % b"", **crowd)) == "too_large"


def test_a_directory_too_large_to_be_a_sheets_is_refused_unread():
    content = bytearray(small_book())
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 12, 50 * MIB)

    assert kind_of_refusal(bytes(content)) == "too_large"


def packed_spaces(unpacked: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = b" " * MIB
    return b"".join(packer.compress(block) for _ in range(unpacked // MIB)) + packer.flush()


def trap(unpacked: int, declared: int) -> bytes:
    """A workbook whose sheet unpacks to `unpacked` bytes while the directory says `declared`."""
    packed, checksum = packed_spaces(unpacked), 0
    name = b"xl/worksheets/sheet1.xml"
    sizes = struct.pack("<III", checksum, len(packed), declared)
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes
    local = b"PK\x03\x04" + head + struct.pack("<HH", len(name), 0) + name + packed
    start = b"PK\x01\x02" + struct.pack("<H", 20) + head
    central = start + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


IN_512_MIB = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
from pathlib import Path
from desmigratif.people.rules.register_sheet import guard, read
before = sum(os.times()[:4])
try:
    read.read_sheet(Path(sys.argv[1]), limits=getattr(guard, sys.argv[2]))
    kind = "read"
except guard.SheetRefused as refusal:
    kind = refusal.reasons[0].code
# Not ru_maxrss for this process: after an exec it still counts the memory of the process that started us.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
import json
spent = sum(os.times()[:4])  # of the processor, also by those who worked for this process
print(json.dumps({"kind": kind, "seconds": spent - before, "peak_mib": peak / 1024}))
"""


def read_in_512_mib(path, limits):
    source = Path(guard.__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", IN_512_MIB, str(path), limits],
        capture_output=True, text=True, timeout=300, check=True, env={"PYTHONPATH": str(source)},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("limits", ["WEB", "COMMAND"])
@pytest.mark.parametrize("declared", [400 * MIB, 1_000], ids=["honest", "lying"])
def test_400_kb_that_unpack_to_400_mb_are_refused_within_seconds_and_512_mib(tmp_path, declared, limits):
    path = tmp_path / "trap.xlsx"
    path.write_bytes(trap(400 * MIB, declared))
    assert path.stat().st_size < 450_000

    seen = read_in_512_mib(path, limits)

    assert seen["kind"] == "too_large"
    assert seen["seconds"] < 5
    assert seen["peak_mib"] < 256


def test_a_small_lie_in_the_directory_is_called_damage():
    assert kind_of_refusal(trap(2 * MIB, 1_000)) == "damaged"


@pytest.mark.parametrize("far", [b"XFD1048576", b"AQ1048576", b"XFD1"])
def test_one_cell_at_the_far_end_of_the_grid_does_not_fill_the_memory(tmp_path, far):
    path = tmp_path / "far.xlsx"
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="' + far + b'"><v>1</v></c></row>'
    path.write_bytes(workbook_with(SHEET % (b"<sheetData>" + rows + b"</sheetData>")))

    seen = read_in_512_mib(path, "WEB")

    assert seen["kind"] == "too_large"
    assert seen["seconds"] < 20
    assert seen["peak_mib"] < 512


def test_entities_that_multiply_are_not_expanded():
    laughs = b'<!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "%s">]>' % (b"ha" * 50, b"&b;" * 50)
    inside = b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData>'
    content = workbook_with(SHEET.replace(b"?>", b"?>" + laughs, 1) % inside)

    start = time.process_time()
    try:
        sheet = read.read_sheet(content)
        assert sum(len(error.message) for error in sheet.errors) < 500
    except guard.SheetRefused as refusal:
        assert refusal.reasons[0].code == "damaged"
    assert time.process_time() - start < 5


def test_a_workbook_without_its_sheet_is_damaged():
    assert kind_of_refusal(other_zip(**{"xl__workbook.xml": b"<workbook/>"}), reader=read.read_sheet) == "damaged"


def test_a_reader_that_runs_out_of_time_is_stopped_and_the_file_refused(monkeypatch):
    def too_slow(*args, **kwargs):
        raise subprocess.TimeoutExpired("child", kwargs["timeout"])

    monkeypatch.setattr(read.subprocess, "run", too_slow)

    assert kind_of_refusal(small_book(), reader=read.read_sheet) == "too_large"


def test_every_way_to_damage_a_byte_ends_in_a_sheet_or_a_refusal():
    whole = template_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            guard.load(bytes(broken), guard.WEB)
        except guard.SheetRefused as refusal:
            assert refusal.reasons[0].text
