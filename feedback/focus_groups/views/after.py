"""After a talk: details out of the words, wishes in order, the recording until it is typed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups.domain.capturing import check_page, checking, priorities, recordings
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.forms.after import (
    CheckForm,
    SoundForm,
    TranscriptForm,
    WishDeedForm,
    WishForm,
)
from feedback.focus_groups.models import FocusGroup, Quote, Recording
from feedback.focus_groups.views.capture import heard
from materials import answers

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def group_check(request: MemberRequest, pk: int) -> HttpResponse:
    """Lines to go through, one by one (`way=one`) or as a list; `show=checked` those that were."""
    group = heard(request, pk)
    wrong: CheckForm | None = None
    if request.method == "POST":
        wrong = _check(request, group)
        if wrong is None:
            return redirect(f"{request.get_full_path()}#lines")
    is_checked = request.GET.get("show") == "checked"
    is_one = request.GET.get("way") == "one"
    found = check_page.lines(group, checked=is_checked)
    page = Paginator(found, 1 if is_one else PER_PAGE).get_page(request.GET.get("page"))
    checked, total = checking.progress(group)
    context = {
        "group": group,
        "page_obj": page,
        "rows": [_row(quote, wrong) for quote in page.object_list],
        "errors": wrong,
        "is_checked": is_checked,
        "is_one": is_one,
        "checked": checked,
        "total": total,
    }
    return render(request, "feedback/group_check.html", context)


def _check(request: MemberRequest, group: FocusGroup) -> CheckForm | None:
    """The form with what is wrong about it, or None when the line is checked."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return form
    typed = form.cleaned_data
    quote = get_object_or_404(group.quotes, client_key=typed["client_key"])
    # What the page showed, not what stands there now.
    quote.revision = typed["revision"]
    try:
        checking.check_quote(
            quote=quote,
            clean_words=typed["clean_words"],
            clean_rendering=typed["clean_rendering"],
            by=request.user,
            at=timezone.now(),
        )
    except checking.NothingLeft as error:
        form.add_error("clean_words" if quote.words else "clean_rendering", str(error))
        return form
    except NotPossible as error:
        form.add_error(None, str(error))
        return form
    messages.success(request, _("The line is checked."))
    return None


def _row(quote: Quote, wrong: CheckForm | None) -> tuple[check_page.Row, CheckForm]:
    """A line and its form; the one that was sent shows what was typed."""
    row = check_page.row(quote)
    name = f"c{str(quote.client_key)[:8]}_%s"
    if wrong is not None and wrong.data.get("client_key") == str(quote.client_key):
        wrong.auto_id = name
        return row, wrong
    shown = row.proposal | {"client_key": quote.client_key, "revision": quote.revision}
    return row, CheckForm(initial=shown, auto_id=name)


@require_http_methods(["GET", "HEAD", "POST"])
def group_priorities(request: MemberRequest, pk: int) -> HttpResponse:
    """The wishes in order; POST adds one."""
    group = heard(request, pk)
    form = WishForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            priorities.add(group_id=pk, by=request.user, **form.cleaned_data)
        except NotPossible as error:
            form.add_error("words", str(error))
        else:
            return redirect(f"{request.path}#wishes")
    context = {
        "group": group,
        "form": form,
        "ranked": priorities.ranked(group),
        "is_open": group.closed_on is None,
    }
    return render(request, "feedback/group_priorities.html", context)


@require_POST
def priority_give(request: MemberRequest, pk: int) -> HttpResponse:
    """A dot more, a dot less, or off the list."""
    heard(request, pk)
    form = WishDeedForm(request.POST)
    wanted = form.cleaned_data if form.is_valid() else {}
    try:
        for name, step in (("more", 1), ("less", -1)):
            if key := wanted.get(name):
                priorities.give(group_id=pk, key=key, step=step, by=request.user)
        if key := wanted.get("drop"):
            priorities.drop(group_id=pk, key=key, by=request.user)
    except NotPossible as error:
        messages.warning(request, str(error))
    return redirect(f"{reverse('group_priorities', args=[pk])}#wishes")


@require_http_methods(["GET", "HEAD", "POST"])
def group_recording(request: MemberRequest, pk: int) -> HttpResponse:
    """The recording of a talk; POST uploads it."""
    group = heard(request, pk)
    is_sent = request.method == "POST"
    form = SoundForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            recordings.keep(
                group_id=pk, upload=form.cleaned_data["sound"], by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error("sound", str(error))
        else:
            messages.success(request, _("The recording is kept until it is written down."))
            return redirect(request.path)
    return _recording_page(request, group, form, None)


@require_POST
def recording_transcript(request: MemberRequest, pk: int) -> HttpResponse:
    group = heard(request, pk)
    form = TranscriptForm(request.POST)
    if form.is_valid():
        try:
            recordings.write_down(
                group_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The transcript is saved."))
            return redirect("group_recording", pk)
    return _recording_page(request, group, SoundForm(), form)


@require_POST
def recording_delete(request: MemberRequest, pk: int) -> HttpResponse:
    heard(request, pk)
    if recordings.delete_sound(group_id=pk, by=request.user, at=timezone.now()):
        messages.success(request, _("The recording is deleted."))
    return redirect("group_recording", pk)


@require_safe
def recording_sound(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The bytes, in parts where the player asks for them."""
    row = get_object_or_404(Recording.objects.heard_by(request.user), group=pk)
    if not row.file or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    name = _("talk-%(n)d") % {"n": pk}
    sent = answers.Sent(
        str(row.file.name), row.file.size, row.sha256, row.media_type, name, shown=True
    )
    return answers.send(request, sent)


def _recording_page(
    request: MemberRequest, group: FocusGroup, form: SoundForm, typed: TranscriptForm | None
) -> HttpResponse:
    row = Recording.objects.filter(group=group).first()
    transcript = row.transcript if row else ""
    shown = {
        "transcript": transcript,
        "is_whole": bool(row and row.written_down_on),
        "seen": recordings.mark(row),
    }
    context = {
        "group": group,
        "recording": row,
        "form": form,
        "typed": typed or TranscriptForm(initial=shown),
        # What somebody else typed meanwhile stands beside what was typed here.
        "stored": transcript if typed and typed.non_field_errors() else "",
        "stored_mark": recordings.mark(row),
        "may_be_kept": recordings.may_be_kept(group),
        "delete_on": retention.delete_on(row) if row and row.file else None,
    }
    return render(request, "feedback/group_recording.html", context)
