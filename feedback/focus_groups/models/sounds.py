"""A sound file beside a row: read aloud by the project, or spoken by somebody who cannot write."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def sound_key(_row: models.Model, _filename: str) -> str:
    """Where the bytes lie: under a random name, so that one file can go without the others."""
    return f"sounds/{secrets.token_hex(16)}"


class Sound(models.Model):
    """Bytes under a random name, with their hash and the type their content proved."""

    file = models.FileField(_("sound file"), upload_to=sound_key, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True
