"""One's own learning and certificates as PDF and Word document; for their holder alone."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cop_platform.common import learned
from cop_platform.common.files import private_bytes
from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.reports.domain.learning import certificate, document, facts
from feedback.reports.domain.learning.certificate import CertificateFacts
from feedback.reports.domain.learning.facts import LearningFacts
from feedback.reports.domain.writers import docx, pdf
from feedback.reports.enums import FileFormat
from feedback.validation.domain.proof import open_badges, participation, public
from feedback.validation.enums import CredentialKind
from feedback.validation.models import Credential


@require_safe
def my_learning_pdf(request: MemberRequest) -> HttpResponse:
    """All of it to print; the facts lie within as JSON."""
    known, language = _learning(request)
    made = document.document(known, language=language)
    try:
        content = pdf.write(made, attached={"learning.json": facts.data(known)})
    except NotPossible as error:
        return render(request, "feedback/report_choice.html", {"problem": str(error)})
    return _file(content, f"my-learning-{language}", FileFormat.PDF)


@require_safe
def my_learning_docx(request: MemberRequest) -> HttpResponse:
    known, language = _learning(request)
    made = document.document(known, language=language)
    return _file(docx.write(made), f"my-learning-{language}", FileFormat.DOCX)


@require_safe
def certificate_pdf(request: MemberRequest, key: UUID) -> HttpResponse:
    """A certificate that holds, to print; the signed credential lies within."""
    held, language = _held(request, key), _language(request)
    known = _certificate(held)
    made = certificate.document(known, language=language)
    attached = {"certificate.json": facts.data(known), "credential.txt": held.token.encode()}
    try:
        content = pdf.write(made, attached=attached)
    except NotPossible as error:
        return render(request, "feedback/report_choice.html", {"problem": str(error)})
    return _file(content, f"certificate-{key}-{language}", FileFormat.PDF)


@require_safe
def certificate_docx(request: MemberRequest, key: UUID) -> HttpResponse:
    held, language = _held(request, key), _language(request)
    made = certificate.document(_certificate(held), language=language)
    return _file(docx.write(made), f"certificate-{key}-{language}", FileFormat.DOCX)


def _learning(request: MemberRequest) -> tuple[LearningFacts, str]:
    """Everything until today, said in the language of the document."""
    language = _language(request)
    with translation.override(language):
        entries = facts.read(learned.of(request.user, timezone.now()))
        project = open_badges.issuer()["name"]
    holding = next(
        (
            one
            for one in participation.of_person(request.user)
            if one.kind == CredentialKind.PARTICIPATION and one.revoked_at is None
        ),
        None,
    )
    known = LearningFacts(
        name=request.user.person.name,
        project=project,
        day=clock.today_of(request.user).isoformat(),
        entries=entries,
        address=public.address("verify_credential", holding.key) if holding else "",
    )
    return known, language


def _held(request: MemberRequest, key: UUID) -> Credential:
    own = [one for one in participation.of_person(request.user) if one.key == key]
    if not own or own[0].revoked_at:
        raise Http404
    return own[0]


def _certificate(held: Credential) -> CertificateFacts:
    row = held.participation
    return CertificateFacts(
        name=row.name,
        project=open_badges.issuer()["name"],
        issued_on=held.issued_at.date().isoformat(),
        starts_on=row.starts_on.isoformat() if row.starts_on else "",
        ends_on=row.ends_on.isoformat() if row.ends_on else "",
        entries=row.entries,
        minutes=row.minutes,
        competences=row.competences,
        competence=row.competence,
        address=public.address("verify_credential", held.key),
    )


def _language(request: MemberRequest) -> str:
    """What was asked for, else the reader's own; one that reports are written in."""
    wanted = request.GET.get("language", translation.get_language() or "")
    return wanted if wanted in dict(settings.MAIL_LANGUAGES) else settings.LANGUAGE_CODE


def _file(content: bytes, name: str, file_format: FileFormat) -> HttpResponse:
    name = f"{name}.{file_format.value}"
    return private_bytes(content, name=name, media_type=file_format.media_type)
