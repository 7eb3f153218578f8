"""The consent screen of a group: codes, slips, and answers purpose by purpose."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups.domain.consenting import consent_page, consents, participants, slips
from feedback.focus_groups.domain.consenting.participants import Slip
from feedback.focus_groups.forms.consents import AddForm, AnswerForm, DetailsForm, SeveralForm
from feedback.focus_groups.models import FocusGroup, Participant


@require_http_methods(["GET", "HEAD", "POST"])
def group_consent(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits in the group, as codes; hands out more of them."""
    heard = FocusGroup.objects.heard_by(request.user).select_related("session")
    group = get_object_or_404(heard, pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if request.method == "POST" and deed not in {"add", "several"}:
        raise BadRequest
    start = {"first": participants.next_number(pk), "language": _usual_language(group)}
    forms: dict[str, AddForm | SeveralForm] = {
        "add": AddForm(request.POST if deed == "add" else None, initial=start, prefix="one"),
        "several": SeveralForm(
            request.POST if deed == "several" else None, initial=start, prefix="several"
        ),
    }
    if deed and (handed := _handed_out(request, group, forms[deed])):
        return _slips_page(request, group, handed)
    rows = consent_page.rows(group)
    context = {
        "group": group,
        "forms": forms,
        "next": start["first"],
        "rows": rows,
        "summary": consent_page.summary(rows),
    }
    return render(request, "feedback/group_consent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_consent(request: MemberRequest, pk: int) -> HttpResponse:
    """One participant: what is read to them, and what they answer."""
    heard = Participant.objects.heard_by(request.user).select_related("group__session")
    participant = get_object_or_404(heard.prefetch_related("consents"), pk=pk)
    details = DetailsForm(initial=DetailsForm.of(participant))
    problem = ""
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed == "details":
            details = DetailsForm(request.POST)
        try:
            done = _do(request, deed, participant, details)
        except NotPossible as error:
            done, problem = None, str(error)
        if done is not None:
            return done
    context = {
        "participant": participant,
        "group": participant.group,
        "asked": [] if participant.erased_on else consent_page.asked(participant),
        "details": details,
        "problem": problem,
        "needs_guardian": participant.is_minor and not participant.guardian_agreed,
    }
    return render(request, "feedback/participant_consent.html", context)


def _do(
    request: MemberRequest, deed: str, participant: Participant, details: DetailsForm
) -> HttpResponse | None:
    """One deed of the participant's page; None when something typed has to be corrected."""
    pk, by = participant.pk, request.user
    here = reverse("participant_consent", args=[pk])
    if deed == "answer":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        said = form.said()
        consents.give(participant_id=pk, by=by, at=timezone.now(), **said)
        return redirect(f"{here}#after-{said['purpose']}")
    if deed == "details":
        if not details.is_valid():
            return None
        participants.describe(participant_id=pk, details=details.details(), by=by)
        messages.success(request, _("Saved."))
        return redirect(here)
    if deed == "slip":
        slip = participants.new_slip(participant_id=pk, by=by)
        return _slips_page(request, participant.group, [slip])
    if deed == "take out":
        participants.take_out(participant_id=pk, by=by)
        messages.success(request, _("The code was taken out."))
        return redirect("group_consent", participant.group_id)
    raise BadRequest


def _handed_out(
    request: MemberRequest, group: FocusGroup, form: AddForm | SeveralForm
) -> tuple[Slip, ...]:
    """The new slips; none when the form has to be corrected."""
    if not form.is_valid():
        return ()
    people = form.cleaned_data["people"] if isinstance(form, SeveralForm) else form.people
    try:
        return participants.hand_out(
            group_id=group.pk,
            first=form.cleaned_data["first"],
            people=people,
            details=form.details(),
            by=request.user,
        )
    except NotPossible as error:
        form.add_error(None, str(error))
        return ()


def _slips_page(request: MemberRequest, group: FocusGroup, new: Iterable[Slip]) -> HttpResponse:
    """Slips to print: the answer to the request that made them, since their codes are not kept."""
    handed = list(new)
    context = {
        "group": group,
        "slips": slips.printed(handed, group),
        "only": handed[0].participant if len(handed) == 1 else None,
    }
    return render(request, "feedback/group_slips.html", context)


def _usual_language(group: FocusGroup) -> str:
    """What participants of this group most likely read: what is not the country's own language."""
    own = group.country.language
    return next((code for code in group.languages if code != own), own)
