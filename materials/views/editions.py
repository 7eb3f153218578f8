"""Languages of a material: two versions side by side, and the matrix of what is needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts import reference
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import beside, editions, matrix
from materials.forms.editions import MatrixForm
from materials.models import Material, Version


@require_safe
def version_beside(request: MemberRequest, pk: int, other: int) -> HttpResponse:
    """Two versions of one material next to each other, the first one at the start."""
    versions = Version.objects.visible_to(request.user).select_related("material")
    left, right = get_object_or_404(versions, pk=pk), get_object_or_404(versions, pk=other)
    if not editions.pair(left, right):
        raise Http404
    sides = [beside.side(version, request.user) for version in (left, right)]
    context = {"sides": sides, "material": left.material}
    return render(request, "materials/editions_beside.html", context)


@require_http_methods(["GET", "POST"])
def matrix_edit(request: MemberRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    permissions.may_edit(request.user, material)
    form = MatrixForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        matrix.set_matrix(material_id=pk, wanted=form.wanted(), by=request.user, at=timezone.now())
        messages.success(request, _("The needed editions are stored."))
        return redirect(material)
    there = matrix.current(material)
    ticked = there or matrix.from_goals(material)
    context = {
        "material": material,
        "form": form,
        "languages": matrix.LANGUAGES.values(),
        "rows": [
            (country, [(*one, (country.pk, one[0]) in ticked) for one in matrix.LANGUAGES.items()])
            for country in reference.countries()
        ],
        "is_proposal": not there,
    }
    return render(request, "materials/editions_matrix.html", context)
