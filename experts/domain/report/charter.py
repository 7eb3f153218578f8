"""What each community agreed on: its charter as it stood at the end of the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings, tongues
from cop_platform.common.reporting.document import Block, Bullets, Chapter, Heading, Paragraph
from cop_platform.common.reporting.sections import Head, Part, Scope, Section
from experts.models import Charter, CommunityOfPractice, Topic

KEY = "charter"


@dataclass(frozen=True)
class CharterFacts:
    """The charter of a community in its own words; `adopted_on` is a day."""

    country: str
    iso_code: str
    community: str
    version: int
    domain: str
    purpose: str
    topics: tuple[str, ...]
    adopted_on: str


@dataclass(frozen=True)
class ChartersFacts:
    """One a country; `without` are the codes of those that have adopted none."""

    charters: tuple[CharterFacts, ...]
    without: tuple[str, ...]


def collect(scope: Scope) -> ChartersFacts:
    """The version adopted last by the period's end, country by country."""
    adopted = Charter.objects.adopted().filter(adopted_on__lte=scope.end).order_by("-version")
    topics = Prefetch("topics", Topic.objects.order_by("name", "pk"))
    cops = CommunityOfPractice.objects.filter(country__in=scope.country_ids)
    rows = cops.select_related("country").prefetch_related(
        Prefetch("charters", adopted.prefetch_related(topics), to_attr="adopted")
    )
    found = [_facts(cop) for cop in rows.order_by("country__code") if cop.adopted]
    having = {facts.country for facts in found}
    return ChartersFacts(
        charters=tuple(found),
        without=tuple(c.code for c in scope.countries if c.code not in having),
    )


def _facts(cop: CommunityOfPractice) -> CharterFacts:
    charter = cop.adopted[0]  # type: ignore[attr-defined]
    country = cop.country
    assert country is not None
    return CharterFacts(
        country=country.code,
        iso_code=country.iso_code,
        community=cop.name,
        version=charter.version,
        domain=charter.domain,
        purpose=charter.purpose,
        topics=tuple(topic.name for topic in charter.topics.all()),
        adopted_on=charter.adopted_on.isoformat(),
    )


def title() -> str:
    return _("The community and its charter")


def chapters(facts: ChartersFacts, head: Head) -> Iterator[Chapter]:
    """Each charter in the community's own words; no chapter where there is none."""
    if not facts.charters:
        return
    blocks: list[Block] = [
        Paragraph(
            _(
                "A community of practice agrees in a charter on what it works on and what for. "
                "This is what it says, as its members wrote it."
            )
        )
    ]
    for charter in facts.charters:
        several = len(facts.charters) > 1
        if several:
            blocks.append(Heading(sayings.country(charter.iso_code)))
        blocks += _charter(charter, 3 if several else 2)
    yield Chapter(KEY, title(), tuple(blocks))


def _charter(charter: CharterFacts, level: int) -> Iterator[Block]:
    yield Paragraph(
        _("%(community)s: charter in version %(version)s, adopted on %(day)s.")
        % {
            "community": charter.community,
            "version": sayings.count(charter.version),
            "day": sayings.day(charter.adopted_on),
        }
    )
    yield Heading(_("What it works on"), level)
    yield Paragraph(tongues.words(charter.domain))
    yield Heading(_("What for"), level)
    yield from (Paragraph(tongues.words(part)) for part in charter.purpose.splitlines() if part)
    if charter.topics:
        yield Heading(_("Its topics"), level)
        yield Bullets(tuple(tongues.words(topic) for topic in charter.topics))


def gaps(facts: ChartersFacts, head: Head) -> Iterator[str]:
    """Communities without a charter."""
    if facts.without:
        yield _("No charter was adopted by the end of the period in: %(countries)s.") % {
            "countries": sayings.listed([sayings.isolated(code) for code in facts.without])
        }


SECTION = Section(
    key=KEY,
    order=20,
    part=Part.CHAPTER,
    title=title,
    facts=ChartersFacts,
    collect=collect,
    newest=lambda facts: max((charter.adopted_on for charter in facts.charters), default=""),
    chapters=chapters,
    gaps=gaps,
)
