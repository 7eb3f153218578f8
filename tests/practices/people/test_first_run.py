"""The first run: one journey through all steps, and each step where its thing is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import needs
from experts.models import Charter, CharterAcceptance, Message, Topic
from practices.enums import FirstStep, NoteKind
from practices.models import Buddyship, FirstRun, MemberChoice, Note
from tests import factories as make
from tests.practices import world
from tests.practices.people import small

pytestmark = pytest.mark.django_db
WELCOME = reverse("welcome")
STEPS = [step.value for step in FirstStep]


def charter() -> Charter:
    made = Charter.objects.create(
        cop=make.cop(make.country("BG")),
        domain="Working with migrants in Bulgaria",
        purpose="We help people who arrive. We try things out.",
        adopted_on=date(2025, 10, 1),
    )
    Topic.objects.create(charter=made, name="First job")
    return made


def test_a_newcomer_arrives_in_eight_steps(as_user):
    """From the offer on Today to Today again, with a buddy, a hello and topics."""
    agreed = charter()
    newcomer = small.newcomer(name="Nina", languages=["bg", "en"])
    small.expert("BG", name="Boris")
    for code in ("IT", "ES", "EL"):
        small.expert(code, name=f"Colleague {code}", ask_me_about="first interviews")
    world.question("IT", title="Who knows papers of welders?", languages=["en"])
    world.practice("ES", title="Photo walk of skills")
    ahead = timezone.now().date() + timedelta(days=9)
    make.cop_session("BG", title="Spring meeting", day=ahead)
    client = as_user(newcomer.user)

    def page(step: str) -> str:
        return client.get(WELCOME, {"step": step}).content.decode()

    def take(step: str, **typed: object):
        return client.post(WELCOME, {"step": step, **typed})

    assert "Arrive: two minutes" in client.get(reverse("today")).content.decode()
    assert "We help people who arrive." in client.get(WELCOME).content.decode()
    assert take("purpose").url == f"{WELCOME}?step=charter"
    assert page("charter").partition("</main>")[0].count("<dt>") == 5
    assert "I accept it and go on" in page("charter")
    take("charter", charter=agreed.pk)
    assert "You accepted it" in page("charter")
    assert "First job" in page("topics")
    take("topics", topics=[agreed.topics.get().pk], languages=["bg", "en", "de"])
    shown = page("people")
    assert "Boris" in shown
    assert [f"Colleague {code}" in shown for code in ("IT", "ES", "EL")] == [True] * 3
    take("people", buddy=small.Person.objects.get(name="Boris").pk)
    assert "Who knows papers of welders?" in page("question")
    take("question")
    assert "Spring meeting" in page("session")
    take("session")
    assert "Photo walk of skills" in page("practice")
    take("practice", skip="yes")
    assert "Hello Boris, I am new here and work as: Case worker." in page("hello")
    assert take("hello", words="Hello Boris!").url == reverse("today")

    newcomer.refresh_from_db()
    assert CharterAcceptance.objects.get(person=newcomer).charter == agreed
    assert newcomer.languages == ["bg", "en", "de"]
    assert MemberChoice.objects.get(person=newcomer).topics.get().name == "First job"
    assert Buddyship.objects.get(newcomer=newcomer).buddy.name == "Boris"
    hello = Note.objects.get()
    assert (hello.kind, hello.words, hello.receiver.name) == (
        NoteKind.HELLO,
        "Hello Boris!",
        "Boris",
    )
    assert Message.objects.filter(kind="note_hello", person__name="Boris").count() == 1
    assert FirstRun.objects.get(person=newcomer).finished_at
    assert "Arrive: two minutes" not in client.get(reverse("today")).content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_and_goes_on_where_its_thing_is_missing(as_user, step):
    newcomer = small.newcomer(languages=["bg"])
    client = as_user(newcomer.user)

    assert client.get(WELCOME, {"step": step}).status_code == 200
    typed = {"step": step, "languages": ["bg"], "words": "Hello"}
    assert client.post(WELCOME, typed).status_code == 302

    assert FirstRun.objects.get(person=newcomer).done == [step]


def test_every_step_can_be_skipped_and_progress_is_kept(as_user):
    newcomer = small.newcomer()
    client = as_user(newcomer.user)
    for step in STEPS[:3]:
        client.post(WELCOME, {"step": step, "skip": "yes"})

    page = client.get(WELCOME).content.decode()

    assert "Step 4 of 8." in page
    assert FirstRun.objects.get(person=newcomer).done == STEPS[:3]


def test_bad_input_is_said_beside_the_field_and_the_step_stays(as_user):
    newcomer = small.newcomer(languages=["bg"])
    client = as_user(newcomer.user)

    answer = client.post(WELCOME, {"step": "topics", "languages": []})

    assert answer.status_code == 200
    assert "Choose one language at least." in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.languages == ["bg"]


@pytest.mark.parametrize("typed", ["999999", "x"])
def test_a_charter_that_is_not_in_force_is_not_accepted(as_user, typed):
    charter()
    newcomer = small.newcomer(languages=["bg"])

    answer = as_user(newcomer.user).post(WELCOME, {"step": "charter", "charter": typed})

    assert answer.status_code == 200
    assert "The charter changed while you read it." in answer.content.decode()
    assert not CharterAcceptance.objects.exists()


@pytest.mark.parametrize("step", ["", "nonsense", "\x00", "9" * 400])
def test_a_step_that_does_not_exist_is_refused(as_user, step):
    client = as_user(small.newcomer().user)

    assert client.post(WELCOME, {"step": step}).status_code == 400


def test_a_member_of_long_is_not_offered_it():
    member = small.expert()

    assert WELCOME not in [need.url for need in needs.of(member.user, timezone.now())]
