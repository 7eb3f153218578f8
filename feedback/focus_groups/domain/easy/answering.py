"""Answering an easy form: started, answered question by question, sent once.

A half-filled form lives at an address with a secret of 256 bits, so that it goes on after a lost
connection without a cookie. Half of the secret is chance, half proves that we made it for this
form; its hash is stored (`place`). The receipt code follows from the secret, whose holder may
see it again that day; the code itself is stored nowhere.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from cop_platform.common import sounds
from cop_platform.common.refusals import NotPossible
from cop_platform.common.sounds import HeardSound
from cop_platform.common.times import to_wall
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.consenting.receipts import Receipt
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer, FormResponse

LONGEST = 2000
# How many values a question of a kind has, from 1 on; words have none.
SCALES = {AnswerKind.FACES: 4, AnswerKind.THUMBS: 2, AnswerKind.AGREE: 5}
_HALF = 16


class AlreadySent(NotPossible):
    """The answers were sent: nothing can be changed by the link any more."""


class WrongValue(NotPossible):
    """The value is none of the question's scale."""


@dataclass(frozen=True)
class Started:
    """A half-filled form and the secret of its address, which is nowhere else."""

    response: FormResponse
    secret: str


def today(form: EasyForm, at: datetime) -> date:
    """The day in the form's country; needs the country loaded."""
    return to_wall(at, form.country.zone).date()


def is_open(form: EasyForm, at: datetime) -> bool:
    """Whether answers are taken on that day, first and last day included."""
    return form.opens_on <= today(form, at) <= form.closes_on


def new_secret(form: EasyForm) -> str:
    """A secret for a form that somebody may start, handed out with the page that asks them."""
    chance = secrets.token_bytes(_HALF)
    return _text(chance + _proof(form, chance))


def start(
    *, form: EasyForm, language: str, at: datetime, secret: str = "", is_paper: bool = False
) -> Started:
    """A half-filled form in a language of the form.

    With the `secret` of the page that asked, a button pressed twice starts once; a secret that
    is none of this form's, or under which somebody has answered already, is replaced by a new
    one: the next person at a shared phone must not find the answers of the one before.
    """
    again = _begun(form, secret, language, at, is_paper) if _is_ours(form, secret) else None
    if again is not None and again.finished_on is None and not again.answers.exists():
        return Started(again, secret)
    fresh = new_secret(form)
    return Started(_begun(form, fresh, language, at, is_paper), fresh)


def find(form: EasyForm, secret: str) -> FormResponse | None:
    """The response of this form at a secret address, half-filled or sent; None for any other."""
    if not _is_ours(form, secret):
        return None
    return FormResponse.objects.filter(form=form, place=_hash(secret)).first()


def receipt(secret: str) -> str:
    """The code that leads to the answers given at a secret address."""
    return _receipt(secret).code


@transaction.atomic
def answer(
    *,
    response: FormResponse,
    question: EasyQuestion,
    value: int | None = None,
    words: str = "",
    sound: HeardSound | None = None,
) -> FormAnswer:
    """Keeps the answer to a question in place of the one before; a sound stays until another
    comes. Raises WrongValue for a value off the question's scale, AlreadySent after sending.
    """
    _hold(response)
    if not _fits(question, value):
        raise WrongValue
    row, _created = FormAnswer.objects.get_or_create(response=response, question=question)
    row.value, row.words = value, words
    row.clean_words, row.checked_on = "", None
    if sound is not None:
        sounds.keep(row, sound)
    row.save()
    return row


@transaction.atomic
def skip(*, response: FormResponse, question: EasyQuestion) -> None:
    """No answer to this question: what was said before is gone. Raises AlreadySent."""
    row = answer(response=response, question=question)
    sounds.drop(row)


@transaction.atomic
def drop_voice(*, response: FormResponse, question: EasyQuestion) -> None:
    """Deletes the voice message of an answer and keeps its words. Raises AlreadySent."""
    _hold(response)
    row = FormAnswer.objects.filter(response=response, question=question).first()
    if row is not None:
        sounds.drop(row)


@transaction.atomic
def finish(*, started: Started, at: datetime, may_quote: bool = False) -> str:
    """Sends the answers and gives the receipt code. Sent twice, the first time counts."""
    row = FormResponse.objects.select_for_update().get(pk=started.response.pk)
    if row.finished_on is None:
        form = EasyForm.objects.select_related("country").get(pk=row.form_id)
        row.may_quote, row.finished_on = may_quote, today(form, at)
        row.save(update_fields=["may_quote", "finished_on"])
    return receipt(started.secret)


def has_words(response: FormResponse) -> bool:
    """Whether something was written or said that could be printed."""
    said = response.answers.filter(question__kind=AnswerKind.WORDS)
    return said.exclude(words="", file="").exists()


def _begun(
    form: EasyForm, secret: str, language: str, at: datetime, is_paper: bool
) -> FormResponse:
    response, _created = FormResponse.objects.get_or_create(
        place=_hash(secret),
        defaults={
            "form": form,
            "receipt": _receipt(secret).digest,
            "language": language,
            "is_paper": is_paper,
            "started_on": today(form, at),
        },
    )
    return response


def _receipt(secret: str) -> Receipt:
    message = f"receipt of a place\n{secret}".encode()
    return receipts.derived(hmac.digest(settings.SECRET_KEY.encode(), message, "sha256"))


def _hold(response: FormResponse) -> None:
    row = FormResponse.objects.select_for_update().get(pk=response.pk)
    if row.finished_on is not None or row.erased_on is not None:
        raise AlreadySent


def _fits(question: EasyQuestion, value: int | None) -> bool:
    if value is None:
        return True
    return 1 <= value <= SCALES.get(AnswerKind(question.kind), 0)


def _is_ours(form: EasyForm, secret: str) -> bool:
    """Whether we made this secret for this form; told without a look at any row."""
    try:
        raw = base64.urlsafe_b64decode(f"{secret}=".encode("ascii"))
    except ValueError:
        return False
    chance = raw[:_HALF]
    return _text(raw) == secret and hmac.compare_digest(raw[_HALF:], _proof(form, chance))


def _proof(form: EasyForm, chance: bytes) -> bytes:
    message = b"place\n%d\n" % form.pk + chance
    return hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")[:_HALF]


def _hash(secret: str) -> str:
    message = f"place\n{secret}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, "sha256").hex()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
