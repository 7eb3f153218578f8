"""The matrix of needed editions: its proposal, its page, and what each cell says."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent, Country
from materials.domain import matrix
from materials.models import Version
from tests import factories as make

pytestmark = pytest.mark.django_db


def cells(material) -> set[tuple[str, str]]:
    return set(material.required.values_list("country__code", "language"))


def named(wanted) -> set[tuple[str, str]]:
    codes = dict(Country.objects.values_list("pk", "code"))
    return {(codes[pk], language) for pk, language in wanted}


@pytest.fixture
def bulgaria():
    return make.country("BG")


def test_the_goals_ask_for_each_countrys_language_and_arabic_for_migrants(bulgaria):
    make.country("IT")
    mentors, migrants = make.material(), make.material(audience="migrants")
    assert named(matrix.from_goals(mentors)) == {("BG", "bg"), ("IT", "it")}
    assert named(matrix.from_goals(migrants)) == {
        ("BG", "bg"),
        ("IT", "it"),
        ("BG", "ar"),
        ("IT", "ar"),
    }


def test_setting_the_matrix_by_its_page(as_user, bulgaria):
    material = make.material()
    client, url = as_user(material.owner.user), reverse("matrix_edit", args=[material.pk])
    proposal = client.get(url).content.decode()
    assert f'value="{bulgaria.pk}-bg" checked' in proposal
    client.post(url, {"cells": [f"{bulgaria.pk}-bg", f"{bulgaria.pk}-ar"]})
    assert cells(material) == {("BG", "bg"), ("BG", "ar")}
    client.post(url, {"cells": [f"{bulgaria.pk}-ar"]})
    assert cells(material) == {("BG", "ar")}
    assert f'value="{bulgaria.pk}-bg" checked' not in client.get(url).content.decode()


@pytest.mark.parametrize("wrong", ["x", "0-bg", "1-xx", "\x00", "1-bg-2", "9" * 40 + "-bg"])
def test_a_cell_that_does_not_exist_is_refused_with_a_sentence(as_user, bulgaria, wrong):
    material = make.material()
    url = reverse("matrix_edit", args=[material.pk])
    page = as_user(material.owner.user).post(url, {"cells": [wrong]})
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()
    assert cells(material) == set()


def test_the_same_matrix_again_is_no_deed(bulgaria):
    material = make.material()
    wanted = frozenset({(bulgaria.pk, "bg")})
    for _again in range(2):
        matrix.set_matrix(
            material_id=material.pk, wanted=wanted, by=material.owner.user, at=make.NOW
        )
    assert AuditEvent.objects.filter(deed="required editions set").count() == 1


def test_who_may_not_edit_the_material_sets_no_matrix(bulgaria):
    with pytest.raises(Refused):
        matrix.set_matrix(
            material_id=make.material().pk,
            wanted=frozenset(),
            by=make.user(Role.EXPERT),
            at=make.NOW,
        )


@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("none", "Missing"),
        ("open", "Not released"),
        ("released", "Released"),
        ("stale", "Out of date"),
        ("stale, and a fresh one is not released", "Out of date"),
    ],
)
def test_a_cell_says_what_people_can_use(state, label):
    material = make.material()
    source = make.version(material, released_at=make.NOW)
    if state != "none":
        released = make.NOW if state != "open" else None
        make.version(material, language="ar", source=source, released_at=released)
    if state.startswith("stale"):
        newer = make.version(material)
        if "fresh" in state:
            make.version(material, language="ar", source=newer)
    rows = Version.objects.with_standing().filter(material=material, language="ar")
    assert matrix.standing_of(rows).label == label


def test_the_materials_page_counts_what_is_done(as_user, bulgaria):
    material = make.material()
    make.version(material, language="bg", released_at=make.NOW)
    for language in ("bg", "ar"):
        material.required.create(country=bulgaria, language=language)
    page = as_user(make.user(Role.EXPERT)).get(material.get_absolute_url()).content.decode()
    assert "1 of 2 needed editions are released and up to date." in page
    assert "Set the needed editions" not in page
