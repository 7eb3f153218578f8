"""Pages that belong to no single room: Today, health, errors, the demo's mailbox."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cop_platform import mailbox, mailreading
from cop_platform.common import needs
from cop_platform.common.http import error_page
from cop_platform.common.times import to_wall
from experts.domain import health
from experts.requests import MemberRequest
from sessions.domain.cards import cards
from sessions.models import CopSession

NEEDS_SHOWN = 3
COMING_SHOWN = 6


def today(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    waiting = needs.of(request.user, now)
    mine = CopSession.objects.visible_to(request.user).upcoming(now).for_cards()
    context = {
        "greeting": _greeting(to_wall(now, request.user.person.zone)),
        "standing": _standing(len(waiting)),
        "needs": waiting[:NEEDS_SHOWN],
        "more_needs": waiting[NEEDS_SHOWN:],
        "coming": cards(mine[:COMING_SHOWN], request.user, now),
        "may_plan": request.user.access.plans_sessions,
    }
    return render(request, "today.html", context)


def _greeting(wall: datetime) -> str:
    if wall.hour < 12:
        return _("Good morning.")
    return _("Good afternoon.") if wall.hour < 18 else _("Good evening.")


def _standing(count: int) -> str:
    if not count:
        return _("Nothing waits for you.")
    return ngettext("%(n)d thing needs you.", "%(n)d things need you.", count) % {"n": count}


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing about what it depends on."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Ready when the database answers: everything else may be away for a while.

    Mails that are late do not make the web unready, so the answer says it and stays 200.
    """
    try:
        standing = health.standing(timezone.now())
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "unavailable", "database": "away"}, status=503)
    outbox = "late" if standing.is_late else "ok"
    return JsonResponse({"status": "ok", "database": "ok", "outbox": outbox, **standing.plain()})


@require_POST
def set_page_language(request: HttpRequest) -> HttpResponse:
    """Remembers the language of the screens and goes back to the page it was chosen on."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def demo_mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": mailbox.list_mails()})


def demo_mail(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": mailreading.full(_raw(number), number)})


def demo_mail_raw(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(_raw(number), content_type="message/rfc822")


def _raw(number: int) -> bytes:
    raw = mailbox.read_mail(number)
    if raw is None:
        raise Http404
    return raw


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every building block on one page, for those who design with them."""
    return render(request, "styleguide.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("This form was open for too long or in another log-in. Go back and send it again.")
    return error_page(403, text)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(500)
