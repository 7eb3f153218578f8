"""Whether an SVG is a drawing and nothing else: nothing runs, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

_SVG = "http://www.w3.org/2000/svg"
# What a logo or an emblem is drawn with. A picture inside, a link, a frame or anything that moves
# is none of it; `use` can make a small file draw a million shapes.
_SHAPES = frozenset(
    {"svg", "g", "defs", "title", "desc", "metadata", "style", "symbol", "clipPath", "mask"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
    | {"linearGradient", "radialGradient", "stop"}
)
MAX_SHAPES = 5_000
_DEEPEST = 60
# A document type without declarations of its own says nothing; it is left out.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")
_TARGET = re.compile(r"url\(\s*['\"]?\s*([^)'\"\s]*)", re.IGNORECASE)


class NotADrawing(NotPossible):
    """The file is no SVG that may stand on a cover; the message says why and what would do."""


def cleaned(data: bytes) -> bytes:
    """The SVG without its document type, otherwise as it came. Raises NotADrawing."""
    data = _DOCTYPE.sub(b"", data, count=1)
    looked = _Looked()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = looked.starts
    parser.EndElementHandler = looked.ends
    parser.CharacterDataHandler = looked.words
    parser.StartDoctypeDeclHandler = looked.foreign
    parser.ProcessingInstructionHandler = looked.foreign
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise NotADrawing(_("This SVG cannot be read. Export it once more.")) from error
    if not looked.has_size:
        raise NotADrawing(_("This SVG does not say how large it is. Export it with its size."))
    return data


class _Looked:
    """Goes through the elements once; refuses the first that does not belong."""

    def __init__(self) -> None:
        self.depth = 0
        self.seen = 0
        self.has_size = False
        self.style = False

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        space, _blank, local = name.rpartition(" ")
        self.seen += 1
        if self.depth == 0:
            if (space, local) != (_SVG, "svg"):
                raise NotADrawing(_("This is no SVG picture."))
            self.has_size = "viewBox" in attributes or {"width", "height"} <= attributes.keys()
        self.depth += 1
        if self.seen > MAX_SHAPES or self.depth > _DEEPEST:
            raise NotADrawing(_("This SVG has too many parts. Export it simpler, or as PNG."))
        # What drawing programs keep for themselves stands in vocabularies of their own.
        if space == _SVG and local not in _SHAPES:
            raise NotADrawing(_active(local))
        if space != _SVG and local.lower() in {"script", "iframe", "object", "embed"}:
            raise NotADrawing(_active(local))
        self.style = local == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def ends(self, _name: str) -> None:
        self.depth -= 1
        self.style = False

    def words(self, text: str) -> None:
        if self.style:
            _check_style(text)

    def foreign(self, *_args: Any) -> None:
        raise NotADrawing(_("This SVG carries instructions for programs. Export it as plain SVG."))

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on") or "javascript:" in value.lower():
            raise NotADrawing(_active(name))
        if name in {"href", "src", "base"} and not value.startswith("#"):
            raise NotADrawing(_outside())
        _check_style(value)


def _check_style(text: str) -> None:
    """Colours and lines may be named, nothing may be fetched; a backslash could hide a word."""
    if any(not target.startswith("#") for target in _TARGET.findall(text)):
        raise NotADrawing(_outside())
    if "@" in text and "import" in text.lower():
        raise NotADrawing(_outside())
    if "\\" in text or "expression(" in text.lower():
        raise NotADrawing(_active("style"))


def _active(name: str) -> str:
    return _(
        "This SVG holds “%(name)s”, which is more than a drawing. Export it as plain SVG, or "
        "upload it as PNG."
    ) % {"name": name[:40]}


def _outside() -> str:
    return _("This SVG loads something from elsewhere. Export it with everything inside.")
