"""How many questions the pages of materials and of the catalogue ask: few, and however many rows.

Every list on a page grows from one row to three; the page may not ask more for it.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from experts import reference
from experts.enums import Role
from materials.models import Material, Version
from tests import factories as make
from tests.materials import drawings

pytestmark = pytest.mark.django_db
MOST = 12
TERMS = ("Words", "Portfolio", "Evidence")
LANGUAGES = ("ar", "el", "it")


@pytest.fixture
def world():
    """A material with a source, and beside it a film, both released; see `grow`."""
    about = {"parts": ["plan"], "levels": ["CEFR A1"], "summary": "guide"}
    material = make.material(country=make.country("BG"), **about)
    source = make.version(material, released_at=make.NOW)
    later = make.version(material, released_at=make.NOW)
    film = make.version(
        make.material(), released_at=make.NOW, media_type="video/mp4", original_name="a.mp4"
    )
    drawings.ready(source, "Words")
    drawings.ready(later, "Other words")
    drawings.ready(film, shown="video")
    return {"material": material, "source": source, "later": later, "film": film}


def grow(world: dict, row: int) -> None:
    """One more of everything that stands in a list."""
    material, source, film = world["material"], world["source"], world["film"]
    language = LANGUAGES[row]
    edition = make.version(material, language=language, source=source, released_at=make.NOW)
    drawings.ready(edition, "Words")
    material.required.create(country=make.country("BG"), language=language)
    drawings.captions(film, language=language)
    for version in (source, world["later"]):
        version.page_set.create(number=row + 2, text=f"Words {version.pk}", width=1, height=1)
    make.term(TERMS[row], sv=f"{TERMS[row]} sv")
    make.version(make.material(parts=["plan"], summary="guide"), released_at=make.NOW)


def inside(world: dict) -> dict[str, str]:
    """The pages for members."""
    pk, source = world["material"].pk, world["source"].pk
    edition = Version.objects.filter(source=source).earliest("pk").pk
    return {
        "material_list": reverse("material_list"),
        "material_detail": reverse("material_detail", args=[pk]),
        "version_detail": reverse("version_detail", args=[source]),
        "version_detail of an edition": reverse("version_detail", args=[edition]),
        "version_detail of a film": reverse("version_detail", args=[world["film"].pk]),
        "version_text": reverse("version_text", args=[source]),
        "version_words": reverse("version_words", args=[source]),
        "version_beside": reverse("version_beside", args=[source, edition]),
        "preflight_detail": reverse("preflight_detail", args=[source]),
        "material_compare": reverse("material_compare", args=[pk]) + "?old=1&new=2",
        "glossary_list": reverse("glossary_list"),
        "material_coverage": reverse("material_coverage"),
    }


def for_keepers(world: dict) -> dict[str, str]:
    """The pages for those who keep a material."""
    pk = world["material"].pk
    return {
        "incoming_list": reverse("incoming_list"),
        "matrix_edit": reverse("matrix_edit", args=[pk]),
        "material_tags": reverse("material_tags", args=[pk]),
        "version_new": reverse("version_new", args=[pk]),
        "version_tracks": reverse("version_tracks", args=[world["film"].pk]),
    }


def outside(world: dict) -> dict[str, str]:
    """The pages for everybody."""
    code = world["material"].code
    return {
        "catalogue": reverse("catalogue"),
        "catalogue, asked": reverse("catalogue") + "?q=guide&part=plan",
        "catalogue_entry": reverse("catalogue_entry", args=[code]),
        "catalogue_card": reverse("catalogue_card", args=[code]),
        "catalogue_changes": reverse("catalogue_changes", args=[code]),
        "catalogue_feed": reverse("catalogue_feed"),
    }


def taken(client, urls: dict[str, str], counted) -> dict[str, int]:
    found = {}
    for name, url in urls.items():
        reference.countries()
        cache.clear()
        client.get(url)
        with counted(100) as queries:
            assert client.get(url).status_code == 200, name
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("role", [Role.EXPERT, Role.COORDINATOR, Role.PROJECT_MANAGER, None])
def test_pages_ask_few_questions_however_many_rows(
    role, world, client, as_user, django_assert_max_num_queries
):
    reader = as_user(make.user(role)) if role else client
    counts = []
    for row in range(3):
        grow(world, row)
        if row == 1:
            continue
        urls = outside(world) if role is None else inside(world)
        if role == Role.PROJECT_MANAGER:
            urls |= for_keepers(world)
        counts.append(taken(reader, urls, django_assert_max_num_queries))
    assert counts[0] == counts[1]
    assert {name: n for name, n in counts[0].items() if n > MOST} == {}
    assert Material.objects.count() == 5
