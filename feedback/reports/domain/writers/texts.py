"""Words as office files can hold them, and the way they run."""

from __future__ import annotations

import re

from cop_platform.common.reporting.document import Sign

# What XML 1.0 has no way to say, and marks that would turn round whatever stands beside them.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]"
)
_ISOLATED = re.compile("\u2066([^\u2066-\u2069]*)\u2069")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\u2066-\u2069]")
_NAME = 31  # characters a sheet's name may have
MARKS = {Sign.NONE: "", Sign.GOOD: "✓", Sign.BAD: "✗", Sign.OPEN: "○"}


def writable(text: str) -> str:
    """The text with every character that a file cannot hold written as [U+XXXX]."""
    return _UNWRITABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def steady(text: str) -> str:
    """Figures that were isolated, with the one mark that office programs know."""
    return _ISOLATED.sub("\u200e\\1\u200e", text)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, not yet among `taken`, to which it is added."""
    base = _NOT_IN_A_NAME.sub(" ", writable(wanted)).strip("' ")[:_NAME] or "-"
    name, number = base, 2
    while name.casefold() in taken:
        name = f"{base[: _NAME - 3].rstrip()} {number}"
        number += 1
    taken.add(name.casefold())
    return name
