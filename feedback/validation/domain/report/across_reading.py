"""Reads what the panels of several countries said of the same questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cop_platform.common.reporting.sections import Scope
from experts.models import Country
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain.report import asked
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rating, ReviewRound
from feedback.validation import figures
from feedback.validation.domain.policy import rules
from feedback.validation.domain.report import computing, verdict_facts
from feedback.validation.domain.report.across_facts import (
    AcrossFacts,
    AdaptedFacts,
    ComparedFacts,
    CriterionFacts,
    PanelFacts,
    StandingFacts,
)
from feedback.validation.domain.report.ratings_facts import ItemFacts
from feedback.validation.domain.report.verdict_facts import State
from materials.models import Version

# A panel: a round and a country.
_Key = tuple[int, int]


@dataclass
class _Answers:
    """What a panel gave, by criterion."""

    scores: dict[int, list[int]]
    left_out: Counter[int]
    people: set[int]


def collect(scope: Scope) -> AcrossFacts:
    """Nothing for one country. Else ten queries at most, however many rounds there are."""
    if not scope.is_consortium:
        return AcrossFacts(compared=False)
    found = [r for r in asked.rounds(scope) if r.closed_at and r.closed_at <= scope.until]
    panels = _panels(scope, found)
    editions = _editions(scope)
    codes = dict(Country.objects.filter(pk__in=scope.country_ids).values_list("pk", "iso_code"))
    return AcrossFacts(
        compared=True,
        materials=tuple(_compared(found, panels, codes)),
        verdicts=tuple(_verdicts(scope, editions)),
        adapted=tuple(_adapted(scope, editions, codes)),
        newest=max([asked.day_of(r.closed_at, scope) for r in found], default=""),
    )


def _panels(scope: Scope, found: Iterable[ReviewRound]) -> dict[_Key, _Answers]:
    """The answers of each panel that handed in anything."""
    seats = {seat.pk: seat for seat in asked.seats(scope, found) if seat.submitted}
    rows = Rating.objects.filter(assignment__in=list(seats), kind=CriterionKind.RELEVANCE)
    panels: dict[_Key, _Answers] = defaultdict(
        lambda: _Answers(defaultdict(list), Counter(), set())
    )
    for seat in seats.values():
        panels[seat.round_id, seat.country_id].people.add(seat.pk)
    fields = ("assignment_id", "criterion_id", "score", "not_applicable")
    for task, criterion, score, left_out in rows.order_by().values_list(*fields):
        panel = panels[seats[task].round_id, seats[task].country_id]
        if score is not None:
            panel.scores[criterion].append(score)
        panel.left_out[criterion] += left_out
    return dict(panels)


def _compared(
    found: list[ReviewRound], panels: Mapping[_Key, _Answers], codes: Mapping[int, str]
) -> Iterable[ComparedFacts]:
    """Each material with panels in at least two countries or languages, by its code."""
    families: dict[tuple[int, int], list[ReviewRound]] = defaultdict(list)
    for one in found:
        families[one.version.source_id or one.version_id, one.rubric_id].append(one)
    criteria = _criteria({one.rubric_id for one in found})
    numbers = dict(
        Version.objects.filter(pk__in=[key for key, _rubric in families]).values_list(
            "pk", "number"
        )
    )
    for (_root, rubric), rounds in families.items():
        mine = {key: panels[key] for key in panels if key[0] in {one.pk for one in rounds}}
        large = {key: panel for key, panel in mine.items() if len(panel.people) >= PANEL}
        shown = [
            _panel(one, codes[key[1]], panel, criteria[rubric], numbers)
            for one, key, panel in _newest(rounds, large)
        ]
        if len(shown) < 2:
            continue
        yield ComparedFacts(
            code=rounds[0].version.material.code,
            title=rounds[0].version.material.title,
            criteria=tuple(CriterionFacts(c.code, c.text) for c in criteria[rubric]),
            panels=tuple(sorted(shown, key=lambda p: (p.version, p.country))),
            left_out=len(mine) - len(large),
        )


def _newest(
    rounds: Iterable[ReviewRound], panels: Mapping[_Key, _Answers]
) -> Iterable[tuple[ReviewRound, _Key, _Answers]]:
    """One panel of a country with a version: that of the newest round."""
    found = {one.pk: one for one in rounds}
    newest: dict[tuple[int, int], _Key] = {}
    for key in sorted(panels, key=lambda key: (found[key[0]].opened_at, key)):
        newest[found[key[0]].version_id, key[1]] = key
    return [(found[key[0]], key, panels[key]) for key in newest.values()]


def _criteria(rubrics: set[int]) -> Mapping[int, list[Criterion]]:
    by_rubric: dict[int, list[Criterion]] = defaultdict(list)
    rows = Criterion.objects.filter(rubric__in=rubrics, kind=CriterionKind.RELEVANCE)
    for criterion in rows.order_by("rubric", "position"):
        by_rubric[criterion.rubric_id].append(criterion)
    return by_rubric


def _panel(
    one: ReviewRound,
    country: str,
    panel: _Answers,
    criteria: Iterable[Criterion],
    numbers: Mapping[int, int],
) -> PanelFacts:
    items = [_item(one, criterion, panel) for criterion in criteria]
    shares = [i.i_cvi.value for i in items if i.passes is not None and i.i_cvi.value is not None]
    return PanelFacts(
        country=country,
        version=one.version.number,
        source=numbers.get(one.version.source_id or 0, 0),
        language=one.version.language,
        submitted=len(panel.people),
        items=tuple((item.relevant, item.n) for item in items),
        s_cvi_ave=computing.scale(items, figures.s_cvi_ave),
        low=min(shares, default=None),
        high=max(shares, default=None),
        mark=rules.of_round(one).scale_ave,
    )


def _item(one: ReviewRound, criterion: Criterion, panel: _Answers) -> ItemFacts:
    scores, left_out = panel.scores[criterion.pk], panel.left_out[criterion.pk]
    return computing.item(
        criterion.code,
        criterion.text,
        figures.distribution(scores),
        left_out,
        len(panel.people) - len(scores) - left_out,
        rules.of_round(one),
    )


def _editions(scope: Scope) -> list[Version]:
    """Every version of the report's materials that was there by the end of the period."""
    found = Version.objects.filter(uploaded_at__lte=scope.until).select_related("material")
    if scope.materials is not None:
        found = found.filter(material__in=scope.materials)
    return list(found.order_by("material__code", "number"))


def _verdicts(scope: Scope, editions: list[Version]) -> Iterable[StandingFacts]:
    """What is in force in each country, by material and version."""
    held = verdict_facts.read(scope, [version.pk for version in editions])
    for version in editions:
        for verdict in held.get(version.pk, ()):
            if verdict.country and verdict.state == State.IN_FORCE:
                yield StandingFacts(
                    code=version.material.code,
                    title=version.material.title,
                    country=verdict.country,
                    version=version.number,
                    language=version.language,
                    standing=verdict.standing,
                )


def _adapted(
    scope: Scope, editions: list[Version], codes: Mapping[int, str]
) -> Iterable[AdaptedFacts]:
    """Accepted changes by material and the country that asked for them."""
    languages: dict[int, list[str]] = defaultdict(list)
    for version in editions:
        if version.source_id and version.language not in languages[version.material_id]:
            languages[version.material_id].append(version.language)
    rows = ChangeRequest.objects.filter(
        material__in={version.material_id for version in editions},
        decision__in=[Decision.ACCEPT, Decision.ADAPT],
        decided_at__lte=scope.until,
    )
    counts: Counter[tuple[int, int | None]] = Counter()
    done: Counter[tuple[int, int | None]] = Counter()
    for material, country, done_in in rows.order_by().values_list(
        "material_id", "country_id", "done_in_id"
    ):
        counts[material, country] += 1
        done[material, country] += done_in is not None
    known = {version.material_id: version.material for version in editions}
    for pk, work in known.items():
        asking = [key for key in counts if key[0] == pk and (not key[1] or key[1] in codes)]
        if not asking and languages[pk]:
            asking = [(pk, None)]
        for key in sorted(asking, key=lambda key: codes.get(key[1] or 0, "")):
            yield AdaptedFacts(
                code=work.code,
                title=work.title,
                editions=tuple(languages[pk]),
                country=codes.get(key[1] or 0, ""),
                accepted=counts[key],
                done=done[key],
            )
