"""Starting a community step by step; what was typed travels along, so going back loses nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from practices.domain.forming import starting
from practices.forms.forming_start import CHECK, STEPS, StartForm
from practices.permissions import may_contribute


@require_http_methods(["GET", "POST"])
def start_cop(request: MemberRequest) -> HttpResponse:
    """Shows a step; "next" and "back" write nothing, "start" on the last page does it all."""
    may_contribute(request.user)
    if request.method != "POST":
        return _step(request, StartForm(user=request.user), 0)
    here, going = _where(request)
    form = StartForm(request.POST, user=request.user)
    if going == "back":
        return _step(request, StartForm.kept(request.POST, request.user), max(here - 1, 0))
    wrong = form.first_wrong()
    if wrong <= here and wrong < CHECK:
        form.complain_of(wrong)
        return _step(request, form, wrong)
    if going == "start" and wrong == CHECK:
        return _start(request, form)
    return _step(request, _next(request, form, here), min(here + 1, CHECK))


def _next(request: MemberRequest, form: StartForm, here: int) -> StartForm:
    """The last page reads the cleaned answers; a step that opens has no complaints yet."""
    return form if here + 1 >= CHECK else StartForm.kept(request.POST, request.user)


def _start(request: MemberRequest, form: StartForm) -> HttpResponse:
    try:
        session = starting.start(wanted=form.start(), by=request.user, at=timezone.now())
    except (NoSuchTime, TwiceThatDay, NotPossible) as error:
        form.add_error(None, str(error))
        return _step(request, form, CHECK)
    messages.success(request, _("It has begun: the first session is planned, people are invited."))
    return redirect(session)


def _where(request: MemberRequest) -> tuple[int, str]:
    typed = request.POST.get("step", "")
    here = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
    return min(here, CHECK), request.POST.get("go", "next")


def _step(request: MemberRequest, form: StartForm, step: int) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "number": step + 1,
        "labels": [*(label for label, _names in STEPS), _("Check your answers")],
        "is_check": step == CHECK,
        "shown": form.shown(step),
        "others": form.others(step),
        "answers": _answers(form) if step == CHECK else [],
    }
    return render(request, "practices/forming_start.html", context)


def _answers(form: StartForm) -> list[tuple[str, str]]:
    """What was answered, as it is read before it counts."""
    answers = []
    for name, field in form.fields.items():
        value = getattr(form, "cleaned_data", {}).get(name)
        if value:
            several = name in {"people", "more_people", "options", "topics"}
            text = ", ".join(str(one) for one in value) if several else str(value)
            answers.append((str(field.label), text))
    return answers
