"""Everything the page of one focus group shows, ready for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cop_platform.common.times import When, say_distance
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.guides import referral
from feedback.focus_groups.domain.language_names import direction, listed, named
from feedback.focus_groups.domain.planning import attendance, group_list, warnings
from feedback.focus_groups.domain.planning.group_list import State
from feedback.focus_groups.domain.planning.planning import TOLD
from feedback.focus_groups.domain.report import group_facts
from feedback.focus_groups.enums import Recruited
from feedback.focus_groups.models import FocusGroup, GuideQuestion
from materials.models import Version
from sessions.enums import Duty
from sessions.models import DutyHolder


@dataclass(frozen=True)
class Holder:
    """Who has which part in the session; `name` is empty where nobody has it yet."""

    duty: str
    name: str


@dataclass(frozen=True)
class Interpreting:
    """An interpreter's label, the languages in words, and whether they were briefed."""

    label: str
    languages: str
    is_briefed: bool


@dataclass(frozen=True)
class Flow:
    """One step between being asked and coming; `share` is a percentage of the largest step."""

    label: str
    people: int
    share: int


@dataclass(frozen=True)
class AskedWords:
    """A question in English and in the languages spoken: (language, direction, words)."""

    number: int
    text: str
    minutes: int
    translations: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Told:
    label: str
    text: str


@dataclass(frozen=True)
class GroupPage:
    """`names` is how many stand on the attendance list, `untold` how many points nobody told."""

    when: When
    distance: str
    state: State
    languages: str
    holders: list[Holder]
    interpreters: list[Interpreting]
    questions: list[AskedWords]
    guide_minutes: int
    versions: list[Version]
    warnings: list[warnings.Warning]
    flow: list[Flow]
    told: list[Told]
    untold: int
    names: int
    has_begun: bool


def build(group: FocusGroup, user: User, at: datetime) -> GroupPage:
    """A fixed number of queries, however long the guide and the lists are."""
    questions = list(group.guide.questions.all())
    interpreters = list(group.interpreters.all())
    holders = list(group.session.duty_holders.select_related("person"))
    versions = list(group.versions.select_related("material"))
    counts = dict(group.recruited.values_list("step", "people"))
    facts = group_facts.gather(
        group,
        questions=questions,
        interpreters=interpreters,
        holders=holders,
        counts=counts,
        versions=len(versions),
        card=referral.of(group.country_id),
    )
    told = _told(group)
    return GroupPage(
        when=group.session.when(user.person.zone),
        distance=say_distance(group.session.starts_at, at, user.person.zone),
        state=group_list.state(group, at),
        languages=listed(group.languages),
        holders=_holders(holders),
        interpreters=[
            Interpreting(i.label, listed(i.languages), i.is_briefed) for i in interpreters
        ],
        questions=_asked(questions, group.languages),
        guide_minutes=facts.guide_minutes,
        versions=versions,
        warnings=[] if group.closed_on else warnings.of(facts),
        flow=_flow(counts),
        told=[one for one in told if one.text],
        untold=sum(not one.text for one in told),
        names=attendance.count(group.pk),
        has_begun=at >= group.session.starts_at,
    )


def may(user: User, group: FocusGroup) -> dict[str, bool]:
    """What this person may do here, for the template."""
    return {
        "may_plan": permissions.may_plan.allows(user, group.country_id),
        "may_hear": permissions.may_hear.allows(user, group.country_id),
    }


def _holders(holders: Sequence[DutyHolder]) -> list[Holder]:
    """Moderator and note-taker always, so that a gap is seen; interpreters with an account."""
    names = {Duty.FACILITATOR: _("Moderator"), Duty.NOTE_TAKER: _("Note-taker")}
    found = []
    for duty, label in names.items():
        people = [holder.person.name for holder in holders if holder.duty == duty]
        found += [Holder(label, name) for name in people] or [Holder(label, "")]
    interpreting = [holder for holder in holders if holder.duty == Duty.INTERPRETER]
    return found + [Holder(_("Interpreter"), holder.person.name) for holder in interpreting]


def _asked(questions: Sequence[GuideQuestion], languages: Sequence[str]) -> list[AskedWords]:
    spoken = [code for code in languages if code != "en"]
    return [
        AskedWords(
            n,
            question.said("en"),
            question.minutes,
            tuple((named(code), direction(code), question.texts.get(code, "")) for code in spoken),
        )
        for n, question in enumerate(questions, start=1)
    ]


def _flow(counts: dict[str, int]) -> list[Flow]:
    largest = max(counts.values(), default=0)
    return [
        Flow(str(step.label), counts[step], round(100 * counts[step] / largest) if largest else 0)
        for step in Recruited
        if step in counts
    ]


def _told(group: FocusGroup) -> list[Told]:
    fields = [FocusGroup._meta.get_field(name) for name in TOLD]
    return [
        Told(str(field.verbose_name).capitalize(), getattr(group, field.name))  # type: ignore[union-attr]
        for field in fields
    ]
