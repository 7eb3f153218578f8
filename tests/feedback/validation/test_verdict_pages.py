"""The pages of verdicts: confirm, decide otherwise, sign second, withdraw, take over, read."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import needs
from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.changes.enums import Severity
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.judging import basis, proposing, signing, verdicts
from feedback.validation.domain.policy import rules
from feedback.validation.models import Verdict
from materials import verdicts as registry
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking
from tests.feedback.validation.test_basis import several
from tests.feedback.validation.test_verdicts import (
    edition_of,
    inheritable,
    judged,
    looked,
    say,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make.user(Role.COORDINATOR, "BG")


def address(found: ReviewRound, country: str = "") -> str:
    query = f"?country={country}" if country else ""
    return reverse("round_verdict", args=[found.pk]) + query


def asked_of(user: User) -> list[str]:
    """Where Today sends this person about verdicts."""
    found = needs.of(user, timezone.now())
    return [need.url for need in found if "verdict" in need.url]


def opened(client, url: str) -> dict[str, str]:
    """The hidden field of the page, as a browser sends it back."""
    form = client.get(url).context["form"]
    return {"seen": form.fresh, "minority": "", "reason": "", "standing": "validated"}


def test_one_press_confirms_what_is_proposed(as_user, coordinator):
    found = judged()
    client, url = as_user(coordinator), address(found)
    page = client.get(url).content.decode()
    assert "All 10 criteria that were judged pass." in page
    assert "Confirm: Validated" in page
    answer = client.post(url, opened(client, url) | {"confirm": "yes"})
    verdict = Verdict.objects.get()
    assert answer.url == verdict.get_absolute_url()
    shown = client.get(answer.url).content.decode()
    assert found.version.sha256 in shown
    assert "0.44 to 1.00" in shown
    assert coordinator.person.name in shown
    assert "Validated" in client.get(reverse("round_verdicts", args=[found.pk])).content.decode()


def test_deciding_otherwise_without_a_reason_keeps_what_was_typed(as_user, coordinator):
    client, url = as_user(coordinator), address(judged())
    typed = opened(client, url) | {
        "otherwise": "yes",
        "standing": "not",
        "minority": "One likes it.",
    }
    page = client.post(url, typed).content.decode()
    assert "Say why you decide otherwise than proposed." in page
    assert "One likes it." in page
    client.post(url, typed | {"reason": "It harms."})
    assert (Verdict.objects.get().standing, Verdict.objects.get().final_at) == ("not", None)


def test_changed_figures_are_a_conflict_that_says_what_changed(as_user, coordinator):
    found = judged()
    client, url = as_user(coordinator), address(found)
    before = opened(client, url) | {"confirm": "yes", "minority": "One likes it."}
    asking.typed(found.version, code="BG", severity=Severity.CRITICAL)
    answer = client.post(url, before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Important changes not decided yet: 1, before 0." in page
    assert "One likes it." in page
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("seen", ["", "nonsense", "x:y:z"])
def test_figures_that_nobody_sent_are_refused_in_words(as_user, coordinator, seen):
    client, url = as_user(coordinator), address(judged())
    answer = client.post(url, opened(client, url) | {"confirm": "yes", "seen": seen})
    assert answer.status_code == 200
    assert not Verdict.objects.exists()


def test_an_open_round_and_a_country_that_was_not_asked_say_so(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    still_open, closed = world.review_round(), judged()
    make.country("IT")
    assert "still open" in client.get(address(still_open)).content.decode()
    assert "Nobody of this country" in client.get(address(closed, "IT")).content.decode()
    assert (
        "it says nothing for the consortium" in client.get(address(closed, "all")).content.decode()
    )
    assert client.get(address(closed, "XX")).status_code == 404


def test_the_second_person_signs_or_refuses_on_one_page(as_user, coordinator):
    found = judged()
    verdict = say(found, "revise", by=coordinator, reason="The law changed.")
    url = reverse("verdict_sign", args=[verdict.pk])
    mine = as_user(coordinator).get(url).content.decode()
    assert "Take it back" in mine
    manager = make.user(Role.PROJECT_MANAGER)
    client = as_user(manager)
    assert "The law changed." in client.get(url).content.decode()
    assert asked_of(manager) == [verdict.get_absolute_url()]
    client.post(url, {"refuse": "yes", "reason": ""})
    assert Verdict.objects.waiting().exists()
    client.post(url)
    verdict.refresh_from_db()
    assert verdict.second_by == manager.person
    assert "signed already" in client.post(url).content.decode()


def test_withdrawing_takes_a_reason_and_a_second_press(as_user, coordinator):
    verdict = say(judged())
    client, url = as_user(coordinator), reverse("verdict_withdraw", args=[verdict.pk])
    assert "It cannot be undone" in client.get(url).content.decode()
    client.post(url, {"reason": ""})
    assert Verdict.objects.in_force().exists()
    client.post(url, {"reason": "The law changed."})
    page = client.get(verdict.get_absolute_url()).content.decode()
    assert "The law changed." in page
    assert "was withdrawn on" in page


def test_an_edition_takes_over_on_a_page_that_names_its_translator(as_user, coordinator):
    own, found = say(judged()), inheritable(judged())
    source, edition = say(found), edition_of(found)
    client, url = as_user(coordinator), reverse("verdict_inherit", args=[source.pk])
    manager = as_user(make.user(Role.PROJECT_MANAGER))
    assert "translated by" in manager.get(url).content.decode()
    manager.post(url, {"edition": edition.pk})
    assert not Verdict.objects.filter(version=edition).exists()
    manager.post(url, {"edition": edition.pk, "read": "on"})
    assert Verdict.objects.in_force().filter(version=edition, inherits=source).exists()
    page = client.get(reverse("verdict_inherit", args=[own.pk])).content.decode()
    assert "needs a panel of its own" in page


def test_hidden_figures_of_the_consortium_are_the_managers_alone(as_user):
    manager = make.user(Role.PROJECT_MANAGER)
    found = several(BG=("4", "4", "4"), ES=("1", "2"))
    verdict = say(found, _proposed(found), code=None, by=manager)
    member = as_user(make.user(Role.PARTNER, "BG")).get(verdict.get_absolute_url())
    assert "are not shown here" in member.content.decode()
    assert "3 of 5" not in member.content.decode()
    assert "3 of 5" in as_user(manager).get(verdict.get_absolute_url()).content.decode()


def _proposed(found: ReviewRound) -> str:
    return proposing.propose(basis.gather(found)[None].counts, rules.of_round(found)).standing


def test_a_verdict_that_waits_is_seen_by_those_who_sign_only(as_user, coordinator):
    verdict = say(judged(), "revise", by=coordinator, reason="The law changed.")
    url = verdict.get_absolute_url()
    seen = {
        (role, code): as_user(make.user(role, code)).get(url).status_code
        for role, code in (
            (Role.COORDINATOR, "BG"),
            (Role.COORDINATOR, "IT"),
            (Role.EXPERT, "BG"),
            (Role.AUTHOR, "BG"),
        )
    }
    assert list(seen.values()) == [200, 404, 404, 404]


def test_the_list_begins_with_what_waits_for_ones_signature(as_user, coordinator):
    say(judged(), "revise", reason="The law changed.")
    newer = say(judged(), at=make.NOW + timedelta(days=1))
    client = as_user(coordinator)
    rows = client.get(reverse("verdict_list")).context["rows"]
    assert [row.is_mine for row in rows] == [True, False]
    kept = client.get(reverse("verdict_list"), {"state": "holds"}).context["rows"]
    assert [row.url for row in kept] == [newer.get_absolute_url()]
    assert client.get(reverse("verdict_list"), {"state": "x"}).status_code == 400


def test_the_catalogue_and_the_version_say_what_holds_and_a_new_file_has_nothing(as_user):
    found = judged()
    verdict = say(found)
    version, later = found.version, make.version(found.version.material)
    on = timezone.now().date()
    holds = registry.validity([version.pk, later.pk], on)
    assert holds == {
        version.pk: registry.Validity(make.NOW.date(), verdict.valid_until, ("BG",), False)
    }
    client = as_user(make.user(Role.PROJECT_MANAGER))
    assert verdict.get_absolute_url() in client.get(version.get_absolute_url()).content.decode()
    page = client.get(later.get_absolute_url()).content.decode()
    assert "Not validated: nothing is said of exactly this file." in page
    signing.withdraw(
        verdict_id=verdict.pk, reason="Gone.", by=make.user(Role.PROJECT_MANAGER), at=make.NOW
    )
    assert registry.validity([version.pk], on) == {}


def test_today_asks_for_the_verdict_of_a_round_that_was_just_closed(coordinator):
    found = judged()
    ReviewRound.objects.filter(pk=found.pk).update(closed_at=timezone.now())
    assert asked_of(coordinator) == [f"{reverse('round_verdict', args=[found.pk])}?country=BG"]
    abroad = make.user(Role.COORDINATOR, "IT")
    assert asked_of(abroad) == []


def test_pages_take_as_many_questions_for_three_countries_as_for_one(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    asked = []
    for codes in (("BG",), ("BG", "ES", "IT")):
        found = several(**dict.fromkeys(codes, ("4", "4", "4")))
        for code in codes:
            say(found, code=code)
        verdict = Verdict.objects.filter(round=found).first()
        assert verdict is not None
        counts = {}
        for name, url in (
            ("list", reverse("verdict_list")),
            ("detail", verdict.get_absolute_url()),
            ("outcome", reverse("round_outcome", args=[found.pk])),
            ("verdicts", reverse("round_verdicts", args=[found.pk])),
            ("confirm", address(found, "BG")),
        ):
            client.get(url)
            reference.countries()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts[name] = len(queries)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert {name: n for name, n in asked[0].items() if n > 12} == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_leave_one_verdict():
    found = judged()
    seen, people = looked(found), [make.user(Role.COORDINATOR, "BG") for _n in range(2)]
    said: list[str] = []

    def confirm(user: User) -> None:
        try:
            say(found, by=user, seen=seen)
            said.append("won")
        except verdicts.SaidMeanwhile as error:
            said.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said)[-1] == "won"
    assert "has signed meanwhile: Validated." in sorted(said)[0]
    assert Verdict.objects.count() == 1
