"""The badge says in words what its mark says, and always how things stand today."""

from __future__ import annotations

import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from PIL import Image

from feedback.validation.domain.proof import badge
from feedback.validation.models import Verdict
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


@pytest.fixture
def verdict():
    return Verdict.objects.with_facts().get(pk=world.verdict(world.released(world.version())).pk)


def test_a_badge_names_version_days_and_the_start_of_the_hash(verdict):
    found = badge.of(verdict, TODAY)
    assert found.word == "Validated"
    assert found.lines[0] == f"{verdict.version.material.code}, version 1, English"
    assert "until 2028-11-24" in found.lines[1]
    assert verdict.sha256[:16] in found.lines[2]


def test_the_word_follows_the_verdict(verdict):
    assert badge.of(verdict, verdict.valid_until + timedelta(days=1)).word == "Expired"
    verdict.superseded_at = make.NOW
    assert badge.of(verdict, TODAY).word == "Replaced"
    verdict.withdrawn_at = make.NOW
    assert badge.of(verdict, TODAY).word == "Withdrawn"
    changed = Verdict.objects.with_facts().get(pk=verdict.pk)
    changed.standing = "changes"
    assert badge.of(changed, TODAY).word == "Validated with changes"


def test_the_svg_has_title_and_description_and_loads_nothing(verdict):
    drawn = badge.svg(badge.of(verdict, TODAY))
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "Validated"
    assert verdict.sha256[:16] in (root.findtext(f"{space}desc") or "")
    assert not {"style", "href", "src"} & {key for node in root.iter() for key in node.attrib}


def test_text_of_people_stays_text_in_the_svg(verdict):
    verdict.version.material.code = '<a"&'
    drawn = badge.svg(badge.of(verdict, TODAY))
    assert "<a" not in drawn
    ElementTree.fromstring(drawn)


def test_the_same_verdict_gives_the_same_bytes(verdict):
    found = badge.of(verdict, TODAY)
    assert badge.svg(found) == badge.svg(found)
    assert badge.png(found) == badge.png(found)
    picture = Image.open(io.BytesIO(badge.png(found)))
    assert picture.size == (720, 232)
    assert picture.text["Description"] == found.text


def test_marks_differ_without_colour(verdict):
    """In grey, each state still draws another mark."""
    found = badge.of(verdict, TODAY)
    marks = set()
    for state in badge._STROKES:
        other = badge.Badge(state, found.word, found.lines)
        grey = Image.open(io.BytesIO(badge.png(other))).convert("L")
        marks.add(grey.crop((32, 56, 152, 176)).point(lambda p: 255 if p > 200 else 0).tobytes())
    assert len(marks) == 3


def test_other_sites_may_show_it_and_it_runs_nothing(client, verdict):
    for name, kind in (("verify_badge_svg", "image/svg+xml"), ("verify_badge_png", "image/png")):
        answer = client.get(reverse(name, args=[verdict.key]))
        assert answer["Content-Type"] == kind
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Cache-Control"] == "public, max-age=300"
