"""After action review: lessons, their owners, and the procedures that changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import saving
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain.actions.writing import ForeignOwner
from sessions.domain.lessons import page, writing
from sessions.enums import Kind
from sessions.forms.actions import LessonFilterForm, LessonForm, OwnerForm, ProcedureForm
from sessions.models import CopSession, Lesson

PER_PAGE = 30


@require_safe
def lesson_list(request: MemberRequest) -> HttpResponse:
    form = LessonFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = page.found(request.user, form.wanted())
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sessions/lesson_list.html", {"form": form, "page_obj": shown})


@require_safe
def lesson_detail(request: MemberRequest, pk: int) -> HttpResponse:
    lesson = _lesson(request, pk)
    context = {
        "lesson": lesson,
        "may_write": permissions.may_write_lesson.allows(request.user, lesson.session),
        "may_report": permissions.may_report_change.allows(request.user, lesson),
    }
    return render(request, "sessions/lesson_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_new(request: MemberRequest, pk: int) -> HttpResponse:
    """One more lesson of a look back; other sessions have none."""
    reviews = CopSession.objects.visible_to(request.user).filter(kind=Kind.REVIEW)
    session = get_object_or_404(reviews.with_hosts(), pk=pk)
    permissions.may_write_lesson(request.user, session)
    form = LessonForm(request.POST or None)
    if form.is_valid():
        lesson = writing.write(
            session_id=pk, learnt=form.learnt(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The lesson is written down. Who will see to the change?"))
        return redirect("lesson_owner", pk=lesson.pk)
    return render(request, "sessions/lesson_form.html", {"form": form, "session": session})


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_edit(request: MemberRequest, pk: int) -> HttpResponse:
    lesson = _lesson(request, pk)
    permissions.may_write_lesson(request.user, lesson.session)
    form = LessonForm(request.POST or None, lesson=lesson)
    saved = saving.save(
        request,
        form,
        lesson,
        lambda revision: writing.change(
            lesson_id=pk,
            revision=revision,
            learnt=form.learnt(),
            by=request.user,
            at=timezone.now(),
        ),
    )
    if saved.is_done:
        messages.success(request, _("It was saved."))
        return redirect(lesson)
    context = {"form": form, "lesson": lesson, "session": lesson.session, "saved": saved}
    return render(request, "sessions/lesson_form.html", context, status=saved.status)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_owner(request: MemberRequest, pk: int) -> HttpResponse:
    """Makes the change somebody's promise."""
    lesson = _lesson(request, pk)
    permissions.may_write_lesson(request.user, lesson.session)
    form = OwnerForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            writing.give_owner(
                lesson_id=pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error("owner" if isinstance(error, ForeignOwner) else None, str(error))
        else:
            messages.success(request, _("It is an action now, and its owner is told."))
            return redirect(lesson)
    return render(request, "sessions/lesson_owner.html", {"form": form, "lesson": lesson})


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_changed(request: MemberRequest, pk: int) -> HttpResponse:
    """Writes down the procedure that changed."""
    lesson = _lesson(request, pk)
    permissions.may_report_change(request.user, lesson)
    said = {"procedure": lesson.procedure, "link": lesson.procedure_link}
    form = ProcedureForm(request.POST or None, initial=said)
    saved = saving.save(
        request,
        form,
        lesson,
        lambda revision: writing.report_change(
            lesson_id=pk,
            revision=revision,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        ),
    )
    if saved.is_done:
        messages.success(request, _("Partners read it under “We learned, we changed”."))
        return redirect(lesson)
    context = {"form": form, "lesson": lesson, "saved": saved}
    return render(request, "sessions/lesson_changed.html", context, status=saved.status)


def _lesson(request: MemberRequest, pk: int) -> Lesson:
    return get_object_or_404(page.one(request.user), pk=pk)
