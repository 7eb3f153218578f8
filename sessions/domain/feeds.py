"""Calendars to subscribe to: whose they are, what is in them, and their text.

What a feed shows is decided anew each time it is read, by the rights its owner has that minute.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.domain.links import absolute
from experts.models import CommunityOfPractice, Person, User
from sessions.domain import calendar_text, reply_address
from sessions.enums import FeedScope
from sessions.models import CopSession, Feed, Series

PURPOSE = "calendar-feed"
ALARMS = (0, 5, 15, 30)
KEEP_CANCELLED = timedelta(days=30)
# How often calendars are asked to look again; many take their own time, Google up to a day.
REFRESH = timedelta(hours=1)
# Raised whenever the text of a feed changes while its sessions do not.
_FORMAT = 1
# Names of CSS colours (RFC 7986 5.9), strong enough for white letters.
_COLOURS = (
    "teal", "darkorange", "royalblue", "firebrick", "seagreen", "purple", "sienna", "steelblue",
    "olive", "crimson", "slategray", "darkcyan",
)  # fmt: skip
_MIXED = "dimgray"


class NoSuchCommunity(NotPossible):
    """A community's feed needs the community, the others have none."""


@transaction.atomic
def make(*, scope: str, cop: CommunityOfPractice | None, by: User, at: datetime) -> Feed:
    """A feed of one's own, or the one there is. Raises NoSuchCommunity."""
    if (scope == FeedScope.COP) != (cop is not None):
        raise NoSuchCommunity(_("Choose what the calendar shows."))
    feed, is_new = Feed.objects.select_for_update(of=("self",)).get_or_create(
        owner=by.person,
        scope=scope,
        cop=cop,
        # Only with its key can a feed have a token; until then this is the hash of none.
        defaults={"created_at": at, "token_hash": secrets.token_hex(32)},
    )
    if is_new:
        _remember(feed)
        audit.record(deed="feed made", about=feed, by=by, at=at)
    return feed


def token(feed: Feed) -> str:
    """The secret in the feed's address, derived and stored nowhere."""
    return tokens.make(PURPOSE, feed.pk, feed.owner_id, feed.generation)


def _remember(feed: Feed) -> None:
    feed.token_hash = _hash(token(feed))
    feed.save(update_fields=["token_hash", "generation", "rotated_at"])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def rotate(*, feed_id: int, by: User, at: datetime) -> Feed:
    """Gives a feed a new address; the old one stops at once. Raises Refused."""
    feed = _own(feed_id, by)
    feed.generation += 1
    feed.rotated_at = at
    _remember(feed)
    audit.record(deed="feed rotated", about=feed, by=by, at=at)
    return feed


@transaction.atomic
def set_alarm(*, feed_id: int, minutes: int, by: User) -> Feed:
    """Minutes before the start at which calendars ring, 0 for never. Raises Refused."""
    feed = _own(feed_id, by)
    feed.alarm = minutes
    feed.save(update_fields=["alarm"])
    return feed


def _own(feed_id: int, by: User) -> Feed:
    feed = Feed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    if feed.owner_id != by.person.pk:
        raise Refused(_("Only its owner can change this calendar."))
    return feed


def find(text: str) -> Feed | None:
    """The feed of a token; None for a wrong or old one, and when its owner's account is off."""
    feeds = Feed.objects.select_related("owner__user__person", "cop")
    feed = feeds.filter(token_hash=_hash(text)).first()
    owner = feed.owner.user if feed else None
    return feed if owner is not None and owner.is_active else None


@dataclass(frozen=True)
class Snapshot:
    """What a feed shows now: rows to render and a mark that changes when any of it does."""

    feed: Feed
    found: QuerySet[CopSession]
    opened: frozenset[int]
    etag: str
    changed_at: datetime


def look(feed: Feed, at: datetime) -> Snapshot:
    """Which sessions the owner sees now and whether anything changed, in few small queries."""
    user = feed.owner.user
    assert user is not None  # as `find` lets through
    found = _sessions(feed, user, at)
    rows = list(found.values_list("pk", "version", "sequence", "changed_at").order_by("pk"))
    opened = frozenset(
        CopSession.objects.visible_to(user)
        .filter(pk__in=[row[0] for row in rows])
        .values_list("pk", flat=True)
    )
    parts = [(*row, row[0] in opened) for row in rows]
    about = (_FORMAT, settings.BASE_URL, feed.pk, feed.generation, feed.alarm, str(feed), parts)
    newest = max((row[3] for row in rows), default=feed.created_at)
    return Snapshot(feed, found, opened, f'"{_hash(repr(about))[:32]}"', newest)


def _sessions(feed: Feed, user: User, at: datetime) -> QuerySet[CopSession]:
    """From the project's first session to its last; a cancelled one stays for 30 days."""
    found = CopSession.objects.cards_for(user)
    if feed.scope == FeedScope.PERSONAL:
        invited = user.person.session_invitations.not_declined()
        duties = user.person.duties.values("session_id")
        found = found.filter(Q(pk__in=invited.values("session_id")) | Q(pk__in=duties))
    elif feed.scope == FeedScope.COP:
        found = found.filter(host_cops=feed.cop)
    return found.filter(Q(cancelled_at=None) | Q(cancelled_at__gt=at - KEEP_CANCELLED))


def render(snapshot: Snapshot) -> bytes:
    """The feed as iCalendar text (METHOD:PUBLISH): with an organiser, without attendees."""
    sessions = list(snapshot.found.order_by("starts_at", "pk"))
    around = _surroundings(sessions)
    calendar = calendar_text.empty(calendar_text.PUBLISH)
    calendar.add("name", str(name(snapshot.feed)))
    calendar.add("x-wr-calname", str(name(snapshot.feed)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for session in sessions:
        calendar.add_component(_event(session, around, snapshot))
    _add_zones(calendar, sessions)
    return calendar.to_ical()


def _add_zones(calendar: Calendar, sessions: Iterable[CopSession]) -> None:
    days = [session.starts_at.date() for session in sessions]
    if days:
        # Whole years, so that the rules found once serve every feed.
        first, last = min(days).replace(month=1, day=1), max(days).replace(month=12, day=31)
        calendar_text.add_zones(calendar, first, last)


@dataclass(frozen=True)
class _Surroundings:
    """What the events of a feed share, read once: a feed may hold a thousand of them."""

    countries: dict[int, list[str]]
    organizers: dict[int, vCalAddress]
    nobody: vCalAddress
    pages: str

    def organizer_of(self, session: CopSession) -> vCalAddress:
        """Under the Chatham House rule a feed, which others may read as well, names nobody."""
        return self.nobody if session.chatham_house else self.organizers[session.planned_by_id]


def _surroundings(sessions: list[CopSession]) -> _Surroundings:
    series = Series.objects.in_bulk({s.series_id for s in sessions if s.series_id})
    countries: dict[int, list[str]] = {}
    links = CopSession.host_cops.through.objects.filter(copsession__in=sessions)
    code = "communityofpractice__country__code"
    for session_id, country in links.order_by(code).values_list("copsession_id", code):
        if country:
            countries.setdefault(session_id, []).append(country)
    planners = Person.objects.filter(pk__in={s.planned_by_id for s in sessions})
    address = reply_address.without_token()
    for session in sessions:
        if session.series_id:
            session.series = series[session.series_id]
    return _Surroundings(
        countries=countries,
        organizers={
            pk: calendar_text.address(address, name)
            for pk, name in planners.values_list("pk", "name")
        },
        nobody=vCalAddress(f"mailto:{address}"),
        # Resolving an address a thousand times costs more than writing it.
        pages=absolute("session_detail", 0).removesuffix("0/"),
    )


def _event(session: CopSession, around: _Surroundings, snapshot: Snapshot) -> Event:
    if session.pk in snapshot.opened:
        page = f"{around.pages}{session.pk}/"
        event = calendar_text.event(session, page)
    else:
        # Every member sees title, time and countries; the rest is for those who may open it.
        event = calendar_text.outline(session)
    event.add("organizer", around.organizer_of(session))
    countries = around.countries.get(session.pk, [])
    if countries:
        event.add("categories", countries)
    event.add("color", _colour(countries))
    if session.cancelled_at:
        event["SUMMARY"] = vText(_("Cancelled: %(title)s") % {"title": session.title})
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED")
        if snapshot.feed.alarm:
            event.add_component(_alarm(session.title, snapshot.feed.alarm))
    return event


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _colour(countries: list[str]) -> str:
    """One country, one colour, whatever the order; several share a grey."""
    if len(countries) != 1:
        return _MIXED
    code = countries[0]
    return _COLOURS[(ord(code[0]) * 7 + ord(code[-1])) % len(_COLOURS)]


def name(feed: Feed) -> str:
    """What a calendar program calls the feed."""
    if feed.scope == FeedScope.COP and feed.cop:
        return feed.cop.name
    return str(FeedScope(feed.scope).label)


@dataclass(frozen=True)
class QrCode:
    """A QR code as the path of an SVG, one unit a module, with the quiet margin it needs."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The code that a telephone's camera reads as `text`."""
    code = segno.make(text, micro=False)
    rows = list(code.matrix_iter(border=4))
    dark = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    ]
    return QrCode("".join(dark), len(rows))


@dataclass(frozen=True)
class FeedCard:
    """One calendar a person may have; `feed` is None until it is made."""

    title: str
    text: str
    scope: str
    cop_id: int | None
    feed: Feed | None = None
    https: str = ""
    webcal: str = ""
    qr: QrCode | None = None


def cards(user: User) -> list[FeedCard]:
    """My sessions, each of my communities, the whole project."""
    made = {(f.scope, f.cop_id): f for f in Feed.objects.visible_to(user).select_related("cop")}
    cops = CommunityOfPractice.objects.visible_to(user).filter(country__in=user.access.countries())
    wanted: list[tuple[str, int | None, str, str]] = [
        (FeedScope.PERSONAL, None, _("My sessions"), _("What you are invited to and lead."))
    ]
    wanted += [
        (FeedScope.COP, cop.pk, cop.name, _("Every session of this community."))
        for cop in cops.order_by("name")
    ]
    wanted.append(
        (FeedScope.PROJECT, None, _("The whole project"), _("Every session of all countries."))
    )
    return [
        _card(title, text, scope, cop_id, made.get((scope, cop_id)))
        for scope, cop_id, title, text in wanted
    ]


def _card(title: str, text: str, scope: str, cop_id: int | None, feed: Feed | None) -> FeedCard:
    if feed is None:
        return FeedCard(title, text, scope, cop_id)
    https = absolute("feed", token(feed))
    webcal = f"webcal:{https.partition(':')[2]}"
    return FeedCard(title, text, scope, cop_id, feed, https, webcal, qr_code(webcal))
