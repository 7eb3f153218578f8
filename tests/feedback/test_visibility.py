"""Who sees what of a round: the whole table of roles and phases, and what history adds to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.reviews.domain import phases, see_as, visibility
from feedback.reviews.domain.visibility import Standing, View
from feedback.reviews.enums import Blindness, Phase
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.outcome import outcome
from feedback.validation.domain.outcome.tables import rating_tables
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

STEPS = [str(step) for step in phases.STEPS]
SENT = Standing(is_reviewer=True, has_sent=True)
WAITING = Standing(is_reviewer=True)
AUTHOR = Standing(is_author=True)
MANAGER = Standing(coordinates=True, countries=None)
COORDINATOR = Standing(coordinates=True, countries=frozenset({1}))

# Standing -> what is seen at each step, in their order: r(emarks), s(cores), d(iscusses), - nothing
STATES = {
    "reviewer who has sent": (SENT, ("-", "rsd", "rsd", "rs", "rs")),
    "reviewer who has not": (WAITING, ("-", "-", "-", "-", "-")),
    "author": (AUTHOR, ("-", "-", "rd", "r", "r")),
    "coordinator": (COORDINATOR, ("-", "rsd", "rsd", "rs", "rs")),
    "manager": (MANAGER, ("-", "rsd", "rsd", "rs", "rs")),
    # Lesson A 11: who made the material is its author, whatever else they lead.
    "author who coordinates": (replace(COORDINATOR, is_author=True), ("-", "-", "rd", "r", "r")),
    "author and manager": (replace(MANAGER, is_author=True), ("-", "-", "rd", "r", "r")),
    "reviewer who became an author": (replace(SENT, is_author=True), ("-", "rd", "rd", "r", "r")),
    "coordinator who still rates": (
        replace(COORDINATOR, is_reviewer=True),
        ("-", "-", "rsd", "rs", "rs"),
    ),
    "author who still rates": (replace(WAITING, is_author=True), ("-", "-", "rd", "r", "r")),
    "nobody": (Standing(), ("-", "-", "-", "-", "-")),
}


def said(view: View) -> str:
    letters = {"r": view.reads, "s": view.scores, "d": view.discusses}
    return "".join(letter for letter, shown in letters.items() if shown) or "-"


@pytest.mark.parametrize("who", STATES)
def test_the_table_of_roles_and_phases(who):
    standing, expected = STATES[who]
    for blindness in Blindness.values:
        views = [visibility.decide(standing, step, blindness) for step in STEPS]
        assert tuple(said(view) for view in views) == expected
        assert not [view for view in views if view.names and not view.reads]


@pytest.mark.parametrize(
    ("who", "named_in"),
    [
        ("reviewer who has sent", {Blindness.OPEN, Blindness.FROM_AUTHORS}),
        ("author", {Blindness.OPEN, Blindness.FROM_EACH_OTHER}),
        ("coordinator", {Blindness.OPEN}),
        ("manager", {Blindness.OPEN}),
        ("author who coordinates", {Blindness.OPEN, Blindness.FROM_EACH_OTHER}),
        ("reviewer who became an author", {Blindness.OPEN}),
    ],
)
def test_the_four_blind_modes_show_names_to_whom_they_say(who, named_in):
    standing, _expected = STATES[who]
    shown = {b for b in Blindness if visibility.decide(standing, Phase.RESPONSE, b).names}
    assert shown == named_in


def seen_by(user, found) -> View:
    return visibility.of(user, found)


def test_others_reviews_are_hidden_until_ones_own_is_in():
    found = world.review_round()
    people = world.panelled(found)
    late = make.person()
    world.assigned(found, late)
    world.gone_on(found, Phase.DISCUSSION)
    assert not seen_by(late.user, found).reads
    assert list(visibility.assignments_for(late.user, found)) == []
    assert seen_by(people[0].user, found).reads
    assert visibility.assignments_for(people[0].user, found).count() == 3
    assert visibility.annotations_for(late.user, found).count() == 0
    assert visibility.ratings_for(people[0].user, found).count() == 30


def test_who_declined_and_coordinates_sees_the_round_as_a_coordinator_again():
    found = world.review_round()
    both = world.also_expert(make.person(Role.COORDINATOR))
    assignment = world.assigned(found, both)
    world.panelled(found)
    world.gone_on(found, Phase.DISCUSSION)
    assert not seen_by(both.user, found).reads
    ReviewRound.objects.filter(pk=found.pk).update(phase=Phase.INDEPENDENT)
    world.declined(assignment, both)
    assert not seen_by(both.user, world.refreshed(found)).reads
    ReviewRound.objects.filter(pk=found.pk).update(phase=Phase.DISCUSSION)
    view = seen_by(both.user, world.refreshed(found))
    assert (view.reads, view.scores, view.names, view.is_reviewer) == (True, True, False, False)
    assert visibility.assignments_for(both.user, found).count() == 3


def test_who_only_declined_sees_nothing_of_the_round_and_no_page_of_it(as_user):
    found, person = world.review_round(), make.person()
    world.declined(world.assigned(found, person), person)
    world.panelled(found)
    world.gone_on(found, Phase.DISCUSSION)
    assert seen_by(person.user, found) == View()
    url = reverse("round_discussion", args=[found.pk])
    assert as_user(person.user).get(url).status_code == 404


def test_fewer_than_three_reviews_show_nothing_but_ones_own():
    found = world.review_round()
    people = world.panelled(found, number=2)
    world.gone_on(found, Phase.DISCUSSION)
    assert not seen_by(found.opened_by.user, found).reads
    assert visibility.assignments_for(people[0].user, found).count() == 1


def test_two_of_ones_own_country_are_no_panel_for_its_coordinator():
    found = world.review_round(None)
    world.panelled(found, number=3)
    world.panelled(found, number=2, code="IT")
    world.gone_on(found, Phase.DISCUSSION)
    own, abroad = make.user(Role.COORDINATOR), make.user(Role.COORDINATOR, "IT")
    assert visibility.assignments_for(own, found).count() == 3
    assert visibility.assignments_for(abroad, found).count() == 0
    assert visibility.assignments_for(found.opened_by.user, found).count() == 5


def test_lesson_a10_pkp_10090_an_author_is_one_in_every_round_whoever_sends_the_next_version():
    owner, uploader = make.person(Role.AUTHOR), make.person(Role.COORDINATOR)
    first = world.version(owner)
    old = world.review_round(version=first)
    world.panelled(old)
    make.version(first.material, uploaded_by=uploader)
    world.gone_on(old, Phase.DISCUSSION)
    for user in (owner.user, uploader.user):
        assert seen_by(user, old) == View(
            is_author=True,
            coordinates=user == uploader.user,
            countries=seen_by(user, old).countries,
        )


def test_lesson_a10_pkp_11374_a_reviewer_of_an_old_round_gets_nothing_of_the_new_one(as_user):
    first = world.version()
    old = world.review_round(version=first)
    people = world.panelled(old)
    world.gone_on(old, phases.CLOSED)
    new = world.review_round(version=make.version(first.material), by=old.opened_by.user)
    world.panelled(new)
    world.gone_on(new, Phase.DISCUSSION)
    assert seen_by(people[0].user, new) == visibility.NOTHING
    client = as_user(people[0].user)
    for name in ("round_discussion", "round_response", "round_detail", "round_outcome"):
        assert client.get(reverse(name, args=[new.pk])).status_code in {403, 404}
    assert client.get(reverse("round_discussion", args=[old.pk])).status_code == 200


def test_lesson_a11_hotcrp_426_a_coordinator_who_is_the_author_sees_no_score_of_one_person(as_user):
    chair = make.person(Role.COORDINATOR)
    found = world.review_round(version=world.version(chair), by=chair.user)
    world.panelled(found)
    world.gone_on(found, Phase.DISCUSSION)
    assert [line.remarks for line in outcome.build(found, chair.user).lines if line.remarks] == []
    world.gone_on(found, Phase.RESPONSE)
    remarks = outcome.build(found, chair.user).lines[0].remarks
    assert len(remarks) == 3
    assert {remark.mark for remark in remarks} == {""}
    other = make.user(Role.COORDINATOR)
    assert {r.mark for r in outcome.build(found, other).lines[0].remarks} == {"2"}
    page = as_user(chair.user).get(reverse("round_discussion", args=[found.pk])).content.decode()
    assert "2 (partly)" not in page


def test_lesson_a11_hotcrp_348_see_as_shows_never_more_than_one_may_see(as_user):
    found = world.review_round(None, blindness=Blindness.OPEN)
    bulgarians = world.panelled(found)
    world.panelled(found, code="IT")
    own = make.user(Role.COORDINATOR)
    world.gone_on(found, Phase.DISCUSSION)
    for of in see_as.As.values:
        for step in STEPS:
            shown = see_as.preview(review_round=found, of=of, step=step, by=own)
            assert not [t for t in shown.threads if "of IT" in t.text]
            assert bool(shown.threads) == shown.view.reads
    client = as_user(own)
    url = reverse("round_see_as", args=[found.pk])
    page = client.get(url, {"as": "reviewer", "phase": "discussion"}).content.decode()
    assert "Comment 0 of BG." in page
    assert bulgarians[0].name in page
    page = client.get(url, {"as": "author", "phase": "discussion"}).content.decode()
    assert "answers as if it did not exist" in page
    for odd in ({"as": "admin"}, {"phase": "never"}, {"as": "", "phase": "9" * 40}):
        assert client.get(url, odd).status_code == 200


def test_see_as_before_anything_is_read_shows_a_sample(as_user):
    found = world.review_round()
    world.panelled(found)
    url = reverse("round_see_as", args=[found.pk])
    page = as_user(found.opened_by.user).get(url, {"as": "reviewer", "phase": "discussion"})
    text = page.content.decode()
    assert "these remarks are a sample" in text
    assert "2 (partly)" in text
    assert "Comment 0 of BG." not in text
    author = as_user(found.opened_by.user).get(url, {"as": "author", "phase": "response"})
    assert "2 (partly)" not in author.content.decode()


def test_labels_are_the_same_for_everybody_and_in_every_phase():
    found = world.review_round()
    people = world.panelled(found)
    world.assigned(found, make.person())
    before = visibility.labels(found, View())
    world.gone_on(found, Phase.DISCUSSION)
    for user in (found.opened_by.user, people[0].user):
        assert visibility.labels(found, seen_by(user, found)) == before
    assert sorted(before.values()) == [f"Reviewer {n}" for n in range(1, 5)]
    one = found.assignments.order_by("reviewer_code").first()
    assert visibility.label(one, View()) == "Reviewer 1"
    assert visibility.label(one, View(names=True)) not in before.values()


@pytest.mark.parametrize("count", [1, 3])
def test_the_question_costs_the_same_for_one_and_for_three_rounds(count, django_assert_num_queries):
    by = make.user(Role.COORDINATOR)
    for _n in range(count):
        found = world.review_round(by=by)
        world.panelled(found, number=2 + count)
        world.gone_on(found, Phase.DISCUSSION)
    found = ReviewRound.objects.with_version().get(pk=found.pk)
    assert by.access.is_member  # who somebody is has been asked by then
    with django_assert_num_queries(1):
        assert visibility.of(by, found).reads


def test_figures_of_a_country_come_from_its_assignments_and_the_consortiums_from_all():
    found = world.review_round(None)
    for code, scores in {"BG": "444", "IT": "112"}.items():
        for score in scores:
            world.answered(found, make.person(code=code), score)
    by_country = {
        code: rating_tables(make.country(code).pk)[0].criteria[0].scores for code in ("BG", "IT")
    }
    assert by_country == {"BG": (4, 4, 4), "IT": (1, 1, 2)}
    for code, scores in by_country.items():
        own = make.user(Role.COORDINATOR, code)
        assert outcome.build(found, own).lines[0].row.scores == scores
    whole = outcome.build(found, found.opened_by.user).lines[0].row.scores
    assert whole == (1, 1, 2, 4, 4, 4)


def test_lesson_a27_hotcrp_250_scores_stay_hidden_from_authors_while_they_answer(as_user):
    owner = make.person(Role.AUTHOR)
    found = world.review_round(version=world.version(owner))
    people = world.panelled(found)
    world.gone_on(found, Phase.RESPONSE)
    url = reverse("round_discussion", args=[found.pk])
    author = as_user(owner.user).get(url).content.decode()
    assert "Comment 0 of BG." in author
    assert "2 (partly)" not in author
    assert "2 (partly)" in as_user(people[1].user).get(url).content.decode()


def test_lesson_a45_pkp_7012_a_finished_review_is_not_passed_on_before_the_others_are_in(as_user):
    owner = make.person(Role.AUTHOR)
    found = world.review_round(version=world.version(owner))
    people = world.panelled(found)
    for user in (owner.user, people[0].user, found.opened_by.user):
        assert (
            visibility.assignments_for(user, found)
            .exclude(pk__in=visibility.identity.own(user).values("pk"))
            .count()
            == 0
        )
