"""Saying what figures come to: who signs, what waits for a second person, what replaces what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from experts.models import AuditEvent, Message, User
from feedback.changes.enums import Severity
from feedback.reviews.models import ReviewRound, ValidationPolicy
from feedback.validation.domain.judging import (
    basis,
    heirs,
    inheriting,
    signers,
    signing,
    verdict_notices,
    verdicts,
)
from feedback.validation.domain.judging.verdicts import Saying, Seen
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


def judged(*firsts: str, code: str | None = "BG", **more: Any) -> ReviewRound:
    """A closed round whose experts of a country gave these scores to the first criterion."""
    found = world.review_round(code, **more)
    for first in firsts or ("4", "4", "4"):
        world.answered(found, make.person(code=code or "BG"), first)
    return world.gone_on(found, "closed")


def say(
    found: ReviewRound,
    standing: str = Standing.VALIDATED,
    *,
    by: User | None = None,
    code: str | None = "BG",
    seen: Seen | None = None,
    at: Any = make.NOW,
    **more: str,
) -> Verdict:
    """What a coordinator of the country says, having just looked at the page."""
    country = make.country(code) if code else None
    if by is None:
        by = make.user(Role.COORDINATOR, code) if code else make.user(Role.PROJECT_MANAGER)
    return verdicts.confirm(
        round_id=found.pk,
        country_id=country.pk if country else None,
        saying=Saying(Standing(standing), **more),
        seen=seen or looked(found, code),
        by=by,
        at=at,
    )


def looked(found: ReviewRound, code: str | None = "BG") -> Seen:
    country_id = make.country(code).pk if code else None
    found = ReviewRound.objects.with_version().get(pk=found.pk)
    stands = verdicts.standing_now(found.version, country_id)
    stored = basis.gather(found)[country_id].stored()
    return Seen(stored, stands.pk if stands else 0)


def inheritable(found: ReviewRound) -> ReviewRound:
    """The same round under a policy that lets editions take over."""
    policy = ValidationPolicy.objects.create(
        number=77, name="Editions follow", rules={"editions": "inherit"}, frozen_at=make.NOW
    )
    ReviewRound.objects.filter(pk=found.pk).update(policy=policy)
    found.refresh_from_db()
    return found


def edition_of(found: ReviewRound):
    return make.version(found.version.material, language="de", source=found.version)


def test_what_was_proposed_is_in_force_at_once():
    found = judged()
    verdict = say(found, minority="One wanted shorter steps.")
    assert (verdict.standing, verdict.proposal, verdict.final_at) == (
        "validated",
        "validated",
        make.NOW,
    )
    assert (verdict.sha256, verdict.minority_opinion) == (
        found.version.sha256,
        "One wanted shorter steps.",
    )
    assert verdict.basis["items"][0]["relevant"] == 3
    assert verdict.reasons == [{"code": "all_pass", "n": 10}]
    assert AuditEvent.objects.get(deed="verdict confirmed").detail["standing"] == "validated"


def test_it_lasts_until_the_end_of_the_month_the_policy_says_counted_from_the_closing():
    assert verdicts.lasts_until(date(2026, 11, 24), 24) == date(2028, 11, 30)
    assert verdicts.lasts_until(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert say(judged(), at=make.NOW + timedelta(days=90)).valid_until == date(2028, 11, 30)


def test_evidence_that_is_too_old_is_no_verdict_any_more():
    with pytest.raises(verdicts.NotJudged, match="Rate the version again"):
        say(judged(), at=make.NOW + timedelta(days=800))


@pytest.mark.parametrize(
    ("role", "code", "of", "allowed"),
    [
        (Role.COORDINATOR, "BG", "BG", True),
        (Role.PROJECT_MANAGER, None, "BG", True),
        (Role.COORDINATOR, "IT", "BG", False),
        (Role.PARTNER, "BG", "BG", False),
        (Role.EXPERT, "BG", "BG", False),
        (Role.COORDINATOR, "BG", None, False),
        (Role.PROJECT_MANAGER, None, None, True),
    ],
)
def test_who_signs_for_whom(role: str, code: str | None, of: str | None, allowed: bool):
    found = judged(code=None)
    by = make.user(role, code) if code else make.user(role)
    if allowed:
        assert say(found, by=by, code=of).confirmed_by == by.person
    else:
        with pytest.raises(Refused):
            say(found, by=by, code=of)


def test_a_round_that_is_open_or_asked_one_country_says_nothing_more():
    manager = make.user(Role.PROJECT_MANAGER)
    still_open = world.review_round()
    world.answered(still_open, make.person())
    for found, code in ((still_open, "BG"), (judged(), None), (judged(), "IT")):
        with pytest.raises(verdicts.NotJudged):
            say(found, by=manager, code=code, seen=Seen({}, 0))
    assert not Verdict.objects.exists()


def test_who_made_the_material_signs_only_where_nobody_else_can():
    found = judged()
    coordinator = make.user(Role.COORDINATOR, "BG")
    material = found.version.material
    type(material).objects.filter(pk=material.pk).update(owner=coordinator.person)
    with pytest.raises(signers.TooClose, match="You made this material"):
        say(found, by=coordinator)
    User.objects.exclude(pk=coordinator.pk).update(is_active=False)
    assert say(found, by=coordinator).confirmed_by == coordinator.person


def test_who_reviewed_in_the_round_does_not_sign():
    found = world.review_round()
    coordinator = make.user(Role.COORDINATOR, "BG")
    membership = coordinator.person.memberships.get()
    membership.pk, membership.role = None, Role.EXPERT
    membership.save()
    for person in (coordinator.person, make.person(), make.person()):
        world.answered(found, person)
    world.gone_on(found, "closed")
    with pytest.raises(signers.TooClose, match="You reviewed this version"):
        say(found, by=coordinator)
    assert say(found).final_at


def test_deciding_otherwise_needs_a_reason_and_another_person():
    found, first = judged(), make.user(Role.COORDINATOR, "BG")
    with pytest.raises(verdicts.NeedsReason):
        say(found, Standing.REVISE, by=first)
    verdict = say(found, Standing.REVISE, by=first, reason="The law changed last week.")
    assert (verdict.final_at, list(Verdict.objects.waiting())) == (None, [verdict])
    with pytest.raises(Refused, match="A second person"):
        signing.countersign(verdict_id=verdict.pk, by=first, at=LATER)
    second = make.user(Role.PROJECT_MANAGER)
    signing.countersign(verdict_id=verdict.pk, by=second, at=LATER)
    verdict.refresh_from_db()
    assert (verdict.second_by, verdict.final_at) == (second.person, LATER)
    with pytest.raises(signing.NotWaiting, match="signed already"):
        signing.countersign(verdict_id=verdict.pk, by=make.user(Role.PROJECT_MANAGER), at=LATER)


def test_a_coordinator_of_a_country_that_took_part_signs_second_for_the_consortium():
    verdict = say(judged(code=None), Standing.REVISE, code=None, reason="Too few countries.")
    with pytest.raises(Refused):
        signing.countersign(verdict_id=verdict.pk, by=make.user(Role.PARTNER, "IT"), at=LATER)
    by = make.user(Role.COORDINATOR, "IT")
    assert Verdict.objects.visible_to(by).contains(verdict)
    assert signing.countersign(verdict_id=verdict.pk, by=by, at=LATER).final_at == LATER


def test_a_second_signature_that_is_refused_opens_the_question_again():
    found = judged()
    verdict = say(found, Standing.REVISE, reason="I am not sure.")
    signing.refuse(
        verdict_id=verdict.pk,
        reason="The figures say it.",
        by=make.user(Role.PROJECT_MANAGER),
        at=LATER,
    )
    assert not Verdict.objects.waiting().exists()
    assert say(found).final_at
    with pytest.raises(signing.NotWaiting, match="refused"):
        signing.countersign(verdict_id=verdict.pk, by=make.user(Role.PROJECT_MANAGER), at=LATER)


def test_who_signed_first_may_take_it_back():
    first = make.user(Role.COORDINATOR, "BG")
    verdict = say(judged(), Standing.REVISE, by=first, reason="I am not sure.")
    signing.refuse(verdict_id=verdict.pk, reason="I looked again.", by=first, at=LATER)
    verdict.refresh_from_db()
    assert verdict.withdrawn_by == first.person


def test_of_two_who_confirm_one_wins_and_the_other_reads_who_it_was():
    found = judged()
    seen = looked(found)
    first = say(found, seen=seen)
    with pytest.raises(verdicts.SaidMeanwhile, match=first.confirmed_by.name):
        say(found, seen=seen)
    assert list(Verdict.objects.all()) == [first]


def test_the_same_is_not_said_twice_on_the_same_figures():
    found = judged()
    say(found)
    with pytest.raises(verdicts.SaidMeanwhile, match="Exactly this"):
        say(found)


def test_a_new_verdict_replaces_the_one_in_force():
    found = judged()
    first = say(found)
    asking.typed(found.version, code="BG", severity=Severity.CRITICAL)
    second = say(found, Standing.WITH_CHANGES)
    first.refresh_from_db()
    assert (first.superseded_at, second.final_at) == (make.NOW, make.NOW)
    assert list(Verdict.objects.in_force()) == [second]


def test_what_holds_stays_until_the_one_that_waits_is_signed():
    found = judged()
    first = say(found)
    second = say(found, Standing.NOT_VALIDATED, reason="It harms.")
    assert list(Verdict.objects.in_force()) == [first]
    signing.countersign(verdict_id=second.pk, by=make.user(Role.PROJECT_MANAGER), at=LATER)
    assert list(Verdict.objects.in_force()) == [second]


def test_figures_that_changed_since_the_page_was_opened_are_shown_not_signed():
    found = judged()
    seen = looked(found)
    asking.typed(found.version, code="BG", severity=Severity.CRITICAL)
    with pytest.raises(verdicts.BasisChanged) as caught:
        say(found, seen=seen)
    assert (caught.value.before["open_changes"], caught.value.now["open_changes"]) == (0, 1)
    assert not Verdict.objects.exists()


def test_a_failure_leaves_nothing_behind(monkeypatch):
    found = judged()
    first = say(found)
    asking.typed(found.version, code="BG", severity=Severity.CRITICAL)

    def fails(**_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("feedback.validation.domain.judging.verdicts.audit.record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        say(found, Standing.WITH_CHANGES)
    assert list(Verdict.objects.in_force()) == [first]


def test_a_withdrawn_verdict_says_why_and_the_author_hears_of_it():
    found = judged()
    verdict = say(found)
    by = make.user(Role.COORDINATOR, "BG")
    with pytest.raises(Refused):
        signing.withdraw(
            verdict_id=verdict.pk, reason="No.", by=make.user(Role.COORDINATOR, "IT"), at=LATER
        )
    withdrawn = signing.withdraw(verdict_id=verdict.pk, reason="The law changed.", by=by, at=LATER)
    assert (withdrawn.said, withdrawn.withdrawal_reason) == ("withdrawn", "The law changed.")
    told = Message.objects.filter(kind=verdict_notices.WITHDRAWN)
    assert [message.person for message in told] == [found.version.material.owner]
    with pytest.raises(heirs.NotInForce):
        signing.withdraw(verdict_id=verdict.pk, reason="Again.", by=by, at=LATER)
    assert told.count() == 1


def test_an_edition_takes_over_the_verdict_of_exactly_its_source_where_the_policy_lets_it():
    found = inheritable(judged())
    source, edition = say(found), edition_of(found)
    by = make.user(Role.COORDINATOR, "BG")
    assert [
        one.version for one in inheriting.candidates(source, make.user(Role.PROJECT_MANAGER))
    ] == [edition]
    heir = inheriting.inherit(verdict_id=source.pk, version_id=edition.pk, by=by, at=LATER)
    assert (heir.inherits, heir.standing, heir.sha256, heir.valid_until) == (
        source,
        source.standing,
        edition.sha256,
        source.valid_until,
    )
    with pytest.raises(inheriting.NotInherited, match="already"):
        inheriting.inherit(verdict_id=source.pk, version_id=edition.pk, by=by, at=LATER)


@pytest.mark.parametrize("why", ["own panel", "another version", "not good"])
def test_an_edition_does_not_take_over_what_is_not_its_own(why: str):
    found = judged() if why == "own panel" else inheritable(judged())
    edition = edition_of(found)
    if why == "another version":
        edition = make.version(found.version.material, language="de")
    bad = why == "not good"
    source = say(found, Standing.REVISE, reason="No.") if bad else say(found)
    with pytest.raises(inheriting.NotInherited):
        inheriting.inherit(
            verdict_id=source.pk,
            version_id=edition.pk,
            by=make.user(Role.COORDINATOR, "BG"),
            at=LATER,
        )


@pytest.mark.parametrize("how", ["withdrawn", "replaced"])
def test_an_edition_falls_with_the_verdict_of_its_source(how: str):
    found = inheritable(judged())
    by = make.user(Role.PROJECT_MANAGER)
    source = say(found)
    heir = inheriting.inherit(
        verdict_id=source.pk, version_id=edition_of(found).pk, by=by, at=LATER
    )
    if how == "withdrawn":
        signing.withdraw(verdict_id=source.pk, reason="The law changed.", by=by, at=LATER)
    else:
        worse = say(found, Standing.REVISE, reason="It harms.", at=LATER)
        signing.countersign(verdict_id=worse.pk, by=by, at=LATER)
    heir.refresh_from_db()
    assert heir.said == Standing.WITHDRAWN
    assert heir.withdrawal_reason.startswith("The verdict on the source was")


def test_every_refusal_is_one_that_a_page_can_show():
    for error in (
        verdicts.NotJudged,
        verdicts.SaidMeanwhile,
        verdicts.NeedsReason,
        verdicts.BasisChanged,
        signing.NotWaiting,
        heirs.NotInForce,
        inheriting.NotInherited,
    ):
        assert issubclass(error, NotPossible)
