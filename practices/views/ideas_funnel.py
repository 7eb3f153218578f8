"""How far ideas get: the page, and the rows behind it to take home."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts import reference
from experts.domain import clock
from experts.models import Person
from experts.requests import MemberRequest
from practices.domain.ideas import finding, funnel
from practices.enums import IdeaState
from practices.exports import ideas as exports
from practices.forms.ideas import IdeaFilterForm
from practices.models import Idea

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def idea_funnel(request: MemberRequest) -> HttpResponse:
    ideas = Idea.objects.visible_to(request.user).standing()
    today = clock.today_of(request.user)
    found = funnel.collect(ideas, today=today, countries=reference.countries())
    context = {"funnel": found, "states": [state.label for state in IdeaState]}
    return render(request, "practices/idea_funnel.html", context)


@require_safe
def idea_csv(request: MemberRequest) -> HttpResponse:
    """What the list shows, on all its pages."""
    text = exports.as_csv(_found(request), _names())
    return _file(text, "text/csv; charset=utf-8", "ideas.csv")


@require_safe
def idea_xlsx(request: MemberRequest) -> HttpResponse:
    """The same as a workbook."""
    return _file(exports.as_xlsx(_found(request), _names()), _XLSX, "ideas.xlsx")


def _found(request: MemberRequest) -> QuerySet[Idea]:
    form = IdeaFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    today = clock.today_of(request.user)
    return finding.apply(form.wanted, user=request.user, today=today)


def _names() -> list[str]:
    return list(Person.objects.order_by("pk").values_list("name", flat=True))


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
