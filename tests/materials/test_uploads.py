"""Materials and versions: who may make them, how they are numbered, and that they never change."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from materials.domain import uploads
from materials.domain.intake import NotAccepted
from materials.domain.uploads import MaterialFacts, VersionFacts
from materials.models import Material, Version
from tests import factories as make
from tests.feedback import world as reviews
from tests.materials import files

pytestmark = pytest.mark.django_db
LINK = VersionFacts(language="en", link="https://example.org/a")


def facts(**more) -> MaterialFacts:
    values = {"title": "Guide", "type": "guide", "audience": "mentors", "licence": "CC0"}
    return MaterialFacts(**values | more)


def create(by, first: VersionFacts = LINK, **more) -> Material:
    return uploads.create_material(facts=facts(**more), first=first, by=by, at=make.NOW)


def add(material: Material, link: str, by=None) -> Version:
    return uploads.add_version(
        material_id=material.pk,
        facts=VersionFacts(language="ar", link=link, what_changed="All of it."),
        by=by or material.owner.user,
        at=make.NOW,
    )


def nothing_left() -> bool:
    rows = Material.objects.exists() or Version.objects.exists()
    return not rows and not AuditEvent.objects.filter(object_kind__startswith="materials").exists()


def test_a_material_begins_with_its_first_version():
    author = make.user(Role.AUTHOR)
    first = VersionFacts(language="bg", file=files.upload(files.pdf(4), "ръководство.pdf"))
    material = create(author, first, summary="For mentors.")
    version = material.versions.get()
    assert (material.code, material.owner, material.country) == ("M01", author.person, None)
    assert (version.number, version.language, version.pages) == (1, "bg", 4)
    assert version.original_name == "ръководство.pdf"
    assert version.released_at is None
    deeds = AuditEvent.objects.order_by("pk").values_list("deed", "actor")
    assert list(deeds) == [
        ("material created", author.public_code),
        ("version uploaded", author.public_code),
    ]


def test_codes_are_numbered_where_none_is_given():
    by = make.user(Role.PROJECT_MANAGER)
    assert [create(by).code for _ in range(2)] == ["M01", "M02"]
    assert create(by, code="m40").code == "M40"
    assert create(by, code="annex-bg").code == "ANNEX-BG"
    assert create(by).code == "M41"


@pytest.mark.parametrize("code", ["M01", "m01", "1A", "M 1", "Ж1", "M" * 11, "../M1"])
def test_a_code_that_is_taken_or_none_is_refused(code):
    by = make.user(Role.PROJECT_MANAGER)
    create(by)
    with pytest.raises(uploads.CodeNotPossible):
        create(by, code=code)
    assert Material.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.AUTHOR, True),
        (Role.COORDINATOR, True),
        (Role.PROJECT_MANAGER, True),
        (Role.PLATFORM_ADMIN, False),
        (Role.FACILITATOR, False),
        (Role.PARTNER, False),
        (Role.EXPERT, False),
    ],
)
def test_who_uploads_a_new_material(role, allowed):
    by = make.user(role)
    if allowed:
        assert create(by).owner == by.person
        return
    with pytest.raises(Refused):
        create(by)
    assert nothing_left()


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.AUTHOR, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
        (Role.FACILITATOR, "BG", False),
        (Role.PARTNER, "BG", False),
        (Role.EXPERT, "BG", False),
    ],
)
def test_who_adds_and_releases_versions_of_a_bulgarian_material(role, code, allowed):
    material = create(make.user(Role.COORDINATOR, "BG"))
    by = make.user(role, code)
    if allowed:
        version = add(material, "https://example.org/b", by)
        reviews.waiver(version)
        assert uploads.release(version_id=version.pk, by=by, at=make.NOW).released_at == make.NOW
        return
    with pytest.raises(Refused):
        add(material, "https://example.org/b", by)
    with pytest.raises(Refused):
        uploads.release(version_id=material.versions.get().pk, by=by, at=make.NOW)
    assert material.versions.count() == 1


def test_a_coordinator_who_lives_elsewhere_uploads_for_the_country_they_coordinate():
    by = make.user(Role.COORDINATOR, "EL")
    by.person.country = make.country("ES")
    assert create(by).country == make.country("EL")


def test_versions_are_counted_in_their_material():
    by = make.user(Role.AUTHOR)
    one, two = create(by), create(by)
    assert [add(one, f"https://example.org/{n}").number for n in "bc"] == [2, 3]
    assert add(two, "https://example.org/b").number == 2


def test_the_same_content_twice_is_no_new_version():
    by = make.user(Role.AUTHOR)
    data = files.pdf(mark="same")
    material = create(by)
    for name in ("one.pdf", "other name.pdf"):
        new = VersionFacts(language="en", file=files.upload(data, name))
        if name == "one.pdf":
            uploads.add_version(material_id=material.pk, facts=new, by=by, at=make.NOW)
            continue
        with pytest.raises(uploads.AlreadyThere, match="this is already version 2"):
            uploads.add_version(material_id=material.pk, facts=new, by=by, at=make.NOW)
    with pytest.raises(uploads.AlreadyThere, match="already version 1"):
        add(material, "https://EXAMPLE.org:443/a")
    assert material.versions.count() == 2


def test_the_same_file_may_serve_two_materials():
    by, data = make.user(Role.AUTHOR), files.pdf(mark="shared")
    keys = {
        create(by, VersionFacts(language="en", file=files.upload(data))).versions.get().file.name
        for _ in range(2)
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    "first",
    [
        VersionFacts(language="en"),
        VersionFacts(language="en", file=files.upload(b"x"), link="https://example.org/"),
        VersionFacts(language="en", file=files.upload(b"no pdf")),
        VersionFacts(language="en", link="ftp://example.org/"),
    ],
)
def test_a_refused_file_or_link_leaves_no_row(first):
    with pytest.raises(NotAccepted):
        create(make.user(Role.AUTHOR), first)
    assert nothing_left()


def test_a_failure_after_the_file_was_kept_leaves_no_row(monkeypatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("materials.domain.uploads._write", fail)
    first = VersionFacts(language="en", file=files.upload(files.pdf(mark="orphan")))
    with pytest.raises(RuntimeError):
        create(make.user(Role.AUTHOR), first)
    assert nothing_left()
    monkeypatch.undo()
    first.file.seek(0)
    assert create(make.user(Role.AUTHOR), first).versions.get().file.read()


def test_releasing_twice_keeps_the_first_moment():
    material = create(make.user(Role.AUTHOR))
    version, by = material.versions.get(), material.owner.user
    reviews.waiver(version)
    uploads.release(version_id=version.pk, by=by, at=make.NOW)
    again = uploads.release(version_id=version.pk, by=by, at=make.NOW + make.minutes(5))
    assert again.released_at == make.NOW
    assert AuditEvent.objects.filter(deed="version released").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"number": 7},
        {"language": "de"},
        {"link": "https://example.org/other"},
        {"what_changed": "x"},
        {"original_name": "x"},
        {"uploaded_at": make.NOW + make.minutes(1)},
        {"released_at": make.NOW, "size": 5},
    ],
)
def test_the_database_refuses_every_change_of_a_version(change):
    version = create(make.user(Role.AUTHOR)).versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_the_database_lets_a_version_be_released_and_never_be_deleted():
    version = create(make.user(Role.AUTHOR)).versions.get()
    assert Version.objects.filter(pk=version.pk).update(released_at=make.NOW) == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM materials_version WHERE id = %s", [version.pk])


@pytest.mark.parametrize(("file", "link"), [("", ""), ("materials/a", "https://example.org/")])
def test_a_version_has_a_file_or_a_link(file, link):
    material = make.material()
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            material=material,
            number=1,
            language="en",
            sha256="a" * 64,
            file=file,
            link=link,
            media_type="x",
            uploaded_by=material.owner,
            uploaded_at=make.NOW,
        )


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_get_numbers_of_their_own():
    by = make.user(Role.AUTHOR)
    material, errors = create(by), []

    def work(n: int) -> None:
        try:
            add(material, f"https://example.org/race/{n}", by)
            create(by)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    numbers = material.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]
    assert list(Material.objects.values_list("code", flat=True)) == [f"M0{n}" for n in range(1, 6)]
