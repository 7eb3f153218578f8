"""Text as places are compared in: what another typesetting changes is folded away.

Blanks and line breaks go, so that words that run together at the end of a line are no difference;
so do hyphens, soft and hard, because a line may end at either. Letters take the spelling that
searches use (case, accents, Arabic vowel marks, tatweel and presentation forms). Every folded sign
knows which signs of the original it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

from materials.domain.words import normalised

# A sign with the marks and the invisible signs that belong to it; blanks are left out.
_SIGN = re.compile(
    r"\S[\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    r"\u06ea-\u06ed\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*"
)
_PUNCTUATION = str.maketrans(
    # U+FFFE is how pdfium marks a hyphen at the end of a line.
    dict.fromkeys("-\u2010\u2011\u00ad\ufffe")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2013\u2014\u2212", "\u2013")
)


@dataclass(frozen=True)
class Folded:
    """A folded text; sign number n stands for `original[starts[n]:ends[n]]`."""

    text: str
    starts: array[int]
    ends: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the folded signs from `start` up to `end`, at least one."""
        return self.starts[start], self.ends[end - 1]

    def folded(self, offset: int) -> int:
        """The number of the first folded sign at or after an offset of the original."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def normalise(text: str) -> Folded:
    """The text as places are compared in, with the way back; folding it again changes nothing."""
    signs: list[str] = []
    starts, ends = array("L"), array("L")
    for found in _SIGN.finditer(text):
        for sign in _folded(found.group()):
            signs.append(sign)
            starts.append(found.start())
            ends.append(found.end())
    return Folded("".join(signs), starts, ends)


@lru_cache(maxsize=8192)
def _folded(sign: str) -> str:
    spelt = normalised(sign, "").translate(_PUNCTUATION)
    # One sign may be spelt as several. A mark that stands on no letter, or an accent typed as a
    # sign of its own, says nothing.
    parts = (found.group() for found in _SIGN.finditer(spelt))
    return "".join(part for part in parts if not unicodedata.category(part[0]).startswith("M"))
