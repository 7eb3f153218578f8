"""*Repertoire*: words, methods, stories, templates and practices of a community, in one place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cop_platform.common.finding import labels, looking
from cop_platform.common.finding.needle import Needle
from cop_platform.searching import SearchForm
from experts.requests import MemberRequest
from feedback.reviews.models import Rubric
from materials.domain import glossary_page, wording
from materials.models import GlossaryTerm, GlossaryWord
from practices.domain.stories import story_page
from practices.models import Practice, Story
from sessions.enums import Kind
from sessions.models import KindTemplate, Method

# Of what grows the newest are shown; the rest stands on pages of its own.
TERMS_SHOWN, STORIES_SHOWN, PRACTICES_SHOWN = 24, 12, 24


@require_safe
def repertoire(request: MemberRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    asked = form.cleaned_data["q"]
    needle = wording.read(asked) if asked else None
    terms, practices = _terms(request, needle), _practices(request, needle)
    stories = _named(Story.objects.visible_to(request.user), needle, "title", "text")
    newest = story_page.for_rows(stories)[:STORIES_SHOWN]
    kinds, rubrics = _kinds(request, needle), list(_rubrics(request, needle))
    context: dict[str, Any] = {
        "asked": asked,
        "too_short": bool(asked) and needle is None,
        "terms": glossary_page.entries(
            terms[:TERMS_SHOWN], glossary_page.language_of(request.user)
        ),
        "terms_total": terms.count(),
        "methods": _named(Method.objects.visible_to(request.user), needle, "name", "purpose"),
        "stories": [(story, story_page.said_by(story)) for story in newest],
        "stories_total": stories.order_by().count(),
        "kinds": kinds,
        "rubrics": rubrics,
        "templates_total": len(kinds) + len(rubrics),
        "practices": practices.select_related("current", "country")[:PRACTICES_SHOWN],
        "practices_total": practices.count(),
    }
    return render(request, "search/repertoire.html", context)


def _named(rows: QuerySet, needle: Needle | None, *columns: str) -> QuerySet:
    return looking.fitting(rows, needle, *columns) if needle else rows


def _terms(request: MemberRequest, needle: Needle | None) -> QuerySet:
    """Terms of which a word or a meaning in any language fits."""
    terms = GlossaryTerm.objects.visible_to(request.user).with_words().order_by("-pk")
    if needle is None:
        return terms
    words = looking.fitting(GlossaryWord.objects.order_by(), needle, "word", "definition")
    return terms.filter(pk__in=words.values("term"))


def _practices(request: MemberRequest, needle: Needle | None) -> QuerySet:
    published = Practice.objects.visible_to(request.user).published()
    return _named(published, needle, "current__title", "current__need", "current__steps")


def _kinds(request: MemberRequest, needle: Needle | None) -> list[KindTemplate]:
    """What a new session starts from, in the order of the kinds; found by their names."""
    order = list(Kind.values)
    wanted = labels.fitting(needle, Kind.choices) if needle else order
    templates = KindTemplate.objects.visible_to(request.user).filter(kind__in=wanted)
    return sorted(templates, key=lambda template: order.index(template.kind))


def _rubrics(request: MemberRequest, needle: Needle | None) -> QuerySet:
    """Sets of criteria, for those whose pages of them open: who coordinates."""
    if not request.user.access.plans_sessions:
        return Rubric.objects.none()
    return _named(Rubric.objects.filter(retired_at__isnull=True), needle, "name", "guidance")
