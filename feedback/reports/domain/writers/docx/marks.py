"""Elements of a Word document: paragraphs and runs, each with its style, language and direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cop_platform.common.office_files import runs_right_to_left
from cop_platform.common.reporting.document import Span, Text
from feedback.reports.domain.writers.texts import writable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {"w": _W}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Figures that `sayings` keeps in their own direction. Word knows a run's direction and this mark;
# of the isolating signs it knows nothing.
_ISOLATED = re.compile("(\u2066[^\u2066-\u2069]*\u2069)")
_ISOLATING = re.compile("[\u2066-\u2069]")
_LEFT_TO_RIGHT = "\u200e"
_SIGNS = re.compile("([\n\t])")
# Word wants a region as well.
_REGIONS = {
    "ar": "ar-SA",
    "bg": "bg-BG",
    "ckb": "ku-Arab-IQ",
    "de": "de-DE",
    "el": "el-GR",
    "en": "en-GB",
    "es": "es-ES",
    "fa": "fa-IR",
    "fr": "fr-FR",
    "it": "it-IT",
    "prs": "prs-AF",
    "ps": "ps-AF",
    "ru": "ru-RU",
    "sv": "sv-SE",
    "ti": "ti-ER",
    "tr": "tr-TR",
    "uk": "uk-UA",
}


@dataclass(frozen=True)
class Voice:
    """The document's own language and direction."""

    language: str
    right_to_left: bool


def w(name: str, /, *inner: Any, **attributes: Any) -> Any:
    """An element of the word processing namespace with its children."""
    made = etree.Element(f"{{{_W}}}{name}", nsmap=_NAMES)
    for key, value in attributes.items():
        made.set(f"{{{_W}}}{key}", str(value))
    made.extend(inner)
    return made


def region(language: str) -> str:
    """A language as Word names it."""
    return _REGIONS.get(language, language)


def paragraph(
    text: Text,
    style: str,
    voice: Voice,
    *,
    right_to_left: bool | None = None,
    more: Iterable[Any] = (),
    at_end: bool = False,
) -> Any:
    """A paragraph in a style. `more` are its properties that stand between style and direction."""
    turned = voice.right_to_left if right_to_left is None else right_to_left
    properties = w("pPr", w("pStyle", val=style), *more)
    if turned or voice.right_to_left:
        properties.append(w("bidi") if turned else w("bidi", val="0"))
    if at_end:
        properties.append(w("jc", val="end"))
    return w("p", properties, *runs(text, voice))


def runs(text: Text, voice: Voice, style: str = "") -> Iterator[Any]:
    """The runs of a text; a link is the caller's to make."""
    for span in (Span(text),) if isinstance(text, str) else text:
        yield from _span(span, voice, style)


def _span(span: Span, voice: Voice, style: str) -> Iterator[Any]:
    for piece in _ISOLATED.split(writable(span.text)):
        if piece:
            fixed = span.code or piece[0] == "\u2066"
            words = _ISOLATING.sub("", piece)
            turned = not fixed and runs_right_to_left(words, otherwise=voice.right_to_left)
            if fixed and voice.right_to_left:
                words = f"{_LEFT_TO_RIGHT}{words}{_LEFT_TO_RIGHT}"
            yield w("r", *_look(span, turned, voice, style), *_words(words))


def _look(span: Span, turned: bool, voice: Voice, style: str) -> Iterator[Any]:
    named = style or ("Code" if span.code else "Soft" if span.soft else "")
    inner = [w("rStyle", val=named)] if named else []
    if span.strong:
        inner += [w("b"), w("bCs")]
    if turned:
        inner.append(w("rtl"))
    if span.language and span.language != voice.language:
        inner.append(w("lang", **{"bidi" if turned else "val": region(span.language)}))
    if inner:
        yield w("rPr", *inner)


def _words(text: str) -> Iterator[Any]:
    """Text with its line ends and tabs as the elements they are."""
    for piece in _SIGNS.split(text):
        if piece == "\n":
            yield w("br")
        elif piece == "\t":
            yield w("tab")
        elif piece:
            made = w("t")
            made.text = piece
            made.set(_SPACE, "preserve")
            yield made


def field(instruction: str, shown: Iterable[Any] = ()) -> list[Any]:
    """A field that Word counts by itself, with the runs to show until it does."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        *shown,
        w("r", w("fldChar", fldCharType="end")),
    ]
