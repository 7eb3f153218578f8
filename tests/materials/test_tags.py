"""Parts and levels: who sets them, what they find, and the picture of what is covered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from experts.models import AuditEvent
from materials.domain import search
from materials.models import Material
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_an_owner_sets_parts_and_levels_and_they_are_searched(as_user):
    version = make.version(released_at=make.NOW)
    coordinator = as_user(make.user(Role.COORDINATOR))
    url = reverse("material_tags", args=[version.material_id])
    typed = {"parts": ["badge", "plan"], "levels": " CEFR A2,DigComp 3 , CEFR A2"}
    for _time in range(2):
        assert coordinator.post(url, typed).status_code == 302
    material = Material.objects.get()
    assert (material.parts, material.levels) == (["plan", "badge"], ["CEFR A2", "DigComp 3"])
    assert AuditEvent.objects.filter(deed="material tagged").count() == 1
    assert search.released("digcomp").exists()
    page = coordinator.get(url).content.decode()
    assert 'value="CEFR A2, DigComp 3"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"levels": "CEFR Z9"}, "CEFR Z9 is no level we know."),
        ({"levels": ",".join(f"DigComp {n}" for n in range(1, 9)) + ",CEFR A1"}, "Up to eight"),
        ({"parts": ["x"]}, "Select a valid choice"),
    ],
)
def test_what_is_no_tag_gets_a_sentence_and_stays_typed(as_user, typed, sentence):
    material = make.material()
    client = as_user(make.user(Role.COORDINATOR))
    page = client.post(reverse("material_tags", args=[material.pk]), typed).content.decode()
    assert sentence in page
    assert typed.get("levels", "") in page
    assert Material.objects.get().levels == []


def test_the_list_is_narrowed_by_part_and_level(as_user):
    make.version(make.material(code="A1", parts=["plan"], levels=["CEFR A2"]))
    make.version(make.material(code="B2", parts=["badge"]))
    client = as_user(make.user())

    def shown(query: str) -> list[str]:
        return [c.code for c in client.get(f"/materials/?{query}").context["cards"]]

    assert shown("part=plan") == ["A1"]
    assert shown("level=CEFR+A2") == ["A1"]
    assert shown("part=journal") == []
    assert client.get("/materials/?part=x").status_code == 400


def test_the_picture_names_gaps_and_materials(as_user, django_assert_max_num_queries):
    client, counts = as_user(make.user(Role.COORDINATOR)), []
    for rows in (1, 3):
        while Material.objects.count() < rows:
            make.material(parts=["plan"], title="Guide & plan")
        with django_assert_max_num_queries(12) as taken:
            page = client.get("/materials/coverage/").content.decode()
        counts.append(len(taken))
    assert counts[0] == counts[1]
    assert "1 of 7 parts of an e-portfolio have a material." in page
    assert "Nothing yet for: Europass CV, Learning journal" in page
    assert "Learning plan: 3." in page
    assert "Guide &amp; plan" in page
    make.material(title="Alone")
    assert "1 material without a part" in client.get("/materials/coverage/").content.decode()
