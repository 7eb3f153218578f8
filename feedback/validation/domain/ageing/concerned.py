"""Whom a sign of ageing concerns: the countries whose verdict it makes old."""

from __future__ import annotations

from collections.abc import Collection

from feedback.validation.enums import GOOD
from feedback.validation.models import AgeingSign, Verdict


def countries_of(signs: Collection[AgeingSign]) -> dict[int, frozenset[int]]:
    """Keys of countries by the key of the sign; one question.

    None of them for a sign that names no country and about which only the consortium has a
    verdict: it concerns all.
    """
    judged: dict[int, set[int]] = {}
    rows = Verdict.objects.in_force().filter(
        version__in=[sign.version_id for sign in signs],
        country__isnull=False,
        standing__in=sorted(GOOD),
    )
    for version_id, country_id in rows.values_list("version_id", "country_id"):
        judged.setdefault(version_id, set()).add(country_id)
    return {
        sign.pk: frozenset(sign.detail.get("countries") or judged.get(sign.version_id, ()))
        for sign in signs
    }
