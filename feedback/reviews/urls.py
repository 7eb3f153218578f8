from django.urls import path

from feedback.reviews.views import (
    acceptance,
    annotations,
    desk,
    discussion,
    fixes,
    panel,
    phases,
    rounds,
)

urlpatterns = [
    path("reviews/", rounds.review_list, name="review_list"),
    path("reviews/<int:pk>/", desk.review_desk, name="review_desk"),
    path("reviews/<int:pk>/draft/", desk.review_draft, name="review_draft"),
    path("reviews/<int:pk>/accept/", acceptance.review_accept, name="review_accept"),
    path("reviews/<int:pk>/decline/", acceptance.review_decline, name="review_decline"),
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
    path("reviews/<int:pk>/fixed/", fixes.review_fixed, name="review_fixed"),
    path("reviews/rounds/new/", rounds.round_new, name="round_new"),
    path("reviews/rounds/planning/", panel.round_planning, name="round_planning"),
    path("reviews/rounds/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("reviews/rounds/<int:pk>/assign/", panel.round_assign, name="round_assign"),
    path("reviews/rounds/<int:pk>/light/", panel.round_light, name="round_light"),
    path("reviews/rounds/<int:pk>/propose/", panel.round_propose, name="round_propose"),
    path("reviews/rounds/<int:pk>/conflicts/", panel.round_conflicts, name="round_conflicts"),
    path("reviews/rounds/<int:pk>/substitute/", rounds.round_substitute, name="round_substitute"),
    path("reviews/rounds/<int:pk>/due/", rounds.round_due, name="round_due"),
    path("reviews/rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("reviews/rounds/<int:pk>/phase/", phases.round_phase, name="round_phase"),
    path("reviews/rounds/<int:pk>/see-as/", phases.round_see_as, name="round_see_as"),
    path(
        "reviews/rounds/<int:pk>/discussion/", discussion.round_discussion, name="round_discussion"
    ),
    path("reviews/rounds/<int:pk>/response/", discussion.round_response, name="round_response"),
    path(
        "reviews/rounds/<int:pk>/no-response/",
        discussion.round_no_response,
        name="round_no_response",
    ),
]
