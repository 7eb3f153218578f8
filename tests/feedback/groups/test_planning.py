"""Planning a group: whose it is, what it needs, what can no longer be changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from feedback.focus_groups.domain.planning import group_parts, planning
from feedback.focus_groups.domain.planning.group_parts import CountsDoNotFit, InterpreterPlan
from feedback.focus_groups.domain.planning.planning import GroupPlan
from feedback.focus_groups.enums import Recruited, Voice
from feedback.focus_groups.models import FocusGroup
from sessions.domain.planning import cancel_session
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world


def talk(*codes: str, by=None, **more):
    return make.cop_session(*codes or ("BG",), by=by, **{"kind": Kind.FOCUS_GROUP} | more)


def plan(**more) -> GroupPlan:
    guide = more.pop("guide", None) or world.guide(more.get("voice", Voice.MIGRANT))
    return GroupPlan(**{"voice": Voice.MIGRANT, "guide": guide, "languages": ("bg",)} | more)


def planned(session, by=None, **more) -> FocusGroup:
    return planning.plan_group(
        session_id=session.pk, plan=plan(**more), by=by or world.host(), at=make.NOW
    )


def changed(group, by, **more) -> FocusGroup:
    return planning.change_group(
        group_id=group.pk,
        revision=more.pop("revision", group.revision),
        plan=plan(**{"guide": group.guide} | more),
        by=by,
        at=make.NOW,
    )


@pytest.mark.django_db
def test_planning_freezes_the_guide_and_is_written_down():
    group = planned(talk())

    group.guide.refresh_from_db()
    assert group.guide.frozen_at == make.NOW
    event = AuditEvent.objects.get(deed="focus group planned")
    assert (event.object_id, event.country_id) == (group.pk, group.country_id)


@pytest.mark.django_db
def test_a_session_of_two_countries_belongs_to_the_planners_own():
    session = talk("BG", "IT")

    assert planned(session, by=world.host("IT")).country.code == "IT"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.PLATFORM_ADMIN, Role.AUTHOR])
def test_others_do_not_plan(role):
    with pytest.raises(Refused):
        planned(talk(), by=make.user(role))


@pytest.mark.django_db
def test_a_facilitator_of_another_country_does_not_plan():
    with pytest.raises(Refused):
        planned(talk(), by=world.host("IT"))


@pytest.mark.django_db
def test_a_session_of_another_kind_is_no_group():
    with pytest.raises(planning.CannotBePlanned):
        planned(talk(kind=Kind.REGULAR))


@pytest.mark.django_db
def test_a_cancelled_session_is_not_planned():
    by = make.user(Role.COORDINATOR)
    session = talk(by=by)
    cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)

    with pytest.raises(planning.CannotBePlanned):
        planned(session)


@pytest.mark.django_db
def test_a_session_is_planned_once():
    session = talk()
    planned(session)

    with pytest.raises(planning.CannotBePlanned):
        planned(session)
    assert FocusGroup.objects.count() == 1


@pytest.mark.django_db
def test_a_guide_must_fit_be_in_use_and_ask_something():
    empty = world.guide()
    empty.questions.all().delete()
    for guide in (world.guide(Voice.MENTOR), world.guide(retired_at=make.NOW), empty):
        with pytest.raises(planning.WrongGuide):
            planned(talk(), guide=guide)
    assert not FocusGroup.objects.exists()


@pytest.mark.django_db
def test_the_plan_changes_while_nothing_is_closed():
    group, host = planned(talk()), world.host()

    changed(group, host, most=7, languages=("bg", "uk"))

    group.refresh_from_db()
    assert (group.most, group.languages, group.revision) == (7, ["bg", "uk"], 2)
    with pytest.raises(planning.EditedMeanwhile):
        changed(group, host, most=8, revision=1)


@pytest.mark.django_db
def test_a_retired_guide_stays_with_the_group_that_has_it():
    group = planned(talk())
    group.guide.retired_at = make.NOW
    group.guide.save()

    changed(group, world.host(), most=7)

    group.refresh_from_db()
    assert group.most == 7


@pytest.mark.django_db
def test_answers_hold_their_guide():
    group = planned(talk())
    world.quote(world.participant(group))

    with pytest.raises(planning.WrongGuide):
        changed(group, world.host(), guide=world.guide())


@pytest.mark.django_db
def test_a_closed_group_is_not_planned_anew_but_still_told_of():
    group, host = world.closed_group(), world.host()

    with pytest.raises(planning.GroupClosed):
        changed(group, host, most=7)
    planning.tell_of_group(
        group_id=group.pk, revision=1, told={"returned": "Read aloud."}, by=host, at=make.NOW
    )

    group.refresh_from_db()
    assert group.returned == "Read aloud."


@pytest.mark.django_db
def test_interpreters_are_known_by_their_labels():
    one = InterpreterPlan("Interpreter 1", ("bg", "ar"))
    two = InterpreterPlan("Interpreter 2", ("bg", "uk"))
    group, host = planned(talk(), interpreters=(one, two)), world.host()
    first = group.interpreters.get(label="Interpreter 1").pk

    changed(group, host, interpreters=(replace(one, is_briefed=True),))

    kept = group.interpreters.get()
    assert (kept.pk, kept.is_briefed) == (first, True)


@pytest.mark.django_db
def test_an_interpreter_of_quotes_stays():
    one = InterpreterPlan("Interpreter 1", ("bg", "ar"))
    group, host = planned(talk(), interpreters=(one,)), world.host()
    world.quote(world.participant(group), interpreter=group.interpreters.get())

    with pytest.raises(group_parts.InterpreterInUse):
        changed(group, host, interpreters=())


@pytest.mark.django_db
def test_closing_twice_keeps_the_first_day():
    group, host = world.closed_group(), world.host()

    planning.close_capture(
        group_id=group.pk, day=make.NOW.date().replace(day=1), by=host, at=make.NOW
    )

    group.refresh_from_db()
    assert group.closed_on == world.DAY


people = st.none() | st.integers(0, 20)


@given(asked=people, no=people, yes=people, came=people, left=people)
def test_numbers_are_taken_exactly_when_no_step_outgrows_the_one_before(asked, no, yes, came, left):
    counts = {
        Recruited.APPROACHED: asked,
        Recruited.DECLINED: no,
        Recruited.AGREED: yes,
        Recruited.CAME: came,
        Recruited.LEFT: left,
    }
    steps = [number for number in (asked, yes, came, left) if number is not None]
    fits = steps == sorted(steps, reverse=True)
    fits = fits and (asked is None or (no or 0) + (yes or 0) <= asked)

    try:
        group_parts.check_counts(counts)
    except CountsDoNotFit:
        assert not fits
    else:
        assert fits
