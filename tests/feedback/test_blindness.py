"""Nobody but the writer learns who wrote a review: the whole world is built, then searched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from experts.enums import Role
from experts.models import AuditEvent
from feedback.reviews.domain import rounds
from feedback.reviews.models import Assignment, Draft, Rating, ReviewerIdentity
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("round_detail", "round_outcome", "round_close")


class World:
    """A closed round with four reviews, one unsent draft, and everybody who might look."""

    def __init__(self) -> None:
        self.author = make.person(Role.AUTHOR)
        self.round = world.review_round(version=world.version(self.author))
        self.reviewers = [make.person(name=f"Zoe Secret{n}") for n in range(5)]
        for person in self.reviewers[:4]:
            world.answered(self.round, person, "1", "2", comment="This law has changed.")
        self.waiting = world.assigned(self.round, self.reviewers[4])
        world.save(self.waiting, self.reviewers[4], world.whole(self.waiting, "1"))
        rounds.close_round(round_id=self.round.pk, by=self.round.opened_by.user, at=make.NOW)
        self.lookers = {
            "coordinator": self.round.opened_by.user,
            "manager": make.user(Role.PROJECT_MANAGER),
            "author": self.author.user,
            "partner": make.user(Role.PARTNER),
            "other expert": make.user(),
            "foreign coordinator": make.user(Role.COORDINATOR, "IT"),
            "fellow reviewer": self.reviewers[0].user,
            "admin": make.user(Role.PLATFORM_ADMIN),
        }

    def tokens(self) -> list[str]:
        """What would give a reviewer away: name, address, public code."""
        return [
            token
            for person in self.reviewers
            for token in (person.name, person.email, str(person.user.public_code))
        ]


@pytest.fixture
def built():
    return World()


def found_in(text: str, tokens: list[str]) -> list[str]:
    return [token for token in tokens if token in text]


def test_no_page_about_the_round_names_a_reviewer(as_user, built):
    leaks = []
    for who, user in built.lookers.items():
        client = as_user(user)
        tokens = [t for t in built.tokens() if t not in (user.person.name, user.email)]
        urls = [reverse(name, args=[built.round.pk]) for name in PAGES]
        urls += [reverse("review_list"), reverse("version_detail", args=[built.round.version_id])]
        urls += [reverse("material_detail", args=[built.round.version.material_id])]
        for url in urls:
            text = client.get(url).content.decode()
            leaks += [f"{who} {url}: {token}" for token in found_in(text, tokens)]
    assert leaks == []


def test_no_page_shows_a_reviewer_code_or_an_assignments_key(as_user, built):
    secrets = [str(code) for code in Assignment.objects.values_list("reviewer_code", flat=True)]
    secrets += [str(pk) for pk in Assignment.objects.values_list("pk", flat=True)]
    for who in ("coordinator", "manager"):
        client = as_user(built.lookers[who])
        for name in PAGES:
            text = client.get(reverse(name, args=[built.round.pk])).content.decode()
            assert found_in(text, secrets) == []


def test_the_desk_of_a_reviewer_is_missing_for_everybody_else(as_user, built):
    for user in built.lookers.values():
        client = as_user(user)
        for assignment in Assignment.objects.all():
            own = ReviewerIdentity.objects.get(reviewer_code=assignment.reviewer_code).person
            if own.user_id == user.pk:
                continue
            for name in ("review_desk", "review_draft"):
                url = reverse(name, args=[assignment.pk])
                assert client.post(url, {"save": "1"}).status_code == 404


def test_a_foreign_coordinator_sees_neither_round_nor_counts(as_user, built):
    client = as_user(built.lookers["foreign coordinator"])
    for name in PAGES:
        assert client.get(reverse(name, args=[built.round.pk])).status_code == 404
    assert (
        built.round.version.material.title
        not in client.get(reverse("review_list")).content.decode()
    )


def rows_of(model: type[models.Model]) -> str:
    return json.dumps(list(model._base_manager.values()), cls=DjangoJSONEncoder)


def test_audit_history_and_contexts_hold_codes_only(built):
    events = [model for model in apps.get_models() if model.__name__.endswith("Event")]
    names = {model.__name__ for model in events}
    assert {"RatingEvent", "ReviewRoundEvent", "CriterionEvent", "AuditEvent"} <= names
    contexts = apps.get_model("pghistory", "Context")
    assert not contexts.objects.exists()
    reviewed = [m for m in events if m is not AuditEvent]
    for model in [*reviewed, contexts, Assignment, Rating, Draft]:
        assert found_in(rows_of(model), built.tokens()) == [], model
        keys = {f.name for f in model._meta.fields if f.related_model and f.name != "opened_by"}
        assert not keys & {"person", "user", "expert", "reviewer"}, model
    audit = list(AuditEvent.objects.filter(object_kind__startswith="feedback."))
    codes = set(ReviewerIdentity.objects.values_list("reviewer_code", flat=True))
    submitted = [event for event in audit if event.deed == "review submitted"]
    assert {event.actor for event in submitted} < codes
    assert len(submitted) == 4
    own = {person.user.public_code for person in built.reviewers}
    assert not own & {event.actor for event in audit}
    assert found_in(json.dumps([e.detail for e in audit]), built.tokens()) == []


def test_what_is_stored_about_sending_is_a_day_and_no_hour(built):
    for event in AuditEvent.objects.filter(deed="review submitted"):
        assert (event.at.hour, event.at.minute, event.at.microsecond) == (0, 0, 0)
    for event in apps.get_model("feedback", "RatingEvent").objects.all():
        assert (event.pgh_created_at.hour, event.pgh_created_at.microsecond) == (0, 0)
    fields = {f.name: type(f) for f in Assignment._meta.fields}
    assert [n for n, kind in fields.items() if kind is models.DateTimeField] == []
    assert [f.name for f in ReviewerIdentity._meta.fields] == ["reviewer_code", "round", "person"]


def test_no_key_tells_the_order_in_which_people_were_asked():
    found = world.review_round()
    people = [make.person() for _n in range(12)]
    for person in people:
        world.assigned(found, person)
    by_key = list(Assignment.objects.order_by("pk").values_list("reviewer_code", flat=True))
    owner = dict(ReviewerIdentity.objects.values_list("reviewer_code", "person_id"))
    # One in 479 001 600 for twelve people.
    assert [owner[code] for code in by_key] != [person.pk for person in people]


def test_one_module_reads_the_table_of_identities():
    reader = re_files("ReviewerIdentity")
    assert reader == {
        "feedback/models.py",
        "feedback/reviews/models/__init__.py",
        "feedback/reviews/models/assignments.py",
        "feedback/reviews/domain/identity.py",
    }


def re_files(word: str) -> set[str]:
    """Source files outside tests and migrations that hold a word; registers of personal data, which
    name tables and read none, apart.
    """
    return {
        str(path.relative_to(ROOT))
        for room in ("cop_platform", "experts", "materials", "sessions", "practices", "feedback")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        and path.name != "personal_data.py"
        and word in path.read_text()
    }


def test_pghistorys_middleware_is_not_installed(settings):
    assert not [name for name in settings.MIDDLEWARE if "pghistory" in name]
