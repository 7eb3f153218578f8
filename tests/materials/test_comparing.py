"""What changed between two versions: pages find each other, words say what came and went."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from experts import reference
from experts.enums import Role
from materials.domain import comparing
from materials.models import Page, Version
from tests import factories as make
from tests.materials import drawings

LONG = "Take time for the first talk and let the other person choose where to sit"
TEXTS = [
    f"{subject}. {LONG}, about {subject} in all its {n} parts"
    for n, subject in enumerate(
        [
            "Welcome",
            "Home",
            "School",
            "Work",
            "Rights",
            "Health",
            "Money",
            "Friends",
            "Plans",
            "Thanks",
        ]
    )
]


def pages(*texts: str) -> list[Page]:
    return [Page(number=n, text=text, image=f"p{text}") for n, text in enumerate(texts, start=1)]


def compared(old: list[Page], new: list[Page]) -> list[tuple[int, int, str]]:
    found = [comparing.PagePair(*pair) for pair in comparing.aligned(old, new)]
    return [
        (
            pair.old.number if pair.old else 0,
            pair.new.number if pair.new else 0,
            pair.kind,
        )
        for pair in found
    ]


def test_a_page_put_in_moves_the_others_and_changes_none():
    old, new = pages("a b c", "d e f"), pages("a b c", "quite another thing", "d e f")
    assert compared(old, new) == [(1, 1, "same"), (0, 2, "added"), (2, 3, "same")]


def test_a_page_taken_out_is_named():
    old, new = pages("a b c", "d e f", "g h i"), pages("a b c", "g h i")
    assert compared(old, new) == [(1, 1, "same"), (2, 0, "removed"), (3, 2, "same")]


def test_an_edited_page_is_found_beside_a_new_one():
    old = pages("one two three four five", "six seven eight nine ten")
    new = pages("new words here only", "one two three four FIVE", "six seven eight nine TEN")
    assert compared(old, new) == [(0, 1, "added"), (1, 2, "changed"), (2, 3, "changed")]


def test_the_same_words_in_another_picture_are_told():
    old, new = pages("a b c"), pages("a b c")
    new[0].image = "other"
    assert compared(old, new) == [(1, 1, "picture")]


def test_words_that_changed_stand_with_some_around_them():
    before = " ".join(f"w{n}" for n in range(60))
    pair = comparing.PagePair(*pages(before), *pages(before.replace("w30", "x1 x2")))
    kinds = [(part.kind, part.text) for part in pair.parts if part.kind != "same"]
    assert kinds == [("skipped", ""), ("removed", "w30"), ("added", "x1 x2"), ("skipped", "")]
    assert pair.parts[0].count == 18


LETTERS = st.lists(st.sampled_from("abcdef"), max_size=20)


@given(LETTERS, LETTERS)
def test_every_page_stands_in_the_comparison_once_and_in_order(old, new):
    found = list(comparing.aligned(pages(*old), pages(*new)))
    assert [a.number for a, _b in found if a] == list(range(1, len(old) + 1))
    assert [b.number for _a, b in found if b] == list(range(1, len(new) + 1))
    assert all(a or b for a, b in found)


@given(LETTERS, LETTERS)
def test_the_parts_give_both_texts_back(old, new):
    parts = list(comparing._parts(old, new))
    assert sum(
        len(part.text.split()) + part.count for part in parts if part.kind != "added"
    ) == len(old)
    assert sum(
        len(part.text.split()) + part.count for part in parts if part.kind != "removed"
    ) == len(new)


@pytest.mark.django_db(transaction=True)
def test_a_guide_of_ten_pages_in_two_versions(as_user):
    """Set by Typst, drawn by the job, compared by its page."""
    after = [text.replace("Rights", "Rights and duties") for text in TEXTS]
    after = [after[0], "A page about something new that was not there", *after[1:7], *after[8:]]
    material = make.material()
    first = make.version(material, data=drawings.typeset(*TEXTS), pages=10)
    second = make.version(material, data=drawings.typeset(*after), pages=10)
    for version in (first, second):
        assert drawings.drawn(version).pages == 10

    comparison = comparing.compare(old=first, new=second)

    assert [
        (pair.old and pair.old.number, pair.new and pair.new.number, pair.kind)
        for pair in comparison.changed
    ] == [(None, 2, "added"), (5, 6, "changed"), (8, None, "removed")]
    assert comparison.same == 8
    client = as_user(material.owner.user)
    page = client.get(f"{reverse('material_compare', args=[material.pk])}?old=1&new=2")
    text = " ".join(page.content.decode().split())
    for words in ("Page 2 is new", "Page 6 changed", "Page 8 of before is gone", "it was page 5"):
        assert words in text
    assert "3 pages differ, 8 unchanged" in text
    assert "</span>and duties" in text
    assert client.get(reverse("page_image", args=[comparison.changed[1].new.pk])).status_code == 200


def two_versions(**more) -> tuple[Version, Version]:
    material = make.material()
    first = make.version(material, released_at=make.NOW)
    second = make.version(material, **more)
    drawings.ready(first, "Old words here", "Gone")
    drawings.ready(second, "New words here")
    return first, second


@pytest.mark.django_db
def test_only_versions_one_may_open_can_be_compared(as_user):
    first, _second = two_versions()
    url = reverse("material_compare", args=[first.material_id])
    stranger = as_user(make.user(Role.EXPERT))
    page = stranger.get(f"{url}?old=1&new=2").content.decode()
    assert "There are not two versions here that you may open." in page
    assert "words here" not in page
    drawings.ready(make.version(first.material, released_at=make.NOW), "Third")
    page = stranger.get(f"{url}?old=1&new=2")
    assert page.status_code == 200
    assert "Choose a version that you may open." in page.content.decode()
    assert "New" not in page.content.decode().split("<main")[1].split("compare-form")[1][:50]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["old=1&new=1", "old=x&new=2", "old=9&new=2", "old=1", "page=x", "new=%F0"]
)
def test_a_wrong_choice_gets_a_sentence(as_user, query):
    first, _second = two_versions()
    url = reverse("material_compare", args=[first.material_id])
    response = as_user(first.material.owner.user).get(f"{url}?{query}")
    assert response.status_code in {200, 400}
    assert response.status_code == 400 or "compare-form" in response.content.decode()


@pytest.mark.django_db
def test_the_newest_two_are_compared_when_nothing_is_chosen(as_user):
    first, second = two_versions()
    owner = as_user(first.material.owner.user)
    page = owner.get(reverse("material_compare", args=[first.material_id])).content.decode()
    assert "From version 1 to version 2" in page
    assert "Page 2 of before is gone" in page
    detail = owner.get(second.get_absolute_url()).content.decode()
    assert "Compare with version 1" in detail
    assert f"/materials/{first.material_id}/compare/?old=1&amp;new=2" in detail


@pytest.mark.django_db
def test_of_editions_the_newest_two_in_one_language_are_compared(as_user):
    first, second = two_versions()
    for language in ("el", "es"):
        edition = make.version(first.material, language=language, source=first)
        drawings.ready(edition, "Words")
    owner = as_user(first.material.owner.user)
    url = reverse("material_compare", args=[first.material_id])
    page = owner.get(url).content.decode()
    assert "From version 1 to version 2" in page
    assert "different languages" not in page
    across = owner.get(f"{url}?old=3&new=4").content.decode()
    assert "These two are in different languages" in across
    assert f"/versions/{second.pk + 1}/beside/{second.pk + 2}/" in across


@pytest.mark.django_db
def test_versions_that_were_not_drawn_are_said_to_be_so(as_user):
    material = make.material()
    make.version(material)
    newest = make.version(material)
    owner = as_user(material.owner.user)
    page = owner.get(reverse("material_compare", args=[material.pk]))
    assert "no pages that were drawn" in page.content.decode()
    assert "Compare with version" not in owner.get(newest.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_arabic_words_are_marked_as_such(as_user):
    material = make.material()
    first, second = (make.version(material, language="ar") for _n in range(2))
    drawings.ready(first, "المرشد القديم"), drawings.ready(second, "المرشد الجديد")
    page = as_user(material.owner.user).get(reverse("material_compare", args=[material.pk]))
    assert '<p class="pair-words" lang="ar" dir="rtl">' in page.content.decode()


@pytest.mark.django_db
def test_as_many_queries_for_one_changed_page_as_for_three(as_user, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        material = make.material()
        drawings.ready(make.version(material), *["old"] * number)
        drawings.ready(make.version(material), *["new"] * number)
        client = as_user(make.user(Role.PROJECT_MANAGER))
        url = reverse("material_compare", args=[material.pk])
        reference.countries()
        with django_assert_max_num_queries(12) as taken:
            assert client.get(url).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]
