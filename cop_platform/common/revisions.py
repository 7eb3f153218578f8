"""The state a form was opened with, as a page sends it back."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible


class ChangedMeanwhile(NotPossible):
    """What was opened is not what stands now; `stored` is the row as it stands."""

    def __init__(self, sentence: str, stored: Any) -> None:
        super().__init__(sentence)
        self.stored = stored


class Revised(Protocol):
    """A row that counts how often it was changed."""

    revision: int


def check(row: Revised, revision: int, sentence: str = "") -> None:
    """Raises ChangedMeanwhile, with `sentence`, where the locked row is not as a form showed it."""
    if row.revision != revision:
        said = sentence or _("Somebody else has changed this since you opened it.")
        raise ChangedMeanwhile(said, row)


def mark(*values: Any) -> str:
    """A hash of what a form shows: of a row that several forms change, each another part of it,
    and of one that counts no changes.
    """
    said = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def check_mark(row: Any, seen_mark: str, shown: str, sentence: str = "") -> None:
    """Raises ChangedMeanwhile, with `sentence`, where a form was opened on another mark.

    Without a mark whatever is there is overwritten.
    """
    if seen_mark and seen_mark != shown:
        raise ChangedMeanwhile(sentence or _("Somebody else saved this meanwhile."), row)


def seen(posted: QueryDict) -> int:
    """The revision sent as `revision`; 0, which no row has, for anything that is no number."""
    typed = posted.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
