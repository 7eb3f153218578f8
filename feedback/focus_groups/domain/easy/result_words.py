"""Results as a page and a table say them: labels, shares and sentences around the bare cells."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import cells
from cop_platform.common.reporting.cells import PeopleCell
from feedback.focus_groups.domain.easy.results import LEFT_OUT, QuestionResult, SusResult
from feedback.focus_groups.domain.easy.sus import AVERAGE
from feedback.focus_groups.enums import AnswerKind, Face

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Bar:
    """A cell as a line: its key, its words, people, and the share of all in percent."""

    key: str
    label: str
    people: int | None
    percent: int


def bars(result: QuestionResult, people: int) -> list[Bar]:
    """The cells of a scale, the best answer first; one alone says that all were merged."""
    if [cell.label for cell in result.cells] == [cells.REST]:
        return [_bar(result.cells[0], _("all answers, too few of each to tell apart"), people)]
    return [_bar(cell, label(result.question.kind, cell.label), people) for cell in _best(result)]


def languages(found: tuple[PeopleCell, ...], people: int) -> list[Bar]:
    """In which languages people answered."""
    return [
        _bar(cell, str(_LANGUAGES.get(cell.label, _("other languages together"))), people)
        for cell in found
    ]


def label(kind: str, key: str) -> str:
    """What a cell of a question is called."""
    if key == LEFT_OUT:
        return _("left out")
    if key == cells.REST:
        return _("all other answers and none, together")
    if kind == AnswerKind.FACES:
        return str(Face(int(key)).label)
    if kind == AnswerKind.THUMBS:
        return _("Thumb up") if key == "2" else _("Thumb down")
    ends = {"1": _("1, does not agree at all"), "5": _("5, agrees fully")}
    return ends.get(key) or _("%(n)s of 5") % {"n": key}


def number(people: int | None) -> str:
    """A count of people; those under five are not told apart."""
    return _("fewer than 5") if people is None else str(people)


def sus_sentences(result: SusResult) -> list[str]:
    """The score in sentences, and the rule of what is missing."""
    rule = _("The score needs all ten statements: who left one out is not in it.")
    if result.score is None:
        return [_("Fewer than 5 people answered all ten statements, so there is no score."), rule]
    words = {
        "mean": f"{result.score.mean:.1f}",
        "low": f"{result.score.low:.1f}",
        "high": f"{result.score.high:.1f}",
        "average": AVERAGE,
    }
    sentences = [
        _(
            "The mean is %(mean)s of 100, in 95 of 100 such groups between %(low)s and %(high)s; "
            "the mean of many published studies is %(average)d."
        )
        % words
    ]
    if result.incomplete is not None:
        sentences.append(
            ngettext(
                "%(n)d person answered all ten statements.",
                "%(n)d people answered all ten statements.",
                result.score.people,
            )
            % {"n": result.score.people}
        )
    return [*sentences, rule]


def _best(result: QuestionResult) -> list[PeopleCell]:
    values = [cell for cell in result.cells if cell.label.isdigit()]
    return values[::-1] + [cell for cell in result.cells if not cell.label.isdigit()]


def _bar(cell: PeopleCell, words: str, people: int) -> Bar:
    return Bar(cell.label, words, cell.people, round(100 * (cell.people or 0) / people))
