"""What verdicts wait for from a person: a second signature, and closed rounds of which to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts import reference
from experts.enums import Role
from experts.models import Country, User
from feedback.reviews.models import Assignment, ReviewRound
from feedback.reviews.querysets import RoundQuerySet
from feedback.validation.domain.judging import judging_page, verdict_list, verdict_words
from feedback.validation.models import Verdict

SHOWN = 5
# Rounds that were closed longer ago than this are not asked about on *Today* any more.
LOOK_BACK = timedelta(days=60)
# What a need says of a verdict.
_SAID = ("standing", "confirmed_at", "version__material__code", "country__name")
# How long a signature and a verdict may take before they count as late.
_SIGN_WITHIN = timedelta(days=3)
_SAY_WITHIN = timedelta(days=7)


def _said() -> Exists:
    """Whether this round has led to a verdict in the country of the row, signed or waiting."""
    verdicts = Verdict.objects.filter(
        round=OuterRef("round"), country=OuterRef("country"), withdrawn_at__isnull=True
    )
    return Exists(verdicts.order_by())


def _unsaid_whole() -> RoundQuerySet:
    """Closed rounds of several countries, of which nothing is said of the consortium."""
    of_all = Verdict.objects.filter(
        round=OuterRef("pk"), country__isnull=True, withdrawn_at__isnull=True
    )
    found: RoundQuerySet = ReviewRound.objects.filter(
        ~Exists(of_all.order_by()), closed_at__gte=Slot("since"), country__isnull=True
    )
    return found


def _unsaid() -> QuerySet:
    """Closed rounds of which nothing is said in own countries that handed something in.

    Rounds are few beside their reviews, so they are asked one by one, and only the first ones.
    """
    handed_in = Assignment.objects.submitted().filter(
        ~_said(), round=OuterRef("pk"), country__in=KeysSlot("countries")
    )
    countries = handed_in.order_by("country_id").values("country_id").distinct()
    return (
        ReviewRound.objects.filter(Exists(handed_in.order_by()), closed_at__gte=Slot("since"))
        .annotate(unsaid=ArraySubquery(countries))
        .order_by("closed_at", "pk")
        .values_list("pk", "version__material__title", "closed_at", "unsaid")[:SHOWN]
    )


# By the country whose panel handed something in.
_UNSAID = Prepared(_unsaid)
_UNSAID_WHOLE = Prepared(
    lambda: (
        _unsaid_whole()
        .order_by("closed_at", "pk")
        .annotate(unsaid=Value([], ArrayField(IntegerField())))
        .values_list("pk", "version__material__title", "closed_at", "unsaid")[:SHOWN]
    )
)


def _to_sign(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    found = verdicts.select_related("version__material", "country")
    return found.only(*_SAID).order_by("confirmed_at", "pk")[:SHOWN]


_TO_SIGN = Prepared(
    lambda: _to_sign(Verdict.objects.filter(verdict_list.signed_by(Slot("person"), None)))
)
_TO_SIGN_IN = Prepared(
    lambda: _to_sign(
        Verdict.objects.filter(verdict_list.signed_by(Slot("person"), KeysSlot("countries")))
    )
)


def asks(user: User, at: datetime) -> Questions:
    """Second signatures that are wanted of this person, and closed rounds nothing is said of."""
    person, since = user.person.pk, at - LOOK_BACK
    if user.access.is_manager:
        whole = _UNSAID_WHOLE.asked(since=since)
        return {"verdicts": _TO_SIGN.asked(person=person), "rounds": whole}
    own = list(user.access.countries(Role.COORDINATOR))
    if not own:
        return {}
    return {
        "verdicts": _TO_SIGN_IN.asked(person=person, countries=own),
        "rounds": _UNSAID.asked(since=since, countries=own),
    }


def of(
    _user: User,
    at: datetime,
    *,
    verdicts: Sequence[Verdict],
    rounds: Sequence[tuple[Any, ...]],
) -> Iterator[Need]:
    """A need for each signature, and for each round of which a country or all should say."""
    yield from (_signature(verdict) for verdict in verdicts)
    countries = {country.pk: country for country in reference.countries()}
    unsaid = [
        (key, title, closed_at, countries.get(code))
        for key, title, closed_at, codes in rounds
        for code in codes or [None]
    ]
    yield from (_verdict(*one, at) for one in unsaid[:SHOWN])


def _signature(verdict: Verdict) -> Need:
    words = {
        "code": verdict.version.material.code,
        "where": verdict_words.where(verdict.country),
        "standing": verdict.get_standing_display(),
    }
    return Need(
        title=_("Sign the verdict on %(code)s as the second person (%(where)s)") % words,
        sentence=_("The first signer decided otherwise than proposed: %(standing)s.") % words,
        url=verdict.get_absolute_url(),
        action=_("Read and sign"),
        due=verdict.confirmed_at + _SIGN_WITHIN,
        icon="edit",
    )


def _verdict(
    round_id: int, title: str, closed_at: datetime, country: Country | None, at: datetime
) -> Need:
    return Need(
        title=_("Say what the review of “%(title)s” comes to (%(where)s)")
        % {"title": title, "where": country.name if country else _("Consortium")},
        sentence=_("The round is closed and its figures propose a verdict."),
        url=judging_page.address(round_id, country.code if country else ""),
        action=_("Look at the proposal"),
        # Late or not, it does not come before what somebody else waits for today.
        due=max(closed_at + _SAY_WITHIN, at + _SIGN_WITHIN),
        icon="check",
    )
