"""Sending an easy form, and the code that a person takes home."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import (
    FormAnswer,
    FormResponse,
)
from tests.feedback.groups import easy, world
from tests.feedback.groups.easy import at, get, press, start, text, walk_to_the_end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_easy_day")]
ALL_KINDS = tuple(AnswerKind.values)


def test_the_code_at_the_end_leads_to_the_answers():
    form = world.easy_form()

    page = text(get(walk_to_the_end(form)))

    code = re.search(r'class="code"[^>]*>([\w-]+)<', page).group(1)
    response = easy.only_response()
    assert receipts.find(code) == response
    assert response.may_quote
    assert response.finished_on == date(2026, 11, 24)


def test_printing_is_asked_of_those_who_used_words():
    form = world.easy_form("BG", "faces")
    address = start(form)
    press(address, form, value=1)

    page = text(get(at(address, "last")))

    assert "may_quote" not in page
    assert guest_words.words("en")["send"] in page


def test_sending_twice_shows_the_same_code_once_counted():
    form = world.easy_form()
    end = walk_to_the_end(form)

    again = Client().post(at(end, "last"), {"may_quote": "no"})

    assert again["Location"] == end
    assert text(get(end)) == text(get(end))
    assert easy.only_response().may_quote


def test_nothing_changes_after_sending():
    form = world.easy_form()
    end = walk_to_the_end(form)

    page = press(at(end, 1), form, value=1)

    assert page["Location"] == end
    assert get(at(end, 1))["Location"] == end
    assert FormAnswer.objects.get(question__position=1).value == 3


def test_on_another_day_the_address_shows_no_code(monkeypatch):
    end = walk_to_the_end(world.easy_form())

    easy.on(monkeypatch, date(2026, 11, 25))
    page = text(get(end))

    assert 'class="code"' not in page
    assert guest_words.words("en")["code_gone"] in page


def test_the_end_before_the_last_question_leads_back():
    address = start(world.easy_form())

    assert get(at(address, "end"))["Location"] == at(address, "last")


def test_erased_answers_are_said_to_be_erased():
    end = walk_to_the_end(world.easy_form())
    FormResponse.objects.update(erased_on=date(2026, 11, 24))

    page = get(end)

    assert page.status_code == 410
    assert guest_words.words("en")["erased"] in text(page)
