"""Addresses of good practices, their versions, checks and adoptions."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views import practices as views
from practices.views import practices_deeds as deeds
from practices.views import practices_writing as writing
from practices.views import thrown, words

urlpatterns: list[URLPattern] = [
    path("practices/", views.practice_list, name="practice_list"),
    path("practices/new/", writing.practice_new, name="practice_new"),
    path("practices/thrown-away/", thrown.thrown_away, name="thrown_away"),
    path("practices.csv", views.practice_csv, name="practice_csv"),
    path("practices.xlsx", views.practice_xlsx, name="practice_xlsx"),
    path("practices/<int:pk>/", views.practice_detail, name="practice_detail"),
    path("practices/<int:pk>/about/", writing.practice_about, name="practice_about"),
    path("practices/<int:pk>/revise/", writing.practice_revise, name="practice_revise"),
    path("practices/<int:pk>/raise/", deeds.practice_raise, name="practice_raise"),
    path("practices/<int:pk>/retire/", deeds.practice_retire, name="practice_retire"),
    path("practices/<int:pk>/adopt/", deeds.practice_adopt, name="practice_adopt"),
    path("practices/versions/<int:pk>/", views.practice_version, name="practice_version"),
    path("practices/versions/<int:pk>/words/", words.practice_words, name="practice_words"),
    path("practices/versions/<int:pk>/edit/", writing.practice_edit, name="practice_edit"),
    path("practices/versions/<int:pk>/discard/", writing.practice_discard, name="practice_discard"),
    path(
        "practices/versions/<int:pk>/back/", writing.practice_take_back, name="practice_take_back"
    ),
    path("practices/versions/<int:pk>/submit/", writing.practice_submit, name="practice_submit"),
    path("practices/versions/<int:pk>/check/", deeds.practice_check, name="practice_check"),
    path("practices/adoptions/<int:pk>/", deeds.adoption_report, name="adoption_report"),
]
