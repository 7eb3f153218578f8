"""News of mails from a mail provider's webhooks, where django-anymail is installed.

To use it: install django-anymail, set EMAIL_BACKEND to one of its backends, add "anymail" to
INSTALLED_APPS and its `anymail.urls` to the urls and to the route register. Without it nothing
here runs, and reports come back as mails (`manage.py receive_mail`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils import timezone

from experts.domain import bounces
from experts.domain.bounces import Fate, Report

# anymail's names of events, and of reasons that say the address itself is wrong.
_ACTIONS = {"delivered": "delivered", "bounced": "failed", "complained": "complained"}
_WRONG_ADDRESS = {"invalid", "bounced"}
_NO_SUCH_MAILBOX, _OTHER = "5.1.1", "5.0.0"


def connect() -> None:
    """Listens to anymail's tracking signal where anymail is one of the apps."""
    if apps.is_installed("anymail"):
        tracking = import_module("anymail.signals").tracking
        tracking.connect(tracked, dispatch_uid="experts.provider_events")


def tracked(event: Any, **_: Any) -> None:
    """Applies one event; those about mails of others, or without our Message-ID, do nothing."""
    action = _ACTIONS.get(event.event_type)
    message_id = (event.metadata or {}).get("message_id", "")
    if action is None or not message_id:
        return
    is_wrong = event.reject_reason in _WRONG_ADDRESS
    fate = Fate(
        address=(event.recipient or "").lower(),
        action=action,
        status=(_NO_SUCH_MAILBOX if is_wrong else _OTHER) if action == "failed" else "",
        detail=event.mta_response or event.description or "",
    )
    bounces.apply(Report(message_id, (fate,)), at=timezone.now())
