"""Sheets that were filled in by hand are typed in, one after the other.

Each gets a receipt code as an answer by link does. Who typed a sheet in is not stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import answering
from feedback.focus_groups.models import EasyForm, EasyQuestion


class NothingTyped(NotPossible):
    """The sheet has no answer at all."""


class WrongDay(NotPossible):
    """Nobody can have filled in the sheet on this day."""


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet: `values` and `words` by the key of the question, gaps left out."""

    language: str
    day: date
    values: Mapping[int, int]
    words: Mapping[int, str]
    may_quote: bool = False


@transaction.atomic
def keep(*, form: EasyForm, sheet: Sheet, secret: str, by: User, at: datetime) -> str:
    """Keeps a sheet as sent answers and gives its receipt code, to be handed out.

    `secret` comes from `answering.new_secret` with the page: a sheet sent twice is kept once and
    its code given again. Needs the form's country loaded. Raises Refused, WrongDay, NothingTyped,
    answering.WrongValue.
    """
    permissions.may_hear(by, form.country_id)
    # Two clicks at once wait for each other here.
    EasyForm.objects.select_for_update().get(pk=form.pk)
    found = answering.find(form, secret)
    if found is not None and found.finished_on is not None:
        return answering.receipt(secret)
    _check(form, sheet, at)
    started = answering.start(
        form=form, language=sheet.language, at=at, secret=secret, is_paper=True
    )
    for question in form.questions.all():
        _answer(started, question, sheet)
    code = answering.finish(started=started, at=at, may_quote=sheet.may_quote)
    row = started.response
    row.refresh_from_db()
    row.started_on = row.finished_on = sheet.day
    row.save(update_fields=["started_on", "finished_on"])
    return code


def _check(form: EasyForm, sheet: Sheet, at: datetime) -> None:
    if not (sheet.values or sheet.words):
        raise NothingTyped(_("Nothing is typed in. Type at least one answer of the sheet."))
    if sheet.day > answering.today(form, at):
        raise WrongDay(_("This day is still to come."))
    if sheet.day < form.opens_on:
        raise WrongDay(_("The form was not open yet on this day."))


def _answer(started: answering.Started, question: EasyQuestion, sheet: Sheet) -> None:
    value, words = sheet.values.get(question.pk), sheet.words.get(question.pk, "")
    if value is not None or words:
        answering.answer(response=started.response, question=question, value=value, words=words)
