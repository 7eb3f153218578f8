"""What the mails about sessions have in common: the parts drawn in them, and where they lead."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, pgettext

from cop_platform.common.times import When, say_distance
from experts.domain import mail_blocks, mail_words
from experts.domain.links import own_page, path
from experts.domain.mail_html import Block, isolated
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value
from experts.models import Message, Person
from sessions.domain.invitations import link_token
from sessions.models import CopSession, Invitation

DISTANCE = Placeholder("distance", gettext_lazy("how far away it is: in 3 days, tomorrow"))
INVITER = Placeholder("inviter", gettext_lazy("who invites"))
NEWS = Placeholder("news", gettext_lazy("what is new, in a few words"))
WHEN = mail_words.block("when", gettext_lazy("day, hours in both time zones, and where"))
PURPOSE = mail_words.block("purpose", gettext_lazy("what it is for, in the coordinator's words"))
REASON = mail_words.block("reason", gettext_lazy("why it is cancelled, in the coordinator's words"))
ANSWER_BUTTON = mail_words.button(gettext_lazy("the button that leads to the answer"))
# Every mail about one session can be told these.
OF_SESSION = (NAME, TITLE, DISTANCE, WHEN)


def of_session(message: Message, session: CopSession, at: datetime) -> dict[str, Value]:
    """The values of `OF_SESSION`."""
    distance, when = _when(
        session.when(message.zone),
        at,
        session.place,
        session.online_link,
        session.chatham_house,
        get_language(),
    )
    name, title = message.person.name, session.title
    return {"name": name, "title": title, "distance": distance, "when": when}


@lru_cache(maxsize=2000)
def _when(
    moment: When, at: datetime, place: str, online: str, ruled: bool, _language: str | None
) -> tuple[str, Block]:
    """How far away it is; when, where and under which rule. The same for a zone and language.

    The rule stands here so that a mail whose words a house changed still tells it.
    """
    distance = say_distance(moment.starts_at, at, moment.reader_zone)
    facts = mail_blocks.facts(
        (
            (pgettext("mail", "When"), _moment(moment, distance)),
            *where(place, online),
            *rule(ruled),
        )
    )
    return distance, facts


def _moment(moment: When, distance: str) -> Block:
    yours, theirs = clock_line(moment.reader_line()), clock_line(moment.zone_line())
    first = mail_blocks.strong(yours)
    if moment.same_clock:
        said = pgettext("mail", "%(time)s, %(distance)s")
        text = said % {"time": yours.text, "distance": distance}
        return Block(text, f"{first.html}<br>{mail_blocks.plain(distance).html}")
    said = pgettext("mail", "%(yours)s in your time zone (%(theirs)s), %(distance)s")
    text = said % {"yours": yours.text, "theirs": theirs.text, "distance": distance}
    zone = mail_blocks.plain(pgettext("mail", "in your time zone"))
    return Block(
        text,
        f"{first.html} {zone.html}<br>{theirs.html}<br>{mail_blocks.plain(distance).html}",
    )


def clock_line(said: str) -> Block:
    """A day and hours, kept together whatever the direction of the words around them."""
    shown = mail_blocks.plain(said)
    text = isolated(said) if get_language_bidi() else said
    return Block(text, f"<bdi>{shown.html}</bdi>")


def where(place: str, online: str) -> tuple[tuple[str, Block], ...]:
    """The rows that say how to get there."""
    return (
        (pgettext("mail", "Where"), mail_blocks.typed(place)),
        (pgettext("mail", "Join online"), mail_blocks.way_in(online)),
    )


def rule(ruled: bool) -> tuple[tuple[str, Block], ...]:
    """The row that says what the Chatham House rule asks of people; none without it."""
    if not ruled:
        return ()
    said = pgettext(
        "mail",
        "Chatham House rule: what is said may be told; who said it and who was there may not.",
    )
    return ((pgettext("mail", "Rule of the session"), mail_blocks.plain(said)),)


def answer_button(page: str, label: str) -> Block:
    """The way to the answer page, which needs no log-in."""
    return mail_blocks.button(settings.BASE_URL + page, label)


def answer_page(invitation: Invitation) -> str:
    """The path of somebody's own answer page."""
    return own_page("session_answer", link_token(invitation))


def leads_to(person: Person, session_id: int | None, answering: str) -> str:
    """The page a mail leads to: the session for members, the answer page for everybody else."""
    return path("session_detail", session_id) if person.user_id and session_id else answering
