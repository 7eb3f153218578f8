"""The quality board, as a page and as a table."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from experts.domain import clock
from experts.requests import MemberRequest
from feedback.validation.domain.ageing import watch
from feedback.validation.domain.board import page
from feedback.validation.domain.board.asking import BoardFilter
from feedback.validation.exports import board as exports
from feedback.validation.forms.board import BoardFilterForm


@require_safe
def quality_board(request: MemberRequest) -> HttpResponse:
    form, wanted = _asked(request)
    number, today = _page_number(request), clock.today_of(request.user)
    board = page.build(wanted, request.user, today=today, page=number)
    if number > 1 and not board.rows:
        number = 1
        board = page.build(wanted, request.user, today=today, page=number)
    context = {
        "form": form,
        "board": board,
        "page_obj": Paginator(range(board.materials), page.PER_PAGE).get_page(number),
        "query": request.GET.urlencode(),
        "ageing": watch.number_for(request.user),
    }
    return render(request, "feedback/quality_board.html", context)


@require_safe
def quality_csv(request: MemberRequest) -> HttpResponseBase:
    return exports.as_csv(_asked(request)[1], request.user, clock.today_of(request.user))


def _asked(request: HttpRequest) -> tuple[BoardFilterForm, BoardFilter]:
    """The filter bar and what it says. Raises BadRequest."""
    form = BoardFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form, form.wanted


def _page_number(request: HttpRequest) -> int:
    """The page asked for; nonsense is the first one."""
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isascii() and said.isdecimal() and len(said) < 6 else 1
