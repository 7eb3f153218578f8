"""Who sees a card, and who opens a file before and after its release."""

from __future__ import annotations

import pytest

from experts.enums import Role
from materials import readers
from materials.models import Material, Version
from tests import factories as make

pytestmark = pytest.mark.django_db

ROLES = list(Role)
BEFORE = {Role.COORDINATOR, Role.PROJECT_MANAGER}


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.parametrize("home", ["BG", "IT"])
@pytest.mark.parametrize("role", ROLES)
def test_the_file_by_role_country_and_release(role, home, released):
    version = make.version(make.material(home), released_at=make.NOW if released else None)
    user = make.user(role, "BG")
    allowed = BEFORE if home == "BG" else {Role.PROJECT_MANAGER}
    seen = Version.objects.visible_to(user).filter(pk=version.pk).exists()
    assert seen == (released or role in allowed)
    assert Material.objects.visible_to(user).filter(pk=version.material_id).exists()


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EXPERT, Role.PARTNER])
def test_the_owner_and_the_uploader_open_their_own(role):
    owner, uploader = make.user(role), make.user(role)
    version = make.version(make.material(owner=owner.person), uploaded_by=uploader.person)
    assert list(Version.objects.visible_to(owner)) == [version]
    assert list(Version.objects.visible_to(uploader)) == [version]
    assert list(Version.objects.visible_to(make.user(role, "IT"))) == []


def test_a_material_without_a_country_belongs_to_no_coordinator():
    version = make.version(make.material(country=None, owner=make.person(Role.AUTHOR)))
    assert not Version.objects.visible_to(make.user(Role.COORDINATOR)).exists()
    assert list(Version.objects.visible_to(version.material.owner.user)) == [version]


def test_people_without_a_community_see_nothing():
    make.version(released_at=make.NOW)
    former = make.user(Role.EXPERT)
    make.ends(former.person)
    assert not Material.objects.visible_to(former).exists()
    assert not Version.objects.visible_to(former).exists()


def test_a_source_opens_exactly_what_it_names_in_the_same_query(
    monkeypatch, django_assert_num_queries
):
    asked, other, foreign = make.version(), make.version(), make.version(make.material("IT"))
    expert = make.user(Role.EXPERT)

    def source(user):
        chosen = [asked.pk, foreign.pk] if user == expert else []
        return Version.objects.filter(pk__in=chosen).values("pk")

    monkeypatch.setattr(readers, "_sources", [])
    readers.register(source)
    readers.register(source)
    assert expert.access.is_member
    with django_assert_num_queries(1):
        seen = set(Version.objects.visible_to(expert))
    assert seen == {asked, foreign}
    assert other not in seen
    assert not Version.objects.visible_to(make.user(Role.EXPERT)).exists()
