"""The QR of a letter, as modules and as a small PNG. Error correction M and one mask, so that it stays coarse.

`qr_code` is segno's. `qr_modules` says the same thirteen times faster: for a size of QR, all that does not depend
on the text (where each bit goes, mask, patterns) is taken from segno once; what is left for each letter are the check
words and one look-up a module. Printing five hundred letters would else be mostly the drawing of QRs.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segno import QRCode

MODULE_PIXELS = 4
QUIET_MODULES = 4
QR_MASK = 3
_LARGEST = 40  # sizes of QR are called versions
_PADDING = bytes((0xEC, 0x11))
_HEX_OF = str.maketrans("01", "f0")  # module 0 is white, module 1 is black


@cache
def _segno() -> Any:
    import segno  # only who draws a QR carries it

    return segno


def qr_code(text: str) -> QRCode:
    """By segno. The mask is fixed: signed bytes look like noise under any, and looking for the best takes long."""
    made: QRCode = _segno().make_qr(text, error="m", boost_error=False, mask=QR_MASK, mode="byte")
    return made


def qr_picture(text: str) -> bytes:
    """The QR as a small PNG with its quiet zone."""
    rows = qr_modules(text)
    width = len(rows) + 2 * QUIET_MODULES
    # One bit a pixel, four pixels a module: a module is one hexadecimal digit, a row of modules four equal lines.
    margin, odd = "f" * QUIET_MODULES, "f" * (width % 2)
    blank = "f" * width + odd
    lines = [blank] * QUIET_MODULES
    lines += [margin + row.translate(_HEX_OF) + margin + odd for row in rows]
    lines += [blank] * QUIET_MODULES
    content = b"".join((b"\0" + bytes.fromhex(line)) * MODULE_PIXELS for line in lines)
    side = width * MODULE_PIXELS
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(content, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_part(name, content) for name, content in parts)


def _png_part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def qr_modules(text: str) -> list[str]:
    """The rows of `qr_code(text)`, "1" for a dark module."""
    version = _version_for(len(text)) if text.isascii() else None
    if version is None:  # nothing that we print; segno knows what to do, or how to refuse
        return ["".join(map(str, row)) for row in qr_code(text).matrix]
    return _plan(version).drawn(_message(text.encode("ascii"), version))


@dataclass(frozen=True, slots=True)
class _Plan:
    """One size of QR: where the bits of the message go, and the modules under an empty message."""

    side: int
    pick: Callable[[str], tuple[str, ...]]
    under: int

    def placed(self, message: bytes) -> int:
        """The bits at their places, read as one number row after row; 0 where no bit goes."""
        return int("".join(self.pick(f"{int.from_bytes(message):0{8 * len(message)}b}00000000")), 2)

    def drawn(self, message: bytes) -> list[str]:
        side = self.side
        whole = f"{self.placed(message) ^ self.under:0{side * side}b}"
        return [whole[start : start + side] for start in range(0, side * side, side)]


@cache
def _plan(version: int) -> _Plan:
    """Learned from segno's QR of an empty text: what differs from the placed message is pattern and mask."""
    empty = _segno().make_qr("", error="m", boost_error=False, mask=QR_MASK, mode="byte", version=version).matrix
    message = _message(b"", version)
    places = {place: number for number, place in enumerate(_way(version))}
    side, rest = len(empty), 8 * len(message)  # behind the message stand zeros: for rest bits and for patterns
    pick = itemgetter(*(min(places.get((y, x), rest), rest) for y in range(side) for x in range(side)))
    bare = _Plan(side, pick, 0)
    return _Plan(side, pick, int("".join(map(str, chain.from_iterable(empty))), 2) ^ bare.placed(message))


def _way(version: int) -> Iterator[tuple[int, int]]:
    """(row, column) of each bit: in columns of two from the right, by turns up and down."""
    taken, side = _patterns(version), 17 + 4 * version
    for turn, right in enumerate((*range(side - 1, 6, -2), 5, 3, 1)):
        for y in range(side) if turn % 2 else reversed(range(side)):
            yield from ((y, x) for x in (right, right - 1) if (y, x) not in taken)


def _patterns(version: int) -> set[tuple[int, int]]:
    """Modules that are the same in every QR of this size, or say its format."""
    side = 17 + 4 * version
    corners = _box(0, 0, 9, 9) | _box(0, side - 8, 9, 8) | _box(side - 8, 0, 8, 9)
    timing = _box(6, 0, 1, side) | _box(0, 6, side, 1)
    sizes = _box(0, side - 11, 6, 3) | _box(side - 11, 0, 3, 6) if version >= 7 else set()
    centres = _segno().consts.ALIGNMENT_POS[version - 2] if version >= 2 else ()
    ends = (6, side - 7)
    squares = (_box(y - 2, x - 2, 5, 5) for y in centres for x in centres if (y, x) not in (ends, ends[::-1], (6, 6)))
    return corners.union(timing, sizes, *squares)


def _box(top: int, left: int, height: int, width: int) -> set[tuple[int, int]]:
    return {(y, x) for y in range(top, top + height) for x in range(left, left + width)}


# --- the message: data words and check words (ISO/IEC 18004 sections 7.4 to 7.6) ---


def _version_for(length: int) -> int | None:
    """The smallest size that holds so many bytes."""
    fits = (version for version in range(1, _LARGEST + 1) if _head_bits(version) + 8 * length <= _capacity(version))
    return next(fits, None)


def _capacity(version: int) -> int:
    return int(_segno().consts.SYMBOL_CAPACITY[version][_segno().consts.ERROR_LEVEL_M])


def _head_bits(version: int) -> int:
    """Mode and length of the text."""
    return 12 if version < 10 else 20


def _message(text: bytes, version: int) -> bytes:
    words = _data_words(text, version)
    data, check, start = list[bytes](), list[bytes](), 0
    for kind in _segno().consts.ECC[version][_segno().consts.ERROR_LEVEL_M]:
        for _ in range(kind.num_blocks):
            data.append(words[start : start + kind.num_data])
            check.append(_check_words(data[-1], kind.num_total - kind.num_data))
            start += kind.num_data
    return _by_turns(data) + _by_turns(check)


def _data_words(text: bytes, version: int) -> bytes:
    size, head = _capacity(version) // 8, _head_bits(version)
    filled = (head + 8 * len(text) + 4) // 8  # four zeros end the text; head and end make whole bytes
    bits = (0b0100 << head - 4 | len(text)) << 8 * len(text) | int.from_bytes(text)
    said = (bits << 4).to_bytes(filled)
    return (said + b"\0" + _PADDING * size)[:size]  # readers stop at the end; segno sets a zero word behind it


def _check_words(block: bytes, count: int) -> bytes:
    """Reed-Solomon: the remainder of the block, all words of a step at once."""
    steps, top, all_words = _steps(count), 8 * (count - 1), (1 << 8 * count) - 1
    left = 0
    for word in block:
        left = (left << 8 & all_words) ^ steps[word ^ left >> top]
    return left.to_bytes(count)


@cache
def _steps(count: int) -> Sequence[int]:
    """What each leading word takes off: the generator polynomial times that word."""
    consts = _segno().consts
    log, exp, generator = consts.GALIOS_LOG, consts.GALIOS_EXP, consts.GEN_POLY[count]
    return [0] + [int.from_bytes(bytes(exp[log[word] + power] for power in generator)) for word in range(1, 256)]


def _by_turns(blocks: Sequence[bytes]) -> bytes:
    return bytes(word for turn in zip_longest(*blocks) for word in turn if word is not None)
