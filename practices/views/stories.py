"""Stories: the list, one story with its clip, the form, and where it was used."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import saving
from cop_platform.common.files import private_response
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.stories import story_page, telling
from practices.enums import Occasion
from practices.forms.stories import CitationForm, StoryFilterForm, StoryForm
from practices.models import Story

PER_PAGE = 20
# What another page may hand to the form, by the key of the thing it is about.
_HANDED = ("material", "practice", "occasion")


@require_safe
def story_list(request: MemberRequest) -> HttpResponse:
    form = StoryFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest
    found = story_page.found(request.user, form.wanted())
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": story_page.rows(page_obj.object_list),
        "is_narrowed": any(form.cleaned_data.values()),
        "may_tell": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/story_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The story; a POST says where it was used."""
    story = _story(request, pk)
    form = CitationForm(request.POST or None)
    if request.method == "POST":
        permissions.may_cite(request.user, story)
        if form.is_valid():
            try:
                telling.cite(story_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
            except telling.CitedAlready as error:
                form.add_error("used_in", str(error))
            except NotPossible as error:
                form.add_error("note", str(error))
            else:
                messages.success(request, _("Thank you. The teller sees that it was of use."))
                return redirect(story)
    context = {
        "story": story,
        "said_by": story_page.said_by(story),
        "citations": story.citations.select_related("by__country"),
        "words": [story_page.word_of(term) for term in story.terms.all()],
        "form": form,
        "may_edit": permissions.may_edit_story.allows(request.user, story),
        "may_cite": permissions.may_cite.allows(request.user, story),
    }
    return render(request, "practices/story_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_new(request: MemberRequest) -> HttpResponse:
    permissions.may_contribute(request.user)
    handed = {name: request.GET[name] for name in _HANDED if request.GET.get(name)}
    form = StoryForm(request.POST or None, request.FILES or None, user=request.user, initial=handed)
    if form.is_valid():
        try:
            story = telling.tell(told=form.told(), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Thank you. Your story can be found now."))
            return redirect(story)
    leaving = form["occasion"].value() == Occasion.LEAVING
    return _form_page(request, {"form": form, "story": None, "is_leaving": leaving})


@require_http_methods(["GET", "HEAD", "POST"])
def story_edit(request: MemberRequest, pk: int) -> HttpResponse:
    story = _story(request, pk)
    permissions.may_edit_story(request.user, story)
    form = StoryForm(request.POST or None, request.FILES or None, user=request.user, story=story)
    saved = saving.save(
        request,
        form,
        story,
        lambda revision: telling.change(
            story_id=pk,
            told=form.told(),
            revision=revision,
            by=request.user,
            at=timezone.now(),
        ),
        beside="text",
    )
    if saved.is_done:
        messages.success(request, _("The story was saved."))
        return redirect(story)
    context = {"form": form, "story": story, "saved": saved}
    return _form_page(request, context, status=saved.status)


@require_POST
def story_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    story = _story(request, pk)
    telling.take_back(story_id=story.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The story is gone."))
    return redirect("story_list")


@require_safe
def story_clip(request: MemberRequest, pk: int) -> HttpResponseBase:
    rows = Story.objects.visible_to(request.user).exclude(file="")
    story = get_object_or_404(rows, pk=pk)
    return private_response(story.file, name="story", media_type=story.media_type, inline=True)


def _story(request: MemberRequest, pk: int) -> Story:
    rows = Story.objects.visible_to(request.user)
    rows = rows.select_related("teller__expert", "country", "material", "practice__current")
    return get_object_or_404(rows.prefetch_related("terms__words"), pk=pk)


def _form_page(request: MemberRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "practices/story_form.html", context, status=status)
