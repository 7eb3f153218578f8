"""What `manage.py check` looks at beside Django's own checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from cop_platform.common import signing


@register(Tags.security, deploy=True)
def signing_key_is_given(**_kwargs: Any) -> list[CheckMessage]:
    """In production the key that signs must outlive the machine, so it comes from outside."""
    if settings.PRODUCTION and not settings.PROJECT_SIGNING_KEY:
        return [
            Error(
                "Set PROJECT_SIGNING_KEY: a key made here would be lost with this machine.",
                hint="docs/deploy/signing.md says how one is made.",
                id="cop.E001",
            )
        ]
    return []


@register(Tags.security)
def signing_keys_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """A key with a slip of the pen is found at the start, not when the first badge is signed."""
    try:
        if settings.PROJECT_SIGNING_KEY:
            signing.read_private(settings.PROJECT_SIGNING_KEY)
        for text in settings.PROJECT_SIGNING_KEYS_OLD:
            signing.read_public(text.encode())
    except signing.BadKey as error:
        return [Error(str(error), hint="docs/deploy/signing.md", id="cop.E002")]
    return []
