"""The pages of a focus group: the list, the plan, what is told, the numbers, the end of capture."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from feedback.focus_groups.enums import Composition, Recruited, Voice
from feedback.focus_groups.models import FocusGroup, Guide, RecruitedCount
from sessions.enums import Duty, Kind
from sessions.models import DutyHolder
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


@pytest.fixture
def manager():
    return make.user(Role.PROJECT_MANAGER)


def talk(by, **more):
    """A session of that kind without a plan."""
    return make.cop_session("BG", by=by, kind=Kind.FOCUS_GROUP, title="Talk in the cafe", **more)


def typed(**more):
    """The form of a plan, as a browser sends it."""
    return {
        "voice": Voice.MIGRANT,
        "guide": "",
        "languages": ["bg", "ar"],
        "composition": Composition.WOMEN,
        "fewest": "5",
        "most": "9",
        "interpreter_1": "Interpreter 1",
        "interpreter_1_from": "bg",
        "interpreter_1_into": "ar",
        "interpreter_1_briefed": "on",
    } | more


def test_a_session_of_that_kind_offers_the_plan(as_user, coordinator):
    session = talk(coordinator)

    page = as_user(coordinator).get(session.get_absolute_url())

    assert reverse("group_plan", args=[session.pk]) in page.text
    assert "Plan this focus group" in page.text


def test_another_session_offers_none(as_user, coordinator):
    session = make.cop_session("BG", by=coordinator)

    page = as_user(coordinator).get(session.get_absolute_url())

    assert "Focus group</h2>" not in page.text


def test_an_expert_sees_no_panel_on_the_session(as_user, coordinator):
    session = talk(coordinator)

    page = as_user(make.user(Role.EXPERT)).get(session.get_absolute_url())

    assert page.status_code == 200
    assert "Plan this focus group" not in page.text


def test_a_facilitator_plans_a_group(as_user, coordinator, host):
    version = make.version(make.material(code="M02"), released_at=make.NOW)
    session = talk(coordinator, materials=(version.material,))

    answer = as_user(host).post(
        reverse("group_plan", args=[session.pk]), typed(versions=[version.pk])
    )

    group = FocusGroup.objects.get()
    assert answer.url == group.get_absolute_url()
    assert (group.session, group.voice, group.most) == (session, Voice.MIGRANT, 9)
    assert group.guide.name == "Talk with migrants"
    assert group.languages == ["bg", "ar"]
    assert list(group.versions.all()) == [version]
    interpreter = group.interpreters.get()
    assert (interpreter.label, interpreter.languages) == ("Interpreter 1", ["bg", "ar"])
    assert interpreter.is_briefed


def test_what_lies_on_the_sessions_table_comes_first(as_user, coordinator, host):
    table = make.version(make.material(code="M02", title="Workbook"), released_at=make.NOW)
    make.version(make.material(code="M01", title="Other guide"), released_at=make.NOW)
    session = talk(coordinator, materials=(table.material,))

    page = as_user(host).get(reverse("group_plan", args=[session.pk])).text

    assert page.index("M02 Workbook, version 1") < page.index("Other versions")
    assert page.index("Other versions") < page.index("M01 Other guide, version 1")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"languages": []}, "Choose at least one language."),
        ({"fewest": "9", "most": "5"}, "This is fewer than the least you expect."),
        ({"fewest": "0"}, "greater than or equal to 1"),
        ({"most": "9999"}, "less than or equal to 30"),
        ({"interpreter_1_into": "bg"}, "Choose two languages."),
        ({"interpreter_1": ""}, "never a name"),
        ({"interpreter_1": "x" * 61}, "Please shorten this to 60 characters; it has 61."),
        (
            {
                "interpreter_2": "Interpreter 1",
                "interpreter_2_from": "bg",
                "interpreter_2_into": "uk",
            },
            "Two interpreters have the same label.",
        ),
        ({"voice": "ghost"}, "Select a valid choice"),
        ({"guide": "99999999"}, "Select a valid choice"),
        ({"versions": ["99999999999999999999"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_the_field(
    as_user, coordinator, host, changed, sentence
):
    url = reverse("group_plan", args=[talk(coordinator).pk])

    page = as_user(host).post(url, typed(**changed))

    assert page.status_code == 200
    assert sentence in page.text.replace("&#x27;", "'")
    assert not FocusGroup.objects.exists()


def test_a_guide_for_other_people_is_refused_beside_the_guide(as_user, coordinator, host):
    mentors = Guide.objects.get(name="Talk with mentors")
    url = reverse("group_plan", args=[talk(coordinator).pk])

    page = as_user(host).post(url, typed(guide=mentors.pk))

    assert "This guide is for other people" in page.text
    assert "guide" in page.context["form"].errors


def test_a_planned_session_leads_to_its_plan(as_user, host):
    group = world.group()

    answer = as_user(host).get(reverse("group_plan", args=[group.session_id]))

    assert answer.url == reverse("group_edit", args=[group.pk])


def test_two_editors_meet_and_nothing_is_lost(as_user, host):
    group = world.group()
    client, url = as_user(host), reverse("group_edit", args=[group.pk])
    first = {"guide": group.guide_id, "revision": group.revision}
    client.post(url, typed(**first, most="8"))

    page = client.post(url, typed(**first, most="7"))

    assert page.status_code == 409
    assert [row["label"] for row in page.context["rows"]] == ["People, at most"]
    kept = dict(page.context["kept"]) | {"revision": page.context["value"], "languages": ["ar"]}
    assert client.post(url, kept).status_code == 302
    group.refresh_from_db()
    assert group.most == 7


def test_the_form_of_a_plan_holds_what_is_stored(as_user, host):
    group = world.group(composition=Composition.YOUNG, most=6)
    group.interpreters.create(label="Interpreter 1", languages=["bg", "ar"], is_briefed=True)

    form = as_user(host).get(reverse("group_edit", args=[group.pk])).context["form"]

    assert form["composition"].value() == Composition.YOUNG
    assert (form["most"].value(), form["guide"].value()) == (6, group.guide_id)
    assert form["interpreter_1_into"].value() == "ar"


def test_the_page_tells_what_is_missing_and_who_leads(as_user, host, coordinator):
    group = world.group(by=coordinator)
    DutyHolder.objects.create(session=group.session, person=host.person, duty=Duty.FACILITATOR)

    page = as_user(host).get(group.get_absolute_url()).text

    assert "Nobody takes notes yet" in page
    assert "no referral card" in page
    assert "Stories of violence belong in a private talk" in page
    assert host.person.name in page
    assert "What is this for?" in page


def test_a_closed_group_is_not_warned_any_more(as_user, host):
    page = as_user(host).get(world.closed_group().get_absolute_url()).text

    assert "Before you begin" not in page


def test_numbers_are_drawn_as_a_flow(as_user, host):
    group = world.group()
    numbers = {"approached": "20", "declined": "8", "agreed": "10", "came": "8", "left": ""}

    answer = as_user(host).post(reverse("group_numbers", args=[group.pk]), numbers)

    assert answer.url == group.get_absolute_url()
    flow = as_user(host).get(answer.url).context["page"].flow
    assert [(step.people, step.share) for step in flow] == [(20, 100), (8, 40), (10, 50), (8, 40)]


@pytest.mark.parametrize(
    ("numbers", "field", "sentence"),
    [
        ({"approached": "5", "agreed": "6"}, "approached", "said yes or no than were asked"),
        ({"approached": "9", "declined": "5", "agreed": "5"}, "approached", "than were asked"),
        ({"agreed": "5", "came": "6"}, "came", "More people came than said yes."),
        ({"approached": "5", "came": "6"}, "came", "More people came than said yes."),
        ({"came": "5", "left": "6"}, "left", "More people left than came."),
        ({"came": "-1"}, "came", "greater than or equal to 0"),
        ({"came": "many"}, "came", "Enter a whole number."),
        ({"came": "9" * 30}, "came", "less than or equal to 500"),
    ],
)
def test_numbers_that_cannot_be_are_refused(as_user, host, numbers, field, sentence):
    group = world.group()

    page = as_user(host).post(reverse("group_numbers", args=[group.pk]), numbers)

    assert sentence in page.context["form"].errors[field][0]
    assert not RecruitedCount.objects.exists()


def test_counting_again_takes_the_newer_numbers(as_user, host):
    group, client = world.group(), as_user(host)
    url = reverse("group_numbers", args=[group.pk])
    client.post(url, {"agreed": "7", "came": "7"})

    client.post(url, {"agreed": "7", "came": ""})

    assert dict(group.recruited.values_list("step", "people")) == {Recruited.AGREED: 7}


def test_how_the_group_was_run_is_told(as_user, host):
    group, client = world.group(), as_user(host)
    url = reverse("group_told", args=[group.pk])

    client.post(url, {"setting": "A round table, tea.", "revision": group.revision})

    page = client.get(group.get_absolute_url())
    assert [one.text for one in page.context["page"].told] == ["A round table, tea."]
    assert "8 points are empty" in page.text


def test_two_people_who_tell_of_a_group_meet(as_user, host):
    group, client = world.group(), as_user(host)
    url = reverse("group_told", args=[group.pk])
    client.post(url, {"setting": "Tea.", "revision": group.revision})

    page = client.post(url, {"setting": "Coffee.", "revision": group.revision})

    assert page.status_code == 409
    assert page.context["rows"] == [
        {"label": "What the place was like", "stored": "Tea.", "typed": "Coffee."}
    ]


def test_ten_thousand_emoji_are_refused_kindly_and_kept(as_user, host):
    group = world.group()
    url = reverse("group_told", args=[group.pk])

    page = as_user(host).post(url, {"silences": "😀" * 10_000, "revision": group.revision})

    assert "Please shorten this to 4000 characters; it has 10000." in page.text
    assert page.context["form"]["silences"].value() == "😀" * 10_000


def held(**more):
    """A group whose talk is over."""
    now = timezone.now()
    group = world.group(**more)
    group.session.starts_at, group.session.ends_at = now - timedelta(hours=3), now
    group.session.save()
    return group


def test_capture_is_closed_and_opened_again(as_user, host):
    group = held()
    world.quote(world.participant(group))
    client = as_user(host)

    client.post(reverse("group_close", args=[group.pk]))

    group.refresh_from_db()
    assert isinstance(group.closed_on, date)
    client.post(reverse("group_reopen", args=[group.pk]))
    group.refresh_from_db()
    assert group.closed_on is None


def test_capture_stays_open_while_quotes_wait_to_be_gone_through(as_user, host):
    group = held()
    world.quote(world.participant(group), checked=False)

    page = as_user(host).post(reverse("group_close", args=[group.pk]), follow=True)

    assert "1 quote was not gone through for details yet." in page.text
    group.refresh_from_db()
    assert group.closed_on is None


def test_capture_stays_open_while_nobody_has_a_code(as_user, host):
    page = as_user(host).post(reverse("group_close", args=[held().pk]), follow=True)

    assert "Nobody has a code yet." in page.text


def test_a_talk_that_has_not_begun_is_not_closed(as_user, host):
    group = world.group()
    group.session.starts_at = timezone.now() + timedelta(days=1)
    group.session.ends_at = group.session.starts_at + timedelta(hours=1)
    group.session.save()
    world.participant(group)

    page = as_user(host).post(reverse("group_close", args=[group.pk]), follow=True)

    assert "The talk has not begun yet." in page.text


def test_the_list_holds_ones_own_countries(as_user, host):
    own = world.group("BG")
    world.group("IT")

    page = as_user(host).get(reverse("group_list"))

    assert [row.pk for row in (*page.context["ahead"], *page.context["held"])] == [own.pk]
    assert "country" not in page.context["form"].fields


def test_the_manager_narrows_the_list_to_a_country_and_a_voice(as_user, manager):
    world.group("BG")
    italian = world.group("IT", voice=Voice.MENTOR)
    world.group("IT")

    page = as_user(manager).get(reverse("group_list"), {"country": "IT", "voice": "mentor"})

    assert [row.pk for row in (*page.context["ahead"], *page.context["held"])] == [italian.pk]


def test_a_filter_that_nothing_fits_says_so(as_user, manager):
    world.group("BG")
    make.country("IT")

    page = as_user(manager).get(reverse("group_list"), {"country": "IT"})

    assert "No group fits this filter" in page.text


@pytest.mark.parametrize("query", [{"country": "XX"}, {"voice": "ghost"}, {"page": "zzz"}])
def test_a_filter_of_nonsense_is_no_error(as_user, host, query):
    assert as_user(host).get(reverse("group_list"), query).status_code == 200


def test_an_empty_list_offers_the_first_step(as_user, coordinator):
    page = as_user(coordinator).get(reverse("group_list")).text

    assert "No focus group yet" in page
    assert reverse("session_new") + "?kind=focus_group" in page


def test_sessions_without_a_plan_stand_on_the_list(as_user, coordinator):
    session = talk(coordinator)

    page = as_user(coordinator).get(reverse("group_list"))

    assert [one.url for one in page.context["unplanned"]] == [
        reverse("group_plan", args=[session.pk])
    ]


def test_the_navigation_leads_there_for_those_who_run_groups(as_user, host, manager):
    for user in (host, manager):
        assert "Focus groups" in as_user(user).get(reverse("session_list")).text
    assert "Focus groups" not in as_user(make.user(Role.EXPERT)).get(reverse("session_list")).text


def test_the_list_asks_as_much_for_three_groups_as_for_one(
    as_user, host, django_assert_num_queries
):
    client, url = as_user(host), reverse("group_list")
    world.closed_group(people=1)
    talk(make.user(Role.COORDINATOR))
    reference.countries()
    client.get(url)
    counted = _counted(client, url)
    for _ in range(2):
        world.attendance(world.closed_group(people=1), "Kim")
        talk(make.user(Role.COORDINATOR))

    with django_assert_num_queries(counted):
        client.get(url)


def test_the_page_asks_as_much_for_three_of_everything_as_for_one(
    as_user, host, django_assert_num_queries
):
    client = as_user(host)
    small, large = world.group(guide=world.guide(Voice.MIGRANT, "One?")), world.group()
    for group, n in ((small, 1), (large, 3)):
        for number in range(n):
            world.attendance(group, f"Name {number}")
            group.versions.add(make.version())
            group.interpreters.create(label=f"Interpreter {number}", languages=["bg", "ar"])
            person = make.person(Role.EXPERT)
            DutyHolder.objects.create(session=group.session, person=person, duty=Duty.NOTE_TAKER)
            make.invitation(group.session, make.person(Role.EXPERT))
    reference.countries()
    client.get(small.get_absolute_url())
    counted = _counted(client, small.get_absolute_url())

    with django_assert_num_queries(counted):
        client.get(large.get_absolute_url())


def _counted(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
