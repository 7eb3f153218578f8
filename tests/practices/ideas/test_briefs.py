"""Briefs: of chosen suggestions, for each audience, every line with its source."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from experts.models import Charter, Topic
from practices.domain.briefs import making, page, sources
from practices.domain.briefs.making import Said
from practices.enums import IdeaState
from practices.models import Brief
from tests import factories as make
from tests.feedback.groups import world as groups
from tests.practices import world
from tests.reports.writers import pdfcheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.user(Role.COORDINATOR)


def made(refs: list[str], lead, *, audiences: tuple[str, ...] = ("city",)) -> list[Brief]:
    return making.make(
        title="Evenings count", intro="", audiences=audiences, refs=refs, by=lead, at=make.NOW
    )


def refs(*ideas) -> list[str]:
    return [f"idea:{idea.pk}" for idea in ideas]


def test_domain_36_each_line_of_a_brief_cites_its_source_item(lead, as_user):
    topic = Topic.objects.create(
        charter=Charter.objects.create(
            cop=make.cop(make.country("BG")), domain="D", purpose="P", adopted_on=world.DAY
        ),
        name="Care work",
    )
    one, other = world.idea("IT", topic=topic), world.idea("EL")
    theme = groups.theme(country="BG")

    (brief,) = made([*refs(one, other), f"focus_theme:{theme.pk}"], lead)

    told = {t.name: [(line.source, line.url) for line in t.lines] for t in page.themes(brief)}
    day = "20 Nov 2026"
    assert told["Care work"] == [(f"Idea {one.pk}, IT, {day}", one.get_absolute_url())]
    assert told["Further suggestions"] == [
        (f"Idea {other.pk}, EL, {day}", other.get_absolute_url())
    ]
    assert told[theme.title][0][0].startswith(f"Theme of focus groups {theme.pk}, BG, ")
    shown = as_user(make.user()).get(brief.get_absolute_url()).content.decode()
    assert all(f'href="{line.url}"' in shown for t in page.themes(brief) for line in t.lines)


def test_each_audience_gets_a_brief_of_its_own(lead):
    briefs = made(refs(world.idea()), lead, audiences=("mentor", "ngo", "city", "policy"))

    assert [brief.audience for brief in briefs] == ["mentor", "ngo", "city", "policy"]
    assert {brief.lines.count() for brief in briefs} == {1}


def test_names_of_people_are_left_out(lead):
    world.member(name="Ana Costa")

    (brief,) = made(refs(world.idea(title="Ana Costa wants evenings")), lead)

    assert brief.lines.get().text == "… wants evenings"


def test_only_what_stands_is_offered_and_themes_where_one_runs_groups(lead):
    stands = world.idea()
    world.idea(merged_into=stands, merged_with=stands)
    world.idea(state=IdeaState.PARKED)
    own, foreign = groups.theme(country="BG"), groups.theme(country="IT")

    offered = {item.ref for item in sources.offered(lead)}

    assert offered == {f"idea:{stands.pk}", f"focus_theme:{own.pk}"}
    with pytest.raises(NotPossible):
        made([f"focus_theme:{foreign.pk}"], lead)
    with pytest.raises(NotPossible):
        made([], lead)
    assert Brief.objects.count() == 0


def test_an_expert_writes_no_brief_and_a_coordinator_changes_none_of_another_country():
    with pytest.raises(Refused):
        made(refs(world.idea()), make.user())
    brief = world.brief("IT")
    with pytest.raises(Refused):
        making.change(
            brief_id=brief.pk,
            revision=1,
            title="Mine",
            intro="",
            lines={},
            by=make.user(Role.COORDINATOR, "BG"),
            at=make.NOW,
        )


def test_a_brief_is_said_anew_and_never_over_somebody_elses_words(lead, as_user):
    (brief,) = made(refs(world.idea(), world.idea()), lead)
    first, second = brief.lines.all()
    client, url = as_user(lead), reverse("brief_edit", args=[brief.pk])
    typed = {
        "revision": 1,
        "title": "Evenings",
        "intro": "",
        f"theme_{first.pk}": "Hours",
        f"text_{first.pk}": "Open one counter in the evening.",
        f"text_{second.pk}": "",
    }

    client.post(url, typed)
    late = client.post(url, typed | {"title": "Too late", f"text_{second.pk}": "Other words."})

    brief.refresh_from_db()
    assert brief.title == "Evenings"
    line = brief.lines.get()
    assert (line.theme, line.text) == ("Hours", "Open one counter in the evening.")
    assert "Somebody changed this brief meanwhile" in late.content.decode()


def test_a_brief_keeps_one_line_at_least(lead):
    (brief,) = made(refs(world.idea()), lead)

    with pytest.raises(NotPossible, match="one line"):
        making.change(
            brief_id=brief.pk,
            revision=1,
            title="T",
            intro="",
            lines={brief.lines.get().pk: Said("A", "")},
            by=lead,
            at=make.NOW,
        )


def test_a_brief_is_made_through_its_page(lead, as_user):
    idea, client = world.idea(), as_user(lead)
    url = reverse("brief_new")

    refused = client.post(url, {"title": "Evenings"})
    client.post(url, {"title": "Evenings", "audiences": ["ngo"], "refs": refs(idea)})

    assert set(refused.context["form"].errors) == {"audiences", "refs"}
    assert Brief.objects.get().audience == "ngo"


def test_paper_says_the_same_with_every_source(lead, as_user):
    (brief,) = made(refs(world.idea(title="Open in the evening")), lead)
    client, source = as_user(make.user()), page.themes(brief)[0].lines[0].source

    pdf = client.get(reverse("brief_pdf", args=[brief.pk])).content
    word = client.get(reverse("brief_docx", args=[brief.pk])).content

    printed = " ".join(pdfcheck.bare(pdfcheck.text_of(pdf)).split())
    written = " ".join(p.text for p in docx.Document(io.BytesIO(word)).paragraphs)
    for said in (printed, written):
        assert "Open in the evening" in said
        assert source in said
    assert list(pikepdf.open(io.BytesIO(pdf)).attachments) == ["brief.json"]


def test_the_list_and_the_brief_ask_as_often_for_one_line_as_for_three(
    lead, as_user, django_assert_max_num_queries
):
    client = as_user(lead)

    def counted(url: str) -> int:
        client.get(url)
        with django_assert_max_num_queries(40) as asked:
            client.get(url)
        return len(asked)

    def both(lines: int) -> list[int]:
        (brief,) = made(refs(*(world.idea() for _n in range(lines))), lead)
        return [counted(reverse("brief_list")), counted(brief.get_absolute_url())]

    assert both(1) == both(3)
