"""The rounds on one's own materials, as their author sees them: from the response on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.addresses import numbered
from cop_platform.common.prepared import Prepared, Slot
from experts.models import Person, User
from feedback.reviews.domain import phases, policy_page
from feedback.reviews.models import ReviewRound
from materials.models import Version

MOST_SHOWN = 20
_OF_ROW = (
    *("phase", "opened_at", "closed_at", "version__number", "version__language"),
    *("version__material__code", "version__material__title", "response__sent_at"),
    "response__text",
)


@dataclass(frozen=True)
class AuthoredRound:
    """A round of one's own material; `sentence` says what became of the response."""

    number: int
    version: int
    language: str
    step: str
    is_open: bool
    sentence: str
    url: str
    response_url: str


@dataclass(frozen=True)
class AuthoredMaterial:
    """A material with its rounds, the newest first."""

    code: str
    title: str
    rounds: tuple[AuthoredRound, ...]


@dataclass(frozen=True)
class Authored:
    """The rounds of one's own materials; `has_more` where older ones are left out."""

    materials: list[AuthoredMaterial]
    has_more: bool


def of(user: User, *, everything: bool = False) -> Authored:
    """The rounds of this person's materials that they may read, by the code of the material.

    Open ones and the newest, MOST_SHOWN of them, or `everything`. Two queries.
    """
    if everything:
        return Authored(_by_material(list(_told(user.person))), has_more=False)
    read = _NEWEST.all(person=user.person.pk)
    return Authored(_by_material(read[:MOST_SHOWN]), has_more=len(read) > MOST_SHOWN)


def _told(person: Person | Slot) -> QuerySet[ReviewRound]:
    """What authors may read of the rounds on their materials."""
    uploads = Version.objects.filter(uploaded_by=person).values("material_id")
    own = Q(version__material__owner=person) | Q(version__material__in=uploads)
    rows = ReviewRound.objects.filter(own, phases.with_permit("authors_read"))
    rows = rows.select_related("version__material", "response").only(*_OF_ROW)
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "pk")


_NEWEST = Prepared(lambda: _told(Slot("person"))[: MOST_SHOWN + 1])


def _by_material(rows: list[ReviewRound]) -> list[AuthoredMaterial]:
    found: dict[int, list[ReviewRound]] = defaultdict(list)
    for row in sorted(rows, key=_in_order):
        found[row.version.material_id].append(row)
    again = ReviewRound.objects.filter(previous__isnull=False).order_by()
    earlier = again.filter(version__material__in=found)
    before = dict(earlier.values_list("pk", "previous_id"))
    return [
        AuthoredMaterial(
            code=some[0].version.material.code,
            title=some[0].version.material.title,
            rounds=tuple(_round(row, before) for row in some),
        )
        for some in found.values()
    ]


def _in_order(row: ReviewRound) -> tuple[str, int, float, int]:
    """By the material; of it the newest version and the newest round first."""
    opened = -row.opened_at.timestamp()
    return row.version.material.code, -row.version.number, opened, row.pk


def _round(row: ReviewRound, before: Mapping[int, int | None]) -> AuthoredRound:
    return AuthoredRound(
        number=number_of(row.pk, before),
        version=row.version.number,
        language=row.version.get_language_display(),
        step=policy_page.label_of(phases.step_of(row)),
        is_open=row.closed_at is None,
        sentence=_sentence(row),
        url=numbered("round_discussion", row.pk),
        response_url=numbered("round_response", row.pk) if phases.permit(row).answers else "",
    )


def number_of(pk: int, before: Mapping[int, int | None]) -> int:
    """The number of a round: one more than that of the round before it on the same edition."""
    number, earlier = 1, before.get(pk)
    while earlier is not None:
        number, earlier = number + 1, before.get(earlier)
    return number


def _sentence(row: ReviewRound) -> str:
    response = getattr(row, "response", None)
    if response is None:
        waits = phases.permit(row).answers
        return _("The reviewers wait for your response.") if waits else ""
    if response.sent_at is None:
        return _("Your response is kept and not sent yet.")
    return _("Your response is sent.") if response.text else _("No response was needed.")
