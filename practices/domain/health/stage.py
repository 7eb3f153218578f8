"""What a community's life stage is read from; the stage itself is suggested elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from experts.models import Country
from practices.domain.health import kept
from practices.models import Adoption
from sessions.models import CopSession


@dataclass(frozen=True)
class StageFigures:
    """Of one country: sessions held since the start, core members, the rhythm (0 to 1), adoptions
    of other partners' practices, members now and ninety days ago, and the participation of the
    last three quarters, the newest first; None where nothing can be counted.
    """

    sessions: int
    core_members: int
    rhythm: float | None
    adoptions: int
    members: int
    members_before: int
    participation: tuple[float | None, float | None, float | None]


def figures_for_stage(country: Country, at: datetime) -> StageFigures:
    """Counted as of `at`, or up to ten minutes before; two queries beside what is kept."""
    health = kept.health(at)
    life = health.lives[country.pk]
    return StageFigures(
        sessions=CopSession.objects.ended(at).in_country(country.pk).count(),
        core_members=life.core,
        rhythm=health.pairs[country.pk]["rhythm"][0].value,
        adoptions=Adoption.objects.filter(partner__country=country.pk).count(),
        members=life.members,
        members_before=life.members_before,
        participation=life.participation,
    )
