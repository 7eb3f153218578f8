"""Addresses of ideas, votes, experiments, and of the briefs made of them."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views import (
    briefs,
    ideas,
    ideas_funnel,
    ideas_leading,
    ideas_own,
    ideas_testing,
    words,
)

urlpatterns: list[URLPattern] = [
    path("ideas/", ideas.idea_list, name="idea_list"),
    path("ideas/new/", ideas.idea_new, name="idea_new"),
    path("ideas/funnel/", ideas_funnel.idea_funnel, name="idea_funnel"),
    path("ideas/ideas.csv", ideas_funnel.idea_csv, name="idea_csv"),
    path("ideas/ideas.xlsx", ideas_funnel.idea_xlsx, name="idea_xlsx"),
    path("ideas/<int:pk>/", ideas.idea_detail, name="idea_detail"),
    path("ideas/<int:pk>/words/", words.idea_words, name="idea_words"),
    path("ideas/<int:pk>/vote/", ideas.idea_vote, name="idea_vote"),
    path("ideas/<int:pk>/edit/", ideas_own.idea_edit, name="idea_edit"),
    path("ideas/<int:pk>/add/", ideas_own.idea_note, name="idea_note"),
    path("ideas/<int:pk>/withdraw/", ideas_own.idea_withdraw, name="idea_withdraw"),
    path("ideas/<int:pk>/back/", ideas_own.idea_bring_back, name="idea_bring_back"),
    path("ideas/<int:pk>/combine/", ideas.idea_combine, name="idea_combine"),
    path("ideas/<int:pk>/answer/", ideas_leading.idea_answer, name="idea_answer"),
    path("ideas/<int:pk>/move/", ideas_leading.idea_move, name="idea_move"),
    path("ideas/<int:pk>/merge/", ideas_leading.idea_merge, name="idea_merge"),
    path("ideas/<int:pk>/apart/", ideas_leading.idea_apart, name="idea_apart"),
    path("ideas/<int:pk>/test/", ideas_testing.experiment_new, name="experiment_new"),
    path("ideas/tests/<int:pk>/", ideas_testing.experiment_edit, name="experiment_edit"),
    path("briefs/", briefs.brief_list, name="brief_list"),
    path("briefs/new/", briefs.brief_new, name="brief_new"),
    path("briefs/<int:pk>/", briefs.brief_detail, name="brief_detail"),
    path("briefs/<int:pk>/edit/", briefs.brief_edit, name="brief_edit"),
    path("briefs/<int:pk>/pdf/", briefs.brief_pdf, name="brief_pdf"),
    path("briefs/<int:pk>/docx/", briefs.brief_docx, name="brief_docx"),
]
