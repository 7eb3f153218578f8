from django.urls import path

from feedback.reviews.views import desk, form_files, rounds, rubrics, sent

urlpatterns = [
    path("reviews/", rounds.review_list, name="review_list"),
    path("reviews/<int:pk>/", desk.review_desk, name="review_desk"),
    path("reviews/<int:pk>/draft/", desk.review_draft, name="review_draft"),
    path("reviews/<int:pk>/form/", form_files.review_form, name="review_form"),
    path("reviews/<int:pk>/form/save/", form_files.review_form_save, name="review_form_save"),
    path("reviews/<int:pk>/form.docx", form_files.review_form_docx, name="review_form_docx"),
    path("reviews/<int:pk>/form.xlsx", form_files.review_form_xlsx, name="review_form_xlsx"),
    path("reviews/<int:pk>/certificate.pdf", sent.review_certificate, name="review_certificate"),
    path("reviews/<int:pk>/reopen/", sent.review_reopen, name="review_reopen"),
    path("reviews/reopenings/<int:pk>/", sent.reopening_answer, name="reopening_answer"),
    path("reviews/rounds/<int:pk>/reopenings/", sent.round_reopenings, name="round_reopenings"),
    path("reviews/rubrics/", rubrics.rubric_list, name="rubric_list"),
    path("reviews/rubrics/templates/", rubrics.rubric_templates, name="rubric_templates"),
    path("reviews/rubrics/new/", rubrics.rubric_new, name="rubric_new"),
    path("reviews/rubrics/<int:pk>/", rubrics.rubric_detail, name="rubric_detail"),
    path("reviews/rubrics/<int:pk>/edit/", rubrics.rubric_edit, name="rubric_edit"),
    path("reviews/rubrics/<int:pk>/revise/", rubrics.rubric_revise, name="rubric_revise"),
    path("reviews/rubrics/<int:pk>/retire/", rubrics.rubric_retire, name="rubric_retire"),
    path("reviews/rubrics/<int:pk>/criteria/new/", rubrics.criterion_new, name="criterion_new"),
    path("reviews/criteria/<int:pk>/", rubrics.criterion_edit, name="criterion_edit"),
    path("reviews/criteria/<int:pk>/move/", rubrics.criterion_move, name="criterion_move"),
    path("reviews/criteria/<int:pk>/delete/", rubrics.criterion_delete, name="criterion_delete"),
    path("reviews/rounds/new/", rounds.round_new, name="round_new"),
    path("reviews/rounds/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("reviews/rounds/<int:pk>/assign/", rounds.round_assign, name="round_assign"),
    path("reviews/rounds/<int:pk>/substitute/", rounds.round_substitute, name="round_substitute"),
    path("reviews/rounds/<int:pk>/due/", rounds.round_due, name="round_due"),
    path("reviews/rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
]
