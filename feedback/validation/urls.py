from django.urls import path

from feedback.validation.views import across, outcome

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/across/", across.round_across, name="round_across"),
]
