"""Verdicts that grow old: what sensors notice, and what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.reviews import marks
from feedback.reviews.domain.rounds import PANEL
from feedback.validation.domain.ageing import dead_link, mini, sensors, settling, watch
from feedback.validation.domain.ageing.mini import Before
from feedback.validation.domain.ageing.sensors import Noticed, Sensor
from feedback.validation.domain.policy import rules
from feedback.validation.enums import Sign
from feedback.validation.models import AgeingSign
from materials.models import Erratum, Preflight, Version
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
SOON = date(2027, 1, 10)


@pytest.fixture(autouse=True)
def _nothing_noticed():
    yield
    cache.delete(watch._CONCERNED)


def judged(code: str | None = "BG", of: Version | None = None, **more) -> Version:
    """A version that is released, with a good verdict in force."""
    version = of or world.version()
    world.verdict(version, code, **more)
    Version.objects.filter(pk=version.pk).update(released_at=make.NOW)
    return version


def signs() -> list[tuple[int, str]]:
    found = AgeingSign.objects.filter(settled_at__isnull=True).order_by("version", "sign")
    return list(found.values_list("version_id", "sign"))


def look(at=make.NOW) -> int:
    return watch.look(at=at)


@pytest.mark.parametrize(
    ("until", "noticed"),
    [
        (date(2027, 1, 23), 1),
        (date(2027, 1, 24), 0),
        (date(2026, 11, 1), 1),
        (None, 0),
    ],
)
def test_a_verdict_that_ends_within_sixty_days_is_noticed(until, noticed):
    judged(valid_until=until)
    assert look() == noticed


def test_the_last_day_of_an_edition_itself_is_noticed():
    version = judged()
    Version.objects.filter(pk=version.pk).update(valid_until=SOON)
    assert look() == 1
    found = AgeingSign.objects.get()
    said = "The edition itself is valid until 10 Jan 2027 only."
    assert sensors.sentence(found.sign, found.detail) == said


def test_a_verdict_nobody_relies_on_does_not_grow_old():
    judged(valid_until=SOON, standing="revise")
    replaced = judged(valid_until=SOON)
    make.version(replaced.material, released_at=make.NOW)
    assert look() == 0


def test_a_translation_is_noticed_when_its_source_moves_on_by_more_than_an_erratum():
    source = world.version()
    translated = make.version(source.material, language="el", source=source)
    judged("EL", translated)
    newer = make.version(source.material)
    erratum = Erratum.objects.create(
        version=newer, corrects=source, is_material=False, decided_at=make.NOW
    )
    assert look() == 0
    erratum.is_material = True
    erratum.save()
    look()
    assert signs() == [(translated.pk, "source")]


def test_links_that_the_pre_flight_found_dead_are_noticed():
    version, fine = judged(), judged()
    for one, level in ((version, "look"), (fine, "fine")):
        signals = [{"code": "dead_links", "level": level, "links": 2}]
        Preflight.objects.create(version=one, rules=1, signals=signals, read_at=make.NOW)
    look()
    assert signs() == [(version.pk, "link")]
    found = AgeingSign.objects.get()
    said = "2 links inside the file lead to pages that are not there."
    assert sensors.sentence(found.sign, found.detail) == said


def test_looking_twice_notices_once():
    version = judged(valid_until=SOON)
    assert (look(), look()) == (1, 0)
    assert signs() == [(version.pk, "expiry")]


def test_a_sensor_that_fails_and_a_version_that_is_gone_do_not_stop_the_others(monkeypatch):
    def fail(_today: date):
        raise ValueError("no answer")

    def of_nothing(_today: date):
        yield Noticed(10**9, {"links": 1})
        yield Noticed(version.pk, {"links": 1})

    version = judged(valid_until=SOON)
    sentence = dead_link.SENSOR.sentence
    known = dict(sensors._sensors)
    monkeypatch.setattr(sensors, "_sensors", known)
    sensors.register(Sensor(Sign.STALE_SOURCE, fail, sentence))
    sensors.register(Sensor(Sign.DEAD_LINK, of_nothing, sentence))
    assert look() == 2
    assert signs() == [(version.pk, "expiry"), (version.pk, "link")]


def test_what_is_over_vanishes_by_itself():
    version = judged(valid_until=SOON)
    look()
    make.version(version.material, released_at=make.NOW)
    look()
    assert signs() == []


def test_a_settled_sign_comes_back_only_with_other_facts():
    version = judged(valid_until=SOON)
    look()
    by = make.user(Role.COORDINATOR, "BG")
    settling.settle(sign_id=AgeingSign.objects.get().pk, reason="It ends.", by=by, at=make.NOW)
    assert look() == 0
    judged("EL", version, valid_until=SOON)
    assert look() == 1


def test_a_member_tells_of_a_dead_link_once(as_user):
    version = judged()
    client = as_user(make.user(Role.EXPERT, "EL"))
    url = reverse("dead_link_tell", args=[version.pk])
    assert "This field is required." in client.post(url, {"address": ""}).content.decode()
    for _n in range(2):
        assert client.post(url, {"address": "https://old.example.org"}).status_code == 302
    look()
    assert signs() == [(version.pk, "link")]


@given(
    experts=st.integers(0, 12),
    before=st.builds(
        Before, st.integers(0, 30), practitioners=st.integers(0, 8), lived=st.integers(0, 8)
    ),
    countries=st.integers(1, 6),
    marked=st.sampled_from([marks.STRICT, ((6, 83), (9, 78)), ((2, 80),)]),
)
def test_the_mini_panel_is_the_smallest_that_can_decide(experts, before, countries, marked):
    policy = rules.Rules(marks=marked, experts=experts)
    found = mini.smallest(policy, before, countries)

    def suffices(n: int) -> bool:
        seats = n * countries
        quotas = seats >= max(before.practitioners, before.lived)
        return n >= max(PANEL, experts) and quotas and marks.needed(n, marked) is not None

    assert suffices(found.experts)
    assert not suffices(found.experts - 1)
    assert found.needed == marks.needed(found.experts, marked)


def test_one_press_opens_the_mini_round_and_its_verdict_settles_the_sign(as_user):
    version = judged(valid_until=SOON)
    before = version.verdicts.get().round
    look()
    sign = AgeingSign.objects.get()
    by = make.user(Role.COORDINATOR, "BG")
    client = as_user(by)
    assert (
        "3 experts (BG) are the smallest panel"
        in client.get(sign.get_absolute_url()).content.decode()
    )
    sent = {"deed": "round", "due_on": "2000-01-01", "instruction": "Does it still hold?"}
    page = client.post(sign.get_absolute_url(), sent).content.decode()
    assert "Does it still hold?" in page
    client.post(sign.get_absolute_url(), sent | {"due_on": "2099-01-01"})
    sign.refresh_from_db()
    opened = sign.round
    assert (opened.previous, opened.country, opened.panel_size) == (before, make.country("BG"), 3)
    assert signs() == [(version.pk, "expiry")]
    version.verdicts.update(superseded_at=make.NOW)
    world.verdict(version, "BG", round=opened, valid_until=date(2029, 1, 1))
    assert signs() == []
    assert look() == 0


def test_a_second_press_opens_nothing():
    judged(valid_until=SOON)
    look()
    sign, by = AgeingSign.objects.get(), make.user(Role.COORDINATOR, "BG")
    values = {"sign_id": sign.pk, "due_on": date(2026, 12, 24), "by": by, "at": make.NOW}
    settling.open_round(instruction="Look again.", **values)
    with pytest.raises(settling.SettledAlready):
        settling.open_round(instruction="Look again.", **values)


def test_a_coordinator_of_another_country_neither_sees_nor_settles_it(as_user):
    judged(valid_until=SOON)
    look()
    sign, foreign = AgeingSign.objects.get(), make.user(Role.COORDINATOR, "EL")
    assert as_user(foreign).get(sign.get_absolute_url()).status_code == 404
    with pytest.raises(Refused):
        settling.settle(sign_id=sign.pk, reason="x", by=foreign, at=make.NOW)


def test_a_reason_settles_it_by_its_page(as_user):
    judged(valid_until=SOON)
    look()
    sign, client = AgeingSign.objects.get(), as_user(make.user(Role.COORDINATOR, "BG"))
    page = client.get(reverse("ageing_list")).content.decode()
    assert "The verdict ends on 10 Jan 2027." in page
    client.post(sign.get_absolute_url(), {"deed": "settle", "reason": "The project ends."})
    assert "No verdict grows old" in client.get(reverse("ageing_list")).content.decode()
    assert "The project ends." in client.get(sign.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("role", "code", "told"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.COORDINATOR, "EL", False),
        (Role.EXPERT, "BG", False),
    ],
)
def test_today_tells_those_who_lead_rounds_there(as_user, role, code, told):
    judged(valid_until=SOON)
    look()
    page = as_user(make.user(role, code)).get("/").content.decode()
    assert ("1 verdict grows old in your country" in page) is told


def test_one_and_three_signs_take_the_same_questions(as_user, django_assert_max_num_queries):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    url, counts = reverse("ageing_list"), []
    for number in (1, 2):
        for _n in range(number):
            judged(valid_until=SOON)
        look()
        client.get(url)
        with django_assert_max_num_queries(12) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
