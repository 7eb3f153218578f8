"""Addresses of members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views.people import buddies, coffee, exchanges, helping, welcome, words

urlpatterns: list[URLPattern] = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("buddies/", buddies.buddy_list, name="buddy_list"),
    path("people/<int:pk>/buddy/", buddies.person_buddy, name="person_buddy"),
    path("people/<int:pk>/thank/", words.person_thank, name="person_thank"),
    path("thanks/<int:pk>/show/", words.thanks_show, name="thanks_show"),
    path("profile/stream/", words.stream_choice, name="stream_choice"),
    path("coffee/", coffee.coffee_page, name="coffee"),
    path("coffee/choice/", coffee.coffee_choice, name="coffee_choice"),
    path("coffee/round/", coffee.coffee_round, name="coffee_round"),
    path("coffee/<int:pk>/met/", coffee.coffee_met, name="coffee_met"),
    path("offers/", exchanges.exchange_list, name="exchange_list"),
    path("offers/new/", exchanges.exchange_new, name="exchange_new"),
    path("offers/<int:pk>/close/", exchanges.exchange_close, name="exchange_close"),
    path("offers/<int:pk>/contact/", exchanges.exchange_contact, name="exchange_contact"),
    path("help-given/", helping.help_list, name="help_list"),
    path("help-given/<int:pk>/delete/", helping.help_delete, name="help_delete"),
]
