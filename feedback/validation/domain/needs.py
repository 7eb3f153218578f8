"""What verdicts wait for from a person: a second signature, and closed rounds of which to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import waiting
from feedback.reviews.domain.waiting import Further
from feedback.reviews.models import Assignment, ReviewRound
from feedback.reviews.querysets import RoundQuerySet
from feedback.validation.domain.judging import judging_page, verdict_list, verdict_words
from feedback.validation.models import Verdict

SHOWN = 5
# How long a signature and a verdict may take before they count as late.
_SIGN_WITHIN = timedelta(days=3)
_SAY_WITHIN = timedelta(days=7)


def _said() -> Exists:
    """Whether this round has led to a verdict in the country of the row, signed or waiting."""
    verdicts = Verdict.objects.filter(
        round=OuterRef("round"), country=OuterRef("country"), withdrawn_at__isnull=True
    )
    return Exists(verdicts.order_by())


def _unsaid() -> QuerySet[Assignment]:
    """What was handed in, in own countries, in closed rounds of which nothing is said there."""
    return Assignment.objects.submitted().filter(
        ~_said(), round__closed_at__gte=Slot("since"), country__in=KeysSlot("countries")
    )


def _unsaid_whole() -> RoundQuerySet:
    """Closed rounds of several countries, of which nothing is said of the consortium."""
    of_all = Verdict.objects.filter(
        round=OuterRef("pk"), country__isnull=True, withdrawn_at__isnull=True
    )
    found: RoundQuerySet = ReviewRound.objects.filter(
        ~Exists(of_all.order_by()), closed_at__gte=Slot("since"), country__isnull=True
    )
    return found


# By the country whose panel handed something in.
_UNSAID = Prepared(
    lambda: (
        _unsaid()
        .order_by()
        .values("round_id", "country_id")
        .annotate(closed=Max("round__closed_at"))
        .order_by("closed", "round_id", "country_id")
        .values_list("round_id", "country_id", "closed")[:SHOWN]
    )
)
_UNSAID_WHOLE = Prepared(lambda: _unsaid_whole().with_version().order_by("closed_at", "pk")[:SHOWN])


def to_sign(user: User, _at: datetime) -> Iterator[Need]:
    """Second signatures that are wanted of this person."""
    wanted = Verdict.objects.filter(verdict_list.to_sign(user)).with_facts()
    for verdict in wanted.order_by("confirmed_at", "pk")[:SHOWN]:
        words = {
            "code": verdict.version.material.code,
            "where": verdict_words.where(verdict.country),
            "standing": verdict.get_standing_display(),
        }
        yield Need(
            title=_("Sign the verdict on %(code)s as the second person (%(where)s)") % words,
            sentence=_("The first signer decided otherwise than proposed: %(standing)s.") % words,
            url=verdict.get_absolute_url(),
            action=_("Read and sign"),
            due=verdict.confirmed_at + _SIGN_WITHIN,
            icon="edit",
        )


def to_say(user: User, at: datetime) -> Iterator[Need]:
    """Closed rounds of which nothing is said yet."""
    since = at - waiting.LOOK_BACK
    if user.access.is_manager:
        for review_round in _UNSAID_WHOLE.all(since=since):
            yield _need(review_round, "", _("Consortium"), at)
        return
    own = list(user.access.countries(Role.COORDINATOR))
    pairs = _UNSAID.all(since=since, countries=own)
    if not pairs:
        return
    rounds = ReviewRound.objects.with_version().in_bulk([key for key, _country, _closed in pairs])
    countries = {country.pk: country for country in reference.countries()}
    for key, country_id, _closed in pairs:
        country = countries[country_id]
        yield _need(rounds[key], country.code, country.name, at)


def _need(review_round: ReviewRound, code: str, where: str, at: datetime) -> Need:
    assert review_round.closed_at is not None  # asked of closed rounds
    return Need(
        title=_("Say what the review of “%(title)s” comes to (%(where)s)")
        % {"title": review_round.version.material.title, "where": where},
        sentence=_("The round is closed and its figures propose a verdict."),
        url=judging_page.address(review_round, code),
        action=_("Look at the proposal"),
        # Late or not, it does not come before what somebody else waits for today.
        due=max(review_round.closed_at + _SAY_WITHIN, at + _SIGN_WITHIN),
        icon="check",
    )


def _signs(everything: bool) -> QuerySet[Verdict]:
    countries = None if everything else KeysSlot("countries")
    return Verdict.objects.filter(verdict_list.signed_by(Slot("person"), countries))


def _says(everything: bool) -> QuerySet:
    return _unsaid_whole() if everything else _unsaid()


# What is asked along with all else that rounds wait for.
FURTHER = (Further("sign", _signs, to_sign), Further("say", _says, to_say))
