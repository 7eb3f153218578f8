from django.urls import path

from feedback.validation.views import outcome

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
]
