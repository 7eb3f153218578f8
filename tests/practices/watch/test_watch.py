"""Change watch: tags find what is touched, findings become change requests, nothing is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import needs
from experts.enums import Role
from feedback.changes.models import ChangeRequest
from materials.enums import PortfolioPart
from practices.domain.watch import targets, watching
from practices.enums import Touched
from practices.models import WatchItem, WatchTarget
from tests import factories as make
from tests.practices import watch_world as world
from tests.practices.world import practice

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Job centres accept portfolios in English",
    "kind": "law",
    "from_on": "2027-01-01",
    "source": "https://law.example.org/12",
    "effect": "Nobody needs a translation any more.",
    "parts": [PortfolioPart.EUROPASS_CV],
    "tags": "Translation, job centre",
}


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


def tagged(code: str, **more):
    material = make.material(code, parts=[PortfolioPart.EUROPASS_CV], **more)
    return make.version(material).material


def test_what_carries_the_tags_is_on_the_list_at_once(as_user, coordinator):
    ours, theirs, everywhere = tagged("BG"), tagged("IT"), tagged("IT", country=None)
    make.material("BG", parts=[PortfolioPart.BADGE])
    fits = practice("BG", tags=["translation"])
    practice("IT", tags=["translation"])
    practice("BG", tags=["childcare"])

    as_user(coordinator).post(reverse("watch_new"), TYPED | {"country": make.country("BG").pk})

    item = WatchItem.objects.get()
    found = set(item.targets.values_list("material", "practice"))
    assert found == {(ours.pk, None), (everywhere.pk, None), (None, fits.pk)}
    assert item.tags == ["translation", "job centre"]
    assert theirs.watch_targets.count() == 0


def test_a_change_of_all_countries_looks_everywhere(as_user, coordinator):
    tagged("BG"), tagged("IT")
    practice("IT", tags=["translation"])

    as_user(coordinator).post(reverse("watch_new"), TYPED)

    assert WatchItem.objects.get().targets.count() == 3


def test_laying_out_twice_adds_nothing():
    item = world.item(parts=[PortfolioPart.EUROPASS_CV])
    tagged("BG")

    assert (targets.lay_out(item), targets.lay_out(item)) == (1, 0)


def test_a_new_tag_brings_in_what_carries_it_and_keeps_what_was_settled(coordinator):
    item = world.item()
    settled = world.target(item, touched=Touched.NO, note="No deadline.", settled_on=item.added_on)
    tagged("BG")
    noticed = watching.Noticed(
        item.title, item.kind, item.country_id, item.source, item.effect, item.from_on,
        [PortfolioPart.EUROPASS_CV], [],
    )  # fmt: skip

    new = watching.change(item_id=item.pk, noticed=noticed, revision=1, by=coordinator, at=make.NOW)

    assert new == 1
    assert settled in item.targets.all()


def test_a_finding_needs_its_reason_and_keeps_what_was_typed(as_user, coordinator):
    target = world.target(world.item())

    page = as_user(coordinator).post(
        reverse("watch_settle", args=[target.pk]), {"touched": "yes", "note": " "}
    )

    assert "Say what has to change" in page.content.decode()
    target.refresh_from_db()
    assert target.touched == Touched.OPEN


def test_a_finding_becomes_a_change_request_by_one_press(as_user, coordinator):
    material = tagged("BG")
    item = world.item()
    target = world.target(item, material)
    client = as_user(coordinator)
    client.post(
        reverse("watch_settle", args=[target.pk]),
        {"touched": "yes", "note": "Page 4 asks for a translation."},
    )
    page = client.get(item.get_absolute_url()).content.decode()
    value = page.partition('name="source" value="')[2].partition('"')[0]

    client.post(reverse("change_raise"), {"source": value})

    change = ChangeRequest.objects.get()
    assert (change.source_kind, change.source_key) == ("change_watch", target.pk)
    assert (change.material, change.country.code) == (material, "BG")
    assert "Page 4 asks for a translation." in change.asked
    assert item.source in change.asked
    after = client.get(item.get_absolute_url()).content.decode()
    assert change.get_absolute_url() in after
    assert "Make it a change request" not in after
    assert item.get_absolute_url() in client.get(change.get_absolute_url()).content.decode()


def test_a_small_panel_is_one_press_away(as_user, coordinator):
    material = tagged("BG")
    world.target(
        item := world.item(),
        material,
        touched=Touched.YES,
        note="Page 4.",
        settled_on=item.added_on,
    )
    client = as_user(coordinator)
    version = material.versions.get()

    page = client.get(item.get_absolute_url()).content.decode()

    url = f"{reverse('round_new')}?version={version.pk}&country=BG"
    assert url.replace("&", "&amp;") in page
    assert "checked" in client.get(url).content.decode()


def test_a_request_is_asked_of_what_readers_have(as_user, coordinator):
    material = tagged("BG")
    material.versions.update(released_at=make.NOW)
    make.version(material)
    item = world.item()
    world.target(item, material, touched=Touched.YES, note="Page 4.", settled_on=item.added_on)
    client = as_user(coordinator)
    page = client.get(item.get_absolute_url()).content.decode()

    client.post(
        reverse("change_raise"),
        {"source": page.partition('name="source" value="')[2].partition('"')[0]},
    )

    assert ChangeRequest.objects.get().version.number == 1


def test_three_materials_ask_no_more_than_one(as_user, coordinator, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    item = world.item()
    client = as_user(coordinator)

    def touched() -> None:
        done = {"touched": Touched.YES, "note": "Page 4.", "settled_on": item.added_on}
        world.target(item, tagged("BG"), **done)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(item.get_absolute_url())
        return len(queries)

    touched()
    asked()
    one = asked()
    touched(), touched()
    assert asked() == one


def test_it_is_closed_when_everything_was_looked_at(as_user, coordinator):
    item = world.item()
    target = world.target(item)
    client, url = as_user(coordinator), reverse("watch_close", args=[item.pk])

    refused = client.post(url, follow=True).content.decode()
    client.post(
        reverse("watch_settle", args=[target.pk]), {"touched": "no", "note": "No deadline."}
    )
    client.post(url)

    item.refresh_from_db()
    assert "Look at everything on the list first" in refused
    assert item.closed_on is not None
    client.post(url, {"closed": ""})
    item.refresh_from_db()
    assert item.closed_on is None


def test_what_was_looked_at_is_not_taken_off(as_user, coordinator):
    item = world.item()
    settled = world.target(item, touched=Touched.NO, note="No.", settled_on=item.added_on)
    unseen = world.target(item, make.material("IT"))
    client = as_user(coordinator)

    for target in (settled, unseen):
        client.post(reverse("watch_settle", args=[target.pk]), {"remove": "1"})

    assert list(WatchTarget.objects.all()) == [settled]


def test_by_hand_one_thing_is_added_once(as_user, coordinator):
    item, material = world.item(), make.material("BG")
    client, url = as_user(coordinator), reverse("watch_add", args=[item.pk])

    two = {"material": material.pk, "practice": practice("BG").pk}
    both = client.post(url, two, follow=True)
    client.post(url, {"material": material.pk})
    client.post(url, {"material": material.pk})

    assert "Choose one: a material or a practice." in both.content.decode()
    assert item.targets.get().material == material


def test_an_open_change_waits_for_the_coordinators_of_its_country(coordinator):
    world.target(world.item("BG", title="Ours"))
    world.target(world.item("IT", title="Theirs"))
    world.item("BG", title="Nothing to look at")

    titles = [need.title for need in needs.of(coordinator, make.NOW) if "touches" in need.title]

    assert titles == ["Look at what a change touches: Ours"]


def test_two_windows_lose_nothing(as_user, coordinator):
    item = world.item(added_by=coordinator.person)
    client, url = as_user(coordinator), reverse("watch_edit", args=[item.pk])
    client.post(url, TYPED | {"revision": 1, "title": "First"})

    answer = client.post(url, TYPED | {"revision": 1, "title": "Second"})

    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()


def test_an_address_that_runs_something_is_refused(as_user, coordinator):
    page = as_user(coordinator).post(
        reverse("watch_new"), TYPED | {"source": "javascript:alert(1)"}
    )

    assert not WatchItem.objects.exists()
    assert "Nobody needs a translation" in page.content.decode()


def test_the_list_shows_open_ones_first(as_user, coordinator):
    world.item(title="Still open")
    world.item(title="Over", closed_on=make.NOW.date())
    client = as_user(coordinator)

    page = client.get(reverse("watch_list")).content.decode()
    closed = client.get(reverse("watch_list"), {"state": "closed"}).content.decode()

    assert ("Still open" in page, "Over" in page) == (True, False)
    assert ("Still open" in closed, "Over" in closed) == (False, True)
