"""Results: told by whole batches a day later, words only when clean, the score by hand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import combinations

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from scipy import stats

from cop_platform.common.reporting import cells
from feedback.focus_groups.domain.easy import result_words, results, sus, waiting_words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.exports import results as tables
from feedback.focus_groups.models import FormAnswer, FormResponse
from tests.feedback.groups import world

db = pytest.mark.django_db
NEXT_DAY = datetime.combine(world.DAY + timedelta(days=1), time(9), tzinfo=UTC)


def answered(*values: int, kind: str = AnswerKind.FACES):
    form = world.easy_form("BG", kind, AnswerKind.WORDS)
    for value in values:
        world.response(form, value, language="ar")
    return form


def collected(form, *, days: int = 0):
    """The results on the day after world.DAY, or so many days later."""
    return results.collect(form, at=NEXT_DAY + timedelta(days=days))


def told(form, **more: int) -> dict[str, int]:
    """People by key, without parts that nobody gave."""
    parts = collected(form, **more).scales[0].parts
    return {result_words.key(part): part.people for part in parts if part.people}


@db
def test_parts_of_five_are_told_one_by_one():
    form = answered(*[4] * 6, *[3] * 5, *[1] * 7)

    assert told(form) == {"1": 7, "3": 5, "4": 6}


@db
def test_values_that_few_gave_are_told_with_their_neighbours():
    form = answered(*[4] * 12, *[3] * 2, *[1] * 3, *[2] * 2)

    assert told(form) == {"1+2": 5, "3+4": 14}


@db
def test_values_told_together_are_said_in_words():
    form = answered(*[4] * 12, *[3] * 2, *[1] * 3, *[2] * 2)

    bars = result_words.bars(collected(form).scales[0])

    assert [(bar.label, bar.people, bar.percent) for bar in bars] == [
        ("Good or Very good", 14, 74),
        ("Very bad or Bad", 5, 26),
        ("No answer", 0, 0),
    ]


@db
def test_who_left_a_question_out_is_told_with_the_poor_side():
    form = answered(*[4] * 12, *[1] * 4)
    world.response(form)

    assert told(form) == {"0+1": 5, "4": 12}


@db
def test_a_question_waits_while_few_gave_the_rarer_answer():
    form = answered(*[4] * 12, 1)

    found = collected(form)

    assert (found.people, found.scales[0].people) == (13, 0)
    assert not result_words.bars(found.scales[0])


@db
def test_what_is_sent_today_is_told_tomorrow_by_the_clock_of_the_country():
    form = answered(*[4] * 6)
    # In Sofia a day ends at 22:00 UTC in winter.
    late = datetime.combine(world.DAY, time(21, 59), tzinfo=UTC)

    assert results.collect(form, at=late) == results.Results(0)
    assert results.collect(form, at=late + timedelta(minutes=1)).people == 6


@db
def test_one_answer_more_waits_for_four_others():
    form = answered(*[4] * 6)
    world.response(form, 4, day=world.DAY + timedelta(days=1))

    assert (collected(form, days=9).people, told(form, days=9)) == (6, {"4": 6})


@db
@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_fewer_than_five_answers_nothing_is_told(people):
    form = answered(*[4] * people)

    found = collected(form)

    assert found == results.Results(0)
    (line,) = tables.lines(found)
    assert (line[1], line[5]) == ("all", 0)


@db
def test_half_filled_answers_and_those_erased_before_do_not_count():
    form = answered(*[4] * 6)
    world.response(form, 1, finished_on=None)
    earlier = world.DAY - timedelta(days=2)
    world.response(form, 1, day=earlier, erased_on=earlier + timedelta(days=1))

    assert (collected(form).people, told(form)) == (6, {"4": 6})


@db
def test_an_answer_erased_after_it_was_told_takes_its_company_out():
    form = answered(*[4] * 6)
    assert collected(form).people == 6

    FormResponse.objects.filter(pk=form.responses.first().pk).update(
        erased_on=world.DAY + timedelta(days=2)
    )

    assert collected(form, days=9) == results.Results(0)


@db
def test_languages_are_counted_in_fives_and_rare_ones_left_out():
    form = world.easy_form()
    for language, people in (("ar", 7), ("uk", 5), ("bg", 4)):
        for _person in range(people):
            world.response(form, 4, language=language)

    found = collected(form)

    assert found.languages == (("ar", 5), ("uk", 5))
    assert [bar.said for bar in result_words.languages(found)] == ["5 or more", "5 or more"]


@db
def test_words_are_shown_when_clean_and_allowed():
    form = answered(*[4] * 5)
    world.response(form, 4, "Printed words", may_quote=True)
    for _person in range(6):
        world.response(form, 4, "Kept words")
    raw = world.response(form, 4, may_quote=True)
    question = form.questions.last()
    FormAnswer.objects.create(response=raw, question=question, words="Raw words of Samira")

    (found,) = collected(form).words

    assert [said.words for said in found.printed] == ["Printed words"]
    assert found.kept == 5


@db
def test_words_are_shown_when_their_answer_is_told():
    form = answered(*[4] * 5)
    later = world.DAY + timedelta(days=1)
    world.response(form, 4, "Words of one person", day=later, may_quote=True)
    assert collected(form, days=5).words[0].printed == ()

    for _person in range(4):
        world.response(form, 4, day=later)

    assert len(collected(form, days=5).words[0].printed) == 1


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


def usability():
    form = world.easy_form("BG", *[AnswerKind.AGREE] * 10)
    for question in form.questions.all():
        question.scale_item = f"sus-{question.position}"
        question.save()
    return form


@db
def test_a_survey_of_usability_has_its_score():
    form = usability()
    for _person in range(6):
        world.response(form, *[4, 2] * 5)
    world.response(form, *[5] * 9)

    found = collected(form).sus

    assert (found.score.mean, found.score.people, found.people) == (75.0, 6, 5)
    assert "People who answered all ten statements: 5 or more." in result_words.sus_sentences(found)


@db
def test_a_score_waits_until_five_people_of_the_later_batches_have_one():
    form = usability()
    for number, (complete, gaps) in enumerate([(5, 0), (1, 4), (4, 1)]):
        day = world.DAY + timedelta(days=number)
        for _person in range(complete):
            world.response(form, *[4 if number == 0 else 5, 2 if number == 0 else 1] * 5, day=day)
        for _person in range(gaps):
            world.response(form, *[1] * 9, day=day)

    means = [collected(form, days=days).sus.score.mean for days in range(3)]

    assert means == [75.0, 75.0, 87.5]


@db
def test_lesson_39_a_table_holds_the_same_figures_in_every_language():
    form = answered(*[4] * 6, *[3] * 5, *[1] * 7)
    found = collected(form)
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
    assert ("", "language", "ar", "15") in rows["ar"]


@db
def test_the_workbook_holds_numbers_as_numbers_and_no_person():
    form = answered(*[4] * 6)
    world.response(form, 4, "=1+1", may_quote=True)

    book = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(form, collected(form))))

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


def figures(found: results.Results) -> dict[tuple[str, ...], int]:
    """Every number of people on the page and in its tables."""
    told = {("all",): found.people, **{("language", code): n for code, n in found.languages}}
    score = found.sus.score if found.sus else None
    return told | {("sus",): score.people if score else 0}


def finest(one: results.QuestionResult, other: results.QuestionResult) -> list[set[int]]:
    """The smallest sets of values that both days tell: what a reader can subtract."""
    sets = [set(part.values) for part in one.parts]
    for part in other.parts:
        touching = [found for found in sets if found & set(part.values)]
        sets = [found for found in sets if found not in touching]
        sets.append(set(part.values).union(*touching))
    return sets


def of(result: results.QuestionResult, values: set[int]) -> int:
    return sum(part.people for part in result.parts if set(part.values) <= values)


class Looking(TestCase):
    """Whoever looks on any two days never reads about one to four people."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 5), st.integers(0, 4), st.booleans(), st.sampled_from(["ar", "uk"])
            ),
            max_size=45,
        )
    )
    def test_on_any_two_days(self, people: list[tuple[int, int, bool, str]]) -> None:
        form = world.easy_form("BG", AnswerKind.FACES, *[AnswerKind.AGREE] * 10)
        questions = list(form.questions.all())
        for number, question in enumerate(questions[1:], start=1):
            question.scale_item = f"sus-{number}"
            question.save()
        for day, face, complete, language in people:
            on = world.DAY + timedelta(days=day)
            made = world.response(form, day=on, language=language)
            values = [face, *[3] * (10 if complete else 9)]
            FormAnswer.objects.bulk_create(
                FormAnswer(response=made, question=question, value=value)
                for question, value in zip(questions, values, strict=False)
                if value
            )

        pages = [collected(form, days=days) for days in range(7)]

        for early, late in combinations(pages, 2):
            before, after = figures(early), figures(late)
            differences = [after.get(key, 0) - before.get(key, 0) for key in before | after]
            for old, new in zip(early.scales, late.scales, strict=False):
                differences += [of(new, s) - of(old, s) for s in finest(old, new)]
            assert all(n == 0 or n >= 5 for n in differences), differences
