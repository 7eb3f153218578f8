"""What verdicts wait for from a person: a second signature, and closed rounds of which to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation.domain import judging_page, verdict_list, verdict_words
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


# Closed rounds by the country whose panel handed something in and of which nothing is said.
_UNSAID = Prepared(
    lambda: (
        Assignment.objects.submitted()
        .filter(~_said(), round__closed_at__gte=Slot("since"), country__in=KeysSlot("countries"))
        .order_by()
        .values("round_id", "country_id")
        .annotate(closed=Max("round__closed_at"))
        .order_by("closed", "round_id", "country_id")
        .values_list("round_id", "country_id", "closed")[:SHOWN]
    )
)
# Of the consortium: closed rounds that asked more than one country.
_UNSAID_WHOLE = Prepared(
    lambda: (
        ReviewRound.objects.filter(
            ~Exists(
                Verdict.objects.filter(
                    round=OuterRef("pk"), country__isnull=True, withdrawn_at__isnull=True
                ).order_by()
            ),
            closed_at__gte=Slot("since"),
            country__isnull=True,
        )
        .with_version()
        .order_by("closed_at", "pk")[:SHOWN]
    )
)
# Rounds that were closed longer ago than this are not asked about any more on Today.
_LOOK_BACK = timedelta(days=60)


def of(user: User, at: datetime) -> Iterator[Need]:
    """For those who sign: second signatures wanted, then closed rounds without a verdict."""
    if not user.access.plans_sessions:
        return
    waiting = Verdict.objects.filter(verdict_list.to_sign(user)).with_facts()
    for verdict in waiting.order_by("confirmed_at", "pk")[:SHOWN]:
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
    yield from _to_say(user, at)


def _to_say(user: User, at: datetime) -> Iterator[Need]:
    since = at - _LOOK_BACK
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
