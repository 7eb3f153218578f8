"""The address of a client: what our proxies saw, never what the client says of itself."""

from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import clients

PROXY = "172.18.0.5"


def address(told: str | None, proxies: int, settings, remote: str = PROXY) -> str:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    more = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
    return clients.address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **more))


@pytest.mark.parametrize(
    ("proxies", "told", "seen"),
    [
        # Nobody is trusted: whatever the client writes, it is the connection that counts.
        (0, None, PROXY),
        (0, "198.51.100.7", PROXY),
        (1, "198.51.100.7", "198.51.100.7"),
        # The client wrote the first entries itself.
        (1, "10.0.0.1, 192.0.2.9,198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1, 198.51.100.7, 172.18.0.9", "198.51.100.7"),
        # Fewer proxies spoke than there are, or no address was said.
        (1, None, PROXY),
        (2, "198.51.100.7", PROXY),
        (1, "198.51.100.7, unknown", PROXY),
        (1, "198.51.100.7,", PROXY),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:DB8::1]:4711", "2001:db8::1"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_entry_of_our_outermost_proxy_counts(settings, proxies, told, seen):
    assert address(told, proxies, settings) == seen


@given(spoofed=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_nothing_a_client_writes_before_it_changes_what_the_proxy_saw(spoofed):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=f"{spoofed}, 198.51.100.7")
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert clients.address_of(request) == "198.51.100.7"


def test_a_home_with_many_addresses_is_one_place():
    places = {clients.place_of(f"2001:db8:1:2::{n}") for n in (1, 2, 3)}
    assert places == {"2001:db8:1:2::/64"}
    assert clients.place_of("198.51.100.7") == "198.51.100.7"
    assert clients.place_of("") == ""
