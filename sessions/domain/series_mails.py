"""The mails about a series: one a person, whatever the number of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext

from cop_platform.common.times import When, to_wall
from experts.domain import mail_blocks, message_kinds
from experts.domain.links import absolute, own_page, path
from experts.domain.mail_html import EMPTY
from experts.domain.mail_words import Value
from experts.domain.mails import write
from experts.domain.message_kinds import Calendar, Example, File, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from sessions.domain import (
    calendar_text,
    mail_examples,
    mail_parts,
    reply_address,
    series_notices,
    series_text,
    series_words,
)
from sessions.domain.series_hours import Hours, hours
from sessions.domain.series_invitations import link_token as series_link_token
from sessions.domain.series_text import Reader
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, Series, SeriesInvitation


@dataclass(frozen=True)
class About:
    """A series as one person is concerned: all its sessions, and this person's invitations."""

    series: Series
    sessions: list[CopSession]
    asked: SeriesInvitation | None
    reader: Reader

    def own(self) -> list[CopSession]:
        """The sessions this person is asked to."""
        return [s for s in self.sessions if s.pk in self.reader.answers]

    def wanted(self, at: datetime) -> list[CopSession]:
        """Those still to come that this person did not decline."""
        answers = self.reader.answers
        return [
            session
            for session in self.own()
            if session.cancelled_at is None
            and session.starts_at > at
            and answers[session.pk] != Answer.NO
        ]


def load(message: Message) -> About | None:
    """The series of a message, or None when it or every invitation is gone."""
    series = Series.objects.filter(pk=message.object_id).select_related("planned_by").first()
    return _about(series, message) if series else None


def _about(series: Series, message: Message) -> About | None:
    invitations = Invitation.objects.filter(session__series=series, person=message.person_id)
    asked = series.invitations.filter(person=message.person_id).select_related("invited_by")
    sessions = list(
        series.sessions.select_related("series", "planned_by").order_by("starts_at", "pk")
    )
    found = asked.first()
    own = tuple(invitations)
    reader = Reader(message.person, own, whole=found is not None, reply_to=_reply_to(found, own))
    return About(series, sessions, found, reader) if reader.invitations else None


def _reply_to(asked: SeriesInvitation | None, own: tuple[Invitation, ...]) -> str:
    if asked:
        return reply_address.of_series_invitation(asked)
    return reply_address.of_invitation(own[0]) if own else ""


def _still_ahead(_message: Message, about: About, at: datetime) -> bool:
    return about.asked is not None and bool(about.wanted(at))


def _is_news(message: Message, about: About, at: datetime) -> bool:
    """The change told of is the last one, or the split that no later mail explains again."""
    payload = message.payload
    newest = payload["sequence"] == about.series.sequence
    if payload["what"] == series_notices.ENDED:
        return newest and bool(_named(message, about))
    if not (newest or payload["what"] == series_notices.FOLLOWING):
        return False
    return any(s.pk in payload["sessions"] for s in about.wanted(at))


def _is_cancelled(message: Message, about: About, at: datetime) -> bool:
    return any(s.cancelled_at and s.starts_at > at for s in _named(message, about))


def _named(message: Message, about: About) -> list[CopSession]:
    """The sessions a message is about that concern this person."""
    answers = about.reader.answers
    return [
        session
        for session in about.own()
        if session.pk in message.payload["sessions"] and answers[session.pk] != Answer.NO
    ]


def _invite(message: Message, about: About, at: datetime) -> Mail:
    dates = about.wanted(at)
    label = pgettext("mail", "Answer for all dates, or for each")
    values, link = _values(message, about, dates, label)
    values["inviter"] = about.asked.invited_by.name if about.asked else ""
    values["purpose"] = mail_blocks.quote(dates[0].purpose)
    mail = write(series_notices.INVITATION, values, link=link)
    return _with(mail, about, _request(about))


def _tell_change(message: Message, about: About, at: datetime) -> Mail:
    what = message.payload["what"]
    named = _named(message, about)
    label = pgettext("mail", "Does it still suit you? Answer")
    values, link = _values(message, about, named, label)
    values |= series_words.of_change(what, named[0].cancel_reason)
    if what == series_notices.ENDED:
        values["answer_button"] = EMPTY
    mail = write(series_notices.CHANGE, values, link=link)
    if what == series_notices.ENDED and not about.reader.whole:
        return _with(mail, about, _cancel_dates(about, named))
    return _with(mail, about, _request(about))._replace(files=_old_entry(message))


def _tell_cancellation(message: Message, about: About, _at: datetime) -> Mail:
    named = _named(message, about)
    values, link = _values(message, about, named, "")
    values["reason"] = mail_blocks.quote(named[0].cancel_reason)
    mail = write(series_notices.CANCELLATION, values, link=link)
    if not about.reader.whole:
        return _with(mail, about, _cancel_dates(about, named))
    page = _page(named[0])
    text = series_text.cancel(about.series, named[0], about.reader, page)
    return _with(mail, about, Calendar(calendar_text.CANCEL, text))


def _with(mail: Mail, about: About, calendar: Calendar) -> Mail:
    """The mail with its calendar part, answered to the same address that the calendar names."""
    return mail._replace(calendar=calendar, reply_to=about.reader.reply_to)


def _request(about: About) -> Calendar:
    text = series_text.request(about.series, about.sessions, about.reader, _page)
    return Calendar(calendar_text.REQUEST, text)


def _cancel_dates(about: About, sessions: list[CopSession]) -> Calendar:
    text = series_text.cancel_some(about.series, sessions, about.reader, _page)
    return Calendar(calendar_text.CANCEL, text)


def _old_entry(message: Message) -> tuple[File, ...]:
    """The calendar file that ends the entry a reader has of the series before a split.

    One mail has one calendar part, and that has one UID (RFC 5546 3.2.2): it is the new entry's.
    """
    old = Series.objects.filter(pk=message.payload.get("before")).select_related("planned_by")
    series = old.first()
    about = _about(series, message) if series else None
    if about is None or not about.reader.whole:
        return ()
    return (File("earlier-dates.ics", _request(about).text, "application/ics"),)


def _page(session: CopSession) -> str:
    return absolute("session_detail", session.pk)


def _values(
    message: Message, about: About, dates: list[CopSession], button: str
) -> tuple[dict[str, Value], str]:
    """What every mail here is told, and the page it leads to; `button` leads to the answers."""
    first, answering = dates[0], _answer_page(about, dates[0])
    whens = [When(s.starts_at, s.minutes, s.zone, message.zone) for s in dates]
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": about.series.title,
        "count": series_words.count(len(dates)),
        "dates": mail_blocks.stacked(
            series_words.dates(
                whens, first.place, first.online_link, any(s.chatham_house for s in dates)
            ),
            series_words.changing_hours(_changing_hours(dates, message.zone)),
        ),
        "answer_button": mail_parts.answer_button(answering, button),
    }
    page = path("series_detail", about.series.pk)
    return values, page if message.person.user_id else answering


def _changing_hours(dates: list[CopSession], zone: str) -> Hours | None:
    """Where a meeting is at another hour than usual on the reader's clock, which of them."""
    own = [(to_wall(s.starts_at, s.zone).time(), s.starts_at) for s in dates]
    same_at_home = [instant for clock, instant in own if clock == own[0][0]]
    return hours(same_at_home, zone)


def _answer_page(about: About, first: CopSession) -> str:
    if about.asked:
        return own_page("series_answer", series_link_token(about.asked))
    own = next(i for i in about.reader.invitations if i.session_id == first.pk)
    return mail_parts.answer_page(own)


def example(user: User, at: datetime) -> Example | None:
    """The newest series that has a date ahead, with the user as somebody asked to all of it."""
    ahead = CopSession.objects.upcoming(at).not_cancelled().filter(series__isnull=False)
    found = Series.objects.visible_to(user).filter(pk__in=ahead.values("series_id"))
    series = found.select_related("planned_by").order_by("-pk").first()
    if series is None:
        return None
    sessions = list(
        series.sessions.select_related("series", "planned_by").order_by("starts_at", "pk")
    )
    own = tuple(mail_examples.asked(user, session, at) for session in sessions)
    asked = SeriesInvitation(pk=0, series=series, person=user.person, invited_by=series.planned_by)
    reader = Reader(user.person, own, reply_to=_reply_to(asked, own))
    about = About(series, sessions, asked, reader)
    coming = [session.pk for session in about.wanted(at)]
    payload = {"sequence": series.sequence, "what": series_notices.FOLLOWING, "sessions": coming}
    return Example(about, payload, series.title)


def register() -> None:
    """Makes the kinds of series known to the outbox."""
    asked, changed = Topic.INVITATIONS, Topic.CHANGES
    for name, label, still_true, render, topic, words in (
        (
            series_notices.INVITATION,
            gettext_lazy("Invitation to a series"),
            _still_ahead,
            _invite,
            asked,
            series_words.INVITATION,
        ),
        (
            series_notices.CHANGE,
            gettext_lazy("Change of a series"),
            _is_news,
            _tell_change,
            changed,
            series_words.CHANGE,
        ),
        (
            series_notices.CANCELLATION,
            gettext_lazy("Cancellation of a series"),
            _is_cancelled,
            _tell_cancellation,
            changed,
            series_words.CANCELLATION,
        ),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                message_kinds.one_by_one(load),
                still_true,
                render,
                topic=topic,
                words=words,
                example=example,
            )
        )
