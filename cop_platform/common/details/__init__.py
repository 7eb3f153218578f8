"""Finds what may tell who spoke, before anybody else reads a text.

A reader of words, not of meaning: it marks names, telephones, addresses and numbers in the
languages of the project, rather once too often than once too little. A person looks at what was
marked and decides. The same text always gives the same marks, and twice the text takes twice the
time.
"""

from __future__ import annotations

from collections.abc import Iterable

from cop_platform.common.details import links, names, numbers, streets, tokens
from cop_platform.common.details.kinds import Detail, Kind

__all__ = ["Detail", "Kind", "find", "masked"]

_ORDER = {kind: number for number, kind in enumerate(Kind)}


def find(text: str) -> tuple[Detail, ...]:
    """What may tell who spoke, sorted and without overlaps, in a text of any language."""
    cut = tokens.cut(text)
    found = [
        *links.find(text),
        *numbers.find(cut),
        *streets.find(cut),
        *names.find(cut),
    ]
    return tuple(_joined(found))


def masked(text: str, details: Iterable[Detail]) -> str:
    """The text with each detail replaced by its kind in brackets: "I am [name]"."""
    kept = []
    last = 0
    for detail in sorted(details):
        kept += [text[last : detail.start], f"[{detail.kind.label}]"]
        last = max(last, detail.end)
    return "".join([*kept, text[last:]])


def _joined(found: list[Detail]) -> Iterable[Detail]:
    """Overlapping details become one, of the kind that comes first among the kinds."""
    waiting: Detail | None = None
    for detail in sorted(found, key=lambda d: (d.start, d.end)):
        if waiting is not None and detail.start < waiting.end:
            kind = min(waiting.kind, detail.kind, key=_ORDER.__getitem__)
            waiting = Detail(waiting.start, max(waiting.end, detail.end), kind)
            continue
        if waiting is not None:
            yield waiting
        waiting = detail
    if waiting is not None:
        yield waiting
