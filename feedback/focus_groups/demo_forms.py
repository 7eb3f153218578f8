"""The demo's forms: what migrants say about a material, what mentors say about the platform.

Everything is invented and the same each time. Without the words that seem to name somebody the
"words to go through" would have nothing to find.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from experts.enums import Role
from experts.models import Country, Membership, User
from feedback.focus_groups import demo_answers
from feedback.focus_groups.domain.easy import editing, standard_questions
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer, FormResponse
from materials.models import Version

_MIGRANTS_BG = "What people say about the workbook"
_MIGRANTS_ES = "First impressions of the picture cards"
_PLATFORM = "How the platform works for mentors"
_RULE = "After use"


@transaction.atomic
def seed(today: date) -> int:
    """The forms and their answers around a day; how many forms. Run twice, nothing is added."""
    if EasyForm.objects.filter(title=_MIGRANTS_BG).exists():
        return 0
    released = Version.objects.released().select_related("material")
    newest = released.order_by("-released_at", "pk")
    about = newest.filter(material__audience="migrants").first() or newest.first()
    migrants = _form("BG", "migrants", _MIGRANTS_BG, about, today, days=40)
    for number in range(34):
        language, values, words = demo_answers.of_migrant(number)
        _answered(migrants, number, language, values, words, today)
    few = _form("ES", "migrants", _MIGRANTS_ES, about, today, days=20)
    for number in range(4):
        language, values, words = demo_answers.of_migrant(number + 40)
        _answered(few, number, language, values, words, today)
    platform = _form("BG", "platform", _PLATFORM, None, today, days=40)
    for number in range(12):
        _answered(platform, number, "bg", *demo_answers.of_mentor(number), today)
    return 3 + _rule(today)


def _form(
    code: str, template: str, title: str, version: Version | None, today: date, *, days: int
) -> EasyForm:
    chosen = standard_questions.TEMPLATES[template]
    form = EasyForm.objects.create(
        country=Country.objects.get(code=code),
        kind=chosen.kind,
        title=title,
        voice=chosen.voice,
        version=version,
        languages=demo_answers.LANGUAGES[code],
        opens_on=today - timedelta(days=days),
        closes_on=today + timedelta(days=20),
        made_by=_host(code).person,
    )
    standard_questions.write(chosen, form)
    return form


def _answered(
    form: EasyForm,
    number: int,
    language: str,
    values: dict[int, int],
    words: dict[int, str],
    today: date,
) -> None:
    """One sent response; every third says that its words may not be printed."""
    day = max(form.opens_on, today - timedelta(days=2 + number * 5 % 30))
    response = FormResponse.objects.create(
        form=form,
        place=_secret(form, number, "place"),
        receipt=_secret(form, number, "receipt"),
        language=language,
        may_quote=number % 3 != 0,
        is_paper=number % 7 == 0,
        started_on=day,
        finished_on=day,
    )
    questions = list(form.questions.all())
    FormAnswer.objects.bulk_create(
        [
            *(_value(response, q, values[q.position]) for q in questions if q.position in values),
            *(
                _words(response, q, words[q.position], day)
                for q in questions
                if q.position in words
            ),
        ]
    )


def _value(response: FormResponse, question: EasyQuestion, value: int) -> FormAnswer:
    return FormAnswer(response=response, question=question, value=value)


def _words(response: FormResponse, question: EasyQuestion, said: str, day: date) -> FormAnswer:
    """Words that were gone through, but those that wait in the demo."""
    assert question.kind == AnswerKind.WORDS
    answer = FormAnswer(response=response, question=question, words=said)
    if said not in demo_answers.WAITING:
        answer.clean_words, answer.checked_on = said, day + timedelta(days=1)
    return answer


def _secret(form: EasyForm, number: int, purpose: str) -> str:
    message = f"demo\n{form.title}\n{number}\n{purpose}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256).hex()


def _rule(today: date) -> int:
    """Mentors of Bulgaria are asked thirty days after each release."""
    editing.make_rule(
        country=Country.objects.get(code="BG"),
        template="mentors",
        title=_RULE,
        languages=["bg", "en"],
        release_days=30,
        open_days=21,
        by=_host("BG"),
        at=datetime.combine(today, time(9), tzinfo=UTC),
    )
    return 1


def _host(code: str) -> User:
    """Who runs the forms of a country."""
    found = Membership.objects.filter(cop__country__code=code, role=Role.COORDINATOR)
    person = found.select_related("person__user").order_by("pk")[0].person
    assert person.user is not None  # coordinators of the demo have accounts
    return person.user
