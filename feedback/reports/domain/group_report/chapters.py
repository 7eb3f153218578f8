"""The chapters of the report on one group: pure functions of what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_platform.common.reporting import sayings, tongues
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Note,
    Paragraph,
    Sign,
    Span,
    Stat,
    Stats,
    Table,
    Text,
)
from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report import guide_annex, theme_blocks, wording
from feedback.focus_groups.domain.report.coreq import Item, filled
from feedback.focus_groups.domain.report.facts import Texts, WordsFacts
from feedback.reports.domain.group_report import people


def chapters(group: OneGroup, items: tuple[Item, ...]) -> Iterator[Chapter]:
    """In the order in which readers of such reports look for them."""
    parts = (
        ("purpose", _("Purpose, and the group in short"), _purpose(group, items)),
        ("talk", _("The talk"), _talk(group)),
        ("people", _("How people came, and who they are"), people.blocks(group)),
        ("guide", _("Guide and materials"), _guide(group)),
        ("findings", _("What was said, question by question"), _findings(group)),
        ("themes", _("Themes"), _themes(group)),
        ("apart", _("Disagreements and silences"), _apart(group)),
        ("changes", _("What participants asked us to change"), _changes(group)),
        ("ethics", _("Ethics"), _ethics(group)),
        ("limits", _("Limitations"), _limits(group, items)),
    )
    for key, title, blocks in parts:
        yield Chapter(key, title, tuple(blocks))


def completeness(items: tuple[Item, ...]) -> str:
    """How much of the checklist is filled: 27 of 32."""
    return _("%(n)s of %(whole)s") % {
        "n": sayings.count(filled(items)),
        "whole": sayings.count(len(items)),
    }


def _purpose(group: OneGroup, items: tuple[Item, ...]) -> Iterator[Block]:
    if not group.closed_on:
        yield Note(
            _("This group is still being captured: the report shows what is there so far."),
            Sign.OPEN,
        )
    yield Paragraph(
        _(
            "The group was asked what people for whom the materials are made think of them, so "
            "that the materials are changed where they do not serve."
        )
    )
    yield Stats(
        (
            Stat(sayings.people(group.about.people), _("people took part")),
            Stat(sayings.count(group.about.minutes), _("minutes of talk")),
            Stat(sayings.count(len(group.themes)), _("themes")),
            Stat(completeness(items), _("items of COREQ are filled")),
        )
    )


def _talk(group: OneGroup) -> Iterator[Block]:
    yield Table(
        key="group-talk",
        caption=_("The session"),
        columns=(Column(_("What"), 1), Column(_("Value"), 3)),
        rows=tuple((Cell(label), Cell(said)) for label, said in _session(group) if said),
    )


def _session(group: OneGroup) -> Iterator[tuple[str, Text]]:
    about, told, team = group.about, group.told, group.team
    yield _("Day"), sayings.day(about.day)
    yield _("Who was heard"), str(about.voice.label)
    yield _("Who sat together"), str(group.composition.label)
    yield _("Form"), str(about.mode.label)
    yield _("Place"), tongues.words(told.setting) if told.setting else ""
    yield _("Languages"), sayings.listed([sayings.language(code) for code in about.languages])
    yield _("Minutes"), sayings.count(about.minutes)
    yield _("People"), sayings.people(about.people)
    yield _("Led by"), _led_by(group)
    yield _("Interpreters"), _interpreters(team.interpreters, team.briefed)
    yield _("Others in the room"), tongues.words(told.others_present) if told.others_present else ""


def _led_by(group: OneGroup) -> str:
    """Roles and professions, never names."""
    team = group.team
    roles = [_("a facilitator")] if team.has_moderator else []
    roles += [_("a note-taker")] if team.has_note_taker else []
    return sayings.listed([*roles, *[str(one.label) for one in team.professions]]) if roles else ""


def _interpreters(number: int, briefed: int) -> str:
    if not number:
        return pgettext("interpreters", "None")
    return ngettext(
        "%(n)s interpreter, %(briefed)s briefed on confidentiality",
        "%(n)s interpreters, %(briefed)s briefed on confidentiality",
        number,
    ) % {"n": sayings.count(number), "briefed": sayings.count(briefed)}


# --- What was asked and said ------------------------------------------------------------------


def _guide(group: OneGroup) -> Iterator[Block]:
    shown = ", ".join(group.about.versions)
    if shown:
        label = _("Materials shown, each in this version:")
        yield Paragraph((Span(label), Span(" "), Span(shown, code=True)))
    else:
        yield Paragraph(_("No material is written down as shown."))
    yield from guide_annex.guide_blocks(group.guide)


def _findings(group: OneGroup) -> Iterator[Block]:
    kept = group.captured
    yield Paragraph(
        ngettext(
            "%(n)s line was kept of the talk.", "%(n)s lines were kept of the talk.", kept.lines
        )
        % {"n": sayings.count(kept.lines)}
    )
    if group.about.people is None:
        yield Note(_("Nobody is quoted: the group had fewer than five people."))
    for question in group.guide.questions:
        yield Heading(_said_to(question.texts), 3)
        if question.quotes:
            yield from wording.quotes(question.quotes, _speaker(group))
        elif question.spoke:
            yield Paragraph(_("The group spoke of this; nothing of it may be quoted."))
        else:
            yield Paragraph(_("Nothing was kept of this question."))


def _said_to(texts: Texts) -> str:
    said = wording.spoken(texts)
    return said if isinstance(said, str) else said[0].text


def _speaker(group: OneGroup) -> Callable[[WordsFacts], str]:
    """Who spoke, by the code they had in the group."""
    codes = {one.words: one.code for one in group.quotes}

    def said(words: WordsFacts) -> str:
        return _("Participant %(code)s") % {"code": sayings.isolated(codes[words])}

    return said


def _themes(group: OneGroup) -> Iterator[Block]:
    if group.themes:
        yield from theme_blocks.themes(group.themes, _speaker(group))
    else:
        yield Paragraph(_("What was said was not gathered into themes yet."))
    if group.priorities:
        yield Heading(_("What the group put first"))
        yield Paragraph(_("At the end the group gave dots to what should change."))
        yield Bullets(
            tuple(
                (*_span(one.words), Span(" "), Span(_dots(one.dots), soft=True))
                for one in group.priorities
            ),
            ordered=True,
        )


def _span(words: str) -> tuple[Span, ...]:
    said = tongues.words(words)
    return said if isinstance(said, tuple) else (Span(said),)


def _dots(dots: int) -> str:
    return ngettext("(%(n)s dot)", "(%(n)s dots)", dots) % {"n": sayings.count(dots)}


# --- What follows -----------------------------------------------------------------------------


def _apart(group: OneGroup) -> Iterator[Block]:
    split = [theme.title for theme in group.themes if theme.approving and theme.opposing]
    if split:
        yield Paragraph(_("Some in the group approve and others do not:"))
        yield Bullets(tuple(tongues.words(title) for title in split))
    if group.told.silences:
        yield Paragraph(tongues.words(group.told.silences))
    if not (split or group.told.silences):
        yield Paragraph(_("No disagreement and no silence is written down."))


def _changes(group: OneGroup) -> Iterator[Block]:
    if group.asked:
        yield theme_blocks.asked(group.asked)
    else:
        yield Paragraph(_("No change request was made of what this group said."))


def _ethics(group: OneGroup) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Nobody had to agree to anything to take part. Each participant got a code, and a slip "
            "by which words can be taken back at any time. Names stand on the attendance list "
            "alone, which no word leads to."
        )
    )
    said = group.told.incidents
    yield Paragraph(
        tongues.words(said) if said else _("Nothing is written down that went wrong for people.")
    )


def _limits(group: OneGroup, items: tuple[Item, ...]) -> Iterator[Block]:
    gaps: list[Text] = [item.gap for item in items if not item.is_filled]
    if group.captured.waiting:
        waiting = group.captured.waiting
        gaps.append(
            ngettext(
                "%(n)s line is not told: nobody went through it for details yet.",
                "%(n)s lines are not told: nobody went through them for details yet.",
                waiting,
            )
            % {"n": sayings.count(waiting)}
        )
    yield Paragraph(
        _("One group shows how some people see a material. It is no sample of all of them.")
    )
    if gaps:
        yield Bullets(tuple(gaps))
