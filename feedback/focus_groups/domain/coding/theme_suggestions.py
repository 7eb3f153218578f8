"""Themes of focus groups as suggestions of a brief: our words, never a quote."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from cop_platform.common.addresses import numbered
from experts.models import User
from feedback.focus_groups.models import Theme
from practices.domain.briefs.sources import Source, Suggestion

KIND = "focus_theme"


def _offered(user: User) -> Iterator[Suggestion]:
    """Those of the countries where this person runs groups, the main ones first."""
    for theme in Theme.objects.visible_to(user).select_related("country"):
        yield Suggestion(
            kind=KIND,
            key=theme.pk,
            theme=theme.title,
            text=theme.summary or theme.title,
            country=theme.country.code,
            day=theme.added_on,
        )


SOURCE = Source(
    kind=KIND,
    label=gettext_lazy("Theme of focus groups"),
    offered=_offered,
    page=lambda key: numbered("theme_detail", key),
)
