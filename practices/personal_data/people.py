"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, OWN, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.MemberChoice",
        Kind.CHOICE,
        _("What a member shows, takes part in, and wants to hear of."),
        OWN,
        "person stream_open coffee topics",
        about="person",
        whole=True,
    ),
    Record(
        "practices.FirstRun",
        Kind.CHOICE,
        _("Which steps of the first run a newcomer took."),
        OWN,
        "person done started_at finished_at",
        about="person",
        whole=True,
    ),
    Record(
        "practices.Buddyship",
        Kind.CHOICE,
        _("Who looks after which newcomer, and who settled it."),
        OWN,
        "newcomer buddy confirmed_by since ended_on",
        about="newcomer",
        whole=True,
    ),
    Record(
        "practices.CoffeeRound",
        Kind.DEED,
        _("Who drew a round of coffee."),
        DEED,
        "made_by",
        plain="number made_on",
        about="made_by",
    ),
    Record(
        "practices.CoffeeSeat",
        Kind.CHOICE,
        _("With whom somebody was drawn for coffee, and whether they met."),
        OWN,
        "pair person said",
        about="person",
        whole=True,
    ),
    Record(
        "practices.Exchange",
        Kind.WORDS,
        _("What a member offers or needs."),
        OWN,
        "person wish words languages until added_at closed_at",
        about="person",
        whole=True,
    ),
    Record(
        "practices.Note",
        Kind.WORDS,
        _("Words of one member to another: hello, thanks, about an offer."),
        WORK,
        "sender receiver words",
        plain="kind at shown_at exchange",
        about="sender",
    ),
    Record(
        "practices.HelpGiven",
        Kind.WORDS,
        _("How a member helped whom, and how long."),
        OWN,
        "person kind minutes on to_person to_country",
        about="person",
        whole=True,
    ),
)
PLAIN: dict[str, str] = {
    "practices.CoffeePair": "round",
    "practices.ExchangeMatch": "offer need found_at",
}
