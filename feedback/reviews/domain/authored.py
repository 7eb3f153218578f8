"""The rounds on one's own materials, as their author sees them: from the response on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.models import User
from feedback.reviews.domain import phases, policy_page
from feedback.reviews.models import ReviewRound
from materials.models import Version


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


def of(user: User) -> list[AuthoredMaterial]:
    """Materials of this person with rounds they may read, by code. Two queries."""
    person = user.person
    uploads = Version.objects.filter(uploaded_by=person).values("material_id")
    own = Q(version__material__owner=person) | Q(version__material__in=uploads)
    rows = list(
        ReviewRound.objects.filter(own)
        .with_version()
        .select_related("response")
        .order_by("version__material__code", "-version__number", "-opened_at", "pk")
    )
    before = {row.pk: row.previous_id for row in rows}
    found: dict[int, list[ReviewRound]] = defaultdict(list)
    for row in rows:
        if phases.permit(row).authors_read:
            found[row.version.material_id].append(row)
    return [
        AuthoredMaterial(
            code=some[0].version.material.code,
            title=some[0].version.material.title,
            rounds=tuple(_round(row, before) for row in some),
        )
        for some in found.values()
    ]


def _round(row: ReviewRound, before: Mapping[int, int | None]) -> AuthoredRound:
    return AuthoredRound(
        number=number_of(row.pk, before),
        version=row.version.number,
        language=row.version.get_language_display(),
        step=policy_page.label_of(phases.step_of(row)),
        is_open=row.closed_at is None,
        sentence=_sentence(row),
        url=reverse("round_discussion", args=[row.pk]),
        response_url=reverse("round_response", args=[row.pk]) if phases.permit(row).answers else "",
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
