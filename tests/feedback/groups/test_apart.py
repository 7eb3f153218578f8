"""Invariant 7: no path leads from what was said to who was there, but the group itself."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from feedback.focus_groups.models import (
    AttendanceLine,
    Consent,
    FocusGroup,
    FormAnswer,
    FormResponse,
    Participant,
    Quote,
)

SAID = [Participant, Consent, Quote, FormResponse, FormAnswer]
# Both families hang under these; a form names who made it, a group names its session.
SHARED = {"FocusGroup", "EasyForm"}
INSTANTS = (models.DateTimeField, models.TimeField)


def reached(start: type[models.Model]) -> set[str]:
    """Every model that forward keys lead to, stopping at the shared ones."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        model = waiting.pop()
        if model.__name__ in found:
            continue
        found.add(model.__name__)
        if model.__name__ in SHARED:
            continue
        fields = model._meta.get_fields()
        waiting += [field.related_model for field in fields if field.many_to_one and field.concrete]
    return found


@pytest.mark.parametrize("model", SAID)
def test_no_key_leads_from_words_to_a_person(model):
    assert not reached(model) & {"Person", "User", "AttendanceLine"}


def test_the_attendance_list_leads_to_the_group_alone():
    assert reached(AttendanceLine) == {"AttendanceLine", "FocusGroup"}
    pointing = [
        field.related_model.__name__
        for field in AttendanceLine._meta.get_fields()
        if field.auto_created and not field.concrete
    ]
    assert pointing == []


@pytest.mark.parametrize("model", [*SAID, AttendanceLine])
def test_no_moment_and_no_order_is_stored(model):
    fields = model._meta.get_fields()

    assert not [field.name for field in fields if isinstance(field, INSTANTS)]
    assert model._meta.pk.default is not models.NOT_PROVIDED


@pytest.mark.parametrize("model", [*SAID, AttendanceLine])
def test_no_history_outlives_an_erasure(model):
    events = {m.__name__ for m in apps.get_app_config("feedback").get_models()}

    assert f"{model.__name__}Event" not in events


def test_a_group_names_nobody_but_through_its_session():
    assert not [
        field.name
        for field in FocusGroup._meta.get_fields()
        if getattr(field, "related_model", None) and field.related_model.__name__ == "Person"
    ]
