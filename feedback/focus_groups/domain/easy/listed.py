"""The list of forms and the page of one: where each stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.times import say_day
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import answering
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormResponse
from feedback.focus_groups.querysets import OfCountryQuerySet

LANGUAGES = dict(settings.PROJECT_LANGUAGES)
# A form that opens surveys instead of being answered.
_IS_RULE = Q(version__isnull=True, release_days__isnull=False)


class State(Enum):
    """Whether a form takes answers: chip, icon and word."""

    PLANNED = ("info", "clock", _("Not open yet"))
    OPEN = ("ok", "check", _("Open"))
    CLOSED = ("quiet", "x", _("Closed"))

    @property
    def kind(self) -> str:
        return self.value[0]

    @property
    def icon(self) -> str:
        return self.value[1]

    @property
    def label(self) -> Promise:
        return self.value[2]


@dataclass(frozen=True)
class FormRow:
    """A form of the list, and how many people sent their answers."""

    form: EasyForm
    state: State
    answers: int


@dataclass(frozen=True)
class QuestionRow:
    """A question on its form's page, and in which offered languages its words are missing."""

    question: EasyQuestion
    missing: tuple[str, ...]
    is_first: bool
    is_last: bool


def forms(user: User) -> OfCountryQuerySet:
    """What somebody sees of forms, the latest first, with `answers`."""
    finished = Count("responses", filter=Q(responses__finished_on__isnull=False))
    found = EasyForm.objects.visible_to(user).exclude(_IS_RULE)
    return (
        found.select_related("country", "version__material")
        .annotate(answers=finished)
        .order_by("-opens_on", "-pk")
    )


def rules(user: User) -> OfCountryQuerySet:
    """The rules that open surveys after a release."""
    found = EasyForm.objects.visible_to(user).filter(_IS_RULE)
    return found.select_related("country").order_by("country__code", "release_days", "pk")


def row(form: Any, at: datetime) -> FormRow:
    """A form of `forms` as a line of the list."""
    return FormRow(form, state(form, at), form.answers)


def is_rule(form: EasyForm) -> bool:
    """Whether this is a rule that opens surveys, and no form that somebody answers."""
    return form.version_id is None and form.release_days is not None


def days_open(form: EasyForm) -> int:
    """How many days a form takes answers, first and last included."""
    return (form.closes_on - form.opens_on).days + 1


def state(form: EasyForm, at: datetime) -> State:
    """Where the form stands on the day of its country."""
    if answering.is_open(form, at):
        return State.OPEN
    return State.PLANNED if form.opens_on > answering.today(form, at) else State.CLOSED


def standing(form: EasyForm, at: datetime) -> str:
    """The same in a sentence."""
    words = {"first": say_day(form.opens_on), "last": say_day(form.closes_on)}
    if is_rule(form):
        return _now("A rule: it opens such a survey after each release. Nobody answers this one.")
    return {
        State.PLANNED: _now("Opens on %(first)s, closes on %(last)s.") % words,
        State.OPEN: _now("Open until %(last)s.") % words,
        State.CLOSED: _now("Closed since %(last)s.") % words,
    }[state(form, at)]


def questions(form: EasyForm) -> list[QuestionRow]:
    """The questions in order; English stands in where an offered language is missing."""
    rows = list(form.questions.all())
    return [
        QuestionRow(
            question=question,
            missing=tuple(code for code in form.languages if not question.texts.get(code)),
            is_first=number == 1,
            is_last=number == len(rows),
        )
        for number, question in enumerate(rows, start=1)
    ]


@dataclass(frozen=True)
class Rights:
    """What somebody may do on the page of a form."""

    plans: bool
    hears: bool


def rights(user: User, form: EasyForm) -> Rights:
    return Rights(
        plans=permissions.may_plan.allows(user, form.country_id),
        hears=permissions.may_hear.allows(user, form.country_id),
    )


def one(user: User) -> OfCountryQuerySet:
    """Forms for their own pages, with whether somebody began to answer (`answered`)."""
    answered = Exists(FormResponse.objects.filter(form=OuterRef("pk")))
    found = EasyForm.objects.visible_to(user).select_related("country", "version__material")
    return found.annotate(answered=answered)
