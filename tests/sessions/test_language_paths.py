"""Can everybody follow? The rule alone, and where its answer is shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from experts.enums import Role
from sessions.domain import details, language_paths
from sessions.domain.language_paths import Help, Path
from sessions.domain.parts import Holder
from sessions.enums import Duty
from sessions.models import Invitation
from tests import factories as make
from tests.sessions.test_pages import SOON

CODES = ["en", "bg", "de", "el", "it", "es", "sv", "ar"]
LANGUAGES = st.sets(st.sampled_from(CODES), min_size=1, max_size=3).map(frozenset)
PAIRS = st.lists(st.sets(st.sampled_from(CODES), min_size=2, max_size=2).map(frozenset), max_size=4)


@pytest.mark.parametrize(
    ("speaks", "session", "pairs", "path"),
    [
        ({"el"}, {"el", "en"}, [], Path.SPEAKS),
        ({"el"}, {"bg"}, [{"el", "bg"}], Path.INTERPRETED),
        ({"el"}, {"bg"}, [{"el", "en"}], Path.NONE),
        ({"el"}, {"bg"}, [{"de", "bg"}], Path.NONE),
        ({"el"}, {"bg"}, [], Path.NONE),
    ],
)
def test_a_path_is_a_language_of_the_session_or_an_interpreter_into_it(
    speaks, session, pairs, path
):
    assert language_paths.paths_of({1: frozenset(speaks)}, session, pairs) == {1: path}


@given(
    guests=st.dictionaries(st.integers(1, 9), LANGUAGES, max_size=6),
    session=LANGUAGES,
    pairs=PAIRS,
    one_more=PAIRS,
)
def test_an_interpreter_more_never_takes_a_path_away(guests, session, pairs, one_more):
    before = language_paths.paths_of(guests, session, pairs)
    after = language_paths.paths_of(guests, session, [*pairs, *one_more])
    assert all(after[key] == path for key, path in before.items() if path != Path.NONE)


@given(guests=st.lists(LANGUAGES, max_size=6), session=LANGUAGES, pairs=PAIRS)
def test_the_interpreter_that_is_advised_helps_as_many_as_it_says(guests, session, pairs):
    numbered = dict(enumerate(guests))
    before = language_paths.paths_of(numbered, session, pairs)
    without = [numbered[key] for key, path in before.items() if path == Path.NONE]
    best = language_paths.best_help(without, sorted(session))
    if not without:
        assert best is None
        return
    assert best is not None
    pair = {best.guest_language, best.session_language}
    after = language_paths.paths_of(numbered, session, [*pairs, pair])
    helped = [key for key in before if before[key] == Path.NONE and after[key] != Path.NONE]
    assert len(helped) == best.people


def test_advice_goes_into_english_where_it_is_spoken():
    without = [frozenset({"el"}), frozenset({"el", "ar"}), frozenset({"de"})]
    assert language_paths.best_help(without, ["bg", "en"]) == Help("el", "en", 2)


def test_who_lists_no_language_reads_mails_in_one():
    assert language_paths.spoken([], "sv") == {"sv"}
    assert language_paths.spoken(["ar"], "en") == {"ar"}


@pytest.mark.parametrize(
    ("hosts", "languages"), [(["bg"], ["bg"]), (["bg", "el"], ["en"]), ([], ["en"])]
)
def test_hosts_of_one_language_share_it_and_others_meet_in_english(hosts, languages):
    assert language_paths.usual(hosts) == languages


def a_session(coordinator, **more):
    return make.cop_session(by=coordinator, day=SOON, languages=("bg",), **more)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.mark.django_db
def test_the_invite_page_flags_who_cannot_follow_and_says_what_would_help(as_user, coordinator):
    session = a_session(coordinator)
    stranger = make.person(languages=["el"])
    page = as_user(coordinator).get(reverse("session_invite", args=[session.pk]))
    body = page.content.decode()
    assert f"1 person has no way to follow in Bulgarian: {stranger.name}." in body
    assert "An interpreter Greek – Bulgarian would give 1 person a path." in body


@pytest.mark.django_db
def test_people_without_a_path_are_asked_after_a_tick_only(as_user, coordinator):
    session, client = a_session(coordinator), as_user(coordinator)
    stranger, friend = make.person(languages=["el"]), make.person()
    url = reverse("session_invite", args=[session.pk])
    people = [str(stranger.pk), str(friend.pk)]
    page = client.post(url, {"people": people})
    assert page.status_code == 200
    assert "no way to follow" in page.context["form"].errors["without_path"][0]
    assert page.context["form"]["people"].value() == people
    assert not Invitation.objects.exists()
    assert client.post(url, {"people": [friend.pk]}).status_code == 302
    on_purpose = {"people": [stranger.pk], "without_path": "1"}
    assert client.post(url, on_purpose).status_code == 302
    assert Invitation.objects.count() == 2


@pytest.mark.django_db
def test_an_interpreter_between_both_languages_gives_the_path(as_user, coordinator):
    interpreter = make.person(languages=["bg", "el"])
    holder = Holder(interpreter, Duty.INTERPRETER, ("el", "bg"))
    session = a_session(coordinator, duties=(holder,))
    stranger = make.person(languages=["el"])
    assert details.report(session, [stranger]).without == []


@pytest.mark.django_db
def test_the_sessions_page_says_it_to_those_who_run_it_only(as_user, coordinator):
    session = a_session(coordinator)
    stranger = make.person(languages=["el"])
    make.invitation(session, stranger)
    url = reverse("session_detail", args=[session.pk])
    assert "no way to follow" in as_user(coordinator).get(url).content.decode()
    assert "no way to follow" not in as_user(stranger.user).get(url).content.decode()


@pytest.mark.django_db
def test_the_invite_page_costs_the_same_for_one_person_and_three(as_user, coordinator):
    session, client = a_session(coordinator), as_user(coordinator)
    url = reverse("session_invite", args=[session.pk])

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    make.person(languages=["el"])
    one = count()
    make.person(languages=["de"])
    make.person()
    assert count() == one
