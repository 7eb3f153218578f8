"""Gathers what the warnings of one group are decided by."""

from __future__ import annotations

from collections.abc import Sequence

from experts.enums import Role
from experts.models import Membership
from feedback.focus_groups.domain.planning import warnings
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.enums import Recruited, Voice
from feedback.focus_groups.models import (
    FocusGroup,
    GuideQuestion,
    Interpreter,
    ReferralCard,
)
from sessions.domain import language_paths
from sessions.enums import Answer, Duty
from sessions.models import DutyHolder


def gather(
    group: FocusGroup,
    *,
    questions: Sequence[GuideQuestion],
    interpreters: Sequence[Interpreter],
    holders: Sequence[DutyHolder],
    counts: dict[str, int],
    versions: int,
    card: ReferralCard,
) -> warnings.Facts:
    """Two queries of its own: who of the guests said yes, and who of them is an expert."""
    duties = {holder.duty for holder in holders}
    guests = list(
        group.session.invitations.exclude(answer=Answer.NO)
        .exclude(person__in=[holder.person_id for holder in holders])
        .values_list("person_id", "answer")
    )
    spoken = [
        language_paths.spoken(holder.person.languages, holder.person.language) for holder in holders
    ]
    return warnings.Facts(
        voice=group.voice,
        composition=group.composition,
        languages=tuple(group.languages),
        fewest=group.fewest,
        most=group.most,
        said_yes=_said_yes(group, guests, counts),
        came=counts.get(Recruited.CAME),
        has_moderator=Duty.FACILITATOR in duties,
        has_note_taker=Duty.NOTE_TAKER in duties,
        staff_languages=frozenset().union(*spoken),
        interpreters=tuple(
            InterpreterPlan(i.label, tuple(i.languages), i.is_briefed) for i in interpreters
        ),
        untranslated={
            code: sum(not question.texts.get(code) for question in questions)
            for code in group.languages
        },
        guide_minutes=sum(question.minutes for question in questions),
        session_minutes=group.session.minutes,
        has_card=bool(card.texts),
        card_languages=frozenset(card.texts),
        versions=versions,
        experts_invited=_experts(group, guests),
    )


def _said_yes(
    group: FocusGroup, guests: list[tuple[int, str]], counts: dict[str, int]
) -> int | None:
    """The number written down; of mentors and experts, who are invited by name, else the answers
    to the session.
    """
    written = counts.get(Recruited.AGREED)
    if written is not None or group.voice == Voice.MIGRANT or not guests:
        return written
    return sum(answer == Answer.YES for _person, answer in guests)


def _experts(group: FocusGroup, guests: list[tuple[int, str]]) -> int:
    if group.voice != Voice.MIGRANT or not guests:
        return 0
    invited = [person for person, _answer in guests]
    experts = Membership.objects.current().filter(role=Role.EXPERT, person__in=invited)
    return experts.values("person_id").distinct().count()
