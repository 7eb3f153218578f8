"""Who agreed to what, purpose by purpose, and what taking it back does at once.

Nothing here is a condition of taking part: somebody who says no to everything sits in the group as
a code like the others.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import consent_texts
from feedback.focus_groups.domain.keeping import erasing
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Consent, ConsentText, Participant, Recording

# What people in a group are asked; a voice message is asked about where a form is answered.
ASKED_IN_GROUPS = (Purpose.NOTES, Purpose.QUOTES, Purpose.RECORDING)


class GuardianMissing(NotPossible):
    """Nothing of somebody under 18 is kept before a guardian agreed."""


class TakenBack(NotPossible):
    """What somebody took back with their slip is not given again by anybody else."""


def holds(participant: Participant, purpose: str) -> bool:
    """Whether this may be done today with what that participant says."""
    return Participant.objects.filter(pk=participant.pk).agreeing(purpose).exists()


def agreeing(group_ids: Collection[int], purpose: str) -> set[int]:
    """Keys of the participants of these groups whose agreement holds today. One query."""
    found = Participant.objects.filter(group__in=group_ids).agreeing(purpose)
    return set(found.values_list("pk", flat=True))


def everybody_agrees(group_id: int, purpose: str) -> bool:
    """Whether all who sit in the group agree: what a recording needs. False for an empty group."""
    sitting = Participant.objects.filter(group=group_id, erased_on__isnull=True)
    people = set(sitting.values_list("pk", flat=True))
    return bool(people) and people == agreeing([group_id], purpose)


def texts(purpose: str) -> dict[str, ConsentText]:
    """What is read today for a purpose, by language code."""
    return consent_texts.current(purpose)


@transaction.atomic
def give(
    *,
    participant_id: int,
    purpose: str,
    is_given: bool,
    by: User,
    at: datetime,
    was_read_aloud: bool = False,
) -> Consent:
    """Stores somebody's yes or no, bound to the words of today in their language.

    A yes that becomes a no takes effect like one that is taken back. Raises GuardianMissing,
    TakenBack, or NotPossible where the purpose is not asked or the person was erased.
    """
    participant = locked(participant_id, by)
    if purpose not in ASKED_IN_GROUPS:
        raise NotPossible(_("This is not asked in a group."))
    if is_given and participant.is_minor and not participant.guardian_agreed:
        raise GuardianMissing(_("This person is under 18: a guardian has to agree first."))
    before = participant.consents.filter(purpose=purpose).first()
    if before and before.withdrawn_on and is_given:
        raise TakenBack(_("This was taken back with the receipt code. It stays so."))
    day = today_of(participant, at)
    consent, _created = Consent.objects.update_or_create(
        participant=participant,
        purpose=purpose,
        defaults={
            "text": consent_texts.spoken(purpose, participant.language),
            "is_given": is_given,
            "was_read_aloud": was_read_aloud,
            "given_on": day,
        },
    )
    if not is_given:
        _undo(participant, purpose, day)
    return consent


@transaction.atomic
def withdraw(*, participant: Participant, purpose: str, at: datetime) -> bool:
    """Takes an agreement back, for whoever holds the slip; False when there was none.

    Quotes are printed nowhere from this moment on; without notes the words are gone; without
    a recording its sound is.
    """
    Participant.objects.select_for_update().get(pk=participant.pk)
    day = today_of(participant, at)
    standing = Consent.objects.filter(
        participant=participant, purpose=purpose, is_given=True, withdrawn_on__isnull=True
    )
    if not standing.update(withdrawn_on=day):
        return False
    _undo(participant, purpose, day)
    return True


def locked(participant_id: int, by: User) -> Participant:
    """A participant of a country where `by` hears what is said, held until the transaction ends.

    Raises NotPossible for one who was erased: nothing is stored about them any more.
    """
    found = Participant.objects.select_for_update(of=("self",)).select_related("group__country")
    participant = found.get(pk=participant_id)
    permissions.may_hear(by, participant.group.country_id)
    if participant.erased_on:
        raise NotPossible(_("What this person said was erased. Nothing more is stored."))
    return participant


def today_of(participant: Participant, at: datetime) -> date:
    """The day it is in the country of the group."""
    return to_wall(at, participant.group.country.zone).date()


def _undo(participant: Participant, purpose: str, day: date) -> None:
    if purpose == Purpose.NOTES:
        participant.quotes.all().delete()
    if purpose == Purpose.RECORDING:
        _end_recording(participant.group_id, day)


def _end_recording(group_id: int, day: date) -> None:
    """One voice cannot be taken out of a recording: the sound goes as a whole."""
    for recording in Recording.objects.select_for_update().filter(group=group_id).exclude(file=""):
        erasing.forget_files([recording.file.name or ""])
        recording.file, recording.sha256, recording.media_type = "", "", ""
        recording.deleted_on = day
        recording.save(update_fields=["file", "sha256", "media_type", "deleted_on"])
