from django.urls import path

from feedback.validation import views

urlpatterns = [
    path("reviews/figures/", views.validation_figures, name="validation_figures"),
    path("reviews/rounds/<int:pk>/outcome/", views.round_outcome, name="round_outcome"),
]
