"""Texts on their way into Typst: drawable, breakable, each in its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cop_platform.common.reporting.document import Span, Text
from cop_platform.common.typesetting import glyphs

# The longest run of letters that a line of prose holds; a SHA-256 still stays in one piece.
LONGEST = 64
_ALREADY = re.compile("(\u2066[^\u2069]*\u2069)")
# Addresses, and figures with a sign, a point or a dash in them: they turn round in a line that
# reads from right to left, unless they are kept apart.
_LEFT_TO_RIGHT = re.compile(
    r"(?:https?://|www\.)[^\s\u2069]+"
    r"|[-+\u2212]?\d(?:(?:[.,:/\u2013\u2212-]|[ \u00a0\u202f](?=\d{3}\b))?\d)*%?"
)
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def tag(language: str) -> tuple[str, str]:
    """A language's code and region as Typst takes them, each "" where it takes none."""
    code, _, rest = language.replace("_", "-").partition("-")
    region = rest.rpartition("-")[2]
    code = code.lower() if re.fullmatch(r"[A-Za-z]{2,3}", code) else ""
    return code, region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else ""


class Texts:
    """Says each text of one document; afterwards `replaced` are the characters without a shape."""

    def __init__(self, language: str, *, right_to_left: bool) -> None:
        self.language = tag(language)[0]
        self.right_to_left = right_to_left
        self._press = glyphs.Press()

    @property
    def replaced(self) -> tuple[str, ...]:
        return self._press.replaced()

    def plain(self, value: str, longest: int = LONGEST) -> str:
        """Words of the document's own language."""
        return self._directed(self._pressed(value, longest), right_to_left=self.right_to_left)

    def unseen(self, value: str) -> str:
        """Words that are read aloud or stand in the file's properties, never broken."""
        return self._press.drawn(value)

    def words(self, text: Text, longest: int = LONGEST) -> str | list[dict[str, Any]]:
        """Words with their tones; a bare text where there are none."""
        if isinstance(text, str):
            return self.plain(text, longest)
        return [part for span in text for part in self._parts(span, longest)]

    def foreign(self, value: str, language: str, longest: int = LONGEST) -> list[dict[str, Any]]:
        """Words in a language of their own, as spans."""
        return [self._span(Span(value, language=language), longest)]

    def _parts(self, span: Span, longest: int) -> Iterator[dict[str, Any]]:
        """A span between its blanks, which stand where the line has them, not the span's words."""
        core = span.text.strip(" ")
        before, _found, after = span.text.partition(core) if core else (span.text, "", "")
        if before:
            yield {"text": before}
        if core:
            yield self._span(replace(span, text=core), longest)
        if after:
            yield {"text": after}

    def _span(self, span: Span, longest: int) -> dict[str, Any]:
        drawn = self._pressed(span.text, longest)
        said: dict[str, Any] = {}
        code = tag(span.language)[0]
        if span.code:
            said["code"] = True
        elif code and code != self.language:
            turned = glyphs.is_right_to_left(span.text)
            drawn = self._directed(drawn, right_to_left=turned)
            said |= {"lang": code, "rtl": turned}
        else:
            drawn = self._directed(drawn, right_to_left=self.right_to_left)
        said["text"] = drawn
        said |= {name: True for name in ("strong", "soft") if getattr(span, name)}
        if _LINK.fullmatch(span.link):
            said["link"] = span.link
        return said

    def _pressed(self, value: str, longest: int) -> str:
        return glyphs.breakable(self._press.drawn(value), longest)

    @staticmethod
    def _directed(value: str, *, right_to_left: bool) -> str:
        if not right_to_left:
            return glyphs.isolated(value)
        if not glyphs.has_right_to_left(value):
            return f"\u2068{value}\u2069" if value else ""
        parts = _ALREADY.split(value)
        parts[::2] = [_LEFT_TO_RIGHT.sub(_kept, part) for part in parts[::2]]
        return "".join(parts)


def _kept(found: re.Match[str]) -> str:
    said = found.group()
    return said if said.isdigit() else f"\u2066{said}\u2069"
