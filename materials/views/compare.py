"""Two versions of a material beside each other."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from materials.domain import comparing, words
from materials.forms.compare import CompareForm
from materials.models import Material, Version

PAIRS_SHOWN = 10


@require_safe
def material_compare(request: MemberRequest, pk: int) -> HttpResponse:
    """What changed between two versions this reader may open."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    versions = comparing.readable(material, request.user)
    form = CompareForm(request.GET or _newest_two(versions), versions=versions)
    context: dict[str, object] = {"material": material, "form": form, "versions": versions}
    if len(versions) > 1 and form.is_valid():
        old, new = form.chosen()
        comparison = comparing.compare(old=old, new=new)
        shown = Paginator(comparison.changed, PAIRS_SHOWN)
        page_obj = shown.get_page(request.GET.get("page"))
        context |= {
            "comparison": comparison,
            "page_obj": page_obj,
            "direction": words.direction(new.language),
        }
    return render(request, "materials/material_compare.html", context)


def _newest_two(versions: list[Version]) -> dict[str, int]:
    """What is compared when nothing was chosen: the newest with the one before it."""
    if len(versions) < 2:
        return {}
    newest = versions[0]
    same = [version for version in versions[1:] if version.language == newest.language]
    return {"old": (same or versions[1:])[0].number, "new": newest.number}
