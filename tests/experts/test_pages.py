"""The pages about people and mails: what each role sees of whom, and bad input."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.domain import outbox
from experts.domain.accounts import INVITATION_KIND
from experts.enums import MessageState, Role
from experts.models import Message, Person
from experts.views.people import PER_PAGE
from tests import factories as make

pytestmark = pytest.mark.django_db


def mail(person: Person, **changes: object) -> Message:
    """A planned mail to somebody, changed as wanted."""
    outbox.plan(
        kind=INVITATION_KIND,
        object_id=person.pk,
        person=person,
        due_at=timezone.now(),
        key=f"mail:{person.pk}",
        at=timezone.now(),
    )
    Message.objects.filter(person=person).update(**changes)
    return Message.objects.get(person=person)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.COORDINATOR, {"BG"}),
        (Role.PROJECT_MANAGER, {"BG", "IT"}),
        (Role.PLATFORM_ADMIN, {"BG", "IT"}),
    ],
)
def test_the_outbox_ends_at_the_border_of_ones_country(as_user, role, seen):
    for code in ("BG", "IT"):
        mail(make.person(code=code))
    page = as_user(make.user(role, "BG")).get(reverse("message_list"))
    shown = set(
        Person.objects.filter(
            name__in=[entry.name for entry in page.context["entries"]]
        ).values_list("country__code", flat=True)
    )
    assert shown == seen


def test_a_mail_that_could_not_be_sent_comes_first_on_the_coordinators_today(as_user):
    mail(make.person(), state=MessageState.FAILED, last_error="550 no such mailbox")
    client = as_user(make.user(Role.COORDINATOR))
    need = client.get("/").context["needs"][0]
    assert need.sentence == "1 mail could not be delivered."
    assert "550 no such mailbox" in client.get(reverse("message_list")).content.decode()


def test_a_mail_server_that_is_away_is_seen_after_five_minutes(as_user):
    mail(make.person(), due_at=timezone.now() - timedelta(minutes=6))
    page = as_user(make.user(Role.COORDINATOR)).get(reverse("message_list"))
    assert page.context["standing"].late == 1


def test_the_words_of_a_waiting_mail_are_on_no_page(as_user):
    person = make.person()
    mail(person, payload={"text": "secret-code-4711"})
    client = as_user(make.user(Role.PLATFORM_ADMIN))
    for url in (
        reverse("message_list"),
        reverse("person_detail", args=[person.pk]),
        f"/admin/experts/message/{Message.objects.get().pk}/change/",
    ):
        page = client.get(url)
        assert page.status_code == 200
        assert "secret-code-4711" not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.PLATFORM_ADMIN, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.EXPERT, "BG", False),
        (Role.PARTNER, "BG", False),
    ],
)
def test_an_address_is_for_those_who_write_to_people(as_user, role, code, sees):
    person = make.person(code="BG", account=False)
    page = as_user(make.user(role, code)).get(reverse("person_detail", args=[person.pk]))
    assert (person.email in page.content.decode()) is sees


def test_security_6_who_left_the_directory_is_in_no_list_search_or_count(as_user):
    make.person(code="IT", name="Visible", in_directory=True)
    make.person(code="IT", name="Hidden", in_directory=False)
    client = as_user(make.user(Role.EXPERT, "BG"))
    for query in ("", "?q=Hidden", "?country=IT"):
        page = client.get(reverse("person_list") + query)
        names = [person.name for person in page.context["page_obj"]]
        assert "Hidden" not in names
        assert page.context["page_obj"].paginator.count == len(names)
    assert client.get(reverse("country_detail", args=["IT"])).context["member_count"] == 1


def test_security_9_a_page_of_the_directory_holds_few_cards_and_no_address(as_user):
    for number in range(PER_PAGE + 3):
        make.person(name=f"Colleague {number:02d}")
    page = as_user(make.user(Role.EXPERT)).get(reverse("person_list"))
    assert len(page.context["page_obj"].object_list) == PER_PAGE
    cards = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert "@" not in cards


def test_security_9_the_directory_never_searches_addresses(as_user):
    make.person(name="Somebody", email="needle@example.org")
    page = as_user(make.user()).get(reverse("person_list") + "?q=needle")
    assert page.context["page_obj"].paginator.count == 0


def test_a_profile_is_ones_own_whatever_is_posted(as_user):
    me, other = make.user(), make.person()
    data = {
        "person": other.pk,
        "pk": other.pk,
        "name": "New name",
        "zone": "Europe/Sofia",
        "language": "en",
        "role": Role.PROJECT_MANAGER,
    }
    as_user(me).post(reverse("profile"), data)
    assert Person.objects.get(pk=me.person.pk).name == "New name"
    assert Person.objects.get(pk=other.pk).name == other.name


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"zone": "Mars/Base"}, "zone"),
        ({"language": "xx"}, "language"),
        ({"ask_me_about": "x" * 1_000_000}, "ask_me_about"),
        ({"name": ""}, "name"),
    ],
)
def test_a_bad_profile_keeps_what_was_typed_and_changes_nothing(as_user, changes, field):
    me = make.user()
    data = {"name": "New name", "zone": "Europe/Sofia", "language": "en"} | changes
    page = as_user(me).post(reverse("profile"), data)
    assert list(page.context["form"].errors) == [field]
    assert Person.objects.get(pk=me.person.pk).name == me.person.name


@pytest.mark.parametrize("code", ["GR", "gr", "el"])
def test_a_country_is_found_by_either_code_at_one_address(as_user, code):
    make.country("EL")
    page = as_user(make.user()).get(reverse("country_detail", args=[code]))
    assert page.headers["Location"] == reverse("country_detail", args=["EL"])
