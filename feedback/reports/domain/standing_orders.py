"""Reports that nobody has to ask for: each night, and when a round of reviews closes."""

from __future__ import annotations

from datetime import datetime, time

from cop_platform.common.reporting.sections import Profile
from cop_platform.common.times import to_utc, to_wall
from experts.models import Country
from feedback.reports.domain import runs
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.period import year
from feedback.reports.models import ReportRun
from feedback.reviews.models import ReviewRound

LANGUAGE = "en"
# The hours of the night on a country's own clock; a tick that comes late still finds one.
NIGHT = range(2, 6)


def nightly(*, at: datetime) -> int:
    """Asks for this year's report of each country where it is night, once a night; how many.

    Where no row changed the work finds the release that stands, and makes no other.
    """
    asked = 0
    for country in Country.objects.select_related("cop").order_by("code"):
        wall = to_wall(at, country.zone)
        if wall.hour not in NIGHT or _had_one(country, wall, at):
            continue
        runs.enqueue(asked=_of_year(country, wall), language=LANGUAGE, by=None, at=at)
        asked += 1
    return asked


def _had_one(country: Country, wall: datetime, at: datetime) -> bool:
    """Whether this night's was asked for already; what a round asked for counts as well."""
    midnight = to_utc(datetime.combine(wall.date(), time.min), country.zone, fold=0)
    tonight = ReportRun.objects.filter(country=country, requested_by=None, cut=None)
    return tonight.filter(requested_at__gte=midnight, requested_at__lte=at).exists()


def when_closed(review_round: ReviewRound, at: datetime) -> None:
    """Asks for this year's report of the countries of a round that has just been closed."""
    found = review_round.countries.select_related("cop")
    if review_round.country_id:
        found = Country.objects.select_related("cop").filter(pk=review_round.country_id)
    for country in found:
        asked = _of_year(country, to_wall(at, country.zone))
        runs.enqueue(asked=asked, language=LANGUAGE, by=None, at=at)


def _of_year(country: Country, wall: datetime) -> Asked:
    return Asked(period=year(wall.date()), profile=Profile.AGENCY, country=country)
