"""A form is made, changed, copied, closed, and its links called back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions, sounds
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Country, User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import answering, rules, standard_questions
from feedback.focus_groups.enums import FormKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, QuestionAudio
from materials.models import Version

ONE_DAY = timedelta(days=1)


class RuleTaken(NotPossible):
    """The country has a rule with this delay."""


class Reopens(NotPossible):
    """A rule would make the survey again."""


@dataclass(frozen=True)
class FormPlan:
    """What is typed of a form; days are those of the country, both of them open."""

    title: str
    voice: str
    version: Version | None
    languages: Sequence[str]
    opens_on: date
    closes_on: date


@transaction.atomic
def create(*, country: Country, template: str, plan: FormPlan, by: User, at: datetime) -> EasyForm:
    """A form with the questions of a template of `standard_questions`, "" for none.

    Raises Refused.
    """
    permissions.may_plan(by, country.pk)
    chosen = standard_questions.template(template)
    form = EasyForm.objects.create(
        country=country,
        kind=chosen.kind if chosen else FormKind.FEEDBACK,
        made_by=by.person,
        **vars(plan) | {"languages": list(plan.languages)},
    )
    if chosen:
        standard_questions.write(chosen, form)
    audit.record(deed="easy form made", about=form, by=by, at=at, country_id=country.pk)
    return form


@transaction.atomic
def change(*, form_id: int, plan: FormPlan, seen: str = "", by: User, at: datetime) -> EasyForm:
    """Another title, other days or languages; another version while nobody has answered.

    `seen` is `seen_of` the form that was shown. Raises Refused, Answered, ChangedMeanwhile.
    """
    form = rules.locked(form_id, by)
    revisions.check_mark(form, seen, seen_of(form))
    version_id = plan.version.pk if plan.version else None
    if (version_id, plan.voice) != (form.version_id, form.voice):
        rules.check_unanswered(form)
    for name, value in vars(plan).items():
        setattr(form, name, value)
    form.languages = list(plan.languages)
    form.save()
    rules.record("easy form changed", form, by, at)
    return form


def seen_of(form: EasyForm) -> str:
    """The mark of what the form of a form lets change."""
    days = (form.opens_on, form.closes_on)
    return revisions.mark(form.title, form.voice, form.version_id, form.languages, *days)


@transaction.atomic
def copy(*, form_id: int, by: User, at: datetime) -> EasyForm:
    """The same questions as a new form of today, open as long as the old one. Raises Refused."""
    old = rules.locked(form_id, by)
    start = answering.today(old, at)
    new = duplicate(old, start=start, title=_("%(title)s (copy)") % {"title": old.title[:180]})
    new.made_by = by.person
    new.save(update_fields=["made_by"])
    audit.record(deed="easy form copied", about=new, by=by, at=at, country_id=new.country_id)
    return new


def duplicate(
    old: EasyForm,
    *,
    start: date,
    title: str,
    version: Version | None = None,
    release_days: int | None = None,
) -> EasyForm:
    """A form with the questions and recordings of another, open from `start` for as many days."""
    new = EasyForm.objects.create(
        country_id=old.country_id,
        kind=old.kind,
        title=title,
        voice=old.voice,
        version=version or old.version,
        languages=old.languages,
        opens_on=start,
        closes_on=start + (old.closes_on - old.opens_on),
        release_days=release_days,
        made_by_id=old.made_by_id,
    )
    questions = [
        EasyQuestion(
            form=new,
            position=question.position,
            kind=question.kind,
            texts=question.texts,
            scale_item=question.scale_item,
        )
        for question in old.questions.all()
    ]
    EasyQuestion.objects.bulk_create(questions)
    _copy_sounds(old, {question.position: question for question in questions})
    return new


def _copy_sounds(old: EasyForm, questions: Mapping[int, EasyQuestion]) -> None:
    """Bytes of their own: deleting one form leaves the other its recordings."""
    recordings = QuestionAudio.objects.filter(question__form=old).select_related("question")
    for audio in recordings.exclude(file=""):
        with audio.file.open("rb") as file:
            heard = sounds.HeardSound(file.read(), audio.sha256, audio.media_type)
        question = questions[audio.question.position]
        sounds.keep(QuestionAudio(question=question, language=audio.language), heard)


@transaction.atomic
def close(*, form_id: int, by: User, at: datetime) -> EasyForm:
    """Nobody answers it any more from this moment: yesterday was its last day. Raises Refused."""
    form = rules.locked(form_id, by)
    yesterday = answering.today(form, at) - ONE_DAY
    if form.closes_on > yesterday:
        form.closes_on = yesterday
        form.opens_on = min(form.opens_on, yesterday)
        form.save(update_fields=["opens_on", "closes_on"])
        rules.record("easy form closed", form, by, at)
    return form


@transaction.atomic
def call_back(*, form_id: int, by: User, at: datetime) -> EasyForm:
    """Makes every link and printed code of the form worthless; the next ones lead to it again.

    Raises Refused.
    """
    form = rules.locked(form_id, by)
    form.generation += 1
    form.save(update_fields=["generation"])
    rules.record("links of an easy form called back", form, by, at)
    return form


@transaction.atomic
def delete(*, form_id: int, by: User, at: datetime) -> None:
    """Takes a form away that nobody has answered, or a rule. Raises Refused, Answered, Reopens."""
    form = rules.locked(form_id, by)
    rules.check_unanswered(form)
    if form.version_id and form.release_days:
        raise Reopens(_("A rule opened this survey and would open it again. Close it instead."))
    for audio in QuestionAudio.objects.filter(question__form=form):
        sounds.drop(audio, save=False)
    audit.record(deed="easy form deleted", about=form, by=by, at=at, country_id=form.country_id)
    form.delete()


@transaction.atomic
def make_rule(
    *,
    country: Country,
    template: str,
    title: str,
    languages: Sequence[str],
    release_days: int,
    open_days: int,
    by: User,
    at: datetime,
) -> EasyForm:
    """The survey that opens for mentors so many days after each release in a country.

    A form of its kind without a version, which nobody answers: it is copied for each version.
    Raises Refused, RuleTaken.
    """
    permissions.may_plan(by, country.pk)
    # Two people who press at once wait for each other at the country.
    Country.objects.select_for_update().get(pk=country.pk)
    chosen = standard_questions.TEMPLATES[template]
    taken = EasyForm.objects.filter(
        country=country, version__isnull=True, release_days=release_days
    )
    if taken.exists():
        raise RuleTaken(_("There is a rule with this number of days already."))
    start = to_wall(at, country.zone).date()
    rule = EasyForm.objects.create(
        country=country,
        kind=FormKind.SURVEY,
        title=title,
        voice=chosen.voice,
        languages=list(languages),
        opens_on=start,
        closes_on=start + timedelta(days=open_days - 1),
        release_days=release_days,
        made_by=by.person,
    )
    standard_questions.write(chosen, rule)
    audit.record(deed="rule of surveys made", about=rule, by=by, at=at, country_id=country.pk)
    return rule
