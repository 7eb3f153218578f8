"""E-mail addresses, web addresses and the names people have on networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cop_platform.common.details import words
from cop_platform.common.details.kinds import Detail, Kind
from cop_platform.common.details.tokens import fold

_CHUNK = re.compile(r"[^\s,;<>()\[\]{}\"“”„«»،؛|]+")
_EDGES = ".:!?'’*_-…؟=#"
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def find(text: str) -> Iterator[Detail]:
    """Chunks between blanks that are an address, and nicknames said after a network's name."""
    network = False
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        bare = chunk.strip(_EDGES)
        start = match.start() + len(chunk) - len(chunk.lstrip(_EDGES))
        kind = _kind(bare)
        if kind is None and network and _is_nickname(bare):
            kind = Kind.WEB
        if kind is not None:
            yield Detail(start, start + len(bare), kind)
        # "Telegram: maria_k" and "on Instagram as maria.k": the name may be the next word but one.
        network = fold(bare) in words.listed("networks") or (
            network and fold(bare) in words.listed("between")
        )


def _kind(chunk: str) -> Kind | None:
    name, at, host = chunk.partition("@")
    if at and not name:
        return Kind.WEB if len(host) > 1 else None
    if at:
        return Kind.EMAIL if host else None
    lower = chunk.lower()
    if lower.startswith(("http://", "https://", "www.")):
        return Kind.WEB
    labels = lower.partition("/")[0].partition(":")[0].split(".")
    if len(labels) < 2 or labels[-1] not in words.listed("domains") or len(labels[-2]) < 2:
        return None
    return Kind.WEB if all(label and set(label) <= _HOST for label in labels) else None


def _is_nickname(chunk: str) -> bool:
    return len(chunk) > 2 and chunk.isascii() and any(c in "_." or c.isdigit() for c in chunk)
