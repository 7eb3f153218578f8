"""What focus groups and forms by link give to a validation report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Block, Chapter, Note, Paragraph, Stat, Stats
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from feedback.focus_groups.domain.report import (
    form_blocks,
    group_blocks,
    guide_annex,
    reading,
    sheets,
    theme_blocks,
    wording,
)
from feedback.focus_groups.domain.report.facts import HeardFacts
from feedback.focus_groups.domain.report.wording import KEY
from feedback.focus_groups.enums import Voice


def chapters(facts: HeardFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nobody was heard; the limits say so."""
    if facts.held or facts.answers:
        yield Chapter(KEY, wording.title(), tuple(_blocks(facts, head)))


def _blocks(facts: HeardFacts, head: Head) -> Iterator[Block]:
    yield Stats(tuple(stats(facts, head)))
    yield Paragraph(
        _(
            "In focus groups, people for whom the materials are made talk about them in their own "
            "languages; forms by link ask the same of everybody who uses a material. Words are "
            "quoted where their speaker agreed and somebody went through them for details."
        )
    )
    yield from group_blocks.blocks(facts, head)
    yield from theme_blocks.blocks(facts)
    yield from form_blocks.blocks(facts)
    if facts.held:
        yield from theme_blocks.incidents(facts)
    yield Note(
        _(
            "Groups and forms show how people see a material. They are no sample of all migrants "
            "or mentors, and who came may differ from who stayed away."
        )
    )


def stats(facts: HeardFacts, head: Head) -> Iterator[Stat]:
    """Groups, the people heard in them, and answers of forms."""
    if facts.held:
        yield Stat(
            sayings.count(facts.held),
            ngettext("focus group was held", "focus groups were held", facts.held),
            pointer(KEY, "held"),
        )
    if facts.heard:
        yield Stat(sayings.count(facts.heard), _("people heard in groups"), pointer(KEY, "heard"))
    if facts.answers:
        yield Stat(
            sayings.count(facts.answers), _("people answered a form"), pointer(KEY, "answers")
        )


def sample(facts: HeardFacts, head: Head) -> Iterator[str]:
    """Who was heard beside the experts."""
    if facts.heard:
        yield group_blocks.held(facts)
    if facts.answers:
        yield ngettext(
            "%(n)s person answered a form by link.",
            "%(n)s people answered a form by link.",
            facts.answers,
        ) % {"n": sayings.count(facts.answers)}


def headline(facts: HeardFacts, head: Head) -> Iterator[str]:
    """The theme that reached the most people."""
    for theme in facts.themes[:1]:
        if theme.people:
            yield ngettext(
                "Most people in focus groups spoke of this: %(theme)s (%(people)s people, in "
                "%(n)s group).",
                "Most people in focus groups spoke of this: %(theme)s (%(people)s people, in "
                "%(n)s groups).",
                theme.groups,
            ) % {
                "theme": theme.title,
                "people": wording.in_fives(theme.people),
                "n": sayings.count(theme.groups),
            }


def easy(facts: HeardFacts, head: Head) -> Iterator[str]:
    """For readers of short sentences."""
    voices = facts.voices()
    if facts.held:
        yield ngettext("We held %(n)s focus group.", "We held %(n)s focus groups.", facts.held) % {
            "n": sayings.count(facts.held)
        }
    if facts.answers:
        yield ngettext(
            "%(n)s person answered our questions by phone or on paper.",
            "%(n)s people answered our questions by phone or on paper.",
            facts.answers,
        ) % {"n": sayings.count(facts.answers)}
    if Voice.MIGRANT not in voices:
        yield _("Not all voices are in it yet: migrants were not asked.")
    elif Voice.MENTOR not in voices:
        yield _("Not all voices are in it yet: mentors were not asked.")


def gaps(facts: HeardFacts, head: Head) -> Iterator[str]:
    """Who was not heard, and what is missing of the groups that were held."""
    voices = facts.voices()
    if Voice.MIGRANT not in voices:
        yield _("No migrant was heard in a focus group or by a form in this period.")
    if Voice.MENTOR not in voices:
        yield _("No mentor was heard in a focus group or by a form in this period.")
    if facts.held:
        yield from _gaps_of_groups(facts)
    waiting = [form for form in facts.forms if not form.answers]
    if waiting:
        yield ngettext(
            "The answers of %(n)s form wait until five people gave some.",
            "The answers of %(n)s forms wait until five people gave some each.",
            len(waiting),
        ) % {"n": sayings.count(len(waiting))}


def _gaps_of_groups(facts: HeardFacts) -> Iterator[str]:
    small = sum(group.people is None for group in facts.groups)
    if small:
        yield ngettext(
            "The people of %(n)s focus group are counted in no total: they were fewer than five.",
            "The people of %(n)s focus groups are counted in no total: they were fewer than five.",
            small,
        ) % {"n": sayings.count(small)}
    told = sum(flow.groups for flow in facts.flows)
    if told < facts.held:
        yield ngettext(
            "For %(n)s focus group it was not written down how many people were asked.",
            "For %(n)s focus groups it was not written down how many people were asked.",
            facts.held - told,
        ) % {"n": sayings.count(facts.held - told)}
    if not facts.themes:
        yield _("What was said in the focus groups was not gathered into themes yet.")
    if not any(guide.is_piloted for guide in facts.guides):
        yield _("The guides of the focus groups were not tried out before.")
    if not facts.asked:
        yield _("No change request was made of what the focus groups said.")


def recommendations(facts: HeardFacts, head: Head) -> Iterator[str]:
    """What follows from themes that nobody has answered yet."""
    undecided = [theme for theme in facts.themes if theme.is_major and theme.people]
    if undecided and not facts.asked:
        yield _("Make change requests of the main themes, so that participants get an answer.")
    for theme in facts.themes:
        if theme.approving and theme.opposing:
            yield _("Talk about “%(theme)s” once more: groups disagree on it.") % {
                "theme": theme.title
            }
            return


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (
        ("focus_groups_held", _("Focus groups held and closed")),
        ("participants_heard", _("People heard in focus groups")),
        ("form_answers", _("Answers to forms by link")),
    )


def indicators(facts: HeardFacts, head: Head) -> Iterator[Indicator]:
    """Groups, people, answers: as far as they may be told."""
    found = {
        "focus_groups_held": (facts.held, pointer(KEY, "held")),
        "participants_heard": (facts.heard, pointer(KEY, "heard")),
        "form_answers": (facts.answers, pointer(KEY, "answers")),
    }
    for key, label in indicator_keys():
        yield Indicator(key, label, *found[key])


SECTION = Section(
    key=KEY,
    order=65,
    part=Part.CHAPTER,
    title=wording.title,
    facts=HeardFacts,
    collect=reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    annexes=guide_annex.annexes,
    sheets=sheets.sheets,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    sample=sample,
    easy=easy,
    recommendations=recommendations,
    annex_order=125,
)
