"""The questions of the board, in SQL: each cell looks up its own few rows, whatever stands around.

A cell is a required edition: a material that a country needs in a language. Its *newest* version
is the newest in that language; the *judged* one is what a verdict is looked for under: the newest
that is not an erratum of which a coordinator said that it changes nothing. A country's own verdict
comes before the consortium's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from feedback.reviews.enums import TAKES_REVIEWS
from feedback.validation.domain.board.states import FIRST_GOOD, RANKS, State
from feedback.validation.domain.policy import rules
from feedback.validation.enums import GOOD
from materials.models import Version

_HERE = "(d.country_id = r.country_id OR d.country_id IS NULL)"
_STATE = """
CASE WHEN newest.id IS NULL THEN %(none)s
     WHEN verdict.id IS NULL THEN %(unrated)s
     WHEN verdict.withdrawn_at IS NOT NULL THEN %(withdrawn)s
     WHEN verdict.standing = ANY(%(good)s) AND verdict.valid_until < %(today)s THEN %(expired)s
     ELSE verdict.standing END"""
_CELLS = f"""
FROM materials_requirededition r
JOIN materials_material m ON m.id = r.material_id
JOIN experts_country c ON c.id = r.country_id
LEFT JOIN LATERAL (
    SELECT v.id, v.number, v.released_at IS NOT NULL AS released, v.source_id
    FROM materials_version v
    WHERE v.material_id = r.material_id AND v.language = r.language AND v.number <= %(upto)s
    ORDER BY v.number DESC LIMIT 1
) newest ON TRUE
LEFT JOIN LATERAL (
    SELECT v.id, v.number
    FROM materials_version v
    WHERE v.material_id = r.material_id AND v.language = r.language AND v.number <= %(upto)s
      AND NOT EXISTS (
          SELECT 1 FROM materials_erratum e
          WHERE e.version_id = v.id AND NOT e.is_material
            AND NOT EXISTS (
                SELECT 1 FROM feedback_verdict d
                WHERE d.version_id = v.id AND d.final_at IS NOT NULL
                  AND d.superseded_at IS NULL AND {_HERE}))
    ORDER BY v.number DESC LIMIT 1
) judged ON TRUE
LEFT JOIN LATERAL (
    SELECT d.id, d.standing, d.valid_until, d.withdrawn_at, d.round_id
    FROM feedback_verdict d
    WHERE d.version_id = judged.id AND {_HERE}
      AND d.final_at IS NOT NULL AND d.superseded_at IS NULL
    ORDER BY d.country_id NULLS LAST, d.withdrawn_at DESC NULLS FIRST, d.final_at DESC LIMIT 1
) verdict ON TRUE
"""  # noqa: S608  nothing but constants
_MORE = f"""
LEFT JOIN LATERAL (
    SELECT d.id, d.country_id FROM feedback_verdict d
    WHERE d.version_id = judged.id AND {_HERE} AND d.final_at IS NULL
      AND d.superseded_at IS NULL AND d.withdrawn_at IS NULL
    ORDER BY d.country_id NULLS LAST LIMIT 1
) waiting ON TRUE
LEFT JOIN LATERAL (
    SELECT g.id, g.due_on, g.closed_at, g.panel_size, g.policy_id,
           g.phase = ANY(%(asks)s) AS asks, g.country_id
    FROM feedback_reviewround g
    WHERE g.version_id = judged.id
      AND (g.country_id = r.country_id OR (g.country_id IS NULL AND (
          NOT EXISTS (SELECT 1 FROM feedback_reviewround_countries t
                      WHERE t.reviewround_id = g.id)
          OR EXISTS (SELECT 1 FROM feedback_reviewround_countries t
                     WHERE t.reviewround_id = g.id AND t.country_id = r.country_id))))
    ORDER BY g.closed_at DESC NULLS FIRST, g.id DESC LIMIT 1
) round ON TRUE
LEFT JOIN feedback_validationpolicy policy ON policy.id = round.policy_id
LEFT JOIN LATERAL (
    SELECT count(*) AS asked FROM feedback_assignment a
    WHERE round.closed_at IS NULL AND a.round_id = round.id AND a.country_id = r.country_id
      AND a.declined_on IS NULL AND a.released_on IS NULL
) panel ON TRUE
LEFT JOIN LATERAL (
    SELECT max(l.number) AS number
    FROM materials_version s
    JOIN materials_version l ON l.material_id = s.material_id AND l.language = s.language
     AND l.source_id IS NULL AND l.number > s.number
    LEFT JOIN materials_erratum e ON e.version_id = l.id
    WHERE s.id = newest.source_id AND e.is_material IS DISTINCT FROM FALSE
) source ON TRUE
LEFT JOIN materials_erratum mending ON mending.version_id = newest.id
LEFT JOIN LATERAL (
    SELECT w.reason FROM feedback_releasewaiver w
    WHERE w.version_id = newest.id AND w.taken_back_at IS NULL
      AND (w.country_id = r.country_id OR w.country_id IS NULL)
    ORDER BY w.country_id NULLS LAST LIMIT 1
) waiver ON TRUE
LEFT JOIN LATERAL (
    SELECT s.id, s.sign, s.detail FROM feedback_ageingsign s
    WHERE s.version_id IN (newest.id, judged.id) AND s.settled_at IS NULL
      AND (s.detail -> 'countries' IS NULL OR s.detail -> 'countries' @> to_jsonb(r.country_id))
    ORDER BY s.noticed_on, s.id LIMIT 1
) sign ON TRUE
"""  # noqa: S608
_WHERE = """
WHERE (%(country)s::bigint IS NULL OR r.country_id = %(country)s)
  AND (%(language)s = '' OR r.language = %(language)s)
  AND (%(audience)s = '' OR m.audience = %(audience)s)
  AND (%(materials)s::bigint[] IS NULL OR r.material_id = ANY(%(materials)s))
"""
_RANKED = f"""
SELECT material_id, count(*) OVER (), sum(cells) OVER (), sum(good) OVER ()
FROM (
    SELECT material_id, code, count(*) AS cells,
           count(*) FILTER (WHERE rank >= {FIRST_GOOD}) AS good,
           min(rank) FILTER (WHERE country_id = ANY(%(own)s)) AS own_rank, min(rank) AS rank
    FROM (
        SELECT r.material_id, m.code, r.country_id, (%(ranks)s::jsonb ->> ({_STATE}))::int AS rank
        {_CELLS} {_WHERE}
    ) cell
    WHERE %(standing)s = '' OR rank = (%(ranks)s::jsonb ->> %(standing)s)::int
    GROUP BY material_id, code
) material
ORDER BY own_rank NULLS LAST, rank, code
LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
_FACTS = f"""
SELECT * FROM (
    SELECT r.material_id, m.code, m.title, m.audience, m.owner_id, m.country_id AS home_id,
           r.country_id, c.code AS country, r.language, {_STATE} AS state,
           newest.id AS newest_id, newest.number AS newest, newest.released,
           judged.id AS judged_id, judged.number AS judged,
           verdict.id AS verdict_id, verdict.valid_until, verdict.round_id AS verdict_round_id,
           waiting.id AS waiting_id, waiting.country_id AS waiting_country_id,
           round.id AS round_id, round.due_on, round.closed_at IS NOT NULL AS closed,
           coalesce(round.asks, FALSE) AS asks,
           greatest(round.panel_size, coalesce((policy.rules ->> 'experts')::int, %(experts)s))
               AS wanted,
           panel.asked, mending.id IS NOT NULL AND mending.is_material IS NULL AS unjudged,
           source.number AS newer_source, waiver.reason AS waiver,
           sign.id AS sign_id, sign.sign, sign.detail AS sign_detail
    {_CELLS} {_MORE} {_WHERE}
) cell
WHERE %(standing)s = '' OR state = %(standing)s
ORDER BY code, country, language
"""  # noqa: S608

_BY_COUNTRY = f"""
SELECT country_id, count(*), count(*) FILTER (WHERE rank >= {FIRST_GOOD})
FROM (
    SELECT r.country_id, (%(ranks)s::jsonb ->> ({_STATE}))::int AS rank
    {_CELLS} {_WHERE}
) cell
GROUP BY country_id
"""  # noqa: S608


@dataclass(frozen=True)
class BoardFilter:
    """What the board is narrowed to; `country` is a key, `standing` a State."""

    country: int | None = None
    language: str = ""
    standing: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Ranked:
    """The materials of a page, what blocks first, and the sums over all of the filter."""

    keys: list[int]
    materials: int
    cells: int
    good: int


@dataclass(frozen=True, slots=True)
class Facts:
    """One cell as the database knows it; keys are None and numbers None where there is nothing.

    `asked` experts of the country are asked in the open round, `wanted` are wanted; `asks` while
    reviews are written. `unjudged`: the newest version is an erratum that nobody has judged;
    `newer_source` is the version a translation has not followed.
    """

    material_id: int
    code: str
    title: str
    audience: str
    owner_id: int
    home_id: int | None
    country_id: int
    country: str
    language: str
    state: str
    newest_id: int | None
    newest: int | None
    released: bool | None
    judged_id: int | None
    judged: int | None
    verdict_id: int | None
    valid_until: date | None
    verdict_round_id: int | None
    waiting_id: int | None
    waiting_country_id: int | None
    round_id: int | None
    due_on: date | None
    closed: bool
    asks: bool
    wanted: int | None
    asked: int
    unjudged: bool
    newer_source: int | None
    waiver: str | None
    sign_id: int | None
    sign: str | None
    sign_detail: dict[str, Any]


def ranked(
    wanted: BoardFilter, *, own: Collection[int], today: date, limit: int, offset: int
) -> Ranked:
    """The materials with a cell that fits, those with blocked cells of `own` countries first."""
    values = _values(wanted, today) | {"own": list(own), "limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(_RANKED, values)
        rows = cursor.fetchall()
    if not rows:
        return Ranked([], 0, 0, 0)
    _key, materials, cells, good = rows[0]
    return Ranked([row[0] for row in rows], materials, int(cells), int(good))


def facts(
    wanted: BoardFilter, *, today: date, materials: Collection[int] | None = None
) -> list[Facts]:
    """The cells that fit, of these materials or of all, by code, country and language."""
    values = _values(wanted, today) | {"materials": None if materials is None else list(materials)}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, values)
        return [_made(row) for row in cursor.fetchall()]


def by_country(today: date) -> list[tuple[int, int, int]]:
    """(country id, cells, validated cells) of every country that needs an edition."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_COUNTRY, _values(BoardFilter(), today))
        return cursor.fetchall()


def streamed(wanted: BoardFilter, *, today: date, chunk: int) -> Iterator[Facts]:
    """All cells that fit, read from the server in parts."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FACTS, _values(wanted, today))
        while rows := cursor.fetchmany(chunk):
            for row in rows:
                yield _made(row)


def of_version(version: Version, today: date) -> list[Facts]:
    """The cells of a version's language, as if it were the newest of its material."""
    values = _values(BoardFilter(language=version.language), today)
    values |= {"materials": [version.material_id], "upto": version.number}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, values)
        return [_made(row) for row in cursor.fetchall()]


def _made(row: tuple[Any, ...]) -> Facts:
    """A cell; what comes last is JSON as the database writes it."""
    detail = row[-1]
    return Facts(*(*row[:-1], json.loads(detail) if detail else {}))


def _values(wanted: BoardFilter, today: date) -> dict[str, Any]:
    """What fills the questions; a version's number is "upto" any where none is asked for."""
    return {
        "country": wanted.country,
        "language": wanted.language,
        "audience": wanted.audience,
        "standing": wanted.standing,
        "materials": None,
        "upto": 2**31 - 1,
        "today": today,
        "good": sorted(GOOD),
        "asks": sorted(TAKES_REVIEWS),
        "experts": rules.STRICT.experts,
        "none": State.NO_EDITION.value,
        "unrated": State.NOT_RATED.value,
        "withdrawn": State.WITHDRAWN.value,
        "expired": State.EXPIRED.value,
        "ranks": _RANKS,
    }


_RANKS = "{" + ", ".join(f'"{state}": {rank}' for state, rank in RANKS.items()) + "}"
