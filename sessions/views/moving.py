"""Moving one session: by dragging it in the calendar, or by its page; both end here."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay, When, to_wall
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import calendar_links, moving, who_gets_what
from sessions.domain.planning import EditedMeanwhile
from sessions.forms.moving import MoveForm
from sessions.models import CopSession


@require_http_methods(["GET", "HEAD", "POST"])
def session_move(request: MemberRequest, pk: int) -> HttpResponse:
    """GET shows what a move would do and whom it tells; POST moves."""
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    now = timezone.now()
    posted = request.method == "POST"
    form = MoveForm(request.POST if posted else request.GET, session=session)
    if any(field.errors for field in form.hidden_fields()):
        raise BadRequest
    if posted and form.is_valid():
        try:
            moved = moving.move_session(
                session_id=pk,
                version=form.cleaned_data["version"] or 0,
                target=form.target(),
                by=request.user,
                at=now,
            )
        except (NoSuchTime, TwiceThatDay) as error:
            form.time_error(error)
        except EditedMeanwhile as error:
            session.refresh_from_db()
            form.add_error(None, str(error))
            return _page(request, session, form, now, status=409)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(request, moved))
            return _back(request, moved, form.cleaned_data["back"])
    return _page(request, session, form, now)


def _page(
    request: MemberRequest, session: CopSession, form: MoveForm, now: datetime, status: int = 200
) -> HttpResponse:
    """The page, or for a dialog and a preview only the part that asks to confirm."""
    chosen = request.method == "POST" or bool({"day", "clock"} & request.GET.keys())
    offer = _offer(request, session, form, now) if chosen else None
    context = {
        "session": session,
        "form": form,
        "chosen": chosen,
        "was": When(session.starts_at, session.minutes, session.zone, request.user.person.zone),
        "offer": offer,
        "typed": _typed(form, offer),
        # A time that could not be turned into the session's own stays in the zone it was typed in.
        "other_zone": "" if offer else form["zone"].value(),
        "preview": who_gets_what.before_moving(session, at=now),
        "version": _seen_version(request, session, form),
    }
    name = "_session_move.html" if request.headers.get("HX-Request") else "session_move.html"
    return render(request, f"sessions/{name}", context, status=status)


def _offer(
    request: MemberRequest, session: CopSession, form: MoveForm, now: datetime
) -> moving.Offer | None:
    if not form.is_valid():
        return None
    try:
        return moving.offer(session, form.target(), request.user, now)
    except (NoSuchTime, TwiceThatDay) as error:
        form.time_error(error)
    except NotPossible as error:
        form.add_error(None, str(error))
    return None


def _typed(form: MoveForm, offer: moving.Offer | None) -> dict[str, str]:
    """The fields' values: a time from another zone's calendar is shown on the session's clock."""
    if offer is None:
        return {name: form[name].value() for name in ("day", "clock")}
    return {"day": offer.target.day.isoformat(), "clock": f"{offer.target.clock:%H:%M}"}


def _seen_version(request: MemberRequest, session: CopSession, form: MoveForm) -> int:
    """The version a drag began with; what this page shows itself is the stored one."""
    seen = getattr(form, "cleaned_data", {}).get("version")
    return session.version if seen is None or request.method == "POST" else seen


def _said(request: MemberRequest, moved: CopSession) -> str:
    when = When(moved.starts_at, moved.minutes, moved.zone, request.user.person.zone)
    number = len(moving.told(moved))
    people = ngettext("%(n)d person gets a mail.", "%(n)d people get a mail.", number)
    first = _("Moved to %(when)s.") % {"when": when.full_line()}
    return f"{first} {people % {'n': number}}" if number else first


def _back(request: MemberRequest, moved: CopSession, back: str) -> HttpResponse:
    day = to_wall(moved.starts_at, request.user.person.zone).date()
    query = calendar_links.way_back(back, moved.wall_day if moved.last_day else day)
    return HttpResponseRedirect(f"{reverse('session_calendar')}?{query}#day-{day.isoformat()}")
