"""*Repertoire*: words, methods, stories, templates and practices of a community, in one place."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import labels, looking
from cop_platform.common.finding.needle import Needle
from cop_platform.searching import SearchForm
from experts import reference
from experts.requests import MemberRequest
from feedback.reviews.models import Rubric
from materials.domain import glossary_page, wording
from materials.models import GlossaryTerm, GlossaryWord
from materials.querysets import GlossaryQuerySet
from practices.domain.practices import filters
from practices.domain.stories import story_page
from practices.models import Practice, Story
from sessions.enums import Kind
from sessions.models import KindTemplate, Method

# Of what grows the newest are shown; the rest stands on pages of its own.
TERMS_SHOWN, STORIES_SHOWN, PRACTICES_SHOWN = 24, 12, 24


class Steps(NamedTuple):
    """A method, or what a kind of session starts from: its steps as (title, minutes)."""

    name: str
    purpose: str
    minutes: int
    steps: tuple[tuple[str, int], ...]


class Line(NamedTuple):
    """A practice in one line and the beginning of the need it answers."""

    url: str
    title: str
    country: str
    maturity: str
    need: str


@require_safe
def repertoire(request: MemberRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    asked = form.cleaned_data["q"]
    needle = wording.read(asked) if asked else None
    terms, practices = _terms(request, needle), _practices(request, needle)
    stories = _named(Story.objects.visible_to(request.user), needle, "title", "text")
    kinds, rubrics = _kinds(request, needle), list(_rubrics(request, needle))
    terms_total, stories_total, practices_total = _totals(terms, stories, practices)
    context: dict[str, Any] = {
        "asked": asked,
        "too_short": bool(asked) and needle is None,
        "terms": glossary_page.entries(
            terms.with_words()[:TERMS_SHOWN], glossary_page.language_of(request.user)
        ),
        "terms_total": terms_total,
        "methods": _methods(request, needle),
        "stories": story_page.rows(story_page.for_rows(stories)[:STORIES_SHOWN]),
        "stories_total": stories_total,
        "kinds": kinds,
        "rubrics": rubrics,
        "templates_total": len(kinds) + len(rubrics),
        "practices": _lines(practices[:PRACTICES_SHOWN]),
        "practices_total": practices_total,
    }
    return render(request, "search/repertoire.html", context)


def _totals(*found: QuerySet) -> list[int]:
    """How many rows each of these questions has, asked in one."""
    numbers = [
        rows.order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(n=Count("pk"))
        .values_list("place", "n")
        for place, rows in enumerate(found)
    ]
    counted = dict(numbers[0].union(*numbers[1:], all=True))
    return [counted.get(place, 0) for place in range(len(found))]


def _named(rows: QuerySet, needle: Needle | None, *columns: str) -> QuerySet:
    return looking.fitting(rows, needle, *columns) if needle else rows


def _terms(request: MemberRequest, needle: Needle | None) -> GlossaryQuerySet:
    """Terms of which a word or a meaning in any language fits."""
    terms = GlossaryTerm.objects.visible_to(request.user).order_by("-pk")
    if needle is None:
        return terms
    words = looking.fitting(GlossaryWord.objects.order_by(), needle, "word", "definition")
    return terms.filter(pk__in=words.values("term"))


def _practices(request: MemberRequest, needle: Needle | None) -> QuerySet:
    published = Practice.objects.visible_to(request.user).published()
    return _named(published, needle, "current__title", "current__need", "current__steps")


def _lines(practices: QuerySet[Practice]) -> list[Line]:
    read = practices.values_list("pk", "country_id", "maturity", "current__title", "current__need")
    return [
        Line(
            url=numbered("practice_detail", pk),
            title=title,
            country=reference.code(country_id),
            maturity=filters.chip(maturity).label,
            need=filters.excerpt(need),
        )
        for pk, country_id, maturity, title, need in read
    ]


def _methods(request: MemberRequest, needle: Needle | None) -> list[Steps]:
    found = _named(Method.objects.visible_to(request.user), needle, "name", "purpose")
    return [_steps(method, f"{method.number} {method.name}", method.purpose) for method in found]


def _kinds(request: MemberRequest, needle: Needle | None) -> list[Steps]:
    """What a new session starts from, in the order of the kinds; found by their names."""
    order = list(Kind.values)
    wanted = labels.fitting(needle, Kind.choices) if needle else order
    templates = KindTemplate.objects.visible_to(request.user).filter(kind__in=wanted)
    in_order = sorted(templates, key=lambda template: order.index(template.kind))
    return [_steps(template, str(template)) for template in in_order]


def _steps(entry: Method | KindTemplate, name: str, purpose: str = "") -> Steps:
    steps = tuple((title, minutes) for title, minutes in entry.steps)
    return Steps(name, purpose, entry.minutes, steps)


def _rubrics(request: MemberRequest, needle: Needle | None) -> QuerySet:
    """Sets of criteria, for those whose pages of them open: who coordinates."""
    if not request.user.access.plans_sessions:
        return Rubric.objects.none()
    return _named(Rubric.objects.filter(retired_at__isnull=True), needle, "name", "guidance")
