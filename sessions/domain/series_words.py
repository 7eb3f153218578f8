"""The words of the mails about a series, and the parts drawn in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy, npgettext, pgettext, pgettext_lazy

from cop_platform.common.times import When
from experts.domain import mail_blocks, mail_words
from experts.domain.mail_html import EMPTY, Block
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from sessions.domain import mail_parts, series_notices
from sessions.domain.mail_parts import ANSWER_BUTTON, INVITER, NEWS, PURPOSE, REASON
from sessions.domain.series_hours import Hours
from sessions.domain.session_words import HELLO

SHOWN = 12
COUNT = Placeholder("count", gettext_lazy("how many dates: 4 dates"))
DATES = mail_words.block("dates", gettext_lazy("all dates in both time zones, and where"))
KNOWN = (NAME, TITLE, COUNT, DATES)
INVITATION = Words(
    subject=pgettext_lazy("mail", "Invitation: {title}, {count}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "{inviter} invites you to these sessions:"),
        "{title}",
        "{dates}",
        "{purpose}",
        "{answer_button}",
        pgettext_lazy(
            "mail",
            "You need no log-in to answer. One calendar entry for all dates is attached.",
        ),
    ),
    placeholders=(*KNOWN, INVITER, PURPOSE, ANSWER_BUTTON),
)
CHANGE = Words(
    subject=pgettext_lazy("mail", "{news}: {title}"),
    body=(HELLO, "{change}", "{title}", "{dates}", "{reason}", "{answer_button}", "{entry}"),
    placeholders=(
        *KNOWN,
        NEWS,
        mail_words.block("change", gettext_lazy("what changed, in a sentence"), needed=True),
        REASON,
        mail_words.block("entry", gettext_lazy("what to do with the attached calendar entry")),
        ANSWER_BUTTON,
    ),
)
CANCELLATION = Words(
    subject=pgettext_lazy("mail", "Cancelled: {title}"),
    body=(
        HELLO,
        pgettext_lazy("mail", "This series of sessions does not take place:"),
        "{title}",
        "{dates}",
        "{reason}",
        pgettext_lazy("mail", "The attached calendar entry takes all dates out of your calendar."),
    ),
    placeholders=(*KNOWN, REASON),
)


def count(dates: int) -> str:
    """So many dates, in words."""
    return npgettext("mail", "%(count)d date", "%(count)d dates", dates) % {"count": dates}


def of_change(what: str, reason: str) -> dict[str, Value]:
    """The news, the sentence, the reason and the word on the calendar entry of a change."""
    entry = pgettext("mail", "The attached calendar entry replaces the one you have.")
    if what == series_notices.FOLLOWING:
        entry = pgettext(
            "mail",
            "From here on the dates are a calendar entry of their own: it is attached. The second "
            "file, “earlier-dates.ics”, ends the entry you have before them; open it if your "
            "calendar still shows the old times.",
        )
    if what == series_notices.ENDED:
        entry = pgettext(
            "mail", "The attached calendar entry takes these dates out of your calendar."
        )
    news, sentence = _change(what)
    return {
        "news": news,
        "change": mail_blocks.sentence(sentence),
        "reason": mail_blocks.quote(reason if what == series_notices.ENDED else ""),
        "entry": mail_blocks.sentence(entry),
    }


def _change(what: str) -> tuple[str, str]:
    if what == series_notices.ADDED:
        return (
            pgettext("mail", "One more date"),
            pgettext("mail", "One more date of this series takes place:"),
        )
    if what == series_notices.ENDED:
        return (
            pgettext("mail", "Dates cancelled"),
            pgettext(
                "mail",
                "These dates of the series do not take place; earlier ones stay as they are:",
            ),
        )
    return (
        pgettext("mail", "New time or place"),
        pgettext(
            "mail",
            "These sessions have a new time or place. What you see here replaces what you had:",
        ),
    )


def dates(whens: Sequence[When], place: str, online: str, ruled: bool = False) -> Block:
    """The dates as a list, the first twelve by name, where, and under which rule."""
    same_clock = all(when.same_clock for when in whens)
    label = pgettext("mail", "When")
    if not same_clock:
        label = pgettext("mail", "When (in your time zone)")
    lines = [_date(when) for when in whens[:SHOWN]]
    more = len(whens) - len(lines)
    if more:
        text = npgettext("mail", "and %(count)d more date", "and %(count)d more dates", more)
        lines.append(mail_blocks.plain(text % {"count": more}))
    around = (*mail_parts.where(place, online), *mail_parts.rule(ruled))
    return mail_blocks.facts(((label, mail_blocks.listed(lines)), *around))


def _date(when: When) -> Block:
    yours = mail_parts.clock_line(when.reader_line())
    if when.same_clock:
        return mail_blocks.strong(yours)
    theirs = mail_parts.clock_line(when.zone_line())
    html = f"{mail_blocks.strong(yours).html}<br>{mail_blocks.quiet(theirs).html}"
    return Block(f"{yours.text} ({theirs.text})", html)


def changing_hours(hours: Hours | None) -> Block:
    """That meetings are not always at the same hour for the reader, and which are not."""
    if hours is None:
        return EMPTY
    told = " ".join(
        (
            pgettext("mail", "Not always at the same hour for you."),
            pgettext(
                "mail",
                "On your clock it is usually %(clock)s; the clocks of the hosts change on other "
                "days than yours. At another hour:",
            )
            % {"clock": hours.usual},
        )
    )
    said = gettext("%(day)s, %(clock)s")
    others = [
        mail_parts.clock_line(said % {"day": day, "clock": clock}) for day, clock in hours.others
    ]
    listed = mail_blocks.listed(others)
    return Block(f"{told}{listed.text}", f"{mail_blocks.sentence(told).html}<p>{listed.html}</p>")
