"""Objects made the quick way are what Django would have made."""

import pytest
from django.apps import apps
from django.db.models.signals import post_init

from cop_platform.common.rows import Quick, attach, maker
from experts.models import Person
from sessions.models import CopSession
from tests import factories as make

OWN = [
    model
    for config in apps.get_app_configs()
    if not config.name.startswith(("django.", "allauth"))
    for model in config.get_models()
]


def inside(made):
    values = dict(vars(made))
    state = values.pop("_state")
    return values, state.adding, state.db, state.fields_cache


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_model_comes_out_as_django_makes_it(model):
    names = [field.attname for field in model._meta.concrete_fields]
    values = tuple(range(len(names)))
    made = maker(model).from_db("default", names, values)
    assert type(made) is model
    assert inside(made) == inside(model.from_db("default", names, values))


@pytest.mark.django_db
def test_a_column_that_was_not_read_is_asked_for_when_it_is_needed(django_assert_num_queries):
    person = make.person(name="Ana")
    made = Quick(Person).from_db("default", ["id"], [person.pk])
    with django_assert_num_queries(1):
        assert made.name == "Ana"


@pytest.mark.django_db
def test_what_came_out_of_the_database_is_saved_as_a_change(django_assert_num_queries):
    person = make.person(name="Ana")
    names = [field.attname for field in Person._meta.concrete_fields]
    made = Quick(Person).from_db("default", names, [getattr(person, name) for name in names])
    made.name = "Anna"
    with django_assert_num_queries(1):
        made.save()
    person.refresh_from_db()
    assert person.name == "Anna"


def test_where_somebody_listens_the_objects_are_made_by_django():
    def hears(**_told):
        return None

    post_init.connect(hears, sender=Person)
    try:
        assert maker(Person) is Person
    finally:
        post_init.disconnect(hears, sender=Person)
    assert maker(Person) is not Person


def test_a_model_with_a_way_of_its_own_keeps_it(monkeypatch):
    monkeypatch.setattr(Person, "__init__", lambda self, *_args: None)
    assert maker(Person) is Person


def test_a_field_that_does_more_than_store_keeps_doing_it(monkeypatch):
    class Counting:
        """An attribute that is no plain store."""

        def __set__(self, row, value):
            row.__dict__["name"] = value

    monkeypatch.setattr(Person, "name", Counting())
    assert maker(Person) is Person


@pytest.mark.django_db
def test_what_is_put_at_hand_is_not_asked_for(django_assert_num_queries):
    session = make.cop_session()
    found, planner = CopSession.objects.get(pk=session.pk), session.planned_by
    attach(found, planned_by=planner)
    with django_assert_num_queries(0):
        assert found.planned_by is planner
