"""What keeps a version from being released, and the waiver that lets it go all the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent, User
from feedback.validation.domain.gate import waivers
from feedback.validation.models import ReleaseWaiver, Verdict
from materials import gates
from materials.domain import uploads
from materials.models import Erratum, RequiredEdition, Version
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


def needed(*cells: tuple[str, str], language: str = "en") -> Version:
    """The first version of a material that these countries need in these languages."""
    material = make.material()
    for code, wanted in cells:
        RequiredEdition.objects.create(
            material=material, country=make.country(code), language=wanted
        )
    return make.version(material, language=language)


def release(version: Version, by: User | None = None) -> Version:
    by = by or version.material.owner.user
    return uploads.release(version_id=version.pk, by=by, at=make.NOW)


def sentences(version: Version) -> list[str]:
    found = gates.obstacles(version, version.material.owner.user, make.NOW)
    return [one.sentence for one in found]


def test_every_country_that_needs_the_edition_is_named_until_it_has_a_good_verdict():
    version = needed(("BG", "en"), ("EL", "en"), ("IT", "el"))
    world.verdict(version, "BG")
    with pytest.raises(gates.NotReleasable) as refused:
        release(version)
    assert [one.sentence for one in refused.value.obstacles] == [
        "Greece, English: Nobody has rated version 1 for this country."
    ]
    world.verdict(version, "EL", "changes")
    assert release(version).released_at == make.NOW


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("revise", "Bulgaria, English: Version 1 is to be revised and rated again."),
        ("not", "Bulgaria, English: The panel did not validate version 1."),
        ("evidence", "Bulgaria, English: Too little came in for a verdict on version 1."),
    ],
)
def test_a_verdict_that_is_not_good_keeps_the_version(standing: str, sentence: str):
    version = needed(("BG", "en"))
    world.verdict(version, "BG", standing)
    assert sentences(version) == [sentence]


def test_a_verdict_that_has_ended_or_was_withdrawn_keeps_the_version():
    ended, withdrawn = needed(("BG", "en")), needed(("BG", "en"))
    world.verdict(ended, "BG", valid_until=date(2026, 11, 23))
    more = {"withdrawn_at": make.NOW, "withdrawal_reason": "A law changed."}
    world.verdict(withdrawn, "BG", **more)
    assert sentences(ended) == ["Bulgaria, English: The verdict ended on 23 Nov 2026."]
    assert sentences(withdrawn) == ["Bulgaria, English: The verdict on version 1 was withdrawn."]


def test_the_verdict_of_the_consortium_counts_where_a_country_has_none_of_its_own():
    version = needed(("BG", "en"), ("EL", "en"))
    world.verdict(version, None)
    assert sentences(version) == []
    world.verdict(version, "EL", "not")
    assert sentences(version) == ["Greece, English: The panel did not validate version 1."]


def test_the_verdict_on_another_version_says_nothing_of_this_one():
    version = needed(("BG", "en"))
    world.verdict(version, "BG")
    second = make.version(version.material)
    assert sentences(second) == ["Bulgaria, English: Nobody has rated version 2 for this country."]
    assert sentences(version) == []


def test_a_language_that_no_country_asked_for_needs_one_good_verdict_anywhere():
    version = needed(("BG", "bg"))
    assert "one verdict on version 1 is enough" in sentences(version)[0]
    world.verdict(version, "IT", "revise")
    assert len(sentences(version)) == 1
    world.verdict(version, "EL")
    assert sentences(version) == []


@pytest.mark.parametrize(("is_material", "open_points"), [(False, 0), (True, 1), (None, 1)])
@pytest.mark.parametrize("language", ["en", "bg"])
def test_an_erratum_follows_what_it_mends_once_it_was_decided_not_to_matter(
    is_material: bool | None, open_points: int, language: str
):
    first = needed(("BG", language))
    world.verdict(first, "BG")
    mended = make.version(first.material)
    decided = None if is_material is None else make.NOW
    Erratum.objects.create(
        version=mended, corrects=first, is_material=is_material, decided_at=decided
    )
    assert len(sentences(mended)) == open_points


def test_an_undecided_critical_change_keeps_the_version():
    version = needed(("BG", "en"))
    world.verdict(version, "BG")
    asking.typed(version, severity="critical")
    assert sentences(version) == ["1 critical change to this material is not decided yet."]


def test_a_waiver_stands_for_its_country_alone_and_one_without_a_country_for_all():
    version = needed(("BG", "en"), ("EL", "en"))
    manager = make.user(Role.PROJECT_MANAGER)
    values = {"version_id": version.pk, "by": manager, "at": make.NOW}
    waivers.sign(country=make.country("BG"), reason="The law is new.", **values)
    assert len(sentences(version)) == 1
    waivers.sign(country=None, reason="The fair is on Monday.", **values)
    assert release(version).released_at == make.NOW
    assert AuditEvent.objects.filter(deed="release waived").count() == 2


def test_a_waiver_is_taken_back_before_the_release_and_stays_after_it():
    version = needed(("BG", "en"))
    manager = make.user(Role.PROJECT_MANAGER)
    first, second = world.waiver(version), world.waiver(version, "BG")
    for _n in range(2):
        waivers.take_back(waiver_id=first.pk, by=manager, at=make.NOW)
    assert AuditEvent.objects.filter(deed="waiver taken back").count() == 1
    release(version)
    with pytest.raises(waivers.AlreadyReleased):
        waivers.take_back(waiver_id=second.pk, by=manager, at=make.NOW)
    with pytest.raises(waivers.AlreadyReleased):
        waivers.sign(version_id=version.pk, country=None, reason="Late.", by=manager, at=make.NOW)


def test_the_same_waiver_is_not_signed_twice():
    version, manager = needed(("BG", "en")), make.user(Role.PROJECT_MANAGER)
    values = {"version_id": version.pk, "country": None, "by": manager, "at": make.NOW}
    waivers.sign(reason="One.", **values)
    with pytest.raises(waivers.WaivedAlready):
        waivers.sign(reason="Two.", **values)
    assert ReleaseWaiver.objects.get().reason == "One."


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUTHOR, Role.PLATFORM_ADMIN])
def test_only_the_project_manager_signs_a_waiver(role: str):
    version = needed(("BG", "en"))
    values = {"version_id": version.pk, "country": None, "reason": "x", "at": make.NOW}
    with pytest.raises(Refused):
        waivers.sign(by=make.user(role), **values)
    assert not ReleaseWaiver.objects.exists()


def test_a_verdict_that_is_withdrawn_after_the_release_leaves_it_released():
    version = needed(("BG", "en"))
    verdict = world.verdict(version, "BG")
    release(version)
    Verdict.objects.filter(pk=verdict.pk).update(
        withdrawn_at=make.NOW, withdrawal_reason="A law changed."
    )
    assert release(version).released_at == make.NOW


def test_the_page_names_the_open_cell_and_releases_nothing(as_user):
    version = needed(("BG", "en"), ("EL", "en"))
    world.verdict(version, "BG")
    client = as_user(version.material.owner.user)
    url = reverse("version_release", args=[version.material_id, 1])
    page = client.post(url).content.decode()
    assert "Greece, English: Nobody has rated version 1 for this country." in page
    version.refresh_from_db()
    assert version.released_at is None
    world.verdict(version, "EL")
    assert "Nothing keeps it from being released." in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    version.refresh_from_db()
    assert version.released_at is not None


def test_the_manager_signs_a_waiver_by_its_page_and_every_member_reads_it(as_user, client):
    version = needed(("EL", "en"))
    manager = as_user(make.user(Role.PROJECT_MANAGER))
    url = reverse("release_waive", args=[version.pk])
    assert "This field is required." in manager.post(url, {"country": "EL"}).content.decode()
    manager.post(url, {"country": "EL", "reason": "The fair is on Monday."})
    assert "The fair is on Monday." in manager.get(url).content.decode()
    manager.post(reverse("version_release", args=[version.material_id, 1]))
    said = "Released with a waiver: The fair is on Monday."
    member = as_user(make.user(Role.EXPERT))
    assert said in member.get(version.get_absolute_url()).content.decode()
    entry = reverse("catalogue_entry", args=[version.material.code])
    assert said in member.get(entry).content.decode()
    assert said not in client.get(entry).content.decode()
