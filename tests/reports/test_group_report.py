"""The report on one focus group: what it tells, the COREQ checklist, and whom it never names."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cop_platform.common.reporting.document import Quote, plain
from experts.enums import Profession, Role
from experts.models import Expert
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.domain.group_report import reading
from feedback.focus_groups.domain.report import coreq, summary
from feedback.focus_groups.domain.report.coreq import Where
from feedback.focus_groups.enums import AgeBand
from feedback.focus_groups.models import Consent, FocusGroup, Priority
from feedback.reports.domain.group_report.document import document
from feedback.reports.models import IndicatorTarget
from sessions.enums import Duty
from sessions.models import DutyHolder
from tests import factories as make
from tests.feedback.groups import world
from tests.reports.sections import heard
from tests.reports.writers import pdfcheck

pytestmark = pytest.mark.django_db

TOLD = {
    "recruitment": "Mentors asked the people they accompany.",
    "refusals": "Three had no time.",
    "relation": "The moderator knows two of them from a course.",
    "training": "Two days on leading groups with interpreters.",
    "others_present": "Nobody",
    "setting": "A quiet room of a library",
    "silences": "Nobody spoke of money.",
    "returned": "Half a page was handed out.",
}


def full() -> FocusGroup:
    """A group of which all is known that anybody asks for."""
    leader = make.person(name="Moderator Hidden")
    Expert.objects.create(person=leader, profession=Profession.PSYCHOLOGIST, years=7)
    group = heard.group(people=0, **TOLD)
    for duty in (Duty.FACILITATOR, Duty.NOTE_TAKER):
        DutyHolder.objects.create(session=group.session, person=leader, duty=duty, languages=[])
    for _n in range(6):
        world.participant(group, age_band=AgeBand.YOUNG)
    world.attendance(group, "Amina Hidden")
    heard.recruited(group, 14, 6, 8, 6, 0)
    coders = [world.host(), world.host()]
    heard.voiced(group, coders[0], title="Too many words")
    for said in group.quotes.all():
        world.coded(said, coders[1], *world.Code.objects.all())
    group.quotes.update(nonverbal="nods", is_back_checked=True)
    type(group.guide).objects.update(is_piloted=True)
    heard.secrets(group)
    Priority.objects.create(group=group, words="Fewer pages", dots=7)
    return group


def written(group, language="en", address=lambda where: f"https://cop.example/{where.value}"):
    return document(
        reading.read(group), language=language, day=date(2026, 12, 1), address=address, funding=None
    )


def gaps(group) -> list[int]:
    with translation.override("en"):
        return [item.number for item in coreq.checklist(reading.read(group)) if not item.is_filled]


def words(made) -> str:
    return str(made)


# --- The checklist ----------------------------------------------------------------------------


def test_the_coreq_checklist_of_a_full_group_lacks_what_nobody_is_asked():
    assert gaps(full()) == [4]


def test_the_coreq_checklist_of_an_empty_group_says_what_is_missing():
    group = world.group()

    known = {9, 14, 17, 18, 21, 27}
    assert gaps(group) == sorted(set(range(1, 33)) - known)


def test_there_are_32_items_in_three_domains():
    items = coreq.checklist(reading.read(world.group()))

    areas = [item.area for item in items]
    assert [item.number for item in items] == list(range(1, 33))
    assert [areas.count(area) for area in coreq.Area] == [8, 15, 9]
    assert len({item.name for item in items}) == 32


def test_what_is_missing_leads_to_where_it_is_written_down():
    (annex,) = written(world.group()).annexes
    rows = [row for table in annex.blocks[1:] for row in table.rows]

    links = {
        span.link
        for _no, _item, known in rows
        if isinstance(known.text, tuple)
        for span in known.text
    }

    assert {
        f"https://cop.example/{where.value}" for where in (Where.ACCOUNT, Where.SESSION)
    } <= links
    assert plain(rows[3][2].text).endswith("Write it down")


def test_completeness_is_told_on_the_cover():
    assert ("COREQ", "31 of 32") in written(full()).cover.facts


# --- What it tells ----------------------------------------------------------------------------


def test_quotes_stand_under_the_code_of_their_speaker():
    quotes = [b for c in written(full()).chapters for b in c.blocks if isinstance(b, Quote)]

    assert len({quote.said_by for quote in quotes}) == 2
    assert {quote.said_by for quote in quotes} <= {f"Participant P{n}" for n in range(1, 7)}
    assert all("Too many words, said in words of my own" in quote.text for quote in quotes)


def test_nobody_is_named_and_nothing_unchecked_is_told():
    said = words(written(full()))

    hidden = (*heard.SECRETS, "Moderator Hidden")
    assert [secret for secret in hidden if secret in said] == []
    assert "Psychologist" in said


def test_details_in_what_was_typed_are_left_out():
    group = full()
    FocusGroup.objects.update(recruitment="Call +359 88 123 4567 or write to a.b@example.org")

    said = words(written(group))

    assert "4567" not in said
    assert "example.org" not in said


def test_words_taken_back_are_gone_at_once():
    group = full()
    Consent.objects.filter(purpose="quotes").update(withdrawn_on=world.DAY)

    said = words(written(group))

    assert "words of my own" not in said
    assert "nothing of it may be quoted" in said


def test_a_group_under_five_is_not_quoted():
    group = heard.group(people=4)
    heard.voiced(group, world.host(), title="Small")

    made = written(group)

    assert "words of my own" not in words(made)
    assert "the group had fewer than five people" in words(made)
    assert ("People", "under 5") in made.cover.facts


def test_an_open_group_says_that_it_is_open():
    assert "still being captured" in words(written(world.group()))


def test_the_report_takes_as_many_questions_for_more_words(django_assert_num_queries):
    group = full()
    with CaptureQueriesContext(connection) as before:
        reading.read(group)
    coder = world.host()
    for n in range(3):
        heard.voiced(group, coder, title=f"Another {n}")

    with django_assert_num_queries(len(before)):
        reading.read(group)


# --- What participants take home --------------------------------------------------------------


def half_page(group, language="en"):
    address = "https://cop.example/g/receipt/"
    return summary.summary(reading.read(group), language=language, address=address)


def sentences(page) -> list[str]:
    return [*page.opening, *[said for part in page.parts for said in part.sentences]]


@pytest.mark.parametrize("language", guest_words.LANGUAGES)
def test_the_half_page_is_short_in_every_language(language):
    page = half_page(full(), language)

    assert [said for said in sentences(page) if len(said.split()) > 15] == []
    lines = [line for part in page.parts for line in part.lines]
    assert len(sentences(page)) + len(lines) <= 20
    assert page.direction == ("rtl" if language in {"ar", "fa"} else "ltr")


def test_the_half_page_says_what_was_raised_and_where_the_code_works():
    asked, said, changes, code = half_page(full()).parts

    assert [line.text for line in asked.lines] == ["What is this for?", "One change?"]
    assert [line.text for line in said.lines] == ["Too many words"]
    assert changes.sentences == ("Nothing is decided yet. Please look again later.",)
    assert code.lines[0].text == "https://cop.example/g/receipt/"


def test_the_half_page_says_what_changes():
    group, _mentors = heard.month()
    ChangeRequest.objects.update(
        decision=Decision.ACCEPT, reason="True", decided_at=make.NOW, public_asked="Fewer words"
    )

    changes = half_page(group).parts[2]

    assert changes.sentences[0] == "Changes that we make: 1."
    assert [line.text for line in changes.lines] == ["Fewer words"]


def test_what_the_group_put_first_stands_where_there_is_no_theme():
    group = heard.group()
    Priority.objects.create(group=group, words="Fewer pages", dots=7)

    assert [line.text for line in half_page(group).parts[1].lines] == ["Fewer pages"]


def test_a_small_group_is_not_counted_on_the_half_page():
    assert "A small group was there." in half_page(heard.group(people=3)).opening


def test_the_half_page_is_offered_in_the_languages_of_the_group():
    assert summary.languages(world.group(languages=["ar", "bg"])) == ("ar", "bg")
    assert summary.languages(world.group(languages=[])) == ("en",)


# --- Page, PDF, Word --------------------------------------------------------------------------


def test_the_page_is_the_document_for_hosts_and_for_the_manager(as_user):
    group = full()

    for role in (Role.FACILITATOR, Role.PROJECT_MANAGER):
        said = as_user(make.user(role, "BG")).get(reverse("group_report", args=[group.pk]))
        text = said.content.decode()
        assert said.status_code == 200
        assert "31 of 32" in text
        assert reverse("group_told", args=[group.pk]) in text
        assert [s for s in (*heard.SECRETS, "Moderator Hidden") if s in text] == []


def test_the_page_speaks_the_language_that_was_asked_for(as_user):
    group = full()
    client = as_user(world.host())

    page = client.get(reverse("group_report", args=[group.pk]), {"language": "ar"})
    other = client.get(reverse("group_report", args=[group.pk]), {"language": "xx"})

    assert 'class="report" lang="ar" dir="rtl"' in page.content.decode()
    assert other.status_code == 200


def test_the_files_hold_the_report_and_name_nobody(as_user):
    group = full()
    client = as_user(world.host())

    printed = client.get(reverse("group_report_pdf", args=[group.pk]), {"language": "en"})
    opened = client.get(reverse("group_report_docx", args=[group.pk]), {"language": "en"})

    word = docx.Document(io.BytesIO(opened.content))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    texts = {
        "pdf": pdfcheck.text_of(printed.content),
        "docx": "\n".join([p.text for p in word.paragraphs] + cells),
    }
    for kind, text in texts.items():
        assert "COREQ checklist" in text, kind
        assert [s for s in (*heard.SECRETS, "Moderator Hidden") if s in text] == [], kind
    assert printed["Content-Disposition"] == f'attachment; filename="focus-group-{group.pk}-en.pdf"'


def test_the_half_page_is_shown_to_print(as_user):
    group = full()

    said = as_user(world.host()).get(reverse("group_summary", args=[group.pk]), {"language": "ar"})

    text = said.content.decode()
    assert 'class="group-summary" lang="ar" dir="rtl"' in text
    assert "/g/receipt/" in text
    assert [s for s in (*heard.SECRETS, "Moderator Hidden") if s in text] == []


def test_the_page_of_the_group_leads_to_its_reports(as_user):
    group = world.group()

    text = as_user(world.host()).get(reverse("group_detail", args=[group.pk])).content.decode()

    assert reverse("group_report", args=[group.pk]) in text
    assert reverse("group_summary", args=[group.pk]) in text


def test_the_country_says_how_many_groups_were_planned_and_held(as_user):
    group = heard.group()
    IndicatorTarget.objects.create(key="focus_groups_held", country=group.country, planned=2)
    client = as_user(make.user(Role.COORDINATOR, "BG"))

    text = client.get(reverse("country_detail", args=["BG"])).content.decode()

    assert "1 of 2 planned focus groups were held." in " ".join(text.split())
