"""The styles of our Word documents: few, named as Word names them, so that people can restyle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from feedback.reports.domain.writers.docx.marks import Voice, region, w

ACCENT, QUIET, LINE, SUNK = "0E5C5E", "5C5549", "DDD3C1", "F3EEE3"
SIGN_COLOURS = {"": ACCENT, "good": "1F5E38", "bad": "97281F", "open": "B87A14"}
# Fonts that Word brings on every system; the second is for Arabic script.
_FONT, _COMPLEX_FONT = "Calibri", "Arial"
BULLETS, NUMBERS, CHAPTERS, ANNEXES = 1, 2, 3, 4


@dataclass(frozen=True)
class Look:
    """A paragraph style. Sizes are half points, spaces twentieths of a point."""

    name: str
    size: int = 0
    bold: bool = False
    colour: str = ""
    before: int = 0
    after: int = 120
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    numbered: int = 0
    indent: int = 0
    barred: bool = False
    fill: str = ""
    based: str = "Normal"
    follows: str = "Normal"

    @property
    def key(self) -> str:
        """The identifier Word expects of a style with this name."""
        return self.name.title().replace(" ", "")


_LOOKS = (
    Look("Title", 64, True, ACCENT, 240, 120, keep_next=True),
    Look("Subtitle", 32, False, QUIET, 0, 360),
    Look("Cover Kind", 28, True, QUIET, 2400, 60, keep_next=True),
    Look("Cover Line", 22, False, QUIET, 0, 60),
    Look("heading 1", 36, True, ACCENT, 480, 160, True, True, 0, CHAPTERS),
    Look("Annex", 36, True, ACCENT, 480, 160, True, True, 0, ANNEXES, based="Heading1"),
    Look("Front Heading", 30, True, ACCENT, 360, 120, True, True),
    Look("heading 2", 28, True, ACCENT, 320, 100, True, True, 1),
    Look("heading 3", 24, True, QUIET, 240, 80, True, True, 2),
    Look("caption", 20, True, QUIET, 200, 80, True, True),
    Look("List Bullet", after=60, numbered=BULLETS, follows="ListBullet"),
    Look("List Number", after=60, numbered=NUMBERS, follows="ListNumber"),
    Look("Quote", colour="23201B", before=80, after=40, keep_next=True, indent=284, barred=True),
    Look("Quote Source", 19, False, QUIET, 0, 160, indent=284),
    Look("Note", 21, False, "", 120, 160, keep_lines=True, barred=True, fill=SUNK),
    Look("Table Text", 17, after=20),
    Look("Table Small", 16, after=10, based="TableText"),
    Look("Table Tiny", 14, after=0, based="TableText"),
    Look("Table Heading", 17, True, "FFFFFF", 20, 40, keep_next=True),
    Look("Table Heading Small", 15, True, "FFFFFF", 10, 20, keep_next=True),
    Look("Sheet End", 2, after=0),
    Look("Table Note", 18, False, QUIET, 60, 200),
    Look("Figure", after=80, keep_next=True),
    Look("Stat Value", 44, True, ACCENT, 80, 0, keep_next=True),
    Look("Stat Label", 19, False, QUIET, 0, 80),
    Look("toc 1", after=60, follows="Toc1"),
    Look("header", 18, False, QUIET, 0, 0),
    Look("footer", 18, False, QUIET, 0, 0),
)


def write(root: Any, voice: Voice) -> None:
    """Puts our styles in the place of those that came with the empty document."""
    for old in list(root):
        root.remove(old)
    root.append(_defaults(voice))
    root.append(_normal(voice))
    for look in _LOOKS:
        root.append(_paragraph(look, voice))
    root.append(_characters("Code", w("color", val="23201B"), font="Consolas"))
    root.append(_characters("Soft", w("color", val=QUIET)))
    root.append(_characters("Hyperlink", w("color", val=ACCENT), w("u", val="single")))
    root.append(_table())


def _defaults(voice: Voice) -> Any:
    language = region(voice.language)
    own = {"bidi": language} if voice.right_to_left else {"val": language}
    fonts = w("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_COMPLEX_FONT)
    sizes = (w("sz", val=22), w("szCs", val=22))
    spacing = w("spacing", after=120, line=276, lineRule="auto")
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", fonts, *sizes, w("lang", **{"val": "en-GB"} | own))),
        w("pPrDefault", w("pPr", spacing)),
    )


def _normal(voice: Voice) -> Any:
    turned = [w("pPr", w("bidi"))] if voice.right_to_left else []
    inner = (w("name", val="Normal"), w("qFormat"), *turned)
    return w("style", *inner, type="paragraph", default=1, styleId="Normal")


def _paragraph(look: Look, voice: Voice) -> Any:
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val=look.based),
        w("next", val=look.follows),
        w("qFormat"),
        w("pPr", *_block(look, voice)),
        w("rPr", *_letters(look)),
        type="paragraph",
        styleId=look.key,
    )


def _block(look: Look, voice: Voice) -> Iterator[Any]:
    """What Word's schema wants in this order."""
    if look.keep_next:
        yield w("keepNext")
    if look.keep_lines:
        yield w("keepLines")
    if look.numbered:
        yield w("numPr", w("numId", val=look.numbered))
    if look.barred:
        side = "right" if voice.right_to_left else "left"
        yield w("pBdr", w(side, val="single", sz=24, space=8, color=ACCENT))
    if look.fill:
        yield w("shd", val="clear", color="auto", fill=look.fill)
    yield w("spacing", before=look.before, after=look.after)
    if look.indent:
        yield w("ind", start=look.indent, end=look.indent)
    if look.outline is not None:
        yield w("outlineLvl", val=look.outline)


def _letters(look: Look) -> Iterator[Any]:
    if look.bold:
        yield w("b")
        yield w("bCs")
    if look.colour:
        yield w("color", val=look.colour)
    if look.size:
        yield w("sz", val=look.size)
        yield w("szCs", val=look.size)


def _characters(name: str, *letters: Any, font: str = "") -> Any:
    fonts = [w("rFonts", ascii=font, hAnsi=font, cs=font)] if font else []
    inner = (w("name", val=name), w("qFormat"), w("rPr", *fonts, *letters))
    return w("style", *inner, type="character", styleId=name)


def _table() -> Any:
    lines = ("top", "bottom", "insideH")
    borders = [w(side, val="single", sz=4, space=0, color=LINE) for side in lines]
    sides = (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
    margins = [w(side, w=size, type="dxa") for side, size in sides]
    shade = w("shd", val="clear", color="auto", fill=ACCENT)
    return w(
        "style",
        w("name", val="Report Table"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *borders), w("tblCellMar", *margins)),
        w("tblStylePr", w("tcPr", shade), type="firstRow"),
        type="table",
        styleId="ReportTable",
    )


def write_numbering(root: Any, restarts: int) -> list[int]:
    """The lists: bullets, numbers, chapters, annexes. Gives `restarts` numbers of own lists."""
    for old in list(root):
        root.remove(old)
    shapes = (
        (BULLETS, "bullet", "•", ""),
        (NUMBERS, "decimal", "%1.", ""),
        (CHAPTERS, "decimal", "%1", "Heading1"),
        (ANNEXES, "upperLetter", "%1", "Annex"),
    )
    for number, kind, text, style in shapes:
        root.append(_list(number, kind, text, style))
    for number, *_rest in shapes:
        root.append(w("num", w("abstractNumId", val=number), numId=number))
    own = list(range(len(shapes) + 1, len(shapes) + 1 + restarts))
    for number in own:
        again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        root.append(w("num", w("abstractNumId", val=NUMBERS), again, numId=number))
    return own


def _list(number: int, kind: str, text: str, style: str) -> Any:
    linked = [w("pStyle", val=style)] if style else []
    indent = w("ind", start=567 if style else 397, hanging=567 if style else 397)
    level = (
        w("start", val=1),
        w("numFmt", val=kind),
        *linked,
        w("lvlText", val=text),
        w("lvlJc", val="start"),
        w("pPr", indent),
    )
    multi = w("multiLevelType", val="singleLevel")
    return w("abstractNum", multi, w("lvl", *level, ilvl=0), abstractNumId=number)
