"""The thread of an object, and all talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import to_html
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.talk import discussed, following, listing, reading, threads, writing
from practices.domain.talk.discussed import Thing
from practices.domain.talk.mentions import WhoIsMeant
from practices.domain.talk.writing import Written
from practices.forms.talk import CommentForm, TalkFilterForm
from practices.models import Comment


@require_safe
def talk_list(request: MemberRequest) -> HttpResponse:
    form = TalkFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = listing.find(request.user, form.wanted)
    page_obj = Paginator(found, threads.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "lines": reading.with_things(page_obj.object_list, request.user, timezone.now()),
        "may_moderate": permissions.may_see_moderation.allows(request.user),
        "read_until": following.read_until(request.user),
    }
    return render(request, "practices/talk_list.html", context)


@require_POST
def talk_all_read(request: MemberRequest) -> HttpResponse:
    following.all_read(by=request.user, at=timezone.now())
    messages.success(request, _("Noted: you have read everything up to now."))
    return redirect("talk_list")


@require_http_methods(["GET", "HEAD", "POST"])
def talk_thread(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """POST adds a comment, or shows what it will look like."""
    thing = _thing(request, kind, pk)
    answered = _answered(request, thing)
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        has_pages=thing.has_pages,
        names_nobody=thing.under_rule,
        initial=_initial(request, answered),
    )
    preview = ""
    if form.is_bound:
        permissions.may_contribute(request.user)
    if form.is_bound and form.is_valid():
        if "preview" in request.POST:
            preview = to_html(form.words.text)
        else:
            try:
                written = writing.write(
                    kind=kind, object_id=pk, words=form.words, by=request.user, at=timezone.now()
                )
            except WhoIsMeant as error:
                form.ask_who(error)
            except NotPossible as error:
                form.refuse(error)
            else:
                say(request, written, _("Your comment is there. You follow this discussion now."))
                return redirect(threads.address(written.comment))
    context = _context(request, thing) | {
        "form": form,
        "preview": preview,
        "answered": answered and reading.lines([answered], request.user, timezone.now())[0],
    }
    return render(request, "practices/talk_thread.html", context)


@require_POST
def talk_follow(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    thing = _thing(request, kind, pk)
    wanted = request.POST.get("follow") == "yes"
    following.follow(kind=kind, object_id=pk, wanted=wanted, by=request.user)
    if wanted:
        messages.success(request, _("You hear of new comments from now on."))
    else:
        messages.success(request, _("You do not follow this discussion any more."))
    return redirect(thing.thread_url)


def say(request: MemberRequest, written: Written, done: str) -> None:
    """What happened, and who could not be told."""
    messages.success(request, done)
    for person in written.untold:
        messages.warning(
            request,
            _("%(name)s cannot open this page, so no message goes there.") % {"name": person.name},
        )


def _thing(request: MemberRequest, kind: str, pk: int) -> Thing:
    thing = discussed.find(request.user, kind, pk)
    if thing is None:
        raise Http404
    return thing


def _answered(request: MemberRequest, thing: Thing) -> Comment | None:
    """The comment that is answered, named by the form or by the address."""
    named = request.POST.get("quoted") or request.GET.get("reply") or request.GET.get("quote")
    return threads.answered(thing, named or "")


def _initial(request: MemberRequest, answered: Comment | None) -> dict[str, Any]:
    place = request.GET.get("place", "")
    return {
        "language": request.user.person.language,
        "place": place if place.isascii() and place.isdigit() else None,
        "quoted": answered and answered.pk,
        "text": reading.as_quote(answered) if answered and "quote" in request.GET else "",
    }


def _context(request: MemberRequest, thing: Thing) -> dict[str, Any]:
    pages = Paginator(threads.of(thing), threads.PER_PAGE)
    page_obj = pages.get_page(request.GET.get("page") or pages.num_pages)
    return {
        "thing": thing,
        "page_obj": page_obj,
        "lines": reading.lines(page_obj.object_list, request.user, timezone.now()),
        "may_write": permissions.may_contribute.allows(request.user),
        "follows": following.follows(request.user, thing.kind, thing.pk),
    }
