"""What focus groups and forms bring to the rest of the platform."""

from __future__ import annotations

from django.apps import apps
from django.db.models.signals import post_migrate

from feedback.focus_groups.domain import consent_texts


def register() -> None:
    """Called once, when the app is ready."""
    feedback = apps.get_app_config("feedback")
    post_migrate.connect(consent_texts.lay_out, sender=feedback)
