"""Erasing what somebody said, because they asked for it with the code on their slip.

What goes: quotes and answers with all that hangs under them, voice messages, the coarse details of
a participant, and the recording of the talk with its transcript, since nobody can take one voice
out of it. What stays: that a code took part, that consents were given and withdrawn on a day (the
proof that nothing was kept against a will), and the hash of the slip, so that its page can say
that all is gone and so that a backup that comes back is erased again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from experts.domain import audit
from feedback.focus_groups.domain.keeping import erasure_log
from feedback.focus_groups.models import (
    Consent,
    EasyForm,
    Erasure,
    FocusGroup,
    FormAnswer,
    FormResponse,
    Participant,
    Quote,
    Recording,
)


@transaction.atomic
def erase(row: Participant | FormResponse, *, at: datetime) -> None:
    """Deletes what the row's person said; a row that was erased before stays as it is.

    The bytes of sounds go once the rows are gone for good, so a failure before that loses nothing.
    The audit event is about the group or the form: it tells no code and holds no word.
    """
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
    day = timezone.localdate(at)
    if locked.erased_on is None:
        if isinstance(locked, Participant):
            _erase_participant(locked, day)
        else:
            _erase_response(locked)
        locked.erased_on = day
        locked.save()
        about: FocusGroup | EasyForm = (
            locked.group if isinstance(locked, Participant) else locked.form
        )
        audit.record(deed="words erased", about=about, by=None, at=at, country_id=about.country_id)
    Erasure.objects.get_or_create(receipt=locked.receipt, defaults={"erased_on": day})
    # Should the file fail now, the next tick adds the line: the row above is there.
    transaction.on_commit(lambda: erasure_log.add(locked.receipt), robust=True)
    row.refresh_from_db()


def forget_files(names: Iterable[str | None]) -> None:
    """Deletes these private files once the transaction is over.

    One that is gone is no error, one that cannot be deleted is swept away later.
    """
    for name in names:
        if name:
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


def _erase_participant(participant: Participant, day: date) -> None:
    Quote.objects.filter(participant=participant).delete()
    Consent.objects.filter(participant=participant, is_given=True, withdrawn_on=None).update(
        withdrawn_on=day
    )
    participant.language = participant.age_band = participant.gender = ""
    participant.is_minor = participant.guardian_agreed = participant.uses_interpreter = False
    recordings = Recording.objects.select_for_update().filter(group=participant.group_id)
    forget_files(recording.file.name for recording in recordings)
    recordings.filter(deleted_on=None).update(deleted_on=day)
    recordings.update(file="", sha256="", media_type="", transcript="")


def _erase_response(response: FormResponse) -> None:
    answers = FormAnswer.objects.filter(response=response)
    forget_files(answers.exclude(file="").values_list("file", flat=True))
    answers.delete()
    response.language, response.may_quote = "", False
