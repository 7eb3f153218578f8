"""How often a place has done something: counted, and asked without counting."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from cop_platform.common import throttle


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def test_asking_is_no_deed():
    assert [throttle.counted("knock", "192.0.2.1") for _ in range(2)] == [0, 0]
    assert throttle.count("knock", "192.0.2.1") == 1
    assert throttle.counted("knock", "192.0.2.1") == 1


def test_places_and_deeds_are_counted_apart():
    throttle.count("knock", "192.0.2.1")

    assert throttle.counted("ring", "192.0.2.1") == 0
    assert throttle.counted("knock", "192.0.2.2") == 0


def test_one_home_is_one_place():
    throttle.count("knock", "2001:db8::1")

    assert throttle.counted("knock", "2001:db8::2") == 1
