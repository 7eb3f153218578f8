"""A prepared question answers as its queryset would, with the values of each asking."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.models import Country
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


def test_a_slot_without_a_value_is_an_error():
    question = Prepared(lambda: CopSession.objects.filter(starts_at__gt=Slot("at")))
    with pytest.raises(KeyError):
        question.all(when=datetime.now().astimezone() + timedelta(days=1))
