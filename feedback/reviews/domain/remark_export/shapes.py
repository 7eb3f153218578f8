"""What a file of remarks holds, whatever its kind, in ready words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from feedback.reviews.domain.anchoring import Place

# XML cannot say these two, and no font draws them.
_UNWRITABLE = {"\ufffe": "[U+FFFE]", "\uffff": "[U+FFFF]"}
_KEPT = {"\n", "\t"}


@dataclass(frozen=True)
class Answer:
    """What was answered to a remark; `who` is called as on the page."""

    who: str
    text: str


@dataclass(frozen=True)
class Remark:
    """One remark; `number` counts from the beginning of the file.

    `mark` is how it is meant, "" for a comment to a criterion, of which `meant` says the score
    where the reader sees it. `spot` is where it points at in the version, None where it points at
    no place in it. `state` is what became of it in the ledger, "" for who does not see that.
    """

    number: int
    place: str
    quote: str
    mark: str
    meant: str
    text: str
    suggestion: str
    who: str
    state: str
    answers: tuple[Answer, ...]
    spot: Place | None


@dataclass(frozen=True)
class Sheet:
    """All that a reader takes along; `day` is the same for every remark and tells of none."""

    code: str
    title: str
    version: int
    heading: str
    round: str
    language: str
    is_rtl: bool
    day: datetime
    remarks: tuple[Remark, ...]

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return f"remarks-{self.code}-v{self.version}"


@dataclass(frozen=True)
class Column:
    """One column of the table: a label over it and its width in centimetres on paper."""

    label: str
    width: float


def columns() -> tuple[Column, ...]:
    """The columns of both tables, in the language that is active."""
    return (
        Column(_("No."), 1.1),
        Column(_("Where"), 5.0),
        Column(_("Remark"), 5.7),
        Column(_("Suggestion"), 3.6),
        Column(_("Meant as"), 2.1),
        Column(_("Reviewer"), 2.2),
        Column(_("Round"), 2.7),
        Column(_("State and answers"), 3.6),
    )


def cells(remark: Remark, sheet: Sheet) -> tuple[str, ...]:
    """The texts of the columns after the number."""
    where = [remark.place, f"“{remark.quote}”" if remark.quote else ""]
    return (
        "\n".join(part for part in where if part),
        remark.text,
        remark.suggestion,
        remark.meant,
        remark.who,
        sheet.round,
        after(remark),
    )


def after(remark: Remark) -> str:
    """What became of a remark and what was answered, as lines."""
    said = [f"{answer.who}: {answer.text}" for answer in remark.answers]
    return "\n".join(part for part in (remark.state, *said) if part)


def clean(text: str) -> str:
    """A text that every kind of file can hold: controls and halves of signs are left out."""
    kept = (c for c in text if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(_UNWRITABLE.get(c, c) for c in kept)
