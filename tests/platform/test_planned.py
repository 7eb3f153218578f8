"""Statements that are planned once for a connection."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from cop_platform.common.planned import OPEN, Planned

GREATER = Planned("SELECT n FROM generate_series(1, %s) AS n WHERE n > %s", (5, OPEN))


def plans() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.django_db
def test_each_value_gets_its_own_answer_out_of_one_plan():
    before = len(plans())

    assert GREATER.rows([3]) == [(4,), (5,)]
    assert GREATER.rows([4]) == [(5,)]

    assert len(plans()) - before <= 1
    assert [one for one in plans() if "generate_series(1, 5) AS n WHERE n > $1" in one]


@pytest.mark.django_db
def test_the_same_words_with_another_fixed_value_are_another_statement():
    wider = Planned(GREATER.sql, (7, OPEN))

    assert GREATER.rows([4]) == [(5,)]
    assert wider.rows([4]) == [(5,), (6,), (7,)]


@pytest.mark.django_db
def test_values_come_as_what_they_are_compared_with():
    days = Planned(
        "SELECT d::date FROM unnest(%s::date[]) AS d WHERE d::date >= %s AND %s = 'it''s 50 %%'",
        (["2026-01-01", "2026-03-01"], OPEN, "it's 50 %"),
    )

    assert days.rows([date(2026, 2, 1)]) == [(date(2026, 3, 1),)]


@pytest.mark.django_db
def test_lists_and_nothing_are_values_too():
    keys = Planned("SELECT n FROM generate_series(1, 3) AS n WHERE n = ANY(%s::bigint[])", (OPEN,))

    assert keys.rows([[2, 3]]) == [(2,), (3,)]
    assert keys.rows([[]]) == []
    assert keys.rows([None]) == []


@pytest.mark.django_db
def test_without_open_values_it_is_asked_as_it_stands():
    assert Planned("SELECT 'always'", ()).rows([]) == [("always",)]


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_it_anew():
    GREATER.rows([3])
    connection.close()

    assert GREATER.rows([3]) == [(4,), (5,)]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_was_taken_back_leaves_the_plan_usable():
    @transaction.atomic
    def fails() -> None:
        GREATER.rows([3])
        raise ZeroDivisionError

    connection.close()
    with pytest.raises(ZeroDivisionError):
        fails()

    assert GREATER.rows([4]) == [(5,)]
