"""How long things are kept: read by every member, changed by the project manager."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.keeping import retention, retention_rules
from feedback.focus_groups.enums import Kept
from feedback.focus_groups.forms.retention import RetentionForm
from feedback.focus_groups.models import RetentionRule


@require_safe
def retention_page(request: MemberRequest) -> HttpResponse:
    """All rules in words, and what goes next."""
    context = {
        "page": retention_rules.build(request.user, day=timezone.localdate()),
        "may_edit": permissions.may_edit_words.allows(request.user),
    }
    return render(request, "feedback/retention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_edit(request: MemberRequest, kind: str) -> HttpResponse:
    """Days and reason of one kind."""
    if kind not in Kept.values:
        raise Http404
    permissions.may_edit_words(request.user)
    kept, status = Kept(kind), 200
    form = RetentionForm(request.POST or None, initial=_now(kept))
    if form.is_valid():
        try:
            retention_rules.change(
                kind=kept, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            status = _say(form, error, kept)
        else:
            messages.success(request, _("Saved. The new rule holds from now on."))
            return redirect("retention")
    context = {"form": form, "kind": kept, "clock": retention_rules.clock(kept)}
    return render(request, "feedback/retention_edit.html", context, status=status)


def _now(kind: Kept) -> dict[str, Any]:
    rule = RetentionRule.objects.filter(kind=kind).first()
    if rule is None:
        return {"days": retention.DEFAULTS[kind], "revision": 1}
    return {"days": rule.days, "why": rule.why, "revision": rule.revision}


def _say(form: RetentionForm, error: NotPossible, kind: Kept) -> int:
    """Puts the sentence beside its field; the status of the page."""
    if isinstance(error, retention_rules.RuleChangedMeanwhile):
        form.add_error(None, str(error))
        # What was typed may be saved on top of what is there now, once that was read.
        form.data = {name: form.data.get(name) for name in form.fields} | {
            "revision": _now(kind)["revision"]
        }
        return 409
    if isinstance(error, retention_rules.DeletesAtOnce):
        form.asks_twice = True
        form.add_error("deletes_ok", str(error))
    else:
        form.add_error("days", str(error))
    return 200
