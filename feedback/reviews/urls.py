from django.urls import path

from feedback.reviews import views

urlpatterns = [
    path("reviews/", views.review_list, name="review_list"),
    path("reviews/<int:pk>/", views.review_desk, name="review_desk"),
    path("reviews/<int:pk>/draft/", views.review_draft, name="review_draft"),
    path("reviews/rounds/new/", views.round_new, name="round_new"),
    path("reviews/rounds/<int:pk>/", views.round_detail, name="round_detail"),
    path("reviews/rounds/<int:pk>/assign/", views.round_assign, name="round_assign"),
    path("reviews/rounds/<int:pk>/substitute/", views.round_substitute, name="round_substitute"),
    path("reviews/rounds/<int:pk>/due/", views.round_due, name="round_due"),
    path("reviews/rounds/<int:pk>/close/", views.round_close, name="round_close"),
]
