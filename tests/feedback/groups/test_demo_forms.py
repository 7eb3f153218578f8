"""The demo's forms: enough answers to be counted, words that wait, the same each time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cop_platform.common import details
from experts.enums import Role
from feedback.focus_groups import demo_answers, demo_forms
from feedback.focus_groups.domain.easy import results
from feedback.focus_groups.models import EasyForm, FormAnswer, FormResponse
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)
MORNING = datetime(2026, 11, 27, 6, tzinfo=UTC)


def test_the_demo_has_forms_to_count_and_words_to_go_through():
    for code in ("BG", "ES"):
        make.person(Role.COORDINATOR, code)
    make.version(make.material("BG"), released_at=make.NOW)

    assert demo_forms.seed(DAY) == 4
    assert demo_forms.seed(DAY) == 0

    # On the first morning of the demo every answer is older than a day.
    found = {
        (form.country.code, form.kind): results.collect(form, at=MORNING)
        for form in EasyForm.objects.filter(release_days__isnull=True)
    }
    people = {key: one.people for key, one in found.items()}
    assert people == {("BG", "feedback"): 34, ("ES", "feedback"): 0, ("BG", "survey"): 12}
    assert [len(one.parts) > 1 for one in found["BG", "feedback"].scales] == [True] * 3
    assert found["BG", "survey"].sus.score.people == 12
    waiting = FormAnswer.objects.exclude(words="").filter(checked_on__isnull=True)
    assert set(waiting.values_list("words", flat=True)) == demo_answers.WAITING
    assert sum(bool(details.find(answer.words)) for answer in waiting) == 2
    assert FormResponse.objects.filter(is_paper=True).exists()
