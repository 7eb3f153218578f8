"""Migrating by light steps: the same statements as Django's, fewer classes drawn."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.commands import migrate
from django.db import connection, models
from django.db.migrations import operations as step
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from pghistory.models import Events

from cop_platform.common.light_migrations import LightExecutor, LightState

COUNTRY = step.CreateModel(
    "Country",
    [("id", models.BigAutoField(primary_key=True)), ("code", models.CharField(null=True))],
)
PERSON = step.CreateModel(
    "Person",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("country", models.ForeignKey("small.Country", models.CASCADE, related_name="people")),
        ("friends", models.ManyToManyField("self")),
        ("host", models.ForeignKey("small.Person", models.CASCADE, null=True)),
    ],
)
VISIT = step.CreateModel(
    "Visit",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("person", models.ForeignKey("small.Person", models.CASCADE)),
        ("days", models.IntegerField(default=1)),
    ],
)
LATER = [
    step.AddField("Country", "capital", models.ForeignKey("small.Visit", models.CASCADE)),
    step.AddField("Visit", "note", models.TextField(default="none")),
    step.AddIndex("Visit", models.Index(fields=["person", "days"], name="visit_by_person")),
    step.AddConstraint(
        "Visit", models.CheckConstraint(condition=models.Q(days__gt=0), name="visit_lasts")
    ),
    step.AlterField("Country", "code", models.CharField(max_length=2)),
    step.AlterField("Person", "id", models.UUIDField(primary_key=True)),
    step.RemoveConstraint("Visit", "visit_lasts"),
    step.RenameField("Visit", "days", "nights"),
    step.AlterUniqueTogether("Visit", {("person", "nights")}),
    step.AlterModelTable("Country", "small_land"),
    step.AddField("Visit", "country", models.ForeignKey("small.Country", models.CASCADE)),
    step.RenameModel("Visit", "Stay"),
    step.RemoveField("Person", "friends"),
    step.AddField("Stay", "hosts", models.ManyToManyField("small.Person", related_name="stays")),
    step.RemoveField("Country", "capital"),
    step.DeleteModel("Stay"),
]


def after(state: ProjectState, *operations: step.base.Operation) -> ProjectState:
    """The state after these operations; its classes are drawn before and after."""
    assert state.apps is not None
    for operation in operations:
        operation.state_forwards("small", state)
    assert state.apps is not None
    return state


def statements(state: ProjectState) -> list[str]:
    """What the database would be told on the way through all operations."""
    whole = Migration("0001", "small")
    whole.operations = [COUNTRY, PERSON, VISIT, *LATER]
    assert state.apps is not None
    with connection.schema_editor(collect_sql=True) as editor:
        whole.apply(state, editor, collect_sql=True)
        return [str(line) for line in editor.collected_sql]


@pytest.mark.django_db
def test_the_database_is_told_what_django_would_tell_it():
    told = statements(LightState())
    assert told == statements(ProjectState())
    assert len(told) > 60


def test_what_was_added_draws_the_changed_model_alone():
    state = after(LightState(), COUNTRY, PERSON, VISIT)
    country, visit = state.apps.get_model("small.Country"), state.apps.get_model("small.Visit")
    after(state, LATER[1])
    assert state.apps.get_model("small.Country") is country
    assert state.apps.get_model("small.Visit") is not visit
    assert {"note", "days"} <= {f.name for f in state.apps.get_model("small.Visit")._meta.fields}


@pytest.mark.parametrize("change", [LATER[4], LATER[7], LATER[9], LATER[11], LATER[12]])
def test_what_changes_something_draws_all_models_anew(change):
    """The way along a relation and back ends at the same class."""
    state = after(LightState(), COUNTRY, PERSON, VISIT, LATER[1], LATER[0], change)
    country = state.apps.get_model("small.Country")
    person = state.apps.get_model("small.Person")
    assert person._meta.get_field("country").related_model is country
    assert country._meta.get_field("people").related_model is person


def test_code_that_reads_rows_sees_all_models_of_its_moment():
    state = after(LightState(), COUNTRY, PERSON, VISIT, LATER[1]).clone()
    state.clear_delayed_apps_cache()  # RunPython does
    person = state.apps.get_model("small.Visit")._meta.get_field("person").related_model
    assert person is state.apps.get_model("small.Person")


def test_heirs_of_a_model_get_its_new_field():
    heir = step.CreateModel("Guest", [], bases=("small.Person",))
    field = step.AddField("Person", "name", models.TextField(default=""))
    state = after(LightState(), COUNTRY, PERSON, heir, field)
    guest = state.apps.get_model("small.Guest")
    assert "name" in {field.name for field in guest._meta.get_fields()}


def test_the_command_migrates_by_light_steps():
    command = load_command_class(get_commands()["migrate"], "migrate")
    assert isinstance(command, migrate.Command)
    assert migrate.MigrationExecutor is LightExecutor


@pytest.mark.django_db
def test_the_database_has_every_column_and_rule_of_the_models():
    """Nothing was lost on the way, and nothing was left of what was taken away."""
    every = apps.get_models(include_auto_created=True)
    ours = [m for m in every if m._meta.managed and not m._meta.proxy and m is not Events]
    expected = {
        m._meta.db_table: {f.column for f in m._meta.concrete_model._meta.local_concrete_fields}
        for m in ours
    }
    found, names = {}, set()
    with connection.cursor() as cursor:
        for table in expected:
            columns = connection.introspection.get_table_description(cursor, table)
            found[table] = {column.name for column in columns}
            names |= set(connection.introspection.get_constraints(cursor, table))
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'i'")
        names |= {name for (name,) in cursor.fetchall()}
    assert found == expected
    rules = {rule.name for m in ours for rule in [*m._meta.constraints, *m._meta.indexes]}
    assert rules - names == set()
