"""Themes as a source of change requests: what groups asked of a version goes into the ledger.

A request carries the theme in our words and its reach, never a quote: the ledger keeps its history,
and words that somebody takes back must not live on there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.models import User
from feedback.changes.enums import Severity
from feedback.changes.sources import About, Source
from feedback.focus_groups.domain.coding import themes
from feedback.focus_groups.models import Theme

KIND = "focus_theme"


def _about(keys: Collection[int]) -> dict[int, About]:
    rows = Theme.objects.filter(pk__in=keys, version__isnull=False)
    return {
        pk: About(version, country, Severity.MAJOR if is_major else Severity.MINOR)
        for pk, version, country, is_major in rows.values_list(
            "pk", "version_id", "country_id", "is_major"
        )
    }


def _words(keys: Collection[int]) -> dict[int, str]:
    rows = list(Theme.objects.filter(pk__in=keys))
    reach = themes.reach(rows)
    return {theme.pk: _said(theme, reach[theme.pk]) for theme in rows}


def _said(theme: Theme, reach: themes.Reach) -> str:
    """Title, summary and reach; small numbers are not told, whoever asks."""
    parts = [theme.title, theme.summary]
    if reach.groups:
        said = {
            "groups": themes.groups_said(reach.groups),
            "people": themes.people_said(reach.people),
        }
        parts.append(_("Raised in focus groups: in %(groups)s, by %(people)s.") % said)
    return "\n\n".join(part for part in parts if part)


def _readable(user: User, version_id: int) -> QuerySet:
    """For who runs groups in the country, and for those who may decide: author and manager."""
    rows = Theme.objects.filter(version_id=version_id)
    own = Q(pk__in=Theme.objects.visible_to(user).order_by().values("pk"))
    return (
        rows.filter(own | Q(version__material__owner=user.person))
        .order_by()
        .values_list("pk", flat=True)
    )


def _nothing(*_whoever: Any) -> QuerySet:
    """A theme is written when its groups are over: nobody has to wait for it."""
    return Theme.objects.none().order_by().values("pk")


def _where(user: User, key: int) -> str:
    theme = Theme.objects.visible_to(user).filter(pk=key).first()
    return theme.get_absolute_url() if theme else ""


def _tell(_keys: Collection[int], _at: datetime) -> None:
    """Nobody's address is known: participants read what changed by their receipt code."""


SOURCE = Source(
    kind=KIND,
    label=gettext_lazy("Theme of focus groups"),
    about=_about,
    words=_words,
    readable=_readable,
    hidden_from=_nothing,
    unpublished=_nothing,
    where=_where,
    tell=_tell,
)
