"""Offsets become rules and rules offsets, when a database goes forward and back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sessions.domain import reminder_rules
from sessions.models import CopSession
from tests import factories as make

OLD = [("cop_sessions", "0004_calendar")]


def migrate(targets) -> object:
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


@pytest.mark.django_db(transaction=True)
def test_a_database_goes_back_to_offsets_and_forward_to_rules():
    # Of all apps: what hangs on the sessions' tables goes back with them.
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    rules = make.reminders("-3d", "-1h", "+1d")
    session = make.cop_session(reminders=rules)
    try:
        old = migrate(OLD).get_model("cop_sessions", "CopSession")
        assert old._base_manager.get(pk=session.pk).ladder == ["-3d", "-1h", "+1d"]
    finally:
        migrate(newest)
    session = CopSession.objects.get(pk=session.pk)
    assert reminder_rules.read(session.reminders) == rules
    # Nobody knows by which rules of the clocks it was derived: the next tick looks.
    assert session.zone_rules == ""
