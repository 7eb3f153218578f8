"""What strangers learn about a file or a verdict: of released versions alone, and nobody's name
that did not agree to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from feedback.validation.enums import GOOD
from feedback.validation.models import Verdict
from feedback.validation.querysets import VerdictQuerySet
from materials.models import Version

_SHA256 = re.compile(r"[0-9a-f]{64}")


class State(StrEnum):
    """How a verdict, or a version by its verdicts, stands on a day."""

    VALID = "valid"
    ENDED = "ended"  # its time is over, or a newer verdict took its place
    WITHDRAWN = "withdrawn"
    NONE = "none"  # nobody ever said that it may be relied on


# What speaks for a version first: one good verdict is enough.
_ORDER = (State.VALID, State.ENDED, State.WITHDRAWN)


@dataclass(frozen=True)
class Match:
    """A released version that is exactly the file asked about.

    `verdicts` are the newest of each country. `newer` is the released version that took its place
    in the same language, 0 for none, and `newer_valid` whether that one may be relied on.
    """

    version: Version
    state: State
    verdicts: tuple[Verdict, ...]
    newer: int
    newer_valid: bool


def read_hash(typed: str) -> str:
    """A SHA-256 as it is kept, out of what somebody typed or pasted; "" for anything else."""
    text = "".join(typed.lower().split()).removeprefix("sha256:").removeprefix("sha-256")
    return text if _SHA256.fullmatch(text) else ""


def state_of(verdict: Verdict, today: date) -> State:
    """How a signed verdict stands on a day."""
    if verdict.withdrawn_at:
        return State.WITHDRAWN
    over = verdict.valid_until is not None and verdict.valid_until < today
    return State.ENDED if over or verdict.superseded_at else State.VALID


def best(verdicts: Iterable[Verdict], today: date) -> State:
    """How a version stands by the newest verdicts of its countries: one that holds is enough.

    A verdict that says "not validated" speaks for nothing.
    """
    states = {state_of(verdict, today) for verdict in verdicts if verdict.standing in GOOD}
    return next((state for state in _ORDER if state in states), State.NONE)


def is_public(verdict: Verdict) -> bool:
    """Whether strangers may learn of it, as `VerdictQuerySet.public` says it; asks nothing."""
    return (
        verdict.final_at is not None
        and verdict.standing in GOOD
        and verdict.version.released_at is not None
    )


def find(key: UUID) -> Verdict | None:
    """The verdict of a public page; None for what strangers may not know and for what is not."""
    return Verdict.objects.public().with_facts().filter(key=key).first()


def look_up(sha256: str, today: date) -> list[Match]:
    """Every released version with exactly these bytes; empty says "unknown" and nothing more.

    A version that is not released answers as a missing one, whatever was said of it. At most three
    queries.
    """
    rows = Version.objects.released().select_related("material").with_standing()
    versions = list(rows.filter(sha256=sha256).order_by("material__code", "number"))
    if not versions:
        return []
    verdicts = newest(Verdict.objects.public(), [v.pk for v in versions])
    newer = _valid_numbers(versions, today)
    return [
        _match(
            version, verdicts[version.pk], (version.material_id, _newer(version)) in newer, today
        )
        for version in versions
    ]


def _newer(version: Version) -> int:
    return getattr(version, "superseded_by", None) or 0


def _match(version: Version, verdicts: list[Verdict], newer_valid: bool, today: date) -> Match:
    return Match(
        version=version,
        state=best(verdicts, today),
        verdicts=tuple(verdicts),
        newer=_newer(version),
        newer_valid=newer_valid,
    )


def newest(rows: VerdictQuerySet, version_ids: Collection[int]) -> defaultdict[int, list[Verdict]]:
    """The newest of these verdicts in each country, by version; the consortium's first. A query."""
    wanted = rows.filter(version__in=version_ids).with_facts()
    return newest_of(wanted.order_by("-final_at", "-pk"))


def newest_of(rows: Iterable[Verdict]) -> defaultdict[int, list[Verdict]]:
    """The same out of signed verdicts that are there already, the newest first."""
    found: defaultdict[int, list[Verdict]] = defaultdict(list)
    seen = set()
    for verdict in rows:
        if (verdict.version_id, verdict.country_id) not in seen:
            seen.add((verdict.version_id, verdict.country_id))
            found[verdict.version_id].append(verdict)
    for verdicts in found.values():
        verdicts.sort(key=lambda v: v.country.code if v.country else "")
    return found


def _valid_numbers(versions: list[Version], today: date) -> set[tuple[int, int]]:
    """(material, number) of the versions that follow these and may be relied on."""
    wanted = {(v.material_id, _newer(v)) for v in versions if _newer(v)}
    if not wanted:
        return set()
    rows = (
        Verdict.objects.public()
        .good(today)
        .filter(
            version__material__in=[material for material, _number in wanted],
            version__number__in=[number for _material, number in wanted],
        )
    )
    return wanted & set(rows.values_list("version__material_id", "version__number"))


def address(name: str, *args: object) -> str:
    """The full address of a page about verification."""
    return settings.BASE_URL + reverse(name, args=args)
