"""The page on which a group is noted: with a script, without one, and without a network."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common import device
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups.domain.capturing import capture, capture_page
from feedback.focus_groups.forms.capture import REMEMBERED, KeyForm, LineForm, RevisionForm
from feedback.focus_groups.models import FocusGroup, Quote


def heard(request: MemberRequest, pk: int) -> FocusGroup:
    """The group, for those who may read what was said in it; Http404 for everybody else."""
    groups = FocusGroup.objects.heard_by(request.user)
    return get_object_or_404(groups.select_related("session", "guide", "country"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def group_capture(request: MemberRequest, pk: int) -> HttpResponse:
    """POST notes a line, for browsers without a script; with one, lines go to `capture_lines`."""
    group = heard(request, pk)
    form = LineForm(
        request.POST if request.method == "POST" else None,
        group=group,
        initial={name: request.GET[name] for name in REMEMBERED if name in request.GET},
    )
    if form.is_bound and form.is_valid():
        try:
            _note(request, group, form)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The line is noted."))
            return redirect(f"{_address(group)}?{_remembered(request)}#capture")
    chosen = form["question"].value()
    return _page(request, group, form, None if chosen is None else str(chosen))


@require_http_methods(["GET", "POST"])
def capture_lines(request: MemberRequest, pk: int) -> JsonResponse:
    """All lines; or keeps one or takes one away (`act=delete`), for the device that wrote it."""
    group = heard(request, pk)
    if request.method == "GET":
        return _answered(lines=[capture.as_data(row) for row in capture.of(group)])
    is_deletion = request.POST.get("act") == "delete"
    form = KeyForm(request.POST) if is_deletion else LineForm(request.POST, group=group)
    if not form.is_valid():
        return JsonResponse({"error": form.sentence()}, status=400)
    try:
        if isinstance(form, LineForm):
            return _answered(line=capture.as_data(_note(request, group, form)))
        capture.delete(group_id=group.pk, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        return _refused(error)
    return _answered(line=None)


@require_http_methods(["GET", "HEAD", "POST"])
def quote_edit(request: MemberRequest, pk: int, key: UUID) -> HttpResponse:
    group = heard(request, pk)
    quote = get_object_or_404(group.quotes.select_related("participant"), client_key=key)
    stored = capture.as_data(quote)
    form = LineForm(request.POST or None, group=group, initial=stored)
    if form.is_valid():
        try:
            # The address says which line is meant, whatever the form says.
            form.cleaned_data["client_key"] = key
            _note(request, group, form)
        except capture.ChangedElsewhere as error:
            return _conflict(request, group, form, error.stored)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The line is changed."))
            return redirect(f"{_address(group)}?question={form.cleaned_data['question'] or ''}")
    context = {
        "group": group,
        "form": form,
        "quote": quote,
        "speakers": capture_page.speakers(group),
    }
    return render(request, "feedback/quote_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def quote_delete(request: MemberRequest, pk: int, key: UUID) -> HttpResponse:
    """Asks first: without a script nothing brings the line back."""
    group = heard(request, pk)
    quote = get_object_or_404(group.quotes.select_related("participant"), client_key=key)
    if request.method == "POST":
        form = RevisionForm(request.POST)
        revision = form.cleaned_data["revision"] if form.is_valid() else 0
        try:
            capture.delete(group_id=pk, client_key=key, revision=revision, by=request.user)
        except NotPossible as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("The line is deleted."))
        return redirect(_address(group))
    context = {"group": group, "quote": capture_page.said(quote)}
    return render(request, "feedback/quote_delete.html", context)


def _note(request: MemberRequest, group: FocusGroup, form: LineForm) -> Quote:
    return capture.note(
        group_id=group.pk,
        client_key=form.cleaned_data["client_key"],
        revision=form.cleaned_data["revision"],
        line=form.line(),
        by=request.user,
    )


def _page(
    request: MemberRequest, group: FocusGroup, form: LineForm, chosen: str | None
) -> HttpResponse:
    is_open = group.closed_on is None
    context = {
        "group": group,
        "page": capture_page.of(group, request.user, chosen),
        "form": form,
        "edit": LineForm(group=group, auto_id="edit_%s"),
        "is_open": is_open,
    }
    response = render(request, "feedback/group_capture.html", context)
    if is_open:
        response[device.COPY_HEADER] = device.word(request.user)
    return response


def _conflict(
    request: MemberRequest, group: FocusGroup, form: LineForm, stored: Quote | None
) -> HttpResponse:
    """Both texts side by side; nothing is overwritten until somebody chooses."""
    context = {"group": group, "form": form, "stored": stored}
    return render(request, "feedback/quote_conflict.html", context, status=409)


def _answered(**said: Any) -> JsonResponse:
    """With the second it was said in, so that a device knows which of two states is the newer."""
    return JsonResponse(said | {"drawn": int(timezone.now().timestamp())})


def _refused(error: NotPossible) -> JsonResponse:
    """409 with the sentence, and with what stands where another device wrote it."""
    body: dict[str, Any] = {"error": str(error)}
    if isinstance(error, capture.ChangedElsewhere):
        body["stored"] = capture.as_data(error.stored) if error.stored else None
    return JsonResponse(body, status=409)


def _address(group: FocusGroup) -> str:
    return reverse("group_capture", args=[group.pk])


def _remembered(request: MemberRequest) -> str:
    return urlencode({name: request.POST.get(name, "") for name in REMEMBERED})
