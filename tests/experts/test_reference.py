"""Countries and communities are kept for a minute, and a change here is seen at once."""

import pytest

from experts import reference
from experts.models import CommunityOfPractice, Country
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_asking_twice_costs_one_question(django_assert_num_queries):
    cop = make.cop(make.country("BG"))
    with django_assert_num_queries(2):
        assert reference.host(cop.pk).code == "BG"
        assert [c.code for c in reference.countries()] == ["BG"]


def test_a_renamed_country_is_seen_at_once():
    country = make.country("BG")
    assert reference.country("bg").name == "Bulgaria"
    country.name = "Republic of Bulgaria"
    country.save()
    assert reference.country("BG").name == "Republic of Bulgaria"


def test_greece_is_found_by_both_codes():
    make.country("EL")
    assert reference.country("GR") == reference.country("el") == Country.objects.get(code="EL")
    assert reference.country("XX") is None


def test_a_community_founded_in_another_process_is_found():
    make.country("BG")
    reference.countries()
    country = Country(code="IT", iso_code="IT", name="Italy", zone="Europe/Rome", language="it")
    Country.objects.bulk_create([country])  # sends no signal, as another process sends none here
    cop = CommunityOfPractice(
        name="CoP Italy", scope="country", country=country, started_on="2025-09-01"
    )
    CommunityOfPractice.objects.bulk_create([cop])
    assert reference.host(cop.pk).code == "IT"


def test_the_code_of_a_country_is_known_by_its_key_also_of_one_from_another_process():
    bulgaria = make.country("BG")
    assert reference.code(bulgaria.pk) == "BG"
    assert reference.code(None) == ""
    country = Country(code="IT", iso_code="IT", name="Italy", zone="Europe/Rome", language="it")
    [italy] = Country.objects.bulk_create([country])
    assert reference.code(italy.pk) == "IT"


def test_what_is_kept_ends_after_a_minute(monkeypatch, django_assert_num_queries):
    make.country("BG")
    reference.countries()
    later = reference.time.monotonic() + reference.KEPT_SECONDS + 1
    monkeypatch.setattr(reference.time, "monotonic", lambda: later)
    with django_assert_num_queries(2):
        reference.countries()
