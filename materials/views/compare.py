"""Two versions of a material beside each other."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials.domain import comparing, reading, words
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
        context |= _compared(request, *form.chosen())
    return render(request, "materials/material_compare.html", context)


def _compared(request: MemberRequest, old: Version, new: Version) -> dict[str, object]:
    try:
        reading.check_drawn(request.user, old, new)
    except NotPossible as error:
        return {"problem": str(error)}
    comparison = comparing.compare(old=old, new=new)
    shown = Paginator(comparison.changed, PAIRS_SHOWN)
    return {
        "comparison": comparison,
        "page_obj": shown.get_page(request.GET.get("page")),
        "direction": words.direction(new.language),
        "in_two_languages": old.language != new.language,
    }


def _newest_two(versions: list[Version]) -> dict[str, int]:
    """What is compared when nothing was chosen: the newest with the one before it.

    The newest of which there is one before in the same language; of translations alone the two
    newest, because no two of them say the same words.
    """
    for place, new in enumerate(versions):
        for old in versions[place + 1 :]:
            if old.language == new.language:
                return {"old": old.number, "new": new.number}
    return {"old": versions[1].number, "new": versions[0].number} if len(versions) > 1 else {}
