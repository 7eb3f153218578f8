"""Pages of forms: made, shared, typed in, read; bad input said kindly, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.domain.easy import answering, editing, form_links
from feedback.focus_groups.models import EasyForm, FormAnswer, FormResponse, QuestionAudio
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
EMOJI = "😀" * 10_000


@pytest.fixture
def client(as_user):
    return as_user(world.host())


def page(client, name: str, *keys: int, **query: str) -> str:
    response = client.get(reverse(name, args=keys), query)
    assert response.status_code == 200
    return response.content.decode()


def plan(**more) -> dict[str, object]:
    today = date(2026, 11, 20)
    return {
        "template": "migrants",
        "title": "About the guide",
        "country": make.country("BG").pk,
        "voice": "migrant",
        "version": "",
        "languages": ["bg", "ar"],
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=20)).isoformat(),
    } | more


def test_a_form_is_made_from_a_template(client):
    answer = client.post(reverse("form_new"), plan())

    form = EasyForm.objects.get()
    assert answer.url == form.get_absolute_url()
    assert form.questions.count() == 5
    assert "How easy was this to understand?" in page(client, "form_detail", form.pk)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"closes_on": "2026-11-01"}, "The last day is before the first one."),
        ({"closes_on": "2028-11-01"}, "A form is open for one year at most."),
        ({"title": EMOJI}, "Please shorten this to 200 characters"),
        ({"title": ""}, "This field is required."),
        ({"languages": ["xx"]}, "not one of the available choices"),
        ({"opens_on": "31 February"}, "Enter a valid date."),
        ({"country": "999999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, more, sentence):
    answer = client.post(reverse("form_new"), plan(**more))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "2026-11-20" in answer.content.decode() or "opens_on" in more
    assert not EasyForm.objects.exists()


def test_two_people_who_save_see_both_texts(client):
    form = world.easy_form(title="First")
    seen = editing.seen_of(form)
    form.title = "Saved meanwhile"
    form.save()

    answer = client.post(
        reverse("form_edit", args=[form.pk]), plan(title="What I typed", seen=seen)
    )

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile" in said
    assert "What I typed" in said
    form.refresh_from_db()
    assert form.title == "Saved meanwhile"


def test_what_was_typed_is_saved_all_the_same_when_chosen(client):
    form = world.easy_form(title="First")
    seen = editing.seen_of(form)

    client.post(reverse("form_edit", args=[form.pk]), plan(title="What I typed", seen=seen))

    form.refresh_from_db()
    assert (form.title, form.revision) == ("What I typed", 2)


def test_an_answered_form_offers_a_copy_and_no_change(client):
    form = world.easy_form()
    world.response(form, 4)

    said = page(client, "form_detail", form.pk)

    assert "Copy as a new form" in said
    assert reverse("form_question_new", args=[form.pk]) not in said


@pytest.mark.parametrize("text", ["", EMOJI])
def test_a_question_that_cannot_be_is_not_added(client, text):
    form = world.easy_form()

    answer = client.post(
        reverse("form_question_new", args=[form.pk]), {"text": text, "kind": "faces"}
    )

    assert answer.status_code == 200
    assert form.questions.count() == 2


def test_translations_and_a_recording_are_kept_together(client):
    form = world.easy_form()
    first, second = form.questions.all()
    sent = {
        "language": "ar",
        f"text_{first.pk}": "هل هو سهل؟",
        f"text_{second.pk}": "ماذا نغيّر؟",
        f"audio_{first.pk}": SimpleUploadedFile("a.ogg", b"OggS" + b"\x00" * 60),
    }

    answer = client.post(reverse("form_translations", args=[form.pk]), sent)

    assert answer.status_code == 302
    first.refresh_from_db()
    assert first.texts["ar"] == "هل هو سهل؟"
    audio = QuestionAudio.objects.get()
    heard = client.get(reverse("form_audio", args=[audio.pk]))
    assert heard["Content-Type"] == "audio/ogg"
    assert "هل هو سهل؟" in page(client, "form_preview", form.pk, language="ar")


def test_a_file_that_is_no_sound_keeps_nothing_and_says_so(client):
    form = world.easy_form()
    first, second = form.questions.all()
    sent = {
        "language": "ar",
        f"text_{first.pk}": "هل هو سهل؟",
        f"text_{second.pk}": "",
        f"audio_{first.pk}": SimpleUploadedFile("a.ogg", b"<html>"),
    }

    answer = client.post(reverse("form_translations", args=[form.pk]), sent)

    assert "This file is no sound that we know" in answer.content.decode()
    assert "هل هو سهل؟" in answer.content.decode()
    first.refresh_from_db()
    assert "ar" not in first.texts


def test_the_page_of_translations_counts_gaps(client):
    form = world.easy_form(languages=["en", "so"])

    said = page(client, "form_translations", form.pk)

    assert "2 questions are missing" in said
    assert 'lang="so"' in said


def test_the_link_is_there_to_copy_and_to_scan(client):
    form = world.easy_form()

    said = page(client, "form_share", form.pk)

    assert form_links.link(form) in said
    assert 'class="qr"' in said


def test_calling_links_back_is_asked_before_it_is_done(client):
    form = world.easy_form()
    page(client, "form_call_back", form.pk)
    form.refresh_from_db()
    assert form.generation == 1

    client.post(reverse("form_call_back", args=[form.pk]))

    form.refresh_from_db()
    assert form.generation == 2


def test_a_poster_without_a_language_is_asked_again(client):
    form = world.easy_form()

    answer = client.get(reverse("form_poster", args=[form.pk]), {"languages": "xx"})

    assert answer["Content-Type"].startswith("text/html")
    assert "not one of the available choices" in answer.content.decode()


def typed(client, form, **more):
    said = client.get(reverse("form_type_in", args=[form.pk])).context["form"]
    faces, words = form.questions.all()
    values = {
        "secret": said["secret"].value(),
        "language": "ar",
        "day": "2026-11-20",
        f"answer_{faces.pk}": "4",
        f"answer_{words.pk}": "Too long",
    }
    return client.post(reverse("form_type_in", args=[form.pk]), values | more)


def test_a_sheet_is_typed_in_and_its_code_shown_once(client):
    form = world.easy_form()

    answer = typed(client, form)

    code = answer.context["code"]
    assert code in answer.content.decode()
    assert receipts.find(code).is_paper
    assert answer.context["form"]["day"].value() == date(2026, 11, 20)
    assert code not in page(client, "form_type_in", form.pk)


def test_a_sheet_that_cannot_be_stays_on_the_screen(client):
    form = world.easy_form()
    faces, words = form.questions.all()

    answer = typed(client, form, **{f"answer_{faces.pk}": "7", f"answer_{words.pk}": EMOJI})

    said = answer.content.decode()
    assert "Ensure this value is less than or equal to 4." in said
    assert "Please shorten this to 2000 characters" in said
    assert EMOJI in said
    assert not FormResponse.objects.exists()


@pytest.mark.parametrize("query", ["?day=31-31-31", "?day=2026-13-45", "?language=xx"])
def test_an_address_that_was_changed_by_hand_opens_all_the_same(client, query):
    form = world.easy_form()

    assert client.get(reverse("form_type_in", args=[form.pk]) + query).status_code == 200


def test_results_show_what_is_told_and_no_raw_words(client):
    form = world.easy_form()
    for _person in range(6):
        world.response(form, 4)
    raw = world.response(form, 4, may_quote=True)
    FormAnswer.objects.create(
        response=raw, question=form.questions.last(), words="I am Samira, 0888 123 456"
    )

    said = page(client, "form_results", form.pk)

    assert "7 people answered." in said
    assert "Answers are added in groups of five or more" in said
    assert "Samira" not in said
    assert "Go through them" in said


def test_results_of_few_answers_say_what_they_wait_for(client):
    form = world.easy_form()
    for _person in range(4):
        world.response(form, 4)

    said = page(client, "form_results", form.pk)

    assert "Results appear the day after at least five people answered." in said
    assert "Very good" not in said
    assert reverse("form_results_csv", args=[form.pk]) not in said


def test_results_of_today_are_on_the_page_tomorrow(client):
    form = world.easy_form()
    for _person in range(6):
        world.response(form, 4, day=answering.today(form, timezone.now()))

    said = page(client, "form_results", form.pk)

    assert "6 people answered." not in said
    assert "Results appear the day after" in said


def test_a_question_with_a_rare_answer_says_that_it_waits(client):
    form = world.easy_form()
    for value in (4, 4, 4, 4, 4, 1):
        world.response(form, value)

    said = page(client, "form_results", form.pk)

    assert "These answers wait until five people gave the rarer one" in said


def test_the_project_manager_reads_results_and_no_word_before_it_is_clean(as_user):
    form = world.easy_form()
    for _person in range(5):
        world.response(form, 4)
    raw = world.response(form, 4, may_quote=True)
    FormAnswer.objects.create(response=raw, question=form.questions.last(), words="I am Samira")
    manager = as_user(make.user(Role.PROJECT_MANAGER))

    said = page(manager, "form_results", form.pk)

    assert "6 people answered." in said
    assert "Samira" not in said
    assert "Go through them" not in said


def test_words_are_gone_through_with_details_marked(client):
    form = world.easy_form()
    raw = world.response(form, 4)
    answer = FormAnswer.objects.create(
        response=raw, question=form.questions.last(), words="Call me: samira@example.org"
    )
    address = reverse("form_answer", args=[answer.pk])
    assert '<mark class="detail"' in client.get(address).content.decode()

    client.post(address, {"said": answer.words, "clean_words": "Call me."})

    answer.refresh_from_db()
    assert (answer.clean_words, bool(answer.checked_on)) == ("Call me.", True)


def test_a_message_is_written_down_and_its_sound_is_gone(client):
    form = world.easy_form()
    answer = world.voice(form)
    name = answer.file.name
    assert client.get(reverse("form_answer_sound", args=[answer.pk])).status_code == 200

    client.post(reverse("form_answer", args=[answer.pk]), {"words": "It was long."})

    answer.refresh_from_db()
    assert (answer.words, answer.clean_words) == ("It was long.", "")
    assert not default_storage.exists(name)
    assert client.get(reverse("form_answer_sound", args=[answer.pk])).status_code == 404


@pytest.mark.parametrize("name", ["form_results_csv", "form_results_xlsx"])
def test_results_are_taken_home_as_tables(client, name):
    form = world.easy_form()
    for _person in range(6):
        world.response(form, 4)

    answer = client.get(reverse(name, args=[form.pk]))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_a_rule_is_made_shown_and_shared_with_nobody(client):
    sent = {
        "country": make.country("BG").pk,
        "template": "mentors",
        "title": "After use",
        "release_days": "30",
        "open_days": "21",
        "languages": ["bg"],
    }
    client.post(reverse("form_rule"), sent)

    rule = EasyForm.objects.get()
    assert "opens 30 days after a release" in page(client, "form_list")
    assert "Stop this rule" in page(client, "form_detail", rule.pk)
    assert client.get(reverse("form_share", args=[rule.pk])).status_code == 302
    again = client.post(reverse("form_rule"), sent)
    assert "There is a rule with this number of days already." in again.content.decode()


def queries(client, name: str, *keys: int) -> int:
    reference.countries()
    client.get(reverse(name, args=keys))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name, args=keys)).status_code == 200
    return len(caught)


def test_the_list_asks_as_often_for_three_forms_as_for_one(client):
    world.response(world.easy_form(version=make.version()), 4)
    before = queries(client, "form_list")
    for _form in range(2):
        world.response(world.easy_form(version=make.version()), 4)

    assert queries(client, "form_list") == before


@pytest.mark.parametrize("name", ["form_detail", "form_results", "form_translations", "form_words"])
def test_a_page_asks_as_often_for_three_questions_and_answers_as_for_one(client, name):
    small = world.easy_form("BG", "faces", "words")
    large = world.easy_form("BG", *["faces", "words"] * 3)
    for form, people in ((small, 5), (large, 15)):
        for _person in range(people):
            raw = world.response(form, 4)
            FormAnswer.objects.create(
                response=raw, question=form.questions.get(position=2), words="Long"
            )

    assert queries(client, name, large.pk) == queries(client, name, small.pk)
