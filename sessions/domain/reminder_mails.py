"""The mails of the reminder rules beside the plain reminder: answers wanted, checklist, thanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.times import say_clock, say_distance, to_wall
from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from sessions.domain import audiences, replanning
from sessions.domain.invitations import link_token
from sessions.domain.parts import missing_duties
from sessions.enums import Answer, AskedThrough, Audience
from sessions.models import CopSession, Invitation

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


def is_for(message: Message, invitation: Invitation) -> bool:
    """The reader still belongs to the audience the reminder was planned for, and may be told."""
    if invitation.asked_through == AskedThrough.EXTERNAL and not invitation.consented_at:
        return False
    return audiences.includes(message.payload.get("audience", Audience.INVITED), invitation)


def work_of(message: Message, session: CopSession) -> list[audiences.OpenWork]:
    """What the reader still owes of reviews, where the reminder is about that as well."""
    asked = message.payload.get("reviews") or message.kind == replanning.REVIEW_CALL
    return audiences.open_work(session, message.person) if asked else []


def _context(message: Message, session: CopSession, at: datetime) -> dict[str, object]:
    return {
        "session": session,
        "person": message.person,
        "when": session.when(message.zone),
        "distance": say_distance(session.starts_at, at, message.zone),
        "page": absolute("session_detail", session.pk),
    }


def _about(session: CopSession, mail: Mail) -> Mail:
    """With the page to go to, for readers who are on the platform."""
    return replace(mail, link=session.get_absolute_url())


def _is_ahead(message: Message, session: CopSession, at: datetime) -> bool:
    newest = message.payload["sequence"] == session.sequence
    return newest and session.cancelled_at is None and at < session.starts_at


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("session", "person")


def _wants_answer(message: Message, invitation: Invitation, at: datetime) -> bool:
    return _is_ahead(message, invitation.session, at) and is_for(message, invitation)


def _ask_for_answer(message: Message, invitation: Invitation, at: datetime) -> Mail:
    session = invitation.session
    context = _context(message, session, at) | {
        "invitation": invitation,
        "answer_link": absolute("session_answer", link_token(invitation)),
        "work": work_of(message, session),
    }
    subject = _("Will you come? %(title)s") % {"title": session.title}
    return _about(session, write("session_last_call", subject, context))


def _is_over(message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    if session.cancelled_at or at < session.ends_at:
        return False
    return message.payload["sequence"] == session.sequence and is_for(message, invitation)


def _thank(message: Message, invitation: Invitation, at: datetime) -> Mail:
    session = invitation.session
    came = invitation.answer == Answer.YES
    subject = _("Thank you: %(title)s") if came else _("What you missed: %(title)s")
    context = _context(message, session, at) | {
        "came": came,
        "next": _next(invitation, message.zone, at),
        "has_account": message.person.user_id is not None,
    }
    return _about(session, write("session_after", subject % {"title": session.title}, context))


def _next(invitation: Invitation, zone: str, at: datetime) -> dict[str, object] | None:
    """The next session this person is asked to and has not declined."""
    found = (
        Invitation.objects.not_declined()
        .filter(person=invitation.person_id)
        .filter(session__starts_at__gt=at, session__cancelled_at__isnull=True)
        .select_related("session")
        .order_by("session__starts_at")
        .first()
    )
    if found is None:
        return None
    return {"title": found.session.title, "when": found.session.when(zone).full_line()}


def _sessions() -> QuerySet[CopSession]:
    return CopSession.objects.prefetch_related("steps", "materials")


def _still_leads(message: Message, session: CopSession, at: datetime) -> bool:
    person = message.person_id
    leads = session.planned_by_id == person or session.duty_holders.filter(person=person).exists()
    return leads and _is_ahead(message, session, at)


def _check_list(message: Message, session: CopSession, at: datetime) -> Mail:
    guests = list(session.invitations.select_related("person__country"))
    coming = [guest for guest in guests if guest.answer == Answer.YES]
    holders = list(session.duty_holders.select_related("person"))
    context = _context(message, session, at) | {
        "steps": _clocked(session),
        "coming": len(coming),
        "open": sum(guest.answer in {Answer.NONE, Answer.MAYBE} for guest in guests),
        "countries": _counted(g.person.country.code for g in coming if g.person.country),
        "spoken": _counted(_LANGUAGES.get(g.person.language, g.person.language) for g in coming),
        "materials": [str(material) for material in session.materials.all()],
        "documents": session.documents,
        "missing": missing_duties(session, holders),
    }
    subject = _("You lead a session %(distance)s: %(title)s") % {
        "distance": context["distance"],
        "title": session.title,
    }
    return _about(session, write("session_checklist", subject, context))


def _clocked(session: CopSession) -> list[tuple[str, str]]:
    """The agenda with the hour of the session's own clock at which each step begins."""
    found, begins = [], session.starts_at
    for step in session.steps.all():
        found.append((say_clock(to_wall(begins, session.zone)), step.title))
        begins += timedelta(minutes=step.minutes)
    return found


def _counted(names: Iterable[object]) -> str:
    """How often each occurs, the most frequent first: BG 5, IT 3."""
    counted = Counter(str(name) for name in names)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number}" for name, number in ordered)


def _owes_review(message: Message, session: CopSession, at: datetime) -> bool:
    return _is_ahead(message, session, at) and bool(work_of(message, session))


def _call_for_review(message: Message, session: CopSession, at: datetime) -> Mail:
    context = _context(message, session, at) | {"work": work_of(message, session)}
    subject = _("Your review is wanted before %(title)s") % {"title": session.title}
    return _about(session, write("session_review_call", subject, context))


def register() -> None:
    """Makes these kinds known to the outbox."""
    guests, sessions = message_kinds.by_row(_invitations), message_kinds.by_row(_sessions)
    news, reviews = Topic.NEWS, Topic.REVIEWS
    calls, reminded = Topic.INVITATIONS, Topic.REMINDERS
    for name, label, load, still_true, render, topic in (
        (
            replanning.LAST_CALL,
            gettext_lazy("Request for an answer"),
            guests,
            _wants_answer,
            _ask_for_answer,
            calls,
        ),
        (replanning.AFTER, gettext_lazy("Thanks"), guests, _is_over, _thank, news),
        (
            replanning.CHECKLIST,
            gettext_lazy("Checklist for those who lead"),
            sessions,
            _still_leads,
            _check_list,
            reminded,
        ),
        (
            replanning.REVIEW_CALL,
            gettext_lazy("Reminder of a review before a session"),
            sessions,
            _owes_review,
            _call_for_review,
            reviews,
        ),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                load,
                still_true,
                render,
                topic=topic,
                waits=True,
                confidential=name == replanning.REVIEW_CALL,
            )
        )
