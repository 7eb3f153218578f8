"""Labels of choices, quick enough for lists."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import get_language


class QuickLabels(models.Model):
    """A model whose `get_..._display` asks for one label.

    Django makes the whole list of choices hashable at every call and translates each of its labels
    for that; measured, this was a third of the time of a list of sessions.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802  Django's name
        value = getattr(self, field.attname)
        return _label(field, value, get_language())


@lru_cache(maxsize=2000)
def _label(field: Any, value: Any, _language: str | None) -> str:
    return force_str(dict(field.flatchoices).get(value, value), strings_only=True)
