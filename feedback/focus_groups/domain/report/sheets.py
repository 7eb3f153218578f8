"""The same as sheets of the workbook: groups, themes, answers of forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import plain
from cop_platform.common.reporting.sections import Formula, Head, Sheet
from feedback.focus_groups.domain.report import wording
from feedback.focus_groups.domain.report.facts import FormFacts, GroupFacts, HeardFacts

_Row = list[str | int | float | Formula | None]


def sheets(facts: HeardFacts, head: Head) -> Iterator[Sheet]:
    if facts.groups:
        yield _groups(facts)
    if facts.themes:
        yield _themes(facts)
    told = [form for form in facts.forms if any(q.parts for q in form.questions)]
    if told:
        yield _answers(told)


def _groups(facts: HeardFacts) -> Sheet:
    columns = (
        (_("Day"), 12.0),
        (_("Country"), 10.0),
        (_("Heard"), 14.0),
        (_("Form"), 22.0),
        (_("Languages"), 30.0),
        (_("Minutes"), 10.0),
        (_("People"), 10.0),
    )
    last = len(facts.groups) + 1
    total: _Row = [
        _("All groups"),
        "",
        "",
        "",
        "",
        Formula(f"=SUM(F2:F{last})", sum(group.minutes for group in facts.groups)),
        Formula(f"=SUM(G2:G{last})", facts.heard),
    ]
    return Sheet(_("Focus groups"), columns, [*map(_group, facts.groups), total])


def _group(group: GroupFacts) -> _Row:
    return [
        group.day or group.month,
        group.country,
        str(group.voice.label),
        str(group.mode.label),
        sayings.listed([sayings.language(code) for code in group.languages]),
        group.minutes,
        group.people,
    ]


def _themes(facts: HeardFacts) -> Sheet:
    columns = (
        (_("Theme"), 50.0),
        (_("Raised by"), 30.0),
        (_("Groups"), 10.0),
        (_("At least so many people"), 14.0),
        (_("Groups in favour"), 14.0),
        (_("Groups against"), 14.0),
    )
    rows: list[_Row] = [
        [t.title, wording.voices(t.voices), t.groups, t.people, t.approving, t.opposing]
        for t in facts.themes
    ]
    return Sheet(_("Themes of focus groups"), columns, rows)


def _answers(told: Sequence[FormFacts]) -> Sheet:
    columns = (
        (pgettext("questions answered by link", "Form"), 30.0),
        (_("Country"), 10.0),
        (_("Version"), 12.0),
        (_("Question"), 50.0),
        (_("Answer"), 30.0),
        (_("People"), 10.0),
    )
    rows: list[_Row] = [
        [
            form.title,
            form.country,
            form.version,
            plain(wording.spoken(question.texts)),
            wording.answers(question.kind, part.values),
            part.people,
        ]
        for form in told
        for question in form.questions
        for part in question.parts
    ]
    return Sheet(_("Answers of forms"), columns, rows)
