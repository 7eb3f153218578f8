"""The demo's forms: enough answers to be counted, words that wait, the same each time."""

from __future__ import annotations

from datetime import date

import pytest

from cop_platform.common import details
from experts.enums import Role
from feedback.focus_groups import demo_answers, demo_forms
from feedback.focus_groups.domain.easy import results
from feedback.focus_groups.models import EasyForm, FormAnswer, FormResponse
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)


def test_the_demo_has_forms_to_count_and_words_to_go_through():
    for code in ("BG", "ES"):
        make.person(Role.COORDINATOR, code)
    make.version(make.material("BG"), released_at=make.NOW)

    assert demo_forms.seed(DAY) == 4
    assert demo_forms.seed(DAY) == 0

    people = {
        (form.country.code, form.kind): results.collect(form).people
        for form in EasyForm.objects.filter(release_days__isnull=True)
    }
    assert people == {("BG", "feedback"): 34, ("ES", "feedback"): None, ("BG", "survey"): 12}
    survey = EasyForm.objects.get(kind="survey", release_days__isnull=True)
    assert results.collect(survey).sus.score.people == 12
    waiting = FormAnswer.objects.exclude(words="").filter(checked_on__isnull=True)
    assert set(waiting.values_list("words", flat=True)) == demo_answers.WAITING
    assert sum(bool(details.find(answer.words)) for answer in waiting) == 2
    assert FormResponse.objects.filter(is_paper=True).exists()
