from django.urls import path

from feedback.validation.views import outcome, verdicts

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/verdict/", verdicts.round_verdict, name="round_verdict"),
    path("verdicts/", verdicts.verdict_list, name="verdict_list"),
    path("verdicts/<int:pk>/", verdicts.verdict_detail, name="verdict_detail"),
    path("verdicts/<int:pk>/sign/", verdicts.verdict_sign, name="verdict_sign"),
    path("verdicts/<int:pk>/withdraw/", verdicts.verdict_withdraw, name="verdict_withdraw"),
    path("verdicts/<int:pk>/inherit/", verdicts.verdict_inherit, name="verdict_inherit"),
]
