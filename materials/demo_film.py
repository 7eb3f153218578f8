"""A short film without sound, written picture by picture: real H.264 in a real MP4.

No encoder is needed: every macroblock is stored as it is (I_PCM), which any player shows. The film
is six still pictures, each for some seconds.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import fontpkg_noto_sans
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, SECONDS = 480, 272, 4
_SCALE = 1000
_TEAL, _PAPER, _AMBER, _INK = "#0e5c5e", "#f6f1e7", "#f1bf66", "#23201b"
# One line a picture: the number of pieces in the portfolio grows.
SCENES = ("13:00", "13:30", "14:00", "14:45", "15:30", "16:00")


def film() -> bytes:
    """The film as an MP4, always the same bytes."""
    pictures = [_slice(_picture(n, clock), n) for n, clock in enumerate(SCENES)]
    sps, pps = _sequence(), _set()
    head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
    size = len(head) + len(_movie(sps, pps, pictures, 0)) + 8
    return head + _movie(sps, pps, pictures, size) + _box(b"mdat", *pictures)


def _picture(number: int, clock: str) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((24, 24, 456, 248), 16, fill=_TEAL)
    file = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
    draw.text((48, 40), clock, font=ImageFont.truetype(str(file), 34), fill=_PAPER)
    for piece in range(number + 1):
        left, top = 48 + (piece % 3) * 132, 104 + (piece // 3) * 70
        draw.rounded_rectangle((left, top, left + 116, top + 56), 8, fill=_PAPER)
        draw.ellipse((left + 10, top + 12, left + 42, top + 44), fill=_AMBER)
        draw.line((left + 54, top + 22, left + 104, top + 22), fill=_INK, width=4)
        draw.line((left + 54, top + 36, left + 88, top + 36), fill=_INK, width=4)
    return image


class _Bits:
    """Bits of a header, most significant first."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, width: int, value: int) -> _Bits:
        self.text += f"{value:0{width}b}"
        return self

    def ue(self, *values: int) -> _Bits:
        """Exp-Golomb codes."""
        for value in values:
            digits = f"{value + 1:b}"
            self.text += "0" * (len(digits) - 1) + digits
        return self

    def aligned(self) -> bytes:
        padded = self.text + "0" * (-len(self.text) % 8)
        return bytes(int(padded[n : n + 8], 2) for n in range(0, len(padded), 8))

    def ended(self) -> bytes:
        self.text += "1"
        return self.aligned()


def _unit(kind: int, payload: bytes) -> bytes:
    """A NAL unit; three bytes that would look like its start are kept apart."""
    guarded = re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", payload)
    return bytes([kind]) + guarded


def _sequence() -> bytes:
    bits = _Bits().u(8, 66).u(8, 0xC0).u(8, 30).ue(0, 0, 2, 0).u(1, 0)
    bits.ue(WIDTH // 16 - 1, HEIGHT // 16 - 1).u(1, 1).u(1, 1).u(1, 0).u(1, 0)
    return _unit(0x67, bits.ended())


def _set() -> bytes:
    bits = _Bits().ue(0, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0, 0).u(1, 1).u(2, 0)
    return _unit(0x68, bits.ended())


def _slice(image: Image.Image, number: int) -> bytes:
    """One picture with its length before it, as MP4 stores it."""
    y, cb, cr = image.convert("YCbCr").split()
    luma = y.point(lambda value: 16 + value * 219 // 255).tobytes()
    half = (WIDTH // 2, HEIGHT // 2)
    colours = [
        plane.resize(half, Image.Resampling.BOX)
        .point(lambda value: 128 + (value - 128) * 224 // 255)
        .tobytes()
        for plane in (cb, cr)
    ]
    # First block, intra slice, its set; frame 0; pictures in a row differ by their number.
    head = _Bits().ue(0, 7, 0).u(4, 0).ue(number % 2).u(2, 0).ue(0, 1)
    parts = []
    for top in range(0, HEIGHT, 16):
        for left in range(0, WIDTH, 16):
            parts.append(head.ue(25).aligned())
            head = _Bits()
            parts += [_block(luma, WIDTH, left, top, 16)]
            parts += [_block(plane, half[0], left // 2, top // 2, 8) for plane in colours]
    unit = _unit(0x65, b"".join(parts) + b"\x80")
    return struct.pack(">I", len(unit)) + unit


def _block(plane: bytes, width: int, left: int, top: int, side: int) -> bytes:
    starts = ((top + row) * width + left for row in range(side))
    return b"".join(plane[start : start + side] for start in starts)


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def _full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


def _ints(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


_MATRIX = _ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _movie(sps: bytes, pps: bytes, pictures: list[bytes], offset: int) -> bytes:
    length = SECONDS * len(pictures) * _SCALE
    mvhd = _full(
        b"mvhd",
        _ints(0, 0, _SCALE, length, 0x10000),
        struct.pack(">H", 0x100) + bytes(10) + _MATRIX + bytes(24) + _ints(2),
    )
    tkhd = _full(
        b"tkhd",
        _ints(0, 0, 1, 0, length) + bytes(16) + _MATRIX + _ints(WIDTH << 16, HEIGHT << 16),
        flags=3,
    )
    # The language of a film without speech: "und".
    mdhd = _full(b"mdhd", _ints(0, 0, _SCALE, length) + struct.pack(">HH", 0x55C4, 0))
    hdlr = _full(b"hdlr", bytes(4) + b"vide" + bytes(12) + b"Pictures\x00")
    places = _box(b"dinf", _full(b"dref", _ints(1), _full(b"url ", flags=1)))
    media = _box(
        b"minf", _full(b"vmhd", bytes(8), flags=1), places, _table(sps, pps, pictures, offset)
    )
    track = _box(b"trak", tkhd, _box(b"mdia", mdhd, hdlr, media))
    return _box(b"moov", mvhd, track)


def _table(sps: bytes, pps: bytes, pictures: list[bytes], offset: int) -> bytes:
    config = bytes([1]) + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps
    config += b"\x01" + struct.pack(">H", len(pps)) + pps
    entry = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HH", WIDTH, HEIGHT)
    entry += _ints(0x480000, 0x480000, 0) + struct.pack(">H", 1) + bytes(32)
    entry += struct.pack(">Hh", 24, -1)
    number = len(pictures)
    return _box(
        b"stbl",
        _full(b"stsd", _ints(1), _box(b"avc1", entry, _box(b"avcC", config))),
        _full(b"stts", _ints(1, number, SECONDS * _SCALE)),
        _full(b"stsc", _ints(1, 1, number, 1)),
        _full(b"stsz", _ints(0, number, *(len(picture) for picture in pictures))),
        _full(b"stco", _ints(1, offset)),
    )
