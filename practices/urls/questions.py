"""Addresses of questions put to the community, and their answers."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views import words
from practices.views.questions import answering, asking, lists, settling

_ONE = "questions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("questions/", lists.question_list, name="question_list"),
    path("questions/new/", asking.question_new, name="question_new"),
    path(_ONE, lists.question_detail, name="question_detail"),
    path(f"{_ONE}words/", words.question_words, name="question_words"),
    path(f"{_ONE}edit/", asking.question_edit, name="question_edit"),
    path(f"{_ONE}check/", asking.question_check, name="question_check"),
    path(f"{_ONE}delete/", asking.question_delete, name="question_delete"),
    path(f"{_ONE}route/", asking.question_route, name="question_route"),
    path(f"{_ONE}pass/", answering.question_pass, name="question_pass"),
    path(f"{_ONE}answer/", answering.question_answer, name="question_answer"),
    path(f"{_ONE}accept/", settling.question_accept, name="question_accept"),
    path(f"{_ONE}accept/undo/", settling.question_unaccept, name="question_unaccept"),
    path(f"{_ONE}worked/", settling.question_worked, name="question_worked"),
    path(f"{_ONE}close/", settling.question_close, name="question_close"),
    path(f"{_ONE}reopen/", settling.question_reopen, name="question_reopen"),
    path(f"{_ONE}peer-assist/", settling.question_assist, name="question_assist"),
    path("answers/<int:pk>/edit/", answering.answer_edit, name="answer_edit"),
]
