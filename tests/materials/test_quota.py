"""Room for materials: whose, how much of it is used, and when it is asked for."""

from __future__ import annotations

from io import BytesIO

import pytest

from experts.enums import Role
from experts.models import Partner
from materials.domain import incoming, quota, store, uploads
from materials.domain.uploads import MaterialFacts, VersionFacts
from materials.models import IncomingFile, Material, Version
from tests import factories as make
from tests.materials import files

pytestmark = pytest.mark.django_db
FACTS = MaterialFacts(title="G", type="guide", audience="all", licence="CC0")


def partner(code: str = "BG", room: int | None = None) -> Partner:
    return Partner.objects.create(name="P", kind="NGO", country=make.country(code), quota=room)


def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.mark.parametrize(
    ("rooms", "limit"), [([], 700), ([None], 700), ([50], 50), ([50, None], 750), ([0], 0)]
)
def test_partners_of_a_country_share_their_rooms(settings, rooms, limit):
    settings.MATERIALS_QUOTA = 700
    partner("IT", 9)
    for room in rooms:
        partner("BG", room)
    assert quota.room(make.country("BG").pk).limit == limit


def test_the_same_bytes_count_once_and_other_countries_do_not():
    make.version(data=b"a" * 100)
    make.version(data=b"a" * 100)
    make.version(data=b"b" * 30)
    make.version(make.material("IT"), data=b"c" * 500)
    found = quota.room(make.country("BG").pk)
    assert found.used == 130


def test_what_is_used_and_free_is_said():
    room = quota.Room(used=1024**3, limit=5 * 1024**3)
    said = room.sentence.replace("\xa0", " ")
    assert said == "1.0 GB of 5.0 GB are used; 4.0 GB are free."
    assert quota.Room(used=10, limit=5).free == 0


def test_a_file_without_room_is_refused_before_it_comes(as_user):
    by = coordinator()
    partner(room=1000)
    with pytest.raises(quota.NoRoom, match="There is no room for this file"):
        incoming.announce(name="a.pdf", size=1001, by=by, at=make.NOW)
    page = as_user(by).get("/materials/new/").content.decode().replace("\xa0", " ")
    assert "0 bytes of 1000 bytes are used; 1000 bytes are free." in page


def test_files_that_wait_need_room_too():
    by = coordinator()
    partner(room=1000)
    incoming.announce(name="a.pdf", size=600, by=by, at=make.NOW)
    with pytest.raises(quota.NoRoom):
        incoming.announce(name="b.pdf", size=600, by=by, at=make.NOW)


def test_room_is_asked_for_again_when_a_version_is_written():
    by, data = coordinator(), files.pdf()
    row = incoming.announce(name="a.pdf", size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    partner(room=10)
    first = VersionFacts(language="en", incoming=row.key)
    with pytest.raises(quota.NoRoom):
        uploads.create_material(facts=FACTS, first=first, by=by, at=make.NOW)
    assert not Material.objects.exists()
    assert IncomingFile.objects.get().is_ready
    assert store.incoming_path(row.key).exists()


def test_bytes_that_are_there_already_need_no_room():
    by, data = coordinator(), files.pdf(mark="twice")
    make.version(make.material("BG"), data=data)
    row = incoming.announce(name="a.pdf", size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    partner(room=10)
    first = VersionFacts(language="en", incoming=row.key)
    uploads.create_material(facts=FACTS, first=first, by=by, at=make.NOW)
    assert Version.objects.count() == 2


def test_the_plain_form_says_it_beside_the_file(as_user):
    by = coordinator()
    partner(room=10)
    data = {"title": "G", "type": "guide", "audience": "all", "licence": "CC0", "language": "en"}
    response = as_user(by).post("/materials/new/", data | {"file": files.upload(files.pdf())})
    assert "There is no room for this file" in response.context["form"].errors["file"][0]
    assert not Material.objects.exists()
