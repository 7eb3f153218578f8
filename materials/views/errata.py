"""Deciding whether an erratum changes what was judged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import errata
from materials.forms.editions import ErratumForm
from materials.models import Erratum, Material


@require_POST
def erratum_decide(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Answers for the erratum that is version `number` of the material."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    permissions.may_judge_erratum(request.user, material)
    erratum = get_object_or_404(
        Erratum.objects.filter(version__material=material), version__number=number
    )
    form = ErratumForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose yes or no, and give a reason."))
        return redirect(material)
    try:
        errata.decide(
            erratum_id=erratum.pk, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The decision is stored."))
    return redirect(material)
