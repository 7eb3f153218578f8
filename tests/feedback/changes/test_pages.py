"""The pages of the ledger: ask, look, decide, take home."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import openpyxl
import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db
LIST = "/changes/"
BAD = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def version():
    return world.version()


@pytest.fixture
def author(version):
    return asking.owner_of(version)


def deed(change: ChangeRequest, name: str, **more) -> dict:
    return {"deed": name, "revision": change.revision} | more


def text(answer) -> str:
    return answer.content.decode()


def test_ask_decide_show_done_and_look(as_user, version, author):
    client = as_user(author)
    form = {"version": version.pk, "asked": "<b>Rights</b> are missing.", "severity": "major"}
    answer = client.post(reverse("change_new"), form)
    change = ChangeRequest.objects.get()
    assert answer.url == change.get_absolute_url()
    page = text(client.get(answer.url))
    assert "&lt;b&gt;Rights&lt;/b&gt; are missing." in page
    sent = deed(change, "decide", decision="adapt", reason="In two pages.", public_asked="Rights.")
    assert client.post(answer.url, sent).status_code == 302
    newer = make.version(version.material)
    change.refresh_from_db()
    client.post(answer.url, deed(change, "done", version=newer.pk))
    page = text(client.get(answer.url))
    assert f"Done in version {newer.number}" in page
    assert "In two pages." in page
    listed = text(client.get(LIST))
    assert "1 change in this view." in listed
    assert "not decided yet" not in listed


def test_a_decision_without_a_reason_keeps_what_was_typed(as_user, version, author):
    change = asking.typed(version)
    sent = deed(change, "decide", decision="accept", reason="", public_asked="Say it <shorter>")
    answer = as_user(author).post(change.get_absolute_url(), sent)
    assert answer.status_code == 200
    assert b"data-error-summary" in answer.content
    assert "Say it &lt;shorter&gt;" in text(answer)
    change.refresh_from_db()
    assert change.decision == Decision.OPEN


@pytest.mark.parametrize(
    "more",
    [
        {"deed": "decide", "decision": "perhaps", "reason": "x"},
        {"deed": "decide", "decision": "open", "reason": "x"},
        {"deed": "decide", "decision": "accept", "reason": "x" * 5000},
        {"deed": "decide", "decision": "accept", "reason": "x", "revision": "9" * 40},
        {"deed": "arrange", "severity": "worst"},
        {"deed": "arrange", "severity": "minor", "owner": "9" * 30},
        {"deed": "arrange", "severity": "minor", "due_on": "9999-12-31"},
        {"deed": "merge", "into": "9" * 30},
        {"deed": "merge"},
    ],
)
def test_a_form_that_does_not_fit_is_shown_again_and_changes_nothing(
    as_user, version, author, more
):
    change = asking.typed(version)
    asking.typed(version)
    answer = as_user(author).post(change.get_absolute_url(), {"revision": 1} | more)
    assert answer.status_code == 200
    assert b"data-error-summary" in answer.content
    change.refresh_from_db()
    assert (change.decision, change.revision) == (Decision.OPEN, 1)


def test_a_deed_nobody_knows_is_bad_input(as_user, version, author):
    change = asking.typed(version)
    for name in ("", "delete", "é"):
        answer = as_user(author).post(change.get_absolute_url(), {"deed": name})
        assert answer.status_code == 400


def test_two_windows_meet_and_both_texts_stand_on_the_page(as_user, version, author):
    change = asking.typed(version)
    asking.decided(change, make.user(Role.PROJECT_MANAGER), Decision.DECLINE, reason="Too long.")
    sent = {"deed": "decide", "revision": 1, "decision": "accept", "reason": "Of course."}
    answer = as_user(author).post(change.get_absolute_url(), sent)
    assert answer.status_code == 409
    assert "Too long." in text(answer)
    assert "Of course." in text(answer)


def test_after_a_conflict_the_same_press_goes_on_from_what_is_saved(as_user, version, author):
    change, client = asking.typed(version), as_user(author)
    client.post(change.get_absolute_url(), deed(change, "arrange", severity="critical"))
    sent = {"deed": "decide", "revision": 1, "decision": "accept", "reason": "Of course."}
    answer = client.post(change.get_absolute_url(), sent)
    assert answer.status_code == 409
    assert 'name="revision" value="2"' in text(answer)
    answer = client.post(change.get_absolute_url(), sent | {"revision": 2})
    assert answer.status_code == 302


def test_a_name_in_public_words_is_shown_first_and_published_when_it_is_meant(
    as_user, version, author
):
    make.person(name="Zoe Secret")
    change, client = asking.typed(version), as_user(author)
    sent = deed(change, "decide", decision="accept", reason="As secret zoe wrote: ask a@b.example")
    answer = client.post(change.get_absolute_url(), sent)
    assert answer.status_code == 200
    assert "It names “Zoe Secret”." in text(answer)
    assert "It holds the address a@b.example." in text(answer)
    answer = client.post(change.get_absolute_url(), sent | {"names_ok": "on"})
    assert answer.status_code == 302


def test_asking_twice_merges_and_comes_apart_on_the_page(as_user, version, author):
    one, two = asking.typed(version), asking.typed(version, asked="Rights, please.")
    client = as_user(author)
    answer = client.post(two.get_absolute_url(), {"deed": "merge", "into": one.pk})
    assert answer.url == one.get_absolute_url()
    assert "Rights, please." in text(client.get(answer.url))
    assert f"as change {one.pk} and is decided there" in text(client.get(two.get_absolute_url()))
    assert "1 change in this view." in text(client.get(LIST))
    client.post(two.get_absolute_url(), {"deed": "apart"})
    assert "2 changes in this view." in text(client.get(LIST))


def test_the_chosen_are_decided_alike_for_one_reason(as_user, version, author):
    changes = [asking.typed(version) for _n in range(3)]
    client = as_user(author)
    chosen = [changes[0].pk, changes[2].pk]
    answer = client.post(LIST, {"changes": chosen, "decision": "decline", "reason": ""})
    assert answer.status_code == 200
    assert text(answer).count(" checked") == 2
    answer = client.post(
        f"{LIST}?state=open", {"changes": chosen, "decision": "decline", "reason": "Out of scope."}
    )
    assert answer.url == f"{LIST}?state=open"
    decided = ChangeRequest.objects.filter(decision=Decision.DECLINE)
    assert {(c.pk, c.reason) for c in decided} == {(pk, "Out of scope.") for pk in chosen}


@pytest.mark.parametrize("sent", [[], ["abc"], ["9" * 40], ["-1"], [str(10**9)]])
def test_nonsense_among_the_chosen_decides_nothing(as_user, version, author, sent):
    asking.typed(version)
    answer = as_user(author).post(LIST, {"changes": sent, "decision": "accept", "reason": "Yes."})
    assert answer.status_code in {200, 302}
    assert not ChangeRequest.objects.decided().exists()


def test_open_and_grave_ones_come_first_and_filters_narrow(as_user, version, author):
    late = asking.typed(version, asked="Late one", due_on=date(2026, 1, 1))
    grave = asking.typed(version, asked="Grave one", severity=Severity.CRITICAL)
    over = asking.typed(version, asked="Over one", severity=Severity.CRITICAL)
    asking.decided(over, author, Decision.DECLINE)
    client = as_user(author)
    page = text(client.get(LIST))
    assert page.index("Grave one") < page.index("Late one") < page.index("Over one")
    for query, expected in {
        "state=open": {late, grave},
        "state=late": {late},
        "state=declined": {over},
        "state=done": set(),
        "state=accepted": set(),
        "severity=critical": {grave, over},
        f"owner={author.person.pk}": {late, grave, over},
        f"material={version.material.code}&version={version.pk}": {late, grave, over},
    }.items():
        rows = client.get(f"{LIST}?{query}").context["rows"]
        assert {row.pk for row in rows} == {change.pk for change in expected}, query


@pytest.mark.parametrize(
    "query",
    ["state=x", "material=é", "owner=abc", "owner=" + "9" * 40, "severity=\u202e", "page=x"],
)
def test_an_odd_filter_is_bad_input_and_no_failure(as_user, version, author, query):
    asking.typed(version)
    for name in ("change_list", "change_csv", "change_xlsx", "change_docx"):
        assert as_user(author).get(f"{reverse(name)}?{query}").status_code in {200, 400}


def test_an_empty_list_offers_one_thing_to_do(as_user, author):
    page = text(as_user(author).get(LIST))
    assert "Nobody has asked for a change yet" in page
    assert f'href="{reverse("change_new")}"' in page
    page = text(as_user(make.user(Role.PARTNER)).get(LIST))
    assert f'href="{reverse("change_new")}"' not in page


def test_tables_hold_what_is_shown_and_calculate_nothing(as_user, version, author):
    change = asking.typed(version, asked=BAD, severity=Severity.CRITICAL)
    asking.typed(version, asked="Another")
    asking.decided(change, author, reason=" -1+1", public_asked="\u202e@SUM(1)\nline two 😀")
    client = as_user(author)
    answer = client.get(f"{reverse('change_csv')}?severity=critical")
    assert answer.streaming
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 1
    cells = dict(zip(header, rows[0], strict=True))
    assert cells["What is asked"] == f"'{BAD}"
    assert cells["Reason"] == "'-1+1"
    assert cells["Words of the public table"] == "'\u202e@SUM(1)\nline two 😀"
    answer = client.get(f"{reverse('change_xlsx')}?severity=critical")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    values = list(sheet.iter_rows())
    assert len(values) == 2
    cells = {head.value: cell for head, cell in zip(values[0], values[1], strict=True)}
    assert cells["What is asked"].value == BAD
    assert {cell.data_type for cell in cells.values()} <= {"s", "n"}


def test_odd_signs_and_arabic_words_reach_the_document(as_user, version, author):
    asking.typed(version, asked="\ufffe😀 \u202eab\nنص عربي\n<w:p>&amp;")
    answer = as_user(author).get(f"{reverse('change_docx')}?state=open")
    paragraphs = docx.Document(io.BytesIO(answer.content)).paragraphs
    by_text = {p.text: p for p in paragraphs}
    assert {"�😀 \u202eab", "<w:p>&amp;"} <= set(by_text)
    assert "w:bidi" in by_text["نص عربي"]._p.xml
    assert "w:bidi" not in by_text["<w:p>&amp;"]._p.xml


def test_lessons_30_and_35_long_comments_come_out_whole_and_as_prose(as_user, version, author):
    long = "ж" * 19_990 + " конец"
    asking.typed(version, asked=long)
    body = b"".join(as_user(author).get(reverse("change_csv")).streaming_content).decode()
    assert long in body
    answer = as_user(author).get(reverse("change_docx"))
    paragraphs = [p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert long in paragraphs
    detail = text(as_user(author).get(ChangeRequest.objects.get().get_absolute_url()))
    assert long in detail


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_change_as_for_three(
    as_user, version, author, count, django_assert_max_num_queries
):
    changes = [asking.typed(version, code="IT") for _n in range(count + 1)]
    for one in changes[1:]:
        asking.decided(one, author)
    client = as_user(make.user(Role.PROJECT_MANAGER))
    taken = {}
    for name, url in {
        "list": LIST,
        "csv": reverse("change_csv"),
        "detail": changes[0].get_absolute_url(),
        "new": reverse("change_new"),
        "material": version.material.get_absolute_url(),
        "today": "/",
    }.items():
        client.get(url)
        with django_assert_max_num_queries(12) as queries:
            answer = client.get(url)
            if answer.streaming:
                b"".join(answer.streaming_content)
        taken[name] = len(queries)
    assert taken == QUERIES


QUERIES = {"list": 9, "csv": 4, "detail": 10, "new": 5, "material": 12, "today": 7}


def test_the_material_says_how_many_wait_and_leads_to_them(as_user, version, author):
    asking.typed(version, severity=Severity.CRITICAL)
    asking.decided(asking.typed(version), author, public_asked="A page on rights.")
    page = text(as_user(author).get(version.material.get_absolute_url()))
    assert "1 is not decided yet." in page
    assert "1 is critical" in page
    assert f"?material={version.material.code}&amp;version={version.pk}" in page
    member = text(as_user(make.user(Role.PARTNER, "IT")).get(version.material.get_absolute_url()))
    assert "Changes asked for" not in member
    assert "A page on rights." in member


def test_today_says_how_many_decisions_wait(as_user, version, author):
    asking.typed(version, due_on=date(2026, 1, 1))
    asking.typed(version, severity=Severity.CRITICAL)
    other = asking.typed(version)
    other.owner = make.person(Role.COORDINATOR)
    other.save()
    page = text(as_user(author).get("/"))
    assert "2 changes wait for your decision" in page
    assert "1 is overdue." in page
    assert f"/changes/?state=open&amp;owner={author.person.pk}" in page
    assert "1 change waits for your decision" in text(as_user(other.owner.user).get("/"))
    assert "for your decision" not in text(as_user(make.user(Role.PARTNER)).get("/"))
