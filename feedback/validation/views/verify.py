"""Pages for strangers: is this exactly what was validated? No account, no cookie, nothing kept."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import clients, jose, signing, throttle
from feedback.validation.domain.proof import (
    badge,
    checking,
    credentials,
    open_badges,
    other_files,
    participation_page,
    public,
    public_page,
)
from feedback.validation.domain.proof.checking import Checked
from feedback.validation.domain.proof.public import State
from feedback.validation.forms.verifying import (
    CredentialForm,
    FileForm,
    HashedFile,
    HashForm,
    HashingHandler,
)
from feedback.validation.models import Credential, Verdict

# A classroom that tries it out behind one address; more in an hour is a machine.
UPLOADS = 60
# How a verdict stands may change at any time; what shows a badge asks again after so long.
_FRESH = "public, max-age=300"


# No cookie gives a right here, so there is none to borrow; nothing is changed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Asks for a file, a fingerprint or a credential, and answers about it."""
    if request.method == "POST":
        return _posted(request)
    form = HashForm(request.GET if "sha256" in request.GET else None)
    context: dict[str, Any] = {"hash_form": form}
    if form.is_valid():
        sha256 = form.cleaned_data["sha256"]
        context |= {"sha256": sha256, "answers": public_page.answers(sha256, _today())}
        context["others"] = other_files.answers(sha256)
    return _page(request, context, status=400 if form.errors else 200)


def _posted(request: HttpRequest) -> HttpResponse:
    request.upload_handlers = [HashingHandler(request)]
    if throttle.count("verify", clients.address_of(request)) > UPLOADS:
        problem = _("So many files came from here that this one was not looked at. Try later.")
        return _page(request, {"problem": problem}, status=429)
    if "credential" in request.POST:
        return _credential(request, request.POST["credential"])
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, {"file_form": form}, status=400)
    file: HashedFile = form.cleaned_data["file"]
    if len(file.head) <= jose.LONGEST and checking.looks_like_credential(file.head):
        return _credential(request, file.head.decode("latin-1"))
    query = "&".join(filter(None, [f"sha256={file.sha256}", _language(request)]))
    return redirect(f"{reverse('verify')}?{query}#answer")


def _credential(request: HttpRequest, text: str) -> HttpResponse:
    form = CredentialForm({"credential": text})
    if not form.is_valid():
        return _page(request, {"credential_form": form}, status=400)
    now = timezone.now()
    checked = checking.check(
        form.cleaned_data["credential"], keys=signing.known_keys(), given=False, at=now
    )
    checked = checking.with_status(checked, now.date())
    context = {"checked": checked, "credential_form": form, "said": _said(checked)}
    return _page(request, context)


def _said(checked: Checked) -> dict[str, str]:
    """The lines of a credential that a person reads; nothing where its signature is not good."""
    payload = checked.payload or {}
    subject = payload.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    told = achievement if isinstance(achievement, dict) else {}
    return {"name": str(payload.get("name", "")), "description": str(told.get("description", ""))}


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    forms = {"hash_form": HashForm(), "file_form": FileForm(), "credential_form": CredentialForm()}
    context = forms | {"lang": _language(request)} | context
    return render(request, "feedback/verify_check.html", context, status=status)


@require_safe
def verify_verdict(request: HttpRequest, key: UUID) -> HttpResponse:
    verdict = _verdict(key)
    page = public_page.build(verdict, _today())
    context = {
        "verdict": verdict,
        "version": verdict.version,
        "page": page,
        "address": public.address("verify_verdict", key),
        "badge": public.address("verify_badge_svg", key),
        "lang": _language(request),
    }
    return render(request, "feedback/verify_verdict.html", context)


@require_safe
def verify_badge_svg(request: HttpRequest, key: UUID) -> HttpResponse:
    drawn = badge.svg(badge.of(_verdict(key), _today()))
    return _picture(request, drawn.encode(), "image/svg+xml", f"badge-{key}.svg")


@require_safe
def verify_badge_png(request: HttpRequest, key: UUID) -> HttpResponse:
    drawn = badge.png(badge.of(_verdict(key), _today()))
    return _picture(request, drawn, "image/png", f"badge-{key}.png")


def _picture(request: HttpRequest, data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    way = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    # It is made to be shown by other sites; it runs and loads nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = _FRESH
    return response


@require_safe
def verify_material_credential(_request: HttpRequest, key: UUID) -> HttpResponse:
    """The credential of a material, to keep; there is one once somebody handed it out."""
    credential = credentials.of_material(_verdict(key))
    if credential is None:
        raise Http404
    return token_file(credential)


def token_file(credential: Credential) -> HttpResponse:
    """A credential as a file that wallets and verifiers take."""
    response = HttpResponse(credential.token, content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="credential-{credential.key}.jwt"'
    return response


@require_safe
def verify_credential(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whether a credential still holds, and what a certificate says; a reviewer's names nobody."""
    credential = credentials.public_one(key)
    if credential is None:
        raise Http404
    state = credentials.status(credential, _today())
    context = {
        "credential": credential,
        "state": state,
        # Whoever takes a certificate back is named no longer.
        "said": participation_page.build(credential) if state == State.VALID else None,
        "lang": _language(request),
    }
    return render(request, "feedback/verify_credential.html", context)


@require_safe
def verify_key(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(
        signing.pem(signing.public_key()), content_type="application/x-pem-file"
    )
    response["Content-Disposition"] = 'attachment; filename="key.pub"'
    response["Cache-Control"] = _FRESH
    return response


@require_safe
def verify_jwks(_request: HttpRequest) -> HttpResponse:
    """Every key whose signatures count, today's first."""
    signing.public_key()
    keys = [
        signing.jwk(key) | {"kid": signing.thumbprint(key), "use": "sig", "alg": jose.ALGORITHM}
        for key in signing.known_keys()
    ]
    return _json({"keys": keys}, "application/jwk-set+json")


@require_safe
def verify_issuer(_request: HttpRequest) -> HttpResponse:
    """The project as the issuer of badges."""
    said = {"@context": open_badges.CONTEXT} | open_badges.issuer()
    return _json(said, "application/ld+json")


@require_safe
def verify_revoked(_request: HttpRequest) -> HttpResponse:
    return _json(credentials.revoked_list(), "application/json")


def _json(document: dict[str, Any], media_type: str) -> HttpResponse:
    response = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=media_type)
    response["Cache-Control"] = _FRESH
    # Checkers in other people's browsers may read what is public anyway.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _verdict(key: UUID) -> Verdict:
    found = public.find(key)
    if found is None:
        raise Http404
    return found


def _today() -> date:
    return timezone.now().date()


def _language(request: HttpRequest) -> str:
    """The language a guest carries along in the address."""
    chosen = request.GET.get("lang", "")
    return f"lang={chosen}" if chosen.isalpha() and len(chosen) <= 3 else ""
