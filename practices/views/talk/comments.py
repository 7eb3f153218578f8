"""One comment: its page, and what its writer and its readers do with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.revisions import ChangedMeanwhile
from cop_platform.common.text import to_html
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.talk import discussed, moderating, reading, threads, writing
from practices.domain.talk.mentions import WhoIsMeant
from practices.domain.talk.naming import NamesSomebody
from practices.forms.talk import CommentForm, ReasonForm, TranslationForm
from practices.models import Comment
from practices.views.talk import deeds
from practices.views.talk.threads import say


@require_safe
def comment_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The permanent address of a comment, with the answers to it."""
    comment = find(request, pk)
    now = timezone.now()
    context = {
        "line": reading.with_things([comment], request.user, now)[0],
        "answers": reading.lines(threads.answers(comment), request.user, now),
        "thread_url": threads.address(comment),
        "may_write": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/talk_comment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    permissions.may_change_comment(request.user, comment)
    if comment.deleted_at:
        raise Refused(_("This comment was deleted."))
    kind = discussed.KINDS[comment.kind]
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        has_pages=kind.has_pages,
        names_nobody=comment.keeps_name,
        initial={
            "text": comment.text,
            "language": comment.language,
            "place": comment.place,
            "revision": comment.revision,
        },
    )
    preview = ""
    if form.is_bound and form.is_valid():
        if "preview" in request.POST:
            preview = to_html(form.words.text)
        else:
            try:
                written = writing.edit(
                    comment_id=pk,
                    words=form.words,
                    revision=form.cleaned_data["revision"] or 0,
                    by=request.user,
                    at=timezone.now(),
                )
            except ChangedMeanwhile as error:
                return _conflict(request, error, form)
            except WhoIsMeant as error:
                form.ask_who(error)
            except NotPossible as error:
                form.refuse(error)
            else:
                say(request, written, _("The comment is changed."))
                return redirect(threads.address(comment))
    context = {"form": form, "comment": comment, "preview": preview}
    return render(request, "practices/talk_edit.html", context)


@require_POST
def comment_delete(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    writing.delete(comment_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("Your words are taken away. For ten minutes you can undo it."))
    return redirect(threads.address(comment))


@require_POST
def comment_restore(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    try:
        writing.bring_back(comment_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your comment is there again."))
    return redirect(threads.address(comment))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_translate(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    permissions.may_contribute(request.user)
    initial = {"text": comment.translation, "language": comment.translation_language or None}
    form = TranslationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            writing.translate(
                comment_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NamesSomebody as error:
            form.add_error("text", str(error))
        except NotPossible as error:
            form.add_error("language", str(error))
        else:
            messages.success(request, _("The translation stands below the comment."))
            return redirect(threads.address(comment))
    return deeds.page(request, deeds.TRANSLATE, comment, form)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    permissions.may_report(request.user, comment)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            moderating.report(
                comment_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error("why", str(error))
        else:
            messages.success(request, _("Thank you. A moderator looks at it."))
            return redirect(threads.address(comment))
    return deeds.page(request, deeds.REPORT, comment, form)


def find(request: MemberRequest, pk: int) -> Comment:
    """A comment on something this reader sees; missing and foreign ones answer the same."""
    return get_object_or_404(discussed.comments(request.user).with_people(), pk=pk)


def _conflict(request: MemberRequest, error: ChangedMeanwhile, form: CommentForm) -> HttpResponse:
    """Both texts side by side; nothing that was typed is lost."""
    typed, stored = form.words, error.stored
    rows = []
    if typed.text != stored.text:
        rows.append({"label": _("Your comment"), "stored": stored.text, "typed": typed.text})
    kept = [("text", typed.text), ("language", typed.language)]
    kept += [("place", str(typed.place))] if typed.place else []
    context = {
        "comment": stored,
        "rows": rows,
        "kept": kept,
        "sentence": str(error),
        "back": threads.address(stored),
    }
    return render(request, "practices/talk_conflict.html", context, status=409)
