"""The mails of the reminder rules beside the plain reminder: answers wanted, checklist, thanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext

from cop_platform.common.times import say_clock, to_wall
from experts.domain import mail_blocks, message_kinds
from experts.domain.links import path
from experts.domain.mail_html import EMPTY, Block
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from sessions.domain import audiences, mail_examples, mail_parts, replanning, session_words
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


def reviews(message: Message, session: CopSession) -> Block:
    """The reviews the reader still owes, each with its desk; empty where the mail has none."""
    owed = work_of(message, session)
    if not owed:
        return EMPTY
    said = mail_blocks.sentence(
        pgettext("mail", "Your review of what the session shows is still open:")
    )
    desks = (mail_blocks.way_in(work.link) for work in owed)
    titles = (mail_blocks.typed(work.title) for work in owed)
    lines = [
        Block(f"{title.text}: {desk.text}", f"{title.html}: {desk.html}")
        for title, desk in zip(titles, desks, strict=True)
    ]
    return mail_blocks.stacked(said, mail_blocks.listed(lines))


def on_waiting_list() -> Block:
    """What somebody who waits for a seat is told."""
    return mail_blocks.sentence(
        pgettext(
            "mail",
            "You are on the waiting list: you will be told as soon as a seat is free for you.",
        )
    )


def _page(message: Message, session: CopSession) -> tuple[str, Block]:
    """The session's page and the button to it, for readers who have an account."""
    page = path("session_detail", session.pk)
    if message.person.user_id is None:
        return "", EMPTY
    label = pgettext("mail", "Open the session")
    return page, mail_blocks.button(settings.BASE_URL + page, label)


def _is_ahead(message: Message, session: CopSession, at: datetime) -> bool:
    newest = message.payload["sequence"] == session.sequence
    return newest and session.cancelled_at is None and at < session.starts_at


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("session", "person")


def _wants_answer(message: Message, invitation: Invitation, at: datetime) -> bool:
    if replanning.is_overtaken(message, invitation, at):
        return False
    return _is_ahead(message, invitation.session, at) and is_for(message, invitation)


def _ask_for_answer(message: Message, invitation: Invitation, at: datetime) -> Mail:
    session = invitation.session
    answering = mail_parts.answer_page(invitation)
    values = mail_parts.of_session(message, session, at)
    values["reviews"] = reviews(message, session)
    values["answer_button"] = mail_parts.answer_button(
        answering, pgettext("mail", "Answer: yes, maybe or no")
    )
    link = mail_parts.leads_to(message.person, session.pk, answering)
    return write(replanning.LAST_CALL, values, link=link)


def _is_over(message: Message, invitation: Invitation, at: datetime) -> bool:
    session = invitation.session
    if session.cancelled_at or at < session.ends_at:
        return False
    return message.payload["sequence"] == session.sequence and is_for(message, invitation)


def _thank(message: Message, invitation: Invitation, at: datetime) -> Mail:
    came = invitation.answer == Answer.YES
    values = mail_parts.of_session(message, invitation.session, at)
    values["next"] = _next(invitation, message.zone, at)
    link, values["session_button"] = _page(message, invitation.session)
    return write(replanning.AFTER if came else replanning.MISSED, values, link=link)


def _next(invitation: Invitation, zone: str, at: datetime) -> Block:
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
        return EMPTY
    title = mail_blocks.typed(found.session.title)
    when = mail_parts.clock_line(found.session.when(zone).full_line())
    coming = Block(f"{title.text}, {when.text}", f"{title.html}, {when.html}")
    return mail_blocks.facts([(pgettext("mail", "What comes next"), coming)])


def _sessions() -> QuerySet[CopSession]:
    return CopSession.objects.prefetch_related("steps", "materials")


def _still_leads(message: Message, session: CopSession, at: datetime) -> bool:
    person = message.person_id
    leads = session.planned_by_id == person or session.duty_holders.filter(person=person).exists()
    return leads and _is_ahead(message, session, at)


def _check_list(message: Message, session: CopSession, at: datetime) -> Mail:
    values = mail_parts.of_session(message, session, at)
    link, values["session_button"] = _page(message, session)
    steps = [
        Block(f"{clock} {title.text}", f"{clock} {title.html}")
        for clock, title in _clocked(session)
    ]
    values["answers"] = _answers(session)
    values["agenda"] = mail_blocks.facts([(pgettext("mail", "Agenda"), mail_blocks.listed(steps))])
    values["materials"] = mail_blocks.facts(
        (label, mail_blocks.listed([mail_blocks.typed(name) for name in names]))
        for label, names in (
            (pgettext("mail", "Materials on the table"), map(str, session.materials.all())),
            (pgettext("mail", "Documents to have at hand"), session.documents),
        )
    )
    return write(replanning.CHECKLIST, values, link=link)


def _answers(session: CopSession) -> Block:
    """How many come, from which countries, speaking what, and which roles nobody has."""
    guests = list(session.invitations.select_related("person__country"))
    coming = [guest for guest in guests if guest.answer == Answer.YES]
    holders = list(session.duty_holders.select_related("person"))
    unsure = sum(guest.answer in {Answer.NONE, Answer.MAYBE} for guest in guests)
    countries = _counted(g.person.country.code for g in coming if g.person.country)
    spoken = _counted(_LANGUAGES.get(g.person.language, g.person.language) for g in coming)
    missing = ", ".join(str(duty) for duty in missing_duties(session, holders))
    rows = (
        (pgettext("mail", "Said yes"), str(len(coming))),
        (pgettext("mail", "Answers open"), str(unsure)),
        (pgettext("mail", "Countries"), countries),
        (pgettext("mail", "Languages"), spoken),
        (pgettext("mail", "Nobody yet"), missing),
    )
    return mail_blocks.facts((label, mail_blocks.plain(said)) for label, said in rows)


def _clocked(session: CopSession) -> list[tuple[str, Block]]:
    """The agenda with the hour of the session's own clock at which each step begins."""
    found, begins = [], session.starts_at
    for step in session.steps.all():
        clock = say_clock(to_wall(begins, session.zone))
        found.append((clock, mail_blocks.typed(step.title)))
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
    values = mail_parts.of_session(message, session, at)
    values["reviews"] = reviews(message, session)
    return write(replanning.REVIEW_CALL, values, link=_page(message, session)[0])


def _example_session(user: User, at: datetime) -> Example | None:
    found = mail_examples.session(user, at)
    return Example(found, {"sequence": found.sequence}, found.title) if found else None


KINDS = (
    MessageKind(
        name=replanning.LAST_CALL,
        label=gettext_lazy("Request for an answer"),
        load=message_kinds.by_row(_invitations),
        still_true=_wants_answer,
        render=_ask_for_answer,
        topic=Topic.INVITATIONS,
        waits=True,
        words=session_words.LAST_CALL,
        example=mail_examples.invitation,
    ),
    MessageKind(
        name=replanning.AFTER,
        label=gettext_lazy("Thanks"),
        load=message_kinds.by_row(_invitations),
        still_true=_is_over,
        render=_thank,
        topic=Topic.NEWS,
        waits=True,
        words=session_words.AFTER,
        example=mail_examples.invitation,
    ),
    MessageKind(
        name=replanning.MISSED,
        label=gettext_lazy("To those who did not come"),
        load=message_kinds.by_row(_invitations),
        still_true=_is_over,
        render=_thank,
        topic=Topic.NEWS,
        waits=True,
        words=session_words.MISSED,
        example=mail_examples.invitation,
    ),
    MessageKind(
        name=replanning.CHECKLIST,
        label=gettext_lazy("Checklist for those who lead"),
        load=message_kinds.by_row(_sessions),
        still_true=_still_leads,
        render=_check_list,
        topic=Topic.REMINDERS,
        waits=True,
        words=session_words.CHECKLIST,
        example=_example_session,
    ),
    MessageKind(
        name=replanning.REVIEW_CALL,
        label=gettext_lazy("Reminder of a review before a session"),
        load=message_kinds.by_row(_sessions),
        still_true=_owes_review,
        render=_call_for_review,
        topic=Topic.REVIEWS,
        waits=True,
        confidential=True,
        words=session_words.REVIEW_CALL,
        example=_example_session,
    ),
)


def register() -> None:
    """Makes these kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
