"""Themes are written by those who heard the groups; how far they reach is counted (`themes`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Country, User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import Code, Theme
from materials.models import Version


class TitleTaken(NotPossible):
    """The country has a theme of that title."""


@dataclass(frozen=True)
class Said:
    """What a form says of a theme."""

    title: str
    summary: str
    is_major: bool
    version: Version | None
    codes: Collection[Code]


@transaction.atomic
def add(*, country: Country, said: Said, by: User, at: datetime) -> Theme:
    """A new theme. Raises Refused, TitleTaken, NotPossible for a code of another codebook."""
    permissions.may_hear(by, country.pk)
    Country.objects.select_for_update().get(pk=country.pk)
    _check(country.pk, said)
    theme = Theme(country=country, added_on=to_wall(at, by.person.zone).date())
    _write(theme, said)
    audit.record(deed="theme added", about=theme, by=by, at=at, country_id=country.pk)
    return theme


@transaction.atomic
def change(*, theme_id: int, said: Said, revision: int, by: User, at: datetime) -> Theme:
    """Another wording of a theme. Raises Refused, ChangedMeanwhile, TitleTaken, NotPossible."""
    country_id = Theme.objects.values_list("country", flat=True).get(pk=theme_id)
    Country.objects.select_for_update().get(pk=country_id)
    theme = Theme.objects.get(pk=theme_id)
    permissions.may_hear(by, country_id)
    changed = _("Somebody else has changed this theme since you opened it.")
    revisions.check(theme, revision, changed)
    _check(country_id, said, but=theme_id)
    theme.revision += 1
    _write(theme, said)
    audit.record(
        deed="theme changed",
        about=theme,
        by=by,
        at=at,
        country_id=country_id,
        revision=theme.revision,
    )
    return theme


def _write(theme: Theme, said: Said) -> None:
    theme.title, theme.summary = said.title, said.summary
    theme.is_major, theme.version = said.is_major, said.version
    theme.save()
    theme.codes.set(said.codes)


def _check(country_id: int, said: Said, but: int = 0) -> None:
    alike = Theme.objects.filter(country_id=country_id, title=said.title).exclude(pk=but)
    if alike.exists():
        raise TitleTaken(_("There is a theme of this title already."))
    if any(code.country_id != country_id for code in said.codes):
        raise NotPossible(_("Choose codes from the codebook of this country."))
