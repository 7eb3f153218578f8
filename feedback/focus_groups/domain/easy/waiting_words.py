"""Answers in people's own words that somebody has to look at: spoken ones, and written ones.

Words are gone through for details before anybody else reads them. A voice message is written down
first; the sound is gone from then on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common import sounds
from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import EasyForm, FormAnswer


class NothingWritten(NotPossible):
    """A message without words would be lost with its sound."""


@dataclass(frozen=True)
class Waiting:
    """How much of a form waits: written words to go through, messages to write down."""

    words: int
    voices: int


def heard(user: User) -> QuerySet[FormAnswer]:
    """Sent answers in words that somebody may read as they were said."""
    forms = EasyForm.objects.heard_by(user)
    sent = FormAnswer.objects.filter(
        response__form__in=forms,
        response__finished_on__isnull=False,
        response__erased_on__isnull=True,
    )
    return sent.exclude(words="", file="").select_related("response__form__country", "question")


def waiting(answers: QuerySet[FormAnswer]) -> QuerySet[FormAnswer]:
    """Those nobody has gone through; by random keys, so that no order tells who came when."""
    return answers.filter(~Q(file="") | Q(checked_on__isnull=True)).order_by("pk")


def counted(user: User, form: EasyForm) -> Waiting:
    """What waits in a form that this person hears; nothing for anybody else."""
    rows = list(waiting(heard(user).filter(response__form=form)).values_list("file", flat=True))
    voices = sum(bool(file) for file in rows)
    return Waiting(len(rows) - voices, voices)


@transaction.atomic
def write_down(*, answer_id: int, words: str, by: User) -> FormAnswer:
    """Keeps what a voice message says after what was written, and deletes the sound.

    The words then wait to be gone through. Raises Refused, NothingWritten.
    """
    rows = FormAnswer.objects.select_for_update(of=("self",)).select_related("response__form")
    answer = rows.get(pk=answer_id)
    permissions.may_hear(by, answer.response.form.country_id)
    if not words.strip():
        raise NothingWritten(_("Write down what is said; the sound is deleted then."))
    answer.words = "\n".join(said for said in (answer.words, words) if said)
    answer.clean_words, answer.checked_on = "", None
    sounds.drop(answer, save=False)
    answer.save()
    return answer
