"""Words as office files can hold them, and the way they run."""

from __future__ import annotations

import re
import unicodedata

from cop_platform.common.reporting.document import Sign

# What XML 1.0 has no way to say, and marks that would turn round whatever stands beside them.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]"
)
MARKS = {Sign.NONE: "", Sign.GOOD: "✓", Sign.BAD: "✗", Sign.OPEN: "○"}


def writable(text: str) -> str:
    """The text with every character that a file cannot hold written as [U+XXXX]."""
    return _UNWRITABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def runs_right_to_left(text: str, otherwise: bool) -> bool:
    """The direction of the first letter that has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return otherwise
