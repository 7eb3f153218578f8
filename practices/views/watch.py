"""Change watch: the list, one change with what it may touch, and the forms."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import panels, saving
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.watch import targets, watch_page, watching
from practices.forms.watch import FindingForm, TargetForm, WatchFilterForm, WatchForm
from practices.models import WatchItem, WatchTarget

PER_PAGE = 30


@require_safe
def watch_list(request: MemberRequest) -> HttpResponse:
    form = WatchFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = watch_page.found(request.user, form.wanted())
    context = {
        "form": form,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/watch_list.html", context)


@require_safe
def watch_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _item(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def watch_new(request: MemberRequest) -> HttpResponse:
    permissions.may_contribute(request.user)
    form = WatchForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            item = watching.notice(noticed=form.noticed(), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("effect", str(error))
        else:
            messages.success(request, _on_list(item.targets.count()))
            return redirect(item)
    return render(request, "practices/watch_form.html", {"form": form, "item": None})


@require_http_methods(["GET", "HEAD", "POST"])
def watch_edit(request: MemberRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    permissions.may_keep_watch(request.user, item)
    form = WatchForm(request.POST or None, user=request.user, item=item)
    saved = saving.save(
        request,
        form,
        item,
        lambda revision: watching.change(
            item_id=pk,
            noticed=form.noticed(),
            revision=revision,
            by=request.user,
            at=timezone.now(),
        ),
        beside="effect",
    )
    if saved.is_done:
        messages.success(request, _("It was saved."))
        return redirect(item)
    context = {"form": form, "item": item, "saved": saved}
    return render(request, "practices/watch_form.html", context, status=saved.status)


@require_POST
def watch_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Closes it, or with "closed" empty opens it again."""
    item = _item(request, pk)
    try:
        if request.POST.get("closed") == "":
            watching.open_again(item_id=pk, by=request.user, at=timezone.now())
            messages.success(request, _("It is open again."))
        else:
            watching.close(item_id=pk, by=request.user, at=timezone.now())
            messages.success(request, _("It is closed. It can be opened again."))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(item)


@require_POST
def watch_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Puts something on the list by hand."""
    item = _item(request, pk)
    permissions.may_keep_watch(request.user, item)
    form = TargetForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose one: a material or a practice."))
        return redirect(item)
    targets.add(item_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("It is on the list."))
    return redirect(item)


@require_POST
def watch_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Writes down what was found, or with "remove" takes the thing off the list."""
    target = get_object_or_404(WatchTarget.objects.select_related("item__added_by"), pk=pk)
    permissions.may_keep_watch(request.user, target.item)
    try:
        if "remove" in request.POST:
            targets.remove(target_id=pk, by=request.user, at=timezone.now())
            messages.success(request, _("It is off the list."))
            return redirect(target.item)
        form = FindingForm(request.POST)
        if not form.is_valid():
            sentence = _("Say what has to change, or why it can stay.")
            return _page(request, _item(request, target.item_id), wrong=(pk, sentence))
        targets.settle(target_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you, it is written down."))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(target.item)


def _item(request: MemberRequest, pk: int) -> WatchItem:
    return get_object_or_404(watch_page.one(request.user), pk=pk)


def _page(
    request: MemberRequest, item: WatchItem, wrong: tuple[int, str] = (0, "")
) -> HttpResponse:
    """The page of an item; `wrong` is a target with the sentence about what was typed for it."""
    context = {
        "item": item,
        "targets": item.targets.all(),
        "parts": item.parts,
        "form": TargetForm(user=request.user),
        "wrong": wrong[0],
        "sentence": wrong[1],
        "typed": request.POST,
        "may_keep": permissions.may_keep_watch.allows(request.user, item),
        "panels": panels.of("watch item", request.user, item),
    }
    return render(request, "practices/watch_detail.html", context)


def _on_list(count: int) -> str:
    if not count:
        return _("It is written down. No tag fits anything of ours: add what it touches by hand.")
    text = "It is written down. %(n)d thing of ours is on its list."
    return ngettext(text, "It is written down. %(n)d things of ours are on its list.", count) % {
        "n": count
    }
