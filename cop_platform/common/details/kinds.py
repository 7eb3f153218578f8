"""What a detail is: where it stands in a text, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Details that may tell who spoke; of two that overlap the earlier kind names both."""

    EMAIL = "email", pgettext_lazy("stands for a detail taken out", "e-mail address")
    WEB = "web", pgettext_lazy("stands for a detail taken out", "web address")
    BIRTH = "birth", pgettext_lazy("stands for a detail taken out", "date of birth")
    PHONE = "phone", pgettext_lazy("stands for a detail taken out", "telephone")
    NUMBER = "number", pgettext_lazy("stands for a detail taken out", "number")
    ADDRESS = "address", pgettext_lazy("stands for a detail taken out", "address")
    NAME = "name", pgettext_lazy("stands for a detail taken out", "name")


@dataclass(frozen=True, order=True)
class Detail:
    """The part of a text from `start` up to and without `end`, in characters."""

    start: int
    end: int
    kind: Kind
