"""Addresses of easy forms as those who run them see them."""

from django.urls import path

from feedback.focus_groups.views.easy import forms, questions, results, sharing, typing_in

urlpatterns = [
    path("forms/", forms.form_list, name="form_list"),
    path("forms/new/", forms.form_new, name="form_new"),
    path("forms/rules/new/", forms.form_rule, name="form_rule"),
    path("forms/<int:pk>/", forms.form_detail, name="form_detail"),
    path("forms/<int:pk>/edit/", forms.form_edit, name="form_edit"),
    path("forms/<int:pk>/copy/", forms.form_copy, name="form_copy"),
    path("forms/<int:pk>/close/", forms.form_close, name="form_close"),
    path("forms/<int:pk>/delete/", forms.form_delete, name="form_delete"),
    path("forms/<int:pk>/questions/new/", questions.form_question_new, name="form_question_new"),
    path("forms/questions/<int:pk>/", questions.form_question, name="form_question"),
    path("forms/questions/<int:pk>/move/", questions.form_question_move, name="form_question_move"),
    path(
        "forms/questions/<int:pk>/delete/",
        questions.form_question_delete,
        name="form_question_delete",
    ),
    path("forms/<int:pk>/translations/", questions.form_translations, name="form_translations"),
    path("forms/audio/<int:pk>/", questions.form_audio, name="form_audio"),
    path("forms/<int:pk>/preview/", questions.form_preview, name="form_preview"),
    path("forms/<int:pk>/share/", sharing.form_share, name="form_share"),
    path("forms/<int:pk>/poster/", sharing.form_poster, name="form_poster"),
    path("forms/<int:pk>/paper/", sharing.form_paper, name="form_paper"),
    path("forms/<int:pk>/call-back/", sharing.form_call_back, name="form_call_back"),
    path("forms/<int:pk>/type-in/", typing_in.form_type_in, name="form_type_in"),
    path("forms/<int:pk>/results/", results.form_results, name="form_results"),
    path("forms/<int:pk>/results.csv", results.form_results_csv, name="form_results_csv"),
    path("forms/<int:pk>/results.xlsx", results.form_results_xlsx, name="form_results_xlsx"),
    path("forms/<int:pk>/words/", results.form_words, name="form_words"),
    path("forms/answers/<int:pk>/", results.form_answer, name="form_answer"),
    path("forms/answers/<int:pk>/sound/", results.form_answer_sound, name="form_answer_sound"),
]
