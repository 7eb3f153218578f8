"""People's words without anybody's name: what reports print of reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEFT_OUT = "…"


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without e-mail addresses and without these full names, in either order.

    Names of one word stay: they are words of the language too often.
    """
    text = _ADDRESS.sub(_LEFT_OUT, text)
    folded = text.casefold()
    for name in names:
        words = name.split()
        # Most names are in no text; only one that may be is looked for closely.
        if len(words) > 1 and words[-1].casefold() in folded:
            text = _pattern(words).sub(_LEFT_OUT, text)
    return text


def _pattern(words: list[str]) -> re.Pattern[str]:
    orders = (words, [words[-1], *words[:-1]])
    either = "|".join(r"\W{1,3}".join(map(re.escape, order)) for order in orders)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
