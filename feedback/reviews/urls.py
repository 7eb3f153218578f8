from django.urls import path

from feedback.reviews.views import annotations, copies, desk, rounds

urlpatterns = [
    path("reviews/", rounds.review_list, name="review_list"),
    path("reviews/copies/", copies.review_copies, name="review_copies"),
    path("reviews/<int:pk>/", desk.review_desk, name="review_desk"),
    path("reviews/<int:pk>/draft/", desk.review_draft, name="review_draft"),
    path(
        "reviews/<int:pk>/annotations/", annotations.review_annotations, name="review_annotations"
    ),
    path(
        "reviews/<int:pk>/annotations/delete/",
        annotations.review_annotation_delete,
        name="review_annotation_delete",
    ),
    path(
        "reviews/<int:pk>/annotations.jsonld",
        annotations.review_annotations_export,
        name="review_annotations_export",
    ),
    path("reviews/rounds/new/", rounds.round_new, name="round_new"),
    path("reviews/rounds/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("reviews/rounds/<int:pk>/assign/", rounds.round_assign, name="round_assign"),
    path("reviews/rounds/<int:pk>/substitute/", rounds.round_substitute, name="round_substitute"),
    path("reviews/rounds/<int:pk>/due/", rounds.round_due, name="round_due"),
    path("reviews/rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
]
