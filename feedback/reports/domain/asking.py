"""What a report is asked about: a country, all of them, or a cut of the project manager's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cop_platform.common.reporting.sections import CountryKey, Profile, Scope
from experts.models import Country
from feedback.reports.domain.period import Period
from feedback.reports.models import ReportCut

# Days of a report over several countries are those of the Union's own clock.
COMMON_ZONE = "Europe/Brussels"


@dataclass(frozen=True)
class Asked:
    """What to compile. `country` or `cut` or neither: then it is the consortium's report."""

    period: Period
    profile: Profile
    country: Country | None = None
    cut: ReportCut | None = None

    @property
    def zone(self) -> str:
        """Whose clock decides to which day something belongs."""
        return self.country.zone if self.country else COMMON_ZONE

    def countries(self) -> list[Country]:
        """The countries it covers, by code; their communities with them."""
        if self.country is not None:
            return [self.country]
        found = Country.objects.select_related("cop").order_by("code")
        chosen = list(self.cut.countries.values_list("pk", flat=True)) if self.cut else []
        return list(found.filter(pk__in=chosen) if chosen else found)

    def scope(self, countries: list[Country], at: datetime) -> Scope:
        """For those who read rows; nothing that came after `at` is read."""
        after, until = self.period.bounds(self.zone)
        chosen = self.cut.materials.values_list("pk", flat=True) if self.cut else ()
        return Scope(
            countries=tuple(
                CountryKey(country.pk, country.code, country.zone, country.language)
                for country in countries
            ),
            start=self.period.start.isoformat(),
            end=self.period.end.isoformat(),
            after=after,
            until=min(until, at),
            profile=self.profile,
            materials=frozenset(chosen) or None,
        )

    def wants(self, section: str) -> bool:
        """Whether a section belongs to it; a cut may leave some out."""
        return not (self.cut and self.cut.sections) or section in self.cut.sections
