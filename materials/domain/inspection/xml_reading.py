"""Reads XML of strangers: no document type, and with it no entity, is ever let in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from materials.domain.inspection.limits import Unfit

Starts = Callable[[str, dict[str, str]], None]
Words = Callable[[str], None]


def local(name: str) -> str:
    """A name without the address of its vocabulary."""
    return name.rpartition(" ")[2]


def read(data: bytes, starts: Starts | None = None, words: Words | None = None) -> None:
    """Calls `starts` for each element, `words` for text. Names are "vocabulary name".

    Raises Unfit for a document type, expat.ExpatError for what is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    if starts:
        parser.StartElementHandler = starts
    if words:
        parser.CharacterDataHandler = words

    def refuse(*_args: Any) -> None:
        raise Unfit("broken_office")

    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
