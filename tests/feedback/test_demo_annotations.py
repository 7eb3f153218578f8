"""The demo's remarks: on sent and begun reviews, once, and placed when pages have been drawn."""

from __future__ import annotations

import json

import pytest

from feedback.reviews import demo_annotations
from feedback.reviews.enums import AnnotationKind
from feedback.reviews.models import Annotation
from materials.models import Rendition
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db


def test_remarks_are_written_once_and_placed_when_the_pages_are_there(monkeypatch):
    monkeypatch.setattr(demo_annotations, "SHARE", 1)
    version = make.version(make.material(code="M05"), pages=2)
    found = world.review_round(version=version)
    sent = [world.answered(found, make.person()) for _n in range(6)]
    waiting = world.assigned(found, make.person())
    demo_annotations.seed()
    written = Annotation.objects.count()
    demo_annotations.seed()
    assert Annotation.objects.count() == written
    assert written >= len(sent)
    assert not waiting.annotations.exists()

    words = json.loads((demo_annotations.DOCUMENTS / "short.json").read_text())["M05"]
    first = "\n".join([words["why"], *words["steps"]])
    second = "\n".join([words["how"], *words["questions"]])
    Rendition.objects.filter(version=version).delete()
    drawings.ready(version, first, second)
    quoted = Annotation.objects.filter(kind=AnnotationKind.TEXT)
    assert quoted.filter(start=None).count() == quoted.count() > 0
    demo_annotations.place()
    assert not quoted.filter(start=None).exists()
