from django.urls import path

from feedback.validation.views import doctors, outcome, policies

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/policies/", policies.policy_list, name="policy_list"),
    path("reviews/policies/new/", policies.policy_new, name="policy_new"),
    path("reviews/policies/preview/", policies.policy_preview, name="policy_preview"),
    path("reviews/policies/<int:pk>/", policies.policy_detail, name="policy_detail"),
    path("reviews/rounds/doctor/", doctors.panel_doctor, name="panel_doctor"),
    path("reviews/rounds/<int:pk>/doctor/", doctors.round_doctor, name="round_doctor"),
]
