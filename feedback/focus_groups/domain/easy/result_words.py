"""Results as a page and a table say them: labels, shares and sentences around the bare figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from feedback.focus_groups.domain.easy.results import QuestionResult, Results, SusResult
from feedback.focus_groups.domain.easy.sus import AVERAGE
from feedback.focus_groups.domain.report import wording
from feedback.focus_groups.domain.report.increments import Part
from feedback.focus_groups.enums import AnswerKind

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Bar:
    """Some people as a line: a key, words, how many, the same as it is said, the share in percent.

    `people` are exact for answers, and in fives for languages.
    """

    key: str
    label: str
    people: int
    said: str
    percent: int


def bars(result: QuestionResult) -> list[Bar]:
    """The parts of a scale, the best answer first and what was left out last."""
    kind = AnswerKind(result.question.kind)
    return [
        Bar(
            key=key(part),
            label=wording.answers(kind, part.values),
            people=part.people,
            said=str(part.people),
            percent=round(100 * part.people / result.people),
        )
        for part in reversed(result.parts)
    ]


def languages(results: Results) -> list[Bar]:
    """In which languages people answered, in fives."""
    return [
        Bar(
            key=code,
            label=str(_LANGUAGES.get(code, code)),
            people=people,
            said=wording.in_fives(people),
            percent=round(100 * people / results.people),
        )
        for code, people in results.languages
    ]


def key(part: Part) -> str:
    """Values told as one, in every language the same: "4", "1+2", and 0 for no answer.

    A hyphen would be a day of the year to a spreadsheet.
    """
    return "+".join(map(str, part.values))


def sus_sentences(result: SusResult) -> list[str]:
    """The score in sentences, and the rule of what is missing."""
    rule = _("The score needs all ten statements: who left one out is not in it.")
    if result.score is None:
        return [_("Fewer than 5 people answered all ten statements, so there is no score."), rule]
    mean = _(
        "The mean is %(mean)s of 100, in 95 of 100 such groups between %(low)s and %(high)s; "
        "the mean of many published studies is %(average)d."
    ) % {
        "mean": f"{result.score.mean:.1f}",
        "low": f"{result.score.low:.1f}",
        "high": f"{result.score.high:.1f}",
        "average": AVERAGE,
    }
    people = _("People who answered all ten statements: %(n)s.") % {
        "n": wording.in_fives(result.people)
    }
    return [mean, people, rule]
