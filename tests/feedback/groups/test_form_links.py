"""Links of forms: the same for everybody, worthless once they were called back."""

from __future__ import annotations

import pytest

from feedback.focus_groups.domain.easy import form_links
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def token(form) -> str:
    return form_links.address(form).removeprefix("/g/f/").removesuffix("/")


def test_a_link_leads_to_its_form_and_to_no_other():
    first, second = world.easy_form(), world.easy_form()

    assert form_links.find(token(first)) == first
    assert token(first) != token(second)


def test_a_link_of_an_older_generation_leads_nowhere():
    form = world.easy_form()
    old = token(form)
    form.generation += 1
    form.save()

    assert form_links.find(old) is None
    assert form_links.find(token(form)) == form


@pytest.mark.parametrize("typed", ["", "1", "1.", "1.x", "x.y", "9" * 30 + ".x", "😀.😀"])
def test_a_guessed_link_leads_nowhere(typed):
    world.easy_form()

    assert form_links.find(typed) is None


def test_a_rule_that_opens_surveys_is_answered_by_nobody():
    rule = world.easy_form(kind="survey", release_days=30)

    assert form_links.find(token(rule)) is None
