"""Results: small cells merged, words only as somebody cleaned them, the score by hand."""

from __future__ import annotations

import csv
import io
from collections import Counter

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cop_platform.common.reporting import cells
from feedback.focus_groups.domain.easy import results, sus, waiting_words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.exports import results as tables
from feedback.focus_groups.models import FormAnswer
from tests.feedback.groups import world

db = pytest.mark.django_db


def answered(*values: int, kind: str = AnswerKind.FACES):
    form = world.easy_form("BG", kind, AnswerKind.WORDS)
    for value in values:
        world.response(form, value, language="ar")
    return form


def told(form) -> dict[str, int | None]:
    return {cell.label: cell.people for cell in results.collect(form).scales[0].cells}


@db
def test_cells_of_five_are_told_one_by_one():
    form = answered(*[4] * 6, *[3] * 5, *[1] * 7)

    assert told(form) == {"1": 7, "3": 5, "4": 6}


@db
def test_a_small_cell_takes_its_neighbour_along():
    form = answered(*[4] * 12, *[3] * 6, 1)

    assert told(form) == {"4": 12, cells.REST: 7}


@db
def test_who_left_a_question_out_is_a_cell_like_any_other():
    form = answered(*[4] * 12, *[3] * 6)
    world.response(form)

    assert told(form) == {"4": 12, cells.REST: 7}


@db
@pytest.mark.parametrize("people", [1, 4])
def test_fewer_than_five_answers_are_told_as_that_and_nothing_else(people):
    form = answered(*[4] * people)

    found = results.collect(form)

    assert found == results.Results(None)
    assert list(tables.lines(found)) == [["", "all", "", "", "Everybody", "fewer than 5"]]


@db
def test_half_filled_and_erased_answers_do_not_count():
    form = answered(*[4] * 6)
    world.response(form, 1, finished_on=None)
    world.response(form, 1, erased_on=world.DAY)

    assert (results.collect(form).people, told(form)) == (6, {"4": 6})


@db
def test_words_are_shown_when_clean_and_allowed():
    form = answered(*[4] * 5)
    world.response(form, 4, "Printed words", may_quote=True)
    world.response(form, 4, "Kept words")
    raw = world.response(form, 4, may_quote=True)
    question = form.questions.last()
    FormAnswer.objects.create(response=raw, question=question, words="Raw words of Samira")

    (found,) = results.collect(form).words

    assert [said.words for said in found.printed] == ["Printed words"]
    assert found.kept == 1


@db
def test_a_written_down_message_loses_its_sound_and_waits_for_a_check():
    form = world.easy_form()
    answer = world.voice(form)
    by = world.host()
    assert waiting_words.counted(by, form) == waiting_words.Waiting(words=0, voices=1)

    waiting_words.write_down(answer_id=answer.pk, words="It was long.", by=by)

    answer.refresh_from_db()
    assert (answer.words, bool(answer.file), answer.checked_on) == ("It was long.", False, None)
    assert waiting_words.counted(by, form) == waiting_words.Waiting(words=1, voices=0)


@db
def test_nobody_from_elsewhere_hears():
    form = world.easy_form()
    world.voice(form)

    assert not waiting_words.heard(world.host("IT")).exists()


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([5, 1] * 5, 100.0),
        ([1, 5] * 5, 0.0),
        ([3] * 10, 50.0),
        # 4-1, 5-2, 4-1, 5-1, 5-1, 5-2, 4-1, 5-1, 4-1, 5-2 = 33 points.
        ([4, 2, 4, 1, 5, 2, 4, 1, 4, 2], 82.5),
    ],
)
def test_the_score_of_a_person_by_hand(values, wanted):
    assert sus.score(dict(enumerate(values, start=1))) == wanted


def test_a_person_who_left_a_statement_out_has_no_score():
    assert sus.score(dict.fromkeys(range(1, 10), 3)) is None


def test_the_mean_and_its_interval_are_those_of_scipy():
    scores = [82.5, 70.0, 65.0, 90.0, 77.5, 60.0]

    found = sus.summary(scores)

    mean = sum(scores) / 6
    low, high = stats.t.interval(0.95, 5, loc=mean, scale=stats.sem(scores))
    assert (found.mean, found.people) == (pytest.approx(mean), 6)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_fewer_than_five_scores_have_no_mean():
    assert sus.summary([80.0] * 4) is None


@db
def test_a_survey_of_usability_has_its_score():
    form = world.easy_form("BG", *[AnswerKind.AGREE] * 10)
    for question in form.questions.all():
        question.scale_item = f"sus-{question.position}"
        question.save()
    for _person in range(5):
        world.response(form, *[4, 2] * 5)
    world.response(form, *[5] * 9)

    found = results.collect(form).sus

    assert (found.score.mean, found.score.people, found.incomplete) == (75.0, 5, None)


@db
def test_a_table_holds_the_same_figures_in_every_language():
    form = answered(*[4] * 6, *[3] * 5, *[1] * 7)
    found = results.collect(form)
    rows = {}
    for language in ("en", "ar"):
        with translation.override(language):
            content = tables.as_csv(found).decode("utf-8-sig")
        rows[language] = [
            (line["question"], line["kind"], line["value"], list(line.values())[-1])
            for line in csv.DictReader(io.StringIO(content))
        ]

    assert rows["ar"] == rows["en"]
    assert ("1", "faces", "4", "6") in rows["ar"]


@db
def test_the_workbook_holds_numbers_as_numbers_and_no_person():
    form = answered(*[4] * 6)
    world.response(form, 4, "=1+1", may_quote=True)

    book = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(form, results.collect(form))))

    rows = list(book["results"].iter_rows(values_only=True))
    assert rows[0][:3] == ("question", "kind", "value")
    assert (rows[1][1], rows[1][5]) == ("all", 7)
    assert not [row for row in rows if "=1+1" in map(str, row)]


@given(st.lists(st.integers(0, 4), min_size=5, max_size=60))
def test_no_cell_and_no_complement_is_smaller_than_five(values):
    counts = Counter(str(value) for value in values)

    found = cells.merge_counts(counts)

    shown = [cell.people for cell in found]
    assert all(people is not None and people >= cells.SMALLEST for people in shown)
    assert sum(shown) == len(values)
