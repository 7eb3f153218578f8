"""The annex on what experts gave: reviews, remarks and meetings, by groups of their roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.cells import REST, merge_small
from cop_platform.common.reporting.document import Align, Cell, Chapter, Column, Paragraph, Table
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from experts.enums import Profession, Role
from experts.models import Expert, Membership
from experts.querysets import holding
from feedback.reviews.domain import identity
from feedback.reviews.domain.report import asked
from feedback.reviews.models import Annotation, Assignment, Rating
from sessions.enums import Answer
from sessions.models import CopSession, Invitation

KEY = "contributions"


@dataclass(frozen=True)
class GroupFacts:
    """What the experts of one role gave together: `role` a profession, or "other".

    `people` None: the communities have fewer than five experts, and nothing is told of them.
    """

    role: str
    people: int | None
    reviews: int
    remarks: int
    meetings: int


@dataclass(frozen=True)
class ContributionFacts:
    """All groups; nobody stands in two of them."""

    groups: tuple[GroupFacts, ...]


def collect(scope: Scope) -> ContributionFacts:
    """Experts who belonged to these communities in the period; groups under five are merged."""
    roles = _roles(scope)
    groups = _groups(roles)
    reviews = _reviews(scope)
    remarks = _remarks(reviews)
    codes = reviews.order_by().values_list("reviewer_code", flat=True)
    own = identity.codes_by_group(codes, groups)
    met = _met(scope)
    return ContributionFacts(
        tuple(
            GroupFacts(
                role=cell.label,
                people=cell.people,
                reviews=len(own[cell.label]),
                remarks=sum(remarks[code] for code in own[cell.label]),
                meetings=sum(met[person] for person in groups[cell.label]),
            )
            if cell.people
            else GroupFacts(cell.label, None, 0, 0, 0)
            for cell in merge_small(roles)
        )
    )


def _roles(scope: Scope) -> dict[str, set[int]]:
    joined = Membership.objects.filter(
        cop__country__in=scope.country_ids, role=Role.EXPERT, joined_on__lte=scope.end
    )
    inside = joined.filter(holding(on=date.fromisoformat(scope.start)))
    experts = Expert.objects.filter(person__in=inside.values("person")).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    for person, profession in experts.values_list("person_id", "profession"):
        found[profession].add(person)
    return found


def _groups(roles: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Who stands behind each cell that is told."""
    told = {cell.label for cell in merge_small(roles)} - {REST}
    rest = set().union(*(people for role, people in roles.items() if role not in told))
    return {role: set(roles[role]) for role in told} | {REST: rest}


def _reviews(scope: Scope) -> QuerySet[Assignment]:
    """The reviews that were sent within the period."""
    own = Assignment.objects.filter(
        country__in=scope.country_ids, submitted_on__range=(scope.start, asked.last_day(scope))
    )
    if scope.materials is None:
        return own
    return own.filter(round__version__material__in=scope.materials)


def _remarks(reviews: QuerySet[Assignment]) -> Counter[UUID]:
    """How many remarks each of them has, by its code."""
    found = Counter[UUID]()
    comments = Rating.objects.filter(assignment__in=reviews).exclude(comment="")
    for rows in (comments, Annotation.objects.filter(assignment__in=reviews)):
        found.update(_by_code(rows))
    return found


def _by_code(rows: QuerySet) -> dict[UUID, int]:
    code = "assignment__reviewer_code"
    return dict(rows.order_by().values_list(code).annotate(n=Count("pk")))


def _met(scope: Scope) -> Counter[int]:
    """In how many sessions each person said to take part."""
    held = CopSession.objects.in_countries(scope.country_ids).ended(scope.until)
    said = Invitation.objects.filter(
        session__in=held.filter(ends_at__gt=scope.after), answer=Answer.YES
    )
    return Counter(dict(said.order_by().values_list("person_id").annotate(n=Count("pk"))))


def title() -> str:
    return _("What experts contributed")


def annexes(facts: ContributionFacts, head: Head) -> Iterator[Chapter]:
    """A row a role; nobody is named or ranked."""
    if not facts.groups:
        return
    table = Table(
        key="contributions",
        caption=_("Contributions by role"),
        columns=(
            Column(_("Role"), 5),
            Column(_("Experts"), 2, Align.END),
            Column(_("Reviews"), 2, Align.END),
            Column(_("Remarks"), 2, Align.END),
            Column(_("Sessions joined"), 2, Align.END),
        ),
        rows=tuple(_row(group, n, facts) for n, group in enumerate(facts.groups)),
        note=_(
            "A remark is a comment on a question or a place marked in a material. A session counts "
            "once for each expert who said yes to it. Roles of fewer than five experts are one row."
        ),
    )
    intro = _("Contributions are those of groups. Nobody is named, and nobody is ranked.")
    yield Chapter(KEY, title(), (Paragraph(intro), table))


def _row(group: GroupFacts, n: int, facts: ContributionFacts) -> tuple[Cell, ...]:
    at = pointer(KEY, "groups", n)
    said = Cell(_role(group.role) if len(facts.groups) > 1 else _("All roles together"))
    if group.people is None:
        none = Cell(sayings.NONE)
        return (said, celling.people(None, f"{at}/people"), none, none, none)
    return (
        said,
        celling.people(group.people, f"{at}/people"),
        celling.count(group.reviews, f"{at}/reviews"),
        celling.count(group.remarks, f"{at}/remarks"),
        celling.count(group.meetings, f"{at}/meetings"),
    )


def _role(code: str) -> str:
    return _("Other roles") if code == REST else str(Profession(code).label)


SECTION = Section(
    key=KEY,
    order=140,
    part=Part.ANNEX,
    title=title,
    facts=ContributionFacts,
    collect=collect,
    annexes=annexes,
)
