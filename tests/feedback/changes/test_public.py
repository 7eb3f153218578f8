"""“You said, we did”: what everybody reads, and what nobody does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.changes.domain import deciding, ledger, public
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    found = world.version()
    found.released_at = make.NOW
    found.save()
    return found


@pytest.fixture
def author(version):
    return asking.owner_of(version)


def page(client, version, **query) -> str:
    url = reverse("catalogue_changes", args=[version.material.code])
    return client.get(url, query).content.decode()


def test_guests_read_what_was_asked_what_became_of_it_and_why(client, version, author):
    done = asking.decided(asking.typed(version), author, public_asked="A page on rights.")
    newer = make.version(version.material)
    deciding.show_done(change_id=done.pk, version=newer, revision=2, by=author, at=make.NOW)
    asking.typed(version, asked="Not decided")
    shown = page(client, version)
    for words in ("A page on rights.", "Accepted", f"Done in version {newer.number}", "right."):
        assert words in shown
    assert "Not decided" not in shown
    entry = client.get(reverse("catalogue_entry", args=[version.material.code])).content.decode()
    assert reverse("catalogue_changes", args=[version.material.code]) in entry


def test_without_public_words_the_table_says_only_how_grave_it_was(client, version, author):
    change = asking.typed(version, asked="Ask Maria of Sofia", severity=Severity.MAJOR)
    asking.decided(change, author, Decision.DECLINE)
    shown = page(client, version)
    assert "Maria" not in shown
    assert "A change was asked for. Severity: Important." in shown


def test_addresses_never_stand_in_the_public_table(client, version, author):
    asking.decided(asking.typed(version), author, reason="Ask zoe.secret+1@mail.example.org now.")
    shown = page(client, version)
    assert "secret" not in shown
    assert "Ask … now." in shown


def test_nobody_is_named_and_no_country_told(client, version):
    manager = make.user(Role.PROJECT_MANAGER)
    asking.decided(asking.typed(version, by=manager, code="IT"), manager, public_asked="Rights.")
    shown = page(client, version)
    assert manager.person.name not in shown
    assert "Italy" not in shown


def test_how_many_asked_is_told_from_five_on(client, version, author):
    first = asking.typed(version)
    for expected in (2, 3, 4, 5):
        other = asking.typed(version)
        ledger.merge(change_id=other.pk, into_id=first.pk, by=author, at=make.NOW)
        if expected == 4:
            asking.decided(first, author)
            assert "people asked for this" not in page(client, version)
            first.refresh_from_db()
            deciding.reopen(
                change_id=first.pk, reason="x", revision=first.revision, by=author, at=make.NOW
            )
    asking.decided(first, author)
    assert "5 people asked for this." in page(client, version)


def test_decisions_on_comments_of_an_open_round_are_not_told_yet(client):
    found = asking.closed_round()
    found.version.released_at = make.NOW
    found.version.save()
    manager = make.user(Role.PROJECT_MANAGER)
    asking.decided(asking.raised(asking.comments(found)[0], manager), manager)
    assert len(public.rows(found.version.material_id)) == 1
    found.closed_at, found.phase = None, "discussion"
    found.save()
    assert public.rows(found.version.material_id) == []
    assert not public.exists(found.version.material_id)
    assert "Nothing to tell yet" in page(client, found.version)


def test_a_material_without_a_released_edition_has_no_public_page(client):
    hidden = world.version()
    asking.decided(asking.typed(hidden), asking.owner_of(hidden))
    url = reverse("catalogue_changes", args=[hidden.material.code])
    assert client.get(url).status_code == 404
    assert client.get(reverse("catalogue_changes", args=["XX"])).status_code == 404


def test_the_page_is_right_to_left_in_arabic(client, version, author):
    asking.decided(asking.typed(version), author, public_asked="A page on rights.")
    shown = page(client, version, lang="ar")
    assert 'dir="rtl"' in shown
    for english in ("You said, we did", "Accepted", "Asked about version"):
        assert english not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_line_as_for_three(
    client, version, author, count, django_assert_num_queries
):
    for _n in range(count):
        asking.decided(asking.typed(version), author)
    page(client, version)
    with django_assert_num_queries(3):
        page(client, version)
    assert ChangeRequest.objects.public().count() == count
