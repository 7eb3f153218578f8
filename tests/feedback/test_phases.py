"""A round goes through its phases, forward only and with its group, and ends when all is said."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import MessageState, Role
from experts.models import AuditEvent, Membership, Message, User
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import (
    closing,
    desk,
    escalation,
    notices,
    phases,
    policy_page,
    responses,
    rounds,
)
from feedback.reviews.enums import Blindness, Phase
from feedback.reviews.models import Assignment, PhaseChange, Rating, ReviewRound, RoundGroup
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

CLOSED = phases.CLOSED


def go_on(found: ReviewRound, to: str, by: User | None = None) -> list[ReviewRound]:
    return phases.go_on(round_id=found.pk, to=to, by=by or found.opened_by.user, at=make.NOW)


@pytest.mark.parametrize("to", [Phase.DISCUSSION, Phase.RESPONSE, Phase.DECISION])
def test_a_round_goes_on_to_any_later_phase_and_writes_down_when(to):
    found = world.review_round()
    go_on(found, to)
    found.refresh_from_db()
    assert found.phase == to
    change = PhaseChange.objects.get()
    assert (change.round, change.phase, change.at, change.by) == (
        found,
        to,
        make.NOW,
        found.opened_by,
    )
    assert AuditEvent.objects.get(deed="review phase changed").detail == {"phase": to.value}


def test_a_round_never_goes_back_and_being_there_already_changes_nothing():
    found = world.gone_on(world.review_round(), Phase.RESPONSE)
    assert go_on(found, Phase.RESPONSE) == []
    for earlier in (Phase.INDEPENDENT, Phase.DISCUSSION):
        with pytest.raises(phases.NoWayBack):
            go_on(found, earlier)
    assert PhaseChange.objects.count() == 1
    world.gone_on(found, CLOSED)
    with pytest.raises(phases.RoundClosed):
        go_on(found, Phase.DECISION)
    assert phases.ahead(found) == ()


@pytest.mark.parametrize(
    ("role", "of", "country", "allowed"),
    [
        (Role.COORDINATOR, "BG", "BG", True),
        (Role.COORDINATOR, "BG", None, False),
        (Role.COORDINATOR, "IT", "BG", False),
        (Role.PROJECT_MANAGER, "BG", None, True),
        (Role.EXPERT, "BG", "BG", False),
        (Role.AUTHOR, "BG", "BG", False),
        (Role.PARTNER, "BG", "BG", False),
        (Role.PLATFORM_ADMIN, "BG", "BG", False),
    ],
)
def test_who_leads_a_round_through_its_phases(role, of, country, allowed):
    found, by = world.review_round(country), make.user(role, of)
    if allowed:
        assert go_on(found, Phase.DISCUSSION, by) == [found]
        return
    with pytest.raises(Refused):
        go_on(found, Phase.DISCUSSION, by)
    assert not PhaseChange.objects.exists()


def group(*numbers: int, countries: tuple[str, ...] = ("BG",), by: User | None = None):
    """Rounds opened together, one for each number."""
    return rounds.open_rounds(
        versions=[world.version() for _n in numbers],
        countries=[make.country(code) for code in countries],
        terms=rounds.Terms(due_on=world.DUE),
        by=by or make.user(Role.PROJECT_MANAGER),
        at=make.NOW,
    )


def test_several_versions_are_a_group_of_rounds_that_goes_on_together():
    one, two, three = group(1, 2, 3)
    assert RoundGroup.objects.get().rounds.count() == 3
    assert one.group.name.count("v1") == 3
    world.gone_on(two, CLOSED)
    moved = go_on(one, Phase.DISCUSSION)
    assert {found.pk for found in moved} == {one.pk, three.pk}
    two.refresh_from_db()
    assert two.phase == Phase.INDEPENDENT


def test_one_version_alone_is_no_group():
    assert group(1)[0].group is None
    assert not RoundGroup.objects.exists()


def test_all_rounds_of_a_group_are_opened_or_none():
    version = world.version()
    world.review_round(version=version)
    with pytest.raises(rounds.AlreadyOpen, match=version.material.title):
        rounds.open_rounds(
            versions=[world.version(), version],
            countries=[make.country()],
            terms=rounds.Terms(due_on=world.DUE),
            by=make.user(Role.PROJECT_MANAGER),
            at=make.NOW,
        )
    assert ReviewRound.objects.count() == 1
    assert not RoundGroup.objects.exists()


def test_a_round_of_several_countries_is_opened_by_who_coordinates_all_of_them():
    with pytest.raises(Refused):
        group(1, countries=("BG", "IT"), by=make.user(Role.COORDINATOR))
    both = make.user(Role.COORDINATOR)
    italian = make.cop(make.country("IT"))
    Membership.objects.create(
        person=both.person, cop=italian, role=Role.COORDINATOR, joined_on=date(2026, 1, 1)
    )
    both = User.objects.get(pk=both.pk)
    found = group(1, countries=("BG", "IT"), by=both)[0]
    assert found.country is None
    assert {c.code for c in found.countries.all()} == {"BG", "IT"}
    assert go_on(found, Phase.DISCUSSION, both) == [found]


def test_a_round_of_some_countries_is_seen_filled_and_counted_by_those_alone():
    found = group(1, countries=("BG", "IT"))[0]
    experts = {code: make.person(code=code) for code in ("BG", "IT", "ES")}
    manager = found.opened_by.user
    assert set(rounds.candidates(found, manager)) == {experts["BG"], experts["IT"]}
    with pytest.raises(Refused):
        world.assigned(found, experts["ES"])
    seen = {
        code: ReviewRound.objects.visible_to(make.user(Role.COORDINATOR, code)).count()
        for code in experts
    }
    assert seen == {"BG": 1, "IT": 1, "ES": 0}
    with pytest.raises(Refused):
        world.assigned(found, experts["ES"], by=make.user(Role.COORDINATOR, "ES"))
    assert world.assigned(found, experts["IT"]).country.code == "IT"


def test_the_round_before_is_the_newest_closed_one_in_the_same_language():
    first = world.version()
    older = world.gone_on(world.review_round(version=first), CLOSED)
    make.version(first.material, language="bg")
    second = make.version(first.material)
    assert world.review_round(version=second).previous == older
    third = make.version(first.material, language="bg")
    assert world.review_round(version=third).previous is None


def test_reviews_come_in_during_the_independent_phase_and_the_discussion_only():
    for phase in (Phase.INDEPENDENT, Phase.DISCUSSION):
        found, person = world.review_round(), make.person()
        assignment = world.assigned(found, person)
        world.gone_on(found, phase)
        world.save(assignment, person, world.whole(assignment))
        assert desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW).submitted_on
    for phase in (Phase.RESPONSE, Phase.DECISION, CLOSED):
        found, person = world.review_round(), make.person()
        assignment = world.assigned(found, person)
        world.save(assignment, person, world.whole(assignment))
        world.gone_on(found, phase)
        with pytest.raises(phases.RoundClosed, match="draft is kept"):
            desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)
        assert not Rating.objects.filter(assignment=assignment).exists()


def test_nobody_is_asked_once_the_discussion_has_begun():
    found = world.gone_on(world.review_round(), Phase.DISCUSSION)
    with pytest.raises(phases.RoundClosed, match="nobody else can be asked"):
        world.assigned(found, make.person())
    assert not Assignment.objects.exists()


def test_nobody_is_late_for_the_coordinator_once_nobody_else_can_be_asked():
    found = world.review_round()
    world.assigned(found, make.person())
    far, by = world.DUE + timedelta(days=30), found.opened_by.user
    assert escalation.late(by, far).count() == 1
    world.gone_on(found, Phase.DISCUSSION)
    assert not escalation.late(by, far).exists()


def test_when_reviews_are_not_taken_any_more_nobody_is_reminded():
    found, person = world.review_round(), make.person()
    world.assigned(found, person)
    world.gone_on(found, Phase.RESPONSE)
    reminders = Message.objects.filter(kind=notices.REMINDER)
    assert set(reminders.values_list("state", flat=True)) == {MessageState.WITHDRAWN}


def change(found: ReviewRound, **more):
    values = {"severity": Severity.CRITICAL, "asked": "This is wrong.", "raised_on": world.DUE}
    return ChangeRequest.objects.create(
        material=found.version.material, version=found.version, **values | more
    )


def test_a_round_is_not_closed_over_an_undecided_critical_change(as_user):
    found = world.review_round()
    change(found, severity=Severity.MAJOR)
    change(found, decision=Decision.DECLINE, reason="The law still says so.", decided_at=make.NOW)
    critical = change(found)
    by = found.opened_by.user
    with pytest.raises(closing.CannotClose, match="1 critical change"):
        rounds.close_round(round_id=found.pk, by=by, at=make.NOW)
    page = as_user(by).post(reverse("round_close", args=[found.pk])).content.decode()
    assert f'href="{critical.get_absolute_url()}"' in page
    assert "This comes first" in page
    second = change(found)
    page = as_user(by).get(reverse("round_close", args=[found.pk])).content.decode()
    assert f"?material={found.version.material.code}&amp;state=open" in page
    second.delete()
    critical.decision, critical.reason = Decision.ACCEPT, "Agreed."
    critical.decided_at = make.NOW
    critical.save()
    assert rounds.close_round(round_id=found.pk, by=by, at=make.NOW).closed_at


def test_lesson_a7_janeway_5012_and_a9_pkp_12048_a_round_needs_its_response_to_be_closed():
    owner = make.person(Role.AUTHOR)
    found = world.gone_on(world.review_round(version=world.version(owner)), Phase.RESPONSE)
    by = found.opened_by.user
    with pytest.raises(closing.CannotClose, match="response"):
        rounds.close_round(round_id=found.pk, by=by, at=make.NOW)
    write = {"round_id": found.pk, "text": "Done.", "by": owner.user, "at": make.NOW}
    responses.write(**write, revision=0, send=False)
    with pytest.raises(closing.CannotClose):
        rounds.close_round(round_id=found.pk, by=by, at=make.NOW)
    responses.write(**write, revision=1, send=True)
    assert rounds.close_round(round_id=found.pk, by=by, at=make.NOW).closed_at


def test_a_round_without_a_response_is_closed_once_that_was_said():
    found = world.gone_on(world.review_round(), Phase.RESPONSE)
    by = found.opened_by.user
    responses.none_needed(round_id=found.pk, by=by, at=make.NOW)
    assert rounds.close_round(round_id=found.pk, by=by, at=make.NOW).closed_at


def test_a_round_that_left_the_response_out_needs_none():
    found = world.gone_on(world.review_round(), Phase.DECISION)
    assert rounds.close_round(round_id=found.pk, by=found.opened_by.user, at=make.NOW).closed_at


@pytest.mark.parametrize("what", sorted(vars(phases.Permit())))
def test_rounds_are_found_by_what_they_permit(what):
    made = [world.review_round() for _step in phases.STEPS]
    for row, phase in zip(made, phases.ORDER, strict=False):
        ReviewRound.objects.filter(pk=row.pk).update(phase=phase)
    ReviewRound.objects.filter(pk=made[-1].pk).update(closed_at=make.NOW)
    rows = list(ReviewRound.objects.all())

    found = ReviewRound.objects.filter(phases.with_permit(what))

    assert {row.pk for row in found} == {r.pk for r in rows if getattr(phases.permit(r), what)}


def test_the_page_says_what_each_phase_permits_and_goes_on_by_one_button(as_user):
    found = world.review_round()
    client, url = as_user(found.opened_by.user), reverse("round_phase", args=[found.pk])
    page = client.get(url).content.decode()
    assert "Go on to: Discussion" in page
    assert "Straight to: Decision" in page
    assert "goes forward only" in page
    for line in policy_page.lines(found):
        for clause in (*line.reviewers, *line.coordinators, *line.authors):
            assert clause.text.replace("'", "&#x27;") in page
    answer = client.post(url, {"phase": "discussion"}, follow=True).content.decode()
    assert "The round is now at: Discussion." in answer
    assert "Go on to: Response" in answer
    for odd in ("", "independent", "nowhere", "closed"):
        assert client.post(url, {"phase": odd}).status_code == 200
    found.refresh_from_db()
    assert found.phase == Phase.DISCUSSION


@pytest.mark.parametrize("blindness", Blindness.values)
def test_the_page_says_by_name_exactly_where_names_are_shown(blindness):
    found = world.review_round(blindness=blindness)
    line = next(line for line in policy_page.lines(found) if line.key == Phase.RESPONSE)
    named = {
        who: "By name." in [clause.text for clause in getattr(line, who)]
        for who in ("reviewers", "authors", "coordinators")
    }
    assert named == {
        "reviewers": blindness in {Blindness.OPEN, Blindness.FROM_AUTHORS},
        "authors": blindness in {Blindness.OPEN, Blindness.FROM_EACH_OTHER},
        "coordinators": blindness == Blindness.OPEN,
    }


@pytest.mark.django_db(transaction=True)
def test_a_round_closed_while_six_submit_takes_each_in_or_refuses_it():
    found = world.review_round()
    people = [make.person() for _n in range(6)]
    deeds = []
    for person in people:
        assignment = world.assigned(found, person)
        world.save(assignment, person, world.whole(assignment))
        sending = {"assignment_id": assignment.pk, "by": person.user, "at": make.NOW}
        deeds.append(partial(desk.submit, **sending))
    outcomes = world.closed_amid(found, deeds)
    assert set(outcomes) <= {"in", "refused"}
    assert len(outcomes) == 6
    sent = Assignment.objects.filter(round=found, submitted_on__isnull=False)
    assert sent.count() == outcomes.count("in")
    assert Rating.objects.count() == 10 * outcomes.count("in")
    found.refresh_from_db()
    assert found.closed_at == make.NOW
    waiting = Assignment.objects.filter(round=found, submitted_on__isnull=True)
    assert waiting.filter(draft__isnull=False).count() == outcomes.count("refused")
