from django.urls import path

from feedback.validation.views import outcome, verdicts

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("verdicts/<int:pk>/", verdicts.verdict_detail, name="verdict_detail"),
]
