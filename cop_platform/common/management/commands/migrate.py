"""`manage.py migrate`, in seconds instead of minutes where the database is new."""

from __future__ import annotations

from django.core.management.commands import migrate

from cop_platform.common.light_migrations import LightExecutor

# Django's command names its executor nowhere else.
migrate.MigrationExecutor = LightExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Django's own with our executor."""
