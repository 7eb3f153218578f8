"""Participant codes and the slips people take home.

A slip's code is made here, printed once and stored nowhere: whoever loses it gets a new one, and
the old one leads nowhere from then on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import consents, receipts
from feedback.focus_groups.enums import AgeBand
from feedback.focus_groups.models import FocusGroup, Participant

# More people than this do not sit in one talk: a number typed wrong.
MOST_CODES = 30


class GotACode(NotPossible):
    """The form was sent twice, or two people hand out codes at once."""


@dataclass(frozen=True)
class Details:
    """What somebody says of themselves, as coarse as they like; empty is "not said"."""

    language: str = ""
    age_band: str = ""
    gender: str = ""
    uses_interpreter: bool = False
    is_minor: bool = False
    guardian_agreed: bool = False


@dataclass(frozen=True)
class Slip:
    """What is printed for one participant: whose it is and the code that is shown now only."""

    participant: Participant
    code: str


def number(code: str) -> int:
    """The number in a participant code ("P7" -> 7); 0 where there is none."""
    digits = code.lstrip("P")
    return int(digits) if digits.isdecimal() else 0


def in_order(people: list[Participant]) -> list[Participant]:
    """By the number of their code: P2 before P10."""
    return sorted(people, key=lambda person: number(person.code))


def next_number(group_id: int) -> int:
    """The number of the next code of a group."""
    codes = Participant.objects.filter(group=group_id).values_list("code", flat=True)
    return max(map(number, codes), default=0) + 1


@transaction.atomic
def hand_out(
    *, group_id: int, first: int, people: int, details: Details, by: User
) -> tuple[Slip, ...]:
    """The next codes of a group, `people` of them from number `first` on, with their slips.

    `first` is what the page showed as the next number: a form that is sent twice raises GotACode
    instead of counting everybody twice. Raises NotPossible for more people than sit in one talk.
    """
    group = FocusGroup.objects.select_for_update().get(pk=group_id)
    permissions.may_hear(by, group.country_id)
    due = next_number(group_id)
    if first != due:
        raise GotACode(
            _(
                "P%(number)d has a code already, and it was shown once. Nobody was added. For a"
                " lost slip, print a new one."
            )
            % {"number": first}
        )
    if people < 1 or due + people - 1 > MOST_CODES:
        raise NotPossible(
            _("A group has at most %(most)d participants. Nobody was added.") % {"most": MOST_CODES}
        )
    return tuple(_added(group, n, details) for n in range(due, due + people))


@transaction.atomic
def describe(*, participant_id: int, details: Details, by: User) -> Participant:
    """Writes down what somebody says of themselves, in place of what stood there."""
    participant = consents.locked(participant_id, by)
    values = _values(details)
    for field, value in values.items():
        setattr(participant, field, value)
    participant.save(update_fields=[*values])
    return participant


@transaction.atomic
def new_slip(*, participant_id: int, by: User) -> Slip:
    """Another code for the same person; the one before leads nowhere from now on."""
    participant = consents.locked(participant_id, by)
    receipt = receipts.new()
    participant.receipt = receipt.digest
    participant.save(update_fields=["receipt"])
    return Slip(participant, receipt.code)


@transaction.atomic
def take_out(*, participant_id: int, by: User) -> None:
    """Removes a code that was never used. Raises NotPossible once anything hangs on it."""
    participant = consents.locked(participant_id, by)
    if participant.consents.exists() or participant.quotes.exists():
        raise NotPossible(_("This code was used. Erase it with its slip instead."))
    participant.delete()


def _added(group: FocusGroup, number_: int, details: Details) -> Slip:
    receipt = receipts.new()
    participant = Participant.objects.create(
        group=group, code=f"P{number_}", receipt=receipt.digest, **_values(details)
    )
    return Slip(participant, receipt.code)


def _values(details: Details) -> dict[str, str | bool]:
    # Whoever says "under 18" as their age is under 18; a guardian matters to nobody else.
    is_minor = details.is_minor or details.age_band == AgeBand.UNDER_18
    return {
        "language": details.language,
        "age_band": details.age_band,
        "gender": details.gender,
        "uses_interpreter": details.uses_interpreter,
        "is_minor": is_minor,
        "guardian_agreed": is_minor and details.guardian_agreed,
    }
