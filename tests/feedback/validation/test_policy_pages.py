"""The policy on its pages: read by all, written and frozen by the project manager."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts import reference
from experts.enums import Role
from experts.models import AuditEvent
from feedback.reviews.domain import policies
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.policy import policy_versions, rules
from feedback.validation.domain.policy.policy_versions import FrozenMeanwhile, NotSound, SameRules
from feedback.validation.domain.policy.rules import STRICT, Rules
from feedback.validation.forms.policies import PolicyForm
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
NEW = "policy_new"


def frozen(base: int = 1, by: Any = None, **changed: Any) -> ValidationPolicy:
    by = by or make.user(Role.PROJECT_MANAGER)
    held = Rules(**{"months": 12 + base} | changed)
    return policy_versions.freeze(
        base=base, name=f"Consortium {base}", held=held, by=by, at=make.NOW
    )


def typed(**changed: Any) -> dict[str, Any]:
    """The form as it is filled with the newest version, with some fields typed over."""
    form = PolicyForm.after(policy_versions.newest())
    values = {field.html_name: field.value() for field in form}
    values |= {"name": "Consortium 2026", "deed": "check"} | changed
    return {name: "" if value is None else value for name, value in values.items()}


# --- Freezing ----------------------------------------------------------------------------------


def test_the_next_version_is_kept_with_day_person_and_audit_row():
    manager = make.user(Role.PROJECT_MANAGER)
    made = frozen(by=manager, months=18)
    assert (made.number, made.frozen_by, made.frozen_at) == (2, manager.person, make.NOW)
    assert rules.of(made) == Rules(months=18)
    assert policies.current(make.NOW) == made
    event = AuditEvent.objects.get(deed="validation policy frozen")
    assert (event.object_id, event.actor, event.detail) == (
        made.pk,
        manager.public_code,
        {"number": 2},
    )


def test_a_frozen_version_is_kept_by_the_database():
    made = frozen()
    with pytest.raises(DatabaseError), transaction.atomic():
        ValidationPolicy.objects.filter(pk=made.pk).update(name="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EXPERT, Role.PARTNER, Role.AUTHOR])
def test_nobody_but_the_manager_freezes(role):
    with pytest.raises(Refused):
        frozen(by=make.user(role))
    assert not ValidationPolicy.objects.exists()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"held": STRICT}, SameRules),
        ({"held": Rules(practitioners=9)}, NotSound),
        ({"base": 7, "held": Rules(months=9)}, FrozenMeanwhile),
    ],
)
def test_what_cannot_follow_is_not_written(changed, error):
    values = {"base": 1, "name": "X", "by": make.user(Role.PROJECT_MANAGER), "at": make.NOW}
    with pytest.raises(error):
        policy_versions.freeze(**values | changed)
    assert not ValidationPolicy.objects.filter(number__gt=1).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_instant_one_is_frozen_and_one_hears_of_it():
    by = make.user(Role.PROJECT_MANAGER)
    policies.current(make.NOW)
    ready, found = threading.Barrier(2), []

    def work(months: int) -> None:
        ready.wait()
        try:
            found.append(frozen(by=by, months=months).number)
        except FrozenMeanwhile as error:
            found.append(error.policy.number)
            found.append("heard")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(months,)) for months in (6, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == ["2", "2", "heard"]
    assert ValidationPolicy.objects.count() == 2


# --- Its pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.PROJECT_MANAGER])
def test_every_member_reads_it_in_words(as_user, role):
    client = as_user(make.user(role))
    page = client.get(reverse("policy_list")).content.decode()
    assert "from 11 experts on it takes at least 78 of 100" in page
    assert "A verdict lasts 24 months" in page
    assert (reverse(NEW) in page) == (role == Role.PROJECT_MANAGER)
    crumb = f'<a href="{reverse("review_list")}">Reviews</a>'
    assert (crumb in page) == (role != Role.PARTNER)
    made = frozen()
    page = client.get(reverse("policy_detail", args=[made.pk])).content.decode()
    assert "Consortium 1, version 2" in page
    assert "<del>A verdict lasts 24 months; then the version is rated anew.</del>" in page
    assert made.frozen_by.name in page


def test_the_manager_writes_sees_what_changes_and_freezes(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    assert "Of 5 experts" in client.get(reverse(NEW)).content.decode()
    world.review_round()
    shown = client.post(reverse(NEW), typed(of_7="7", of_8="7", months="18"))
    page = shown.content.decode()
    assert (shown.status_code, ValidationPolicy.objects.count()) == (200, 1)
    assert "Freeze version 2" in page
    assert "1 round that runs and all that are closed keep" in page
    assert "<del>6 of 7</del>" in page
    assert "<ins>7 of 7</ins>" in page
    back = client.post(reverse(NEW), typed(of_7="7", months="18", deed="edit")).content.decode()
    assert 'name="of_7" value="7"' in back
    done = client.post(reverse(NEW), typed(of_7="7", months="18", deed="freeze"))
    made = ValidationPolicy.objects.get(number=2)
    assert done["Location"] == reverse("policy_detail", args=[made.pk])
    assert (made.name, rules.of(made).months) == ("Consortium 2026", 18)
    assert rules.of(made).marks == ((2, 80), (3, 100), (6, 83), (7, 100), (8, 83), (9, 78))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"of_5": ""}, "Say how many of 5 experts must agree."),
        ({"of_8": "5"}, "of 7 experts 6 must agree"),
        ({"of_4": "5"}, "Of 4 experts it can be 1 to 4."),
        ({"beyond": "101"}, "less than or equal to 100"),
        ({"beyond": "40"}, "fewer would have to agree than of 10"),
        ({"beyond": "most"}, "Enter a whole number."),
        ({"practitioners": "9"}, "more than the 3 reviews asked for"),
        ({"experts": "2"}, "fewer would tell who said what"),
        ({"experts": "9" * 30}, "less than or equal to"),
        ({"kappa": "61"}, "61 is not one of the available choices"),
        ({"months": "0"}, "greater than or equal to 1"),
        ({"editions": ""}, "This field is required."),
        ({"number": "x"}, "Enter a whole number."),
        ({}, "This says what version 1 says already."),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(as_user, changed, sentence):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    for deed in ("check", "freeze"):
        answer = client.post(reverse(NEW), typed(name="My rule", deed=deed) | changed)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert sentence in page
        assert 'value="My rule"' in page
    assert not ValidationPolicy.objects.filter(number=2).exists()


def test_who_comes_second_sees_both_and_may_put_theirs_on_top(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    mine = typed(months="36", deed="freeze")
    theirs = frozen(months=6)
    answer = client.post(reverse(NEW), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else froze version 2 meanwhile" in page
    assert "<del>A verdict lasts 6 months" in page
    assert "<ins>A verdict lasts 36 months" in page
    assert f'name="number" value="{theirs.number}"' in page
    assert client.post(reverse(NEW), mine | {"deed": "check"}).status_code == 409
    again = client.post(reverse(NEW), mine | {"number": "2", "deed": "check"})
    assert "Freeze version 3" in again.content.decode()


def test_the_preview_follows_what_is_typed_and_changes_nothing(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    page = client.get(
        reverse("policy_preview"), typed(of_5="4", of_6="4", kappa="60")
    ).content.decode()
    assert "Modified kappa asks for more than the pass mark." in page
    assert "5 of 6" in page
    page = client.get(reverse("policy_preview"), typed(of_5="9", beyond="")).content.decode()
    assert "Of 5 experts it can be 1 to 5." in page
    assert "6 of 7" in page
    assert "This field is required." in page
    assert client.get(reverse("policy_preview")).status_code == 200
    assert not ValidationPolicy.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_number_of_queries(as_user, count, django_assert_max_num_queries):
    for n in range(count):
        made = frozen(base=n + 1)
        world.review_round()
    client, asked = as_user(make.user(Role.PROJECT_MANAGER)), []
    reference.countries()
    for url in (
        reverse("policy_list"),
        reverse("policy_detail", args=[made.pk]),
        reverse(NEW),
        reverse("policy_preview"),
    ):
        client.get(url)
        with django_assert_max_num_queries(12) as queries:
            client.get(url)
        asked.append(len(queries))
    assert asked == [8, 7, 4, 4]
