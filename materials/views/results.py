"""What the materials add up to."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from materials.domain import results_package


@require_safe
def results_download(request: MemberRequest) -> HttpResponseBase:
    try:
        archive = results_package.build()
    except results_package.TooLarge as error:
        messages.error(request, str(error))
        return redirect("material_list")
    name = f"results-{timezone.localdate().isoformat()}.zip"
    response = FileResponse(archive, as_attachment=True, filename=name)
    response["Content-Type"] = "application/zip"
    return response
