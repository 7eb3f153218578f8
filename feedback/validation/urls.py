from django.urls import path

from feedback.validation.views import ageing, board, outcome, verdicts, waivers

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/verdict/", verdicts.round_verdict, name="round_verdict"),
    path("verdicts/", verdicts.verdict_list, name="verdict_list"),
    path("verdicts/<int:pk>/", verdicts.verdict_detail, name="verdict_detail"),
    path("verdicts/<int:pk>/sign/", verdicts.verdict_sign, name="verdict_sign"),
    path("verdicts/<int:pk>/withdraw/", verdicts.verdict_withdraw, name="verdict_withdraw"),
    path("verdicts/<int:pk>/inherit/", verdicts.verdict_inherit, name="verdict_inherit"),
    path("quality/", board.quality_board, name="quality_board"),
    path("quality/board.csv", board.quality_csv, name="quality_csv"),
    path("quality/ageing/", ageing.ageing_list, name="ageing_list"),
    path("quality/ageing/<int:pk>/", ageing.ageing_detail, name="ageing_detail"),
    path("versions/<int:pk>/dead-link/", ageing.dead_link_tell, name="dead_link_tell"),
    path("versions/<int:pk>/waiver/", waivers.release_waive, name="release_waive"),
    path("waivers/<int:pk>/take-back", waivers.waiver_take_back, name="waiver_take_back"),
]
