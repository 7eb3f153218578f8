"""One box for everything a person may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cop_platform.common.finding import sources
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import MOST_SHOWN, SHOWN, Group
from cop_platform.common.text import LineFormField
from experts.models import User
from experts.requests import MemberRequest
from materials.domain import wording

MOST_LETTERS = 100


class SearchForm(forms.Form):
    """What is looked for, and in which kind of object alone."""

    q = LineFormField(label=_lazy("Search everything"), required=False, limit=MOST_LETTERS)
    kind = forms.CharField(required=False, max_length=20)


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """What was found, by kind; words spelt alike where nothing says exactly what was asked."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data.get("q", "")
    known = {source.kind for source in sources.known()}
    kind = form.cleaned_data.get("kind", "")
    kind = kind if kind in known else ""
    needle = wording.read(asked) if asked else None
    groups, is_near = find(request.user, needle, kind)
    context: dict[str, Any] = {
        "asked": asked,
        "searched_for": request.GET.get("q", "")[:MOST_LETTERS],
        "kind": kind,
        "groups": groups,
        "is_near": is_near,
        "refusal": " ".join(str(error) for error in form.errors.get("q", [])),
        "standing": _standing(asked, needle, groups),
        "too_short": bool(asked) and needle is None,
    }
    return render(request, "search/search.html", context)


def find(user: User, needle: Needle | None, kind: str = "") -> tuple[list[Group], bool]:
    """What this person finds, and whether it is only spelt alike."""
    if needle is None:
        return [], False
    most = MOST_SHOWN if kind else SHOWN
    found = sources.look(user, needle, kind=kind, most=most)
    near = needle.near()
    if found or near is None:
        return found, False
    return sources.look(user, near, kind=kind, most=most), True


def _standing(asked: str, needle: Needle | None, groups: list[Group]) -> str:
    if needle is None:
        return _("Sessions, materials, people, words, practices, ideas: all that you may open.")
    number = sum(group.total for group in groups)
    if any(group.has_more for group in groups):
        return _("More than %(n)d things found for “%(asked)s”.") % {"n": number, "asked": asked}
    return ngettext(
        "%(n)d thing found for “%(asked)s”.", "%(n)d things found for “%(asked)s”.", number
    ) % {"n": number, "asked": asked}
