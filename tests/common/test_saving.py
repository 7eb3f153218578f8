"""A form that saves: what was seen travels along, refusals stand beside their fields."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory

from cop_platform.common import revisions, saving
from cop_platform.common.refusals import NotPossible


class Row:
    """Somebody else saved it twice since the form was opened."""

    revision = 1

    def refresh_from_db(self) -> None:
        self.revision = 3


class Words(forms.Form):
    title = forms.CharField()
    text = forms.CharField(required=False)


class Taken(NotPossible):
    pass


def save(deed, typed=None, **more):
    data = {"title": "A", "revision": "1"} if typed is None else typed
    row, form = Row(), Words(data)
    return saving.save(RequestFactory().post("/", data), form, row, deed, **more), form


def refusing(error):
    def deed(_revision):
        raise error

    return deed


def test_the_deed_gets_the_revision_that_was_seen():
    got = []

    saved, _form = save(got.append)

    assert (got, saved.is_done, saved.status) == ([1], True, 200)


def test_a_form_that_is_opened_knows_the_row_as_it_is():
    form, got = Words(), []

    saved = saving.save(RequestFactory().get("/"), form, Row(), got.append)

    assert (saved, got) == (saving.Saving(1), [])


def test_a_form_that_is_not_valid_does_nothing():
    got = []

    saved, form = save(got.append, {"revision": "2"})

    assert (got, saved, list(form.errors)) == ([], saving.Saving(2), ["title"])


def test_a_conflict_goes_on_from_what_stands_now():
    saved, form = save(refusing(revisions.ChangedMeanwhile("Look.", Row())), beside="title")

    assert (saved.revision, saved.is_conflict, saved.status) == (3, True, 409)
    assert form.non_field_errors() == ["Look."]


@pytest.mark.parametrize(
    ("error", "more", "field"),
    [
        (Taken("No."), {}, "__all__"),
        (Taken("No."), {"beside": "text"}, "text"),
        (Taken("No."), {"beside": "text", "fields": {Taken: "title"}}, "title"),
        (NotPossible("No."), {"fields": {Taken: "title"}}, "__all__"),
    ],
)
def test_a_refusal_stands_beside_its_field(error, more, field):
    saved, form = save(refusing(error), **more)

    assert (form.errors, saved) == ({field: ["No."]}, saving.Saving(1))


def test_a_sentence_of_a_room_is_kept_and_tells_the_row():
    row = Row()

    with pytest.raises(revisions.ChangedMeanwhile, match="This test changed") as caught:
        revisions.check(row, 2, "This test changed.")
    with pytest.raises(revisions.ChangedMeanwhile, match="Somebody else has changed this"):
        revisions.check(row, 2)

    assert caught.value.stored is row
    assert revisions.check(row, 1) is None
