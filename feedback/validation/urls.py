from django.urls import path

from feedback.validation.views import (
    across,
    doctors,
    figures,
    outcome,
    pictures,
    policies,
    verdicts,
    waves,
)

urlpatterns = [
    path("reviews/figures/", figures.validation_figures, name="validation_figures"),
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/across/", across.round_across, name="round_across"),
    path("reviews/rounds/<int:pk>/pictures/", pictures.round_pictures, name="round_pictures"),
    path("reviews/rounds/<int:pk>/waves/", waves.round_waves, name="round_waves"),
    path("reviews/waves/<int:pk>/close/", waves.wave_close, name="wave_close"),
    path("reviews/<int:pk>/again/", waves.wave_answer, name="wave_answer"),
    path("reviews/rounds/<int:pk>/verdict/", verdicts.round_verdict, name="round_verdict"),
    path("verdicts/", verdicts.verdict_list, name="verdict_list"),
    path("verdicts/<int:pk>/", verdicts.verdict_detail, name="verdict_detail"),
    path("verdicts/<int:pk>/sign/", verdicts.verdict_sign, name="verdict_sign"),
    path("verdicts/<int:pk>/withdraw/", verdicts.verdict_withdraw, name="verdict_withdraw"),
    path("verdicts/<int:pk>/inherit/", verdicts.verdict_inherit, name="verdict_inherit"),
    path("reviews/policies/", policies.policy_list, name="policy_list"),
    path("reviews/policies/new/", policies.policy_new, name="policy_new"),
    path("reviews/policies/preview/", policies.policy_preview, name="policy_preview"),
    path("reviews/policies/<int:pk>/", policies.policy_detail, name="policy_detail"),
    path("reviews/rounds/doctor/", doctors.panel_doctor, name="panel_doctor"),
    path("reviews/rounds/<int:pk>/doctor/", doctors.round_doctor, name="round_doctor"),
]
