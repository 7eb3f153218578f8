"""The sound of a talk: only where everybody agreed, and only until it is written down."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions, sounds
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.domain.keeping import erasing
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import FocusGroup, Recording

MAX_TRANSCRIPT = 200_000


class NotEverybodyAgreed(NotPossible):
    """Somebody said no, or was not asked; who it was is nobody's business."""


def may_be_kept(group: FocusGroup) -> bool:
    """Whether everybody who took part agreed to a recording, today."""
    return consents.everybody_agrees(group.pk, Purpose.RECORDING)


@transaction.atomic
def keep(*, group_id: int, upload: UploadedFile, by: User, at: datetime) -> Recording:
    """Keeps the sound of a talk; an older one and its bytes go, the transcript stays.

    Raises Refused, NotEverybodyAgreed, NotASound.
    """
    group = _locked(group_id, by)
    if not may_be_kept(group):
        raise NotEverybodyAgreed(
            _("Not everybody agreed to a recording, so none can be kept. Notes can be taken.")
        )
    heard = sounds.accept(upload, limit=sounds.TALK_LIMIT)
    row = Recording.objects.filter(group=group).first() or Recording(group=group)
    row.uploaded_on, row.written_down_on, row.deleted_on = _day(by, at), None, None
    sounds.keep(row, heard)
    return row


@transaction.atomic
def write_down(
    *, group_id: int, transcript: str, is_whole: bool, seen: str, by: User, at: datetime
) -> Recording:
    """Keeps what was typed; `is_whole` says that everything is written down.

    `seen` is the mark of the transcript that was typed upon. A transcript may be typed without a
    sound here, of one that was listened to elsewhere. Raises Refused, ChangedMeanwhile.
    """
    group = _locked(group_id, by)
    row = Recording.objects.filter(group=group).first()
    if row is None:
        row = Recording(group=group, uploaded_on=_day(by, at))
    if row.transcript not in {transcript} and mark(row) != seen:
        sentence = _("Somebody else typed on this transcript meanwhile.")
        raise revisions.ChangedMeanwhile(sentence, row)
    row.transcript = transcript
    row.written_down_on = (row.written_down_on or _day(by, at)) if is_whole else None
    row.save()
    return row


@transaction.atomic
def delete_sound(*, group_id: int, by: User, at: datetime) -> bool:
    """Deletes the bytes; what was written down stays. False when there was no sound.

    Raises Refused.
    """
    row = Recording.objects.filter(group=_locked(group_id, by)).first()
    if row is None or not row.file:
        return False
    erasing.forget_files([str(row.file.name)])
    row.file, row.sha256, row.media_type = "", "", ""
    row.deleted_on = _day(by, at)
    row.save()
    return True


def mark(row: Recording | None) -> str:
    """By what a page knows which transcript it shows."""
    return revisions.mark(row.transcript if row else "")


def _locked(group_id: int, by: User) -> FocusGroup:
    group = FocusGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    permissions.may_hear(by, group.country_id)
    return group


def _day(by: User, at: datetime) -> date:
    return to_wall(at, by.person.zone).date()
