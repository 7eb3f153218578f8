"""An expert says beforehand that they should not review a material, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import conflicts
from feedback.reviews.forms.panel import OwnConflictForm
from materials.models import Material


@require_http_methods(["GET", "POST"])
def material_conflict(request: MemberRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    permissions.may_declare_own(request.user)
    now, row = timezone.now(), conflicts.own(request.user, material)
    if "withdraw" in request.POST:
        conflicts.withdraw(material=material, by=request.user, at=now)
        messages.success(request, _("It is taken back: you can be asked again."))
        return redirect("material_conflict", pk=pk)
    is_own = conflicts.may_withdraw(request.user, row)
    initial = {"reason": row.reason} if row is not None and is_own else {}
    form = OwnConflictForm(request.POST or None, initial=initial)
    if form.is_valid():
        conflicts.declare(
            person=request.user.person,
            material=material,
            by=request.user,
            at=now,
            **form.cleaned_data,
        )
        messages.success(request, _("It is written down: you are not asked to review this."))
        return redirect(material)
    context = {
        "material": material,
        "form": form,
        "row": row,
        "may_withdraw": is_own,
    }
    return render(request, "feedback/material_conflict.html", context)
