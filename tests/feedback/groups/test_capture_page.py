"""The page on which a group is noted, its plain forms, and the answers its device gets."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cop_platform.common import device
from experts import reference
from experts.enums import Role
from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.models import Quote
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


@pytest.fixture
def group():
    return world.group()


@pytest.fixture
def client(as_user, host):
    return as_user(host)


def at(name, group, *more):
    return reverse(name, args=[group.pk, *more])


def typed(**fields):
    return {
        "client_key": str(uuid4()),
        "revision": "0",
        "words": "It was long.",
        "language": "en",
    } | fields


def test_the_page_asks_in_the_moderators_language_and_shows_the_spoken_one_beneath(
    as_user, group, host
):
    question = group.guide.questions.first()
    question.texts = {"en": "Where did you stop?", "bg": "Къде спряхте?", "ar": "أين توقفت؟"}
    question.save()

    page = as_user(host).get(at("group_capture", group)).content.decode()

    assert page.index("Къде спряхте?") < page.index("أين توقفت؟")
    assert '<p class="capture-spoken" lang="ar" dir="rtl">أين توقفت؟</p>' in page


def test_a_line_in_arabic_runs_from_right_to_left(client, group):
    world.quote(world.participant(group), "كان طويلاً", language="ar", checked=False)

    page = client.get(at("group_capture", group)).content.decode()

    assert 'data-slot="words" lang="ar" dir="rtl">كان طويلاً' in page


def test_a_plain_form_notes_a_line_and_remembers_languages(client, group):
    question = group.guide.questions.last()
    data = typed(question=question.pk, language="ar", rendering="Long", rendering_language="bg")

    answer = client.post(at("group_capture", group), data)

    assert answer.status_code == 302
    assert Quote.objects.get().question == question
    page = client.get(answer["Location"]).content.decode()
    assert '<option value="ar" selected>' in page
    assert f'<input type="hidden" name="question" value="{question.pk}">' in page


def test_a_form_sent_twice_notes_one_line(client, group):
    data = typed()
    for _ in range(2):
        assert client.post(at("group_capture", group), data).status_code == 302

    assert Quote.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": ""}, "Write down what was said"),
        ({"words": "😀" * 10_000}, "Please shorten this to 4000 characters; it has 10000."),
        ({"rendering": "Long"}, "Choose the language in which the interpreter spoke"),
        ({"participant": "1"}, "Choose one of the codes of this group"),
        ({"question": "1"}, "Select a valid choice"),
        ({"interpreter": "x"}, "Select a valid choice"),
        ({"language": "xx"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(client, group, fields, sentence):
    data = typed(**{"nonverbal": ""} | fields)

    page = client.post(at("group_capture", group), data).content.decode()

    assert sentence.replace("4000", "4000") in page
    assert data["words"] in page
    assert not Quote.objects.exists()


def test_a_code_of_a_foreign_group_is_refused_on_both_ways(client, group):
    foreign = world.participant(world.group("IT"))
    data = typed(participant=foreign.pk)

    assert (
        "Choose one of the codes" in client.post(at("group_capture", group), data).content.decode()
    )
    answer = client.post(at("capture_lines", group), data)
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "Choose one of the codes of this group.",
    )
    assert not Quote.objects.exists()


def test_a_code_that_did_not_agree_gets_a_clear_sentence(client, group):
    quiet = world.participant(group, agrees_to=())

    answer = client.post(at("group_capture", group), typed(participant=quiet.pk))

    assert "P1 did not agree that words are written down" in answer.content.decode()
    assert "It was long." in answer.content.decode()


def test_more_than_a_line_says_is_not_taken(client, group):
    other = world.group()

    client.post(
        at("group_capture", group),
        typed(group=other.pk, checked_on="2026-01-01", clean_words="Mine", position="99"),
    )

    kept = Quote.objects.get()
    assert (kept.group, kept.checked_on, kept.clean_words, kept.position) == (group, None, "", 1)


def test_a_device_sends_changes_and_takes_away(client, group):
    data, url = typed(), at("capture_lines", group)
    assert client.post(url, data).json()["line"]["revision"] == 1
    changed = client.post(url, data | {"revision": "1", "words": "Short."}).json()["line"]
    assert (changed["revision"], changed["words"]) == (2, "Short.")
    assert [row["words"] for row in client.get(url).json()["lines"]] == ["Short."]
    gone = client.post(url, {"act": "delete", "client_key": data["client_key"], "revision": "2"})
    assert gone.json()["line"] is None
    assert not Quote.objects.exists()


def test_a_device_hears_of_another_ones_words(client, group):
    data, url = typed(), at("capture_lines", group)
    client.post(url, data)
    client.post(url, data | {"revision": "1", "words": "Elsewhere"})

    answer = client.post(url, data | {"revision": "1", "words": "Here"})

    assert answer.status_code == 409
    assert answer.json()["stored"]["words"] == "Elsewhere"
    gone = client.post(url, typed(revision="3"))
    assert (gone.status_code, gone.json()["stored"]) == (409, None)


@pytest.mark.parametrize("data", [{}, {"act": "delete"}, {"client_key": "x", "words": "x"}])
def test_what_came_along_incomplete_is_refused_in_words(client, group, data):
    answer = client.post(at("capture_lines", group), data)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_open_group_may_be_kept_on_its_persons_device_and_a_closed_one_not(client, host, group):
    page = client.get(at("group_capture", group))
    assert page["Desk-Copy"] == device.word(host)
    assert client.get(reverse("review_copies")).json() == {"desks": [f"g{group.pk}"]}

    group.closed_on = world.DAY
    group.save()
    assert "Desk-Copy" not in client.get(at("group_capture", group))
    assert client.get(reverse("review_copies")).json() == {"desks": []}


def test_a_line_is_changed_on_a_page_of_its_own(client, group):
    kept = world.quote(world.participant(group))
    url = at("quote_edit", group, kept.client_key)
    data = typed(client_key=str(kept.client_key), revision="1", words="Another")

    assert client.post(url, data).status_code == 302

    kept.refresh_from_db()
    assert (kept.words, kept.checked_on) == ("Another", None)


def test_both_texts_are_shown_where_two_changed_a_line(client, group):
    kept = world.quote(world.participant(group), "From the phone", revision=2)
    data = typed(client_key=str(kept.client_key), revision="1", words="From the laptop")

    answer = client.post(at("quote_edit", group, kept.client_key), data)

    assert answer.status_code == 409
    assert "From the phone" in answer.content.decode()
    assert "From the laptop" in answer.content.decode()
    kept.refresh_from_db()
    assert kept.words == "From the phone"


def test_a_line_goes_after_a_question(client, group):
    kept = world.quote(world.participant(group))
    url = at("quote_delete", group, kept.client_key)

    assert "Delete this line?" in client.get(url).content.decode()
    assert Quote.objects.count() == 1
    client.post(url, {"revision": "1"})
    assert not Quote.objects.exists()


def test_the_page_of_what_was_said_knows_no_names(client, group):
    world.attendance(group, "Amina Haddad")
    world.quote(world.participant(group), checked=False)
    reference.countries()

    for name in ("group_capture", "capture_print", "capture_csv", "group_check"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(at(name, group))
            body = b"".join(answer) if answer.streaming else answer.content
        sql = [query["sql"] for query in asked.captured_queries]
        assert b"Amina" not in body
        assert not [one for one in sql if "attendanceline" in one]
        said = [one for one in sql if "feedback_quote" in one or "feedback_participant" in one]
        assert said
        assert not [one for one in said if "experts_person" in one]


def test_as_many_questions_are_asked_for_three_lines_as_for_one(client, group):
    speaker = world.participant(group)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            world.quote(speaker, checked=False)
        client.get(at("group_capture", group))
        reference.countries()
        with CaptureQueriesContext(connection) as asked:
            client.get(at("group_capture", group))
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[1] <= 20


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.FACILITATOR, "BG", 200),
        (Role.COORDINATOR, "BG", 200),
        (Role.PROJECT_MANAGER, "BG", 404),
        (Role.FACILITATOR, "IT", 404),
        (Role.PARTNER, "BG", 404),
    ],
)
def test_what_was_said_is_open_to_those_who_heard_it(as_user, group, role, code, status):
    client = as_user(make.user(role, code))

    assert client.get(at("group_capture", group)).status_code == status
    assert client.get(at("capture_xlsx", group)).status_code == status


def test_the_files_hold_keys_and_nothing_that_is_calculated(client, group):
    world.quote(world.participant(group), "=1+1", language="ar", checked=False)
    world.quote(None, "हम सब", group=group, checked=False, position=0)

    answer = client.get(at("capture_csv", group))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [(row["code"], row["words"]) for row in rows] == [("group", "हम सब"), ("P1", "'=1+1")]
    assert (rows[1]["language"], rows[1]["back_checked"]) == ("ar", "0")

    book = load_workbook(io.BytesIO(b"".join(client.get(at("capture_xlsx", group)))))
    header, _first, second = list(book["lines"].iter_rows())
    cell = second[[one.value for one in header].index("words")]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_closed_group_is_read_and_not_written(client):
    group = world.closed_group()
    world.quote(group.participants.first(), "Said before")

    page = client.get(at("group_capture", group)).content.decode()
    assert "Said before" in page
    assert "data-capture-form" not in page
    answer = client.post(at("capture_lines", group), typed())
    assert answer.status_code == 409
    assert "Open it again" in answer.json()["error"]


def test_the_panel_says_how_many_lines_wait(client, group):
    speaker = world.participant(group)
    world.quote(speaker)
    world.quote(speaker, checked=False)

    page = client.get(group.get_absolute_url()).content.decode()

    assert "2 lines are noted." in page
    assert "1 waits to be gone through for details." in page


def test_a_line_kept_elsewhere_is_the_same_line_for_its_device(group, host):
    line = capture.Line(words="One", language="en")
    kept = capture.note(group_id=group.pk, client_key=uuid4(), revision=0, line=line, by=host)

    assert capture.as_data(kept)["client_key"] == str(kept.client_key)
