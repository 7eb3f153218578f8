"""Pages of the validation policy: read by every member, frozen by the project manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.policy import policy_page, policy_versions, policy_words, rules
from feedback.validation.domain.policy.policy_versions import FrozenMeanwhile
from feedback.validation.forms.policies import MarksForm, PolicyForm

CONFLICT = 409


@require_safe
def policy_list(request: MemberRequest) -> HttpResponse:
    context = {
        "page": policy_page.of(policy_versions.newest()),
        "rows": policy_page.listed(),
        **_rights(request),
    }
    return render(request, "feedback/policy_list.html", context)


@require_safe
def policy_detail(request: MemberRequest, pk: int) -> HttpResponse:
    policy = get_object_or_404(policy_versions.listed(), pk=pk)
    newest = policy_versions.newest()
    context = {
        "page": policy_page.of(policy),
        "newest": newest,
        **_rights(request),
    }
    return render(request, "feedback/policy_detail.html", context)


@require_http_methods(["GET", "POST"])
def policy_new(request: MemberRequest) -> HttpResponse:
    """Written, looked at once more beside the version before, then frozen: three presses."""
    permissions.may_freeze_policy(request.user)
    newest = policy_versions.newest()
    form = PolicyForm.after(newest, request.POST or None)
    deed = request.POST.get("deed")
    if form.is_valid() and deed != "edit":
        try:
            return _on(request, form, newest, deed)
        except FrozenMeanwhile as error:
            return _conflict(request, form, error.policy)
        except NotPossible as error:
            form.add_error(None, str(error))
    context = {"form": form, "newest": newest, "lines": policy_page.preview(*form.previewed())}
    return render(request, "feedback/policy_form.html", context)


@require_safe
def policy_preview(request: MemberRequest) -> HttpResponse:
    """The table as the marks typed so far would make it; changes nothing."""
    permissions.may_freeze_policy(request.user)
    form = MarksForm(request.GET, base=rules.of(policy_versions.newest()))
    lines = policy_page.preview(*form.previewed())
    return render(request, "feedback/_policy_table.html", {"lines": lines})


def _rights(request: MemberRequest) -> dict[str, bool]:
    """Not every member who reads the policy has the pages of reviews."""
    return {
        "may_freeze": permissions.may_freeze_policy.allows(request.user),
        "may_enter": permissions.may_enter.allows(request.user),
    }


def _on(
    request: MemberRequest, form: PolicyForm, newest: ValidationPolicy, deed: str | None
) -> HttpResponse:
    """One step on with a form that is valid: shown beside the version before, or frozen."""
    base, held = form.cleaned_data["number"], form.held()
    if deed == "freeze":
        policy = policy_versions.freeze(
            base=base,
            name=form.cleaned_data["name"],
            held=held,
            by=request.user,
            at=timezone.now(),
        )
        text = _("Version %(n)d is frozen. Rounds that open from now on are judged by it.")
        messages.success(request, text % {"n": policy.number})
        return redirect("policy_detail", pk=policy.pk)
    policy_versions.check(base=base, newest=newest, held=held)
    context = {
        "form": form,
        "newest": newest,
        "next": base + 1,
        "changes": policy_words.changes(rules.of(newest), held),
        "lines": policy_words.lines(held),
        "keeps": policy_page.keeps(),
    }
    return render(request, "feedback/policy_check.html", context)


def _conflict(request: MemberRequest, form: PolicyForm, theirs: ValidationPolicy) -> HttpResponse:
    changes = policy_words.changes(rules.of(theirs), form.held())
    context = {"form": form, "theirs": theirs, "changes": changes}
    return render(request, "feedback/policy_conflict.html", context, status=CONFLICT)
