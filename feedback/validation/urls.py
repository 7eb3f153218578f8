from django.urls import path

from feedback.validation.views import across, figures, outcome, pictures, waves

urlpatterns = [
    path("reviews/figures/", figures.validation_figures, name="validation_figures"),
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/across/", across.round_across, name="round_across"),
    path("reviews/rounds/<int:pk>/pictures/", pictures.round_pictures, name="round_pictures"),
    path("reviews/rounds/<int:pk>/waves/", waves.round_waves, name="round_waves"),
    path("reviews/waves/<int:pk>/close/", waves.wave_close, name="wave_close"),
    path("reviews/<int:pk>/again/", waves.wave_answer, name="wave_answer"),
]
