"""The 32 items by which reports on interviews and focus groups are judged (COREQ), and ours.

Each item is filled with what is known of a group, or says what is missing and where it is written
down. Names and gaps are our own words; the numbers are those of the checklist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report import coreq_answers as answers


class Area(StrEnum):
    """The three domains of the checklist."""

    TEAM = "team"
    DESIGN = "design"
    FINDINGS = "findings"


class Where(StrEnum):
    """The page on which a missing item is written down."""

    ACCOUNT = "account"
    NUMBERS = "numbers"
    PLAN = "plan"
    SESSION = "session"
    CONSENTS = "consents"
    CAPTURE = "capture"
    CODING = "coding"


@dataclass(frozen=True)
class Item:
    """One item: filled with `said`, or empty for the reason in `gap`."""

    number: int
    name: str
    area: Area
    said: str
    gap: str
    where: Where

    @property
    def is_filled(self) -> bool:
        return bool(self.said)


@dataclass(frozen=True)
class _Asked:
    name: Promise
    answer: Callable[[OneGroup], str]
    gap: Promise
    where: Where = Where.ACCOUNT


_TEAM = (
    _Asked(
        _("Who led the talk"),
        answers.moderator,
        _("Nobody is named as facilitator of the session."),
        Where.SESSION,
    ),
    _Asked(
        _("Qualifications of the moderator"),
        answers.training,
        _("Qualifications and training of those who led the talk are not written down."),
    ),
    _Asked(
        _("Occupation of the moderator"),
        answers.occupation,
        _("The facilitator's profession is not in their profile."),
        Where.SESSION,
    ),
    _Asked(
        _("Gender of the moderator"),
        answers.nothing,
        _("The gender of those who led the talk is not asked; tell it with their training."),
    ),
    _Asked(
        _("Experience of the moderator"),
        answers.experience,
        _("How long the facilitator has worked with migrants is not in their profile."),
        Where.SESSION,
    ),
    _Asked(
        _("Relation before the talk"),
        answers.relation,
        _("How the moderator knows the participants is not written down."),
    ),
    _Asked(
        _("What participants knew about the moderator"),
        answers.informed,
        _("Nobody's consent is kept, so it is not shown what participants were told."),
        Where.CONSENTS,
    ),
    _Asked(
        _("Interests of the moderator"),
        answers.interests,
        _("What the moderator wants from the materials is not told with their relation."),
    ),
)
_DESIGN = (
    _Asked(_("Method"), answers.method, _("The guide asks nothing."), Where.PLAN),
    _Asked(
        _("How participants were chosen"),
        answers.sampling,
        _("How people were found is not written down."),
    ),
    _Asked(
        _("How participants were asked"),
        answers.approach,
        _("How many people were asked is not written down."),
        Where.NUMBERS,
    ),
    _Asked(
        _("Size of the group"),
        answers.size,
        _("No participant code was handed out."),
        Where.CONSENTS,
    ),
    _Asked(
        _("Those who said no or left"),
        answers.refusals,
        _("How many people said no, and why, is not written down."),
        Where.NUMBERS,
    ),
    _Asked(_("Place"), answers.place, _("What the place was like is not written down.")),
    _Asked(
        _("Others in the room"),
        answers.others,
        _("Whether anybody else was in the room is not written down."),
    ),
    _Asked(
        _("Description of the participants"),
        answers.sample,
        _("No participant told age, gender or language, or they were fewer than five."),
        Where.CONSENTS,
    ),
    _Asked(
        _("Guide, and whether it was tried out"), answers.guide, _("There is no guide."), Where.PLAN
    ),
    _Asked(_("Repeated talks"), answers.repeats, _("It is not known how often the group met.")),
    _Asked(
        _("Recording"),
        answers.recording,
        _("Nothing of the talk is kept."),
        Where.CAPTURE,
    ),
    _Asked(
        _("Notes of what was seen"),
        answers.field_notes,
        _("No line says what was seen beside what was said."),
        Where.CAPTURE,
    ),
    _Asked(_("Duration"), answers.duration, _("The session has no duration."), Where.SESSION),
    _Asked(
        _("Saturation"),
        answers.saturation,
        _("The group is not coded yet, so it is not known whether it brought anything new."),
        Where.CODING,
    ),
    _Asked(
        _("Words shown to participants again"),
        answers.returned,
        _("How participants saw the results is not written down."),
    ),
)
_FINDINGS = (
    _Asked(_("Number of coders"), answers.coders, _("Nobody coded this group yet."), Where.CODING),
    _Asked(_("Codes"), answers.codes, _("No code counts on a line of this group."), Where.CODING),
    _Asked(
        _("Where themes come from"),
        answers.derivation,
        _("No theme was made of what this group said."),
        Where.CODING,
    ),
    _Asked(_("Software"), answers.software, _("It is not known what software was used.")),
    _Asked(
        _("Checked by participants"),
        answers.checked,
        _("No line was checked back with its speaker."),
        Where.CAPTURE,
    ),
    _Asked(
        _("Quotes with the code of the speaker"),
        answers.quotes,
        _("No words may be quoted: they wait to be gone through, or nobody agreed."),
        Where.CAPTURE,
    ),
    _Asked(
        _("Findings follow from what was said"),
        answers.consistent,
        _("Not every theme has a quote that shows it."),
        Where.CODING,
    ),
    _Asked(
        _("Main themes"), answers.major, _("No theme of this group is a main one."), Where.CODING
    ),
    _Asked(
        _("Minor themes and cases apart"),
        answers.minor,
        _("No theme of this group is a minor one, and no silence is written down."),
        Where.CODING,
    ),
)
_AREAS = ((Area.TEAM, _TEAM), (Area.DESIGN, _DESIGN), (Area.FINDINGS, _FINDINGS))


def checklist(group: OneGroup) -> tuple[Item, ...]:
    """All 32 items, in the active language."""
    asked = [(area, one) for area, items in _AREAS for one in items]
    return tuple(
        Item(number, str(one.name), area, one.answer(group), str(one.gap), one.where)
        for number, (area, one) in enumerate(asked, 1)
    )


def filled(items: tuple[Item, ...]) -> int:
    """How many of them are filled."""
    return sum(item.is_filled for item in items)
