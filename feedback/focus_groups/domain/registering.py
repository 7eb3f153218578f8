"""What focus groups and forms bring to the rest of the platform."""

from __future__ import annotations

from django.apps import apps
from django.db.models.signals import post_migrate

from cop_platform.common.reporting import sections
from feedback.focus_groups.domain import consent_texts
from feedback.focus_groups.domain.report import section


def register() -> None:
    """Called once, when the app is ready."""
    feedback = apps.get_app_config("feedback")
    post_migrate.connect(consent_texts.lay_out, sender=feedback)
    sections.register(section.SECTION)
