"""The register of personal data is complete: every field was judged, and none is judged twice."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from cop_platform.common import personal_data
from experts.domain import own_data, privacy
from experts.enums import Role
from experts.models import Person
from tests import factories as make
from tests.feedback.groups import world

OURS = ("experts", "materials", "cop_sessions", "practices", "feedback")


def our_models() -> list[type[models.Model]]:
    """Every model but the histories: their fields are copies and judged with the original."""
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_obj_id")
    ]


def field_names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


def personal_of(label: str) -> list[str]:
    return [
        name
        for record in personal_data.records()
        if record.model == label
        for name in record.fields
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_was_judged(model):
    judged = {*personal_of(model._meta.label), *personal_data.said_plain(model._meta.label)}

    assert [name for name in personal_data.to_judge(model) if name not in judged] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_field_is_judged_twice(model):
    personal = personal_of(model._meta.label)

    assert len(personal) == len(set(personal))
    assert set(personal) & personal_data.said_plain(model._meta.label) == set()


def test_nothing_is_registered_that_is_gone():
    known = {model._meta.label: field_names(model) for model in our_models()}

    for record in personal_data.records():
        plain = personal_data.said_plain(record.model)
        assert {*record.fields, *plain} <= known[record.model], record.model


class Judged:
    """Models that are no tables, to see what the register asks about."""

    class Meta:
        app_label = "experts"
        managed = False


@pytest.mark.parametrize(
    ("field", "is_asked"),
    [
        (models.CharField(max_length=9), True),
        (models.TextField(), True),
        (models.EmailField(), True),
        (models.URLField(), True),
        (models.FileField(), True),
        (models.BinaryField(), True),
        (models.JSONField(), True),
        (models.UUIDField(), True),
        (ArrayField(models.CharField(max_length=9)), True),
        (models.ForeignKey(Person, models.CASCADE, related_name="+"), True),
        (models.CharField(max_length=9, choices=[("a", "A")]), False),
        (models.IntegerField(), False),
        (models.BooleanField(), False),
        (models.DateField(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_register_asks_about_in_any_model(field, is_asked):
    assert personal_data._tells(field) is is_asked


def test_of_a_row_about_a_person_even_days_and_choices_are_asked_about():
    participant = apps.get_model("feedback", "Participant")

    asked = personal_data.to_judge(participant)

    assert {"age_band", "is_minor", "erased_on", "group"} <= set(asked)


def test_no_register_entry_leads_from_what_was_said_to_a_person():
    said = {"Participant", "Consent", "Quote", "FormResponse", "FormAnswer", "Recording"}

    leading = [
        record.model
        for record in personal_data.records()
        if record.model.partition(".")[2] in {*said, "AttendanceLine"} and record.about
    ]

    assert leading == []


def test_what_people_said_names_a_rule_of_retention():
    for name in ("AttendanceLine", "Participant", "Consent", "Quote", "FormAnswer", "Recording"):
        found = [r for r in personal_data.records() if r.model == f"feedback.{name}"]
        assert all(record.handling.rule for record in found), name


def test_the_document_says_what_the_register_says():
    document = privacy.DOCUMENT.read_text(encoding="utf-8")

    assert privacy.with_register(document) == document, "run manage.py privacy_register"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN])
def test_who_answers_for_the_platform_reads_it(as_user, role):
    client = as_user(make.user(role))

    page = client.get(reverse("privacy_register")).content.decode()
    table = b"".join(client.get(reverse("privacy_register_csv")).streaming_content).decode()

    assert "AttendanceLine" in page
    assert "feedback.AttendanceLine.name" in table
    assert len(table.splitlines()) == len(list(personal_data.lines())) + 1


@pytest.mark.django_db
def test_a_person_gets_what_is_about_them_and_no_more():
    person = make.person(name="Amina Berg")
    other = make.person(name="Somebody Else")
    group = world.group()
    world.attendance(group, "Amina Berg")
    make.invitation(make.cop_session(), person)
    make.invitation(make.cop_session(), other)
    out = StringIO()

    call_command("export_person", person.email.upper(), stdout=out)

    found = json.loads(out.getvalue())
    assert [row["name"] for row in found["experts.Person"]] == ["Amina Berg"]
    assert {row["person"] for row in found["cop_sessions.Invitation"]} == {person.pk}
    assert "feedback.AttendanceLine" not in found
    assert "Somebody Else" not in out.getvalue()


@pytest.mark.django_db
def test_no_password_and_no_key_is_handed_out():
    found = own_data.collect(make.user(Role.EXPERT).person)

    assert "password" not in str(found)
