"""A prepared question answers as its queryset would, with the values of each asking."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Count, Min
from django.utils import timezone

from cop_platform.common.prepared import KeysSlot, Prepared, Slot, at_once, counts
from experts.models import Country, Person
from sessions.models import CopSession
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_each_asking_is_filled_with_its_own_values():
    one, other = make.cop_session(title="One"), make.cop_session(title="Other")
    titles = Prepared(
        lambda: CopSession.objects.filter(pk=Slot("session")).values_list("title", "starts_at")
    )
    assert titles.all(session=one.pk) == [("One", one.starts_at)]
    assert titles.all(session=other.pk) == [("Other", other.starts_at)]


def test_objects_come_with_their_relations_and_annotations(django_assert_num_queries):
    session, now = make.cop_session(), timezone.now()
    planner_home = session.planned_by.country
    question = Prepared(
        lambda: (
            CopSession.objects.filter(pk=Slot("session"))
            .with_open_matters(Slot("at"))
            .select_related("planned_by__country", "room")
        )
    )
    with django_assert_num_queries(1):
        (found,) = question.all(session=session.pk, at=now)
        assert found.planned_by.country == planner_home
        assert (found.room, found.uid, found.languages) == (None, session.uid, session.languages)
        assert (found.has_proposals, found.mails_to_review) == (False, 0)


@pytest.mark.parametrize("codes", [["BG", "EL"], ["BG"], []])
def test_any_number_of_keys_fills_their_slot(codes):
    for code in ("BG", "EL"):
        make.country(code)
    question = Prepared(lambda: Country.objects.filter(pk__in=KeysSlot("keys")).order_by("code"))
    wanted = Country.objects.filter(code__in=codes).order_by("code")
    assert question.all(keys=[country.pk for country in wanted]) == list(wanted)


def test_many_keys_are_a_list_that_an_index_is_asked_for():
    question = Prepared(
        lambda: Country.objects.filter(pk__in=KeysSlot("keys")).exclude(pk__in=KeysSlot("others"))
    )
    first, second = make.country("BG"), make.country("EL")
    assert question._written.sql.count("= ANY(%s::bigint[])") == 2
    assert question.all(keys=[first.pk, second.pk], others=[second.pk]) == [first]


def test_a_slot_without_a_value_is_an_error():
    question = Prepared(lambda: CopSession.objects.filter(starts_at__gt=Slot("at")))
    with pytest.raises(KeyError):
        question.all(when=datetime.now().astimezone() + timedelta(days=1))


def test_questions_of_any_columns_are_answered_in_one_statement(django_assert_num_queries):
    session, person = make.cop_session(), make.person(languages=["bg", "en"])
    sessions = Prepared(
        lambda: CopSession.objects.filter(pk__in=KeysSlot("keys")).select_related("planned_by")
    )
    people = Prepared(lambda: Person.objects.filter(pk=Slot("person")))
    pairs = Prepared(
        lambda: Person.objects.filter(pk=Slot("person")).values_list("name", "languages")
    )
    asked = [
        sessions.asked(keys=[session.pk]),
        people.asked(person=person.pk),
        sessions.asked(keys=[]),
        pairs.asked(person=person.pk),
    ]
    with django_assert_num_queries(1):
        found = at_once(asked)
        assert found == [[session], [person], [], [(person.name, ["bg", "en"])]]
        assert found[0][0].planned_by.name == session.planned_by.name
        assert (found[0][0].starts_at, found[0][0].uid) == (session.starts_at, session.uid)
        assert found[0][0].reminders == session.reminders


def test_the_rows_of_each_question_come_in_its_order():
    names = ["Anna", "Boris", "Clara"]
    for name in reversed(names):
        make.person(name=name)
    rows = Person.objects.filter(name__in=names)
    up = Prepared(lambda: rows.order_by("name").values_list("name"))
    down = Prepared(lambda: rows.order_by("-name").values_list("name")[:2])
    found = at_once([up.asked(), down.asked()])
    assert found == [[("Anna",), ("Boris",), ("Clara",)], [("Clara",), ("Boris",)]]


def test_no_question_costs_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert at_once([]) == []


def test_what_is_counted_is_one_row_also_where_nothing_is():
    question = Prepared(
        lambda: counts(
            CopSession.objects.filter(starts_at__gt=Slot("at")),
            n=Count("pk"),
            first=Min("starts_at"),
        )
    )
    session = make.cop_session()
    before = session.starts_at - timedelta(days=1)
    assert question.all(at=before) == [(1, session.starts_at)]
    assert question.all(at=session.starts_at) == [(0, None)]
