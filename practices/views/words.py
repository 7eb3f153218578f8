"""The words of the glossary in one text: a page of its own, which the text's page shows in place.

Without scripts it is a link; with them the words are underlined where they stand and explained.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from materials.domain import glossary_page
from practices.domain import explaining
from practices.domain.explaining import Said
from practices.models import Idea, PracticeVersion, Question, Story


@require_safe
def story_words(request: MemberRequest, pk: int) -> HttpResponse:
    story = get_object_or_404(Story.objects.visible_to(request.user), pk=pk)
    return _page(request, story, explaining.of_story(story))


@require_safe
def practice_words(request: MemberRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PracticeVersion.objects.visible_to(request.user), pk=pk)
    return _page(request, version, explaining.of_version(version))


@require_safe
def idea_words(request: MemberRequest, pk: int) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)
    return _page(request, idea, explaining.of_idea(idea))


@require_safe
def question_words(request: MemberRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    return _page(request, question, explaining.of_question(question))


def _page(request: MemberRequest, about: Model, said: Iterable[Said]) -> HttpResponse:
    found = glossary_page.in_texts(said, glossary_page.language_of(request.user))
    context = {"about": about, "found": found}
    return render(request, "practices/text_words.html", context)
