from django.urls import path

from feedback.validation import views

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", views.round_outcome, name="round_outcome"),
]
