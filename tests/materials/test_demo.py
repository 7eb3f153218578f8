"""The demo's materials: real documents, the same bytes each time, and nothing twice."""

from __future__ import annotations

import time
from datetime import date

import pytest

import experts.demo
from materials import demo, demo_files
from materials.models import Material, Version

ANCHOR = date(2026, 11, 24)


def test_documents_are_the_same_bytes_each_time():
    for build in (
        lambda: demo_files.guide("en"),
        lambda: demo_files.guide("ar"),
        lambda: demo_files.short("M07"),
        demo_files.portfolio_template,
    ):
        first = build()
        time.sleep(0.01)
        assert build() == first


@pytest.mark.django_db
def test_seeding_twice_changes_nothing():
    experts.demo.seed(ANCHOR)
    demo.seed(ANCHOR)
    versions = list(Version.objects.order_by("pk").values_list("pk", "sha256"))
    demo.seed(ANCHOR)
    assert list(Version.objects.order_by("pk").values_list("pk", "sha256")) == versions
    codes = list(Material.objects.values_list("code", flat=True))
    assert codes == [f"M{n:02d}" for n in range(1, 13)]
    guides = Version.objects.filter(material__code="M01").order_by("number")
    assert [(v.language, v.pages) for v in guides] == [("en", 8), ("ar", 8)]
    assert Version.objects.filter(link__startswith="https://").count() == 2
    assert Version.objects.released().count() == 6
