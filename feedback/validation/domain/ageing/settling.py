"""What becomes of a sign: a mini round with the smallest sufficient panel, or a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.enums import Role
from experts.models import Country, User
from feedback.reviews.domain import rounds
from feedback.reviews.domain.rounds import Terms
from feedback.reviews.models import ReviewRound
from feedback.reviews.querysets import handed_in
from feedback.validation import permissions
from feedback.validation.domain.ageing import mini, sensors, watch
from feedback.validation.domain.ageing.concerned import countries_of
from feedback.validation.domain.ageing.mini import Before, MiniPanel
from feedback.validation.domain.policy import policy_versions, rules
from feedback.validation.models import AgeingSign, Verdict


class SettledAlready(NotPossible):
    """Somebody has dealt with this sign."""


@dataclass(frozen=True)
class Proposal:
    """The mini round that one press opens; without countries it asks the experts of all."""

    countries: tuple[Country, ...]
    panel: MiniPanel
    before: Before
    previous: ReviewRound | None
    instruction: str


def propose(sign: AgeingSign, user: User) -> Proposal:
    """Under the newest policy, for those countries of the sign that this person leads."""
    countries = _countries(sign, user)
    previous = _previous(sign, countries)
    before = _before(previous, countries)
    newest = rules.of(policy_versions.newest())
    return Proposal(
        countries=tuple(countries),
        panel=mini.smallest(newest, before, max(len(countries), 1)),
        before=before,
        previous=previous,
        instruction=_("Please look whether this still holds. %(why)s")
        % {"why": sensors.sentence(sign.sign, sign.detail)},
    )


@transaction.atomic
def open_round(
    *, sign_id: int, due_on: date, instruction: str, by: User, at: datetime
) -> ReviewRound:
    """Opens the proposed mini round; the verdict it ends with settles the sign.

    Raises Refused, SettledAlready, and what rounds.open_rounds raises.
    """
    sign = _locked(sign_id, by)
    found = propose(sign, by)
    terms = Terms(
        due_on=due_on,
        instruction=instruction,
        panel_size=found.panel.experts,
        quota_practitioners=found.panel.practitioners,
        quota_lived=found.panel.lived,
        previous=found.previous,
    )
    opened = rounds.open_rounds(
        versions=[sign.version], countries=found.countries, terms=terms, by=by, at=at
    )[0]
    sign.round = opened
    sign.save(update_fields=["round"])
    _record("mini round opened", sign, by, at)
    return opened


@transaction.atomic
def settle(*, sign_id: int, reason: str, by: User, at: datetime) -> AgeingSign:
    """Says why nothing is done. Raises Refused, SettledAlready."""
    sign = _locked(sign_id, by)
    sign.settled_at, sign.settled_by, sign.reason = at, by.person, reason
    sign.save(update_fields=["settled_at", "settled_by", "reason"])
    _record("sign of ageing settled", sign, by, at)
    return sign


def _locked(sign_id: int, by: User) -> AgeingSign:
    signs = AgeingSign.objects.select_for_update(of=("self",)).select_related("version__material")
    sign = signs.get(pk=sign_id)
    permissions.may_settle(by, sign, countries_of([sign])[sign.pk])
    if sign.settled_at is not None:
        raise SettledAlready(_("Somebody has dealt with this meanwhile."))
    if sign.round_id is not None:
        raise SettledAlready(_("A round looks at this already."))
    return sign


def _countries(sign: AgeingSign, user: User) -> list[Country]:
    """Those it concerns and this person leads; for the manager none stands for all."""
    concerned = countries_of([sign])[sign.pk]
    if not user.access.is_manager:
        own = user.access.countries(Role.COORDINATOR)
        concerned = concerned & own if concerned else own
    return list(Country.objects.filter(pk__in=concerned).order_by("code"))


def _previous(sign: AgeingSign, countries: Collection[Country]) -> ReviewRound | None:
    """The round of the verdict in force, a country's own before the consortium's."""
    found = Verdict.objects.in_force().filter(version=sign.version_id, round__isnull=False)
    ordered = found.select_related("round").order_by("-final_at", "-pk")
    own = ordered.filter(country__in=[country.pk for country in countries]).first()
    verdict = own or ordered.first()
    return verdict.round if verdict else None


def _before(previous: ReviewRound | None, countries: Collection[Country]) -> Before:
    if previous is None:
        return Before()
    done = previous.assignments.filter(handed_in())
    if countries:
        done = done.filter(country__in=[country.pk for country in countries])
    return Before(done.count(), previous.quota_practitioners, previous.quota_lived)


def _record(deed: str, sign: AgeingSign, by: User, at: datetime) -> None:
    country_id = sign.version.material.country_id
    audit.record(deed=deed, about=sign, by=by, at=at, country_id=country_id, sign=sign.sign)
    transaction.on_commit(watch.count_anew)
