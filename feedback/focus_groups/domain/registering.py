"""What focus groups and forms bring to the rest of the platform."""

from __future__ import annotations

from django.apps import apps
from django.db.models.signals import post_migrate

from cop_platform.common import panels
from feedback.changes import sources
from feedback.focus_groups.domain import coding_panel, consent_texts, theme_source


def register() -> None:
    """Called once, when the app is ready."""
    feedback = apps.get_app_config("feedback")
    post_migrate.connect(consent_texts.lay_out, sender=feedback)
    sources.register(theme_source.SOURCE)
    panels.register("focus group", coding_panel.of_group)
