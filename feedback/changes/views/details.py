"""One change request: asked for, looked at, decided on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.domain import clock
from experts.enums import Role
from experts.requests import MemberRequest
from feedback.changes import permissions
from feedback.changes.domain import deciding, ledger, page
from feedback.changes.forms import deciding as forms
from feedback.changes.models import ChangeRequest

# What the page can do: the name its button sends -> (form, deed, what is said afterwards).
_DEEDS: dict[str, tuple[str, Callable[..., ChangeRequest], Any]] = {
    "decide": ("decision", deciding.decide, _("It is decided.")),
    "word": ("words", ledger.say_publicly, _("The words are saved.")),
    "arrange": ("arrange", ledger.arrange, _("Saved.")),
    "reopen": ("reopen", deciding.reopen, _("It is open again.")),
    "done": ("done", deciding.show_done, _("Saved.")),
    "merge": ("merge", ledger.merge, _("The two are one request now.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def change_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = ChangeRequest.objects.visible_to(request.user).with_facts()
    change = get_object_or_404(visible.select_related("merged_into__material"), pk=pk)
    others = page.mergeable(change, request.user)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if request.method == "POST" and deed == "apart":
        ledger.take_apart(change_id=pk, by=request.user, at=timezone.now())
        messages.success(request, _("It is a request of its own again."))
        return redirect(change)
    if request.method == "POST" and deed not in _DEEDS:
        raise BadRequest
    bound = _forms(change, others, deed, request.POST)
    is_conflict = False
    if deed:
        name, do, said = _DEEDS[deed]
        form = bound[name]
        if form.is_valid():
            try:
                after = do(change_id=pk, by=request.user, at=timezone.now(), **form.said())
            except NotPossible as error:
                is_conflict = isinstance(error, ChangedMeanwhile)
                form.add_error(None, str(error))
            else:
                messages.success(request, said)
                return redirect(after)
    context = _context(request, change, bound, deed, is_conflict)
    status = 409 if is_conflict else 200
    return render(request, "feedback/change_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_new(request: MemberRequest) -> HttpResponse:
    permissions.may_enter_new(request.user)
    form = forms.NewChangeForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        initial=_initial(request),
    )
    if form.is_bound and form.is_valid():
        try:
            change = ledger.raise_typed(asked=form.asked_for(), by=request.user, at=timezone.now())
        except permissions.Refused as error:
            form.add_error("country", str(error))
        else:
            messages.success(request, _("The change is asked for."))
            return redirect(change)
    return render(request, "feedback/change_form.html", {"form": form})


@require_POST
def change_raise(request: MemberRequest) -> HttpResponse:
    """Makes the comment that the pressed button names a change request.

    Whether the comment is missing or somebody else's to read, the answer is the same.
    """
    kind, _colon, ref = request.POST.get("source", "").partition(":")
    severity = request.POST.get("severity", "")
    try:
        change = ledger.raise_of_comment(
            kind=kind, ref=ref, severity=severity, by=request.user, at=timezone.now()
        )
    except (NotPossible, permissions.Refused) as error:
        messages.error(request, str(error))
        return redirect("change_list")
    messages.success(request, _("The comment is a change request now. Say how grave it is."))
    return redirect(change)


def _initial(request: MemberRequest) -> dict[str, Any]:
    own = request.user.access.countries(Role.COORDINATOR)
    known = request.user.person.country
    country = known.code if known is not None and known.pk in own else None
    return {"version": request.GET.get("version"), "country": country}


def _forms(
    change: ChangeRequest, others: list[ChangeRequest], deed: str, posted: Any
) -> dict[str, Any]:
    """All forms of the page; only the one whose button was pressed reads what was sent."""

    def data(name: str) -> Any:
        return posted if deed == name else None

    said = [(other.pk, f"{other.pk}: {page.excerpt(other.asked)}") for other in others]
    return {
        "decision": forms.DecisionForm(data("decide"), change=change),
        "words": forms.WordsForm(data("word"), change=change),
        "arrange": forms.ArrangeForm(data("arrange"), change=change),
        "reopen": forms.ReopenForm(data("reopen"), change=change),
        "done": forms.DoneForm(data("done"), change=change),
        "merge": forms.MergeForm(data("merge"), others=said),
    }


def _context(
    request: MemberRequest, change: ChangeRequest, bound: dict[str, Any], deed: str, conflict: bool
) -> dict[str, Any]:
    today = clock.today_of(request.user)
    return {
        "change": change,
        "page": page.build(change, request.user, today),
        "forms": bound,
        "failed": bound[_DEEDS[deed][0]] if deed else None,
        "is_conflict": conflict,
    }
