"""Sheets of paper: kept once, with a code for the person, on the day they were filled in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.easy import answering, typing_in
from feedback.focus_groups.domain.easy.typing_in import Sheet
from feedback.focus_groups.models import FormResponse
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def sheet(form, value: int | None = 4, words: str = "Too long.", **more) -> Sheet:
    faces, said = form.questions.all()
    return Sheet(
        **{
            "language": "ar",
            "day": DAY,
            "values": {faces.pk: value} if value else {},
            "words": {said.pk: words} if words else {},
        }
        | more
    )


def keep(form, typed: Sheet, secret: str = "", by=None) -> str:
    secret = secret or answering.new_secret(form)
    return typing_in.keep(form=form, sheet=typed, secret=secret, by=by or world.host(), at=make.NOW)


def test_a_sheet_is_kept_as_sent_answers_with_a_code():
    form = world.easy_form()

    code = keep(form, sheet(form, may_quote=True))

    response = FormResponse.objects.get()
    assert receipts.find(code) == response
    assert (response.is_paper, response.language, response.may_quote) == (True, "ar", True)
    assert (response.started_on, response.finished_on) == (DAY, DAY)
    assert sorted(response.answers.values_list("value", "words"), key=str) == [
        (4, ""),
        (None, "Too long."),
    ]


def test_a_sheet_sent_twice_is_kept_once_and_gives_its_code_again():
    form = world.easy_form()
    secret = answering.new_secret(form)

    codes = {keep(form, sheet(form), secret), keep(form, sheet(form, 1), secret)}

    assert len(codes) == 1
    assert FormResponse.objects.count() == 1


def test_words_of_a_sheet_wait_to_be_gone_through():
    form = world.easy_form()

    keep(form, sheet(form))

    answer = FormResponse.objects.get().answers.exclude(words="").get()
    assert (answer.clean_words, answer.checked_on) == ("", None)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"value": None, "words": ""}, typing_in.NothingTyped),
        ({"day": make.NOW.date() + timedelta(days=3)}, typing_in.WrongDay),
        ({"day": date(2026, 10, 1)}, typing_in.WrongDay),
        ({"value": 9}, answering.WrongValue),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(more, error):
    form = world.easy_form()

    with pytest.raises(error):
        keep(form, sheet(form, **more))

    assert not FormResponse.objects.exists()


@pytest.mark.parametrize("by", ["abroad", "manager"])
def test_sheets_are_typed_in_by_those_who_hear_the_form(by):
    form = world.easy_form()
    user = world.host("IT") if by == "abroad" else make.user(Role.PROJECT_MANAGER)

    with pytest.raises(Refused):
        keep(form, sheet(form), by=user)
