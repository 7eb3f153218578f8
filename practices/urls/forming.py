"""Addresses of how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views.forming import charters, circles, goals, handover, interest, start, votes

urlpatterns: list[URLPattern] = [
    path("charters/", charters.charter_list, name="charter_list"),
    path("charters/<int:pk>/", charters.charter_detail, name="charter_detail"),
    path("charters/<int:pk>/changes/", charters.charter_compare, name="charter_compare"),
    path("charters/<int:pk>/edit/", charters.charter_edit, name="charter_edit"),
    path("charters/<int:pk>/drop/", charters.charter_drop, name="charter_drop"),
    path("charters/<int:pk>/accept/", charters.charter_accept, name="charter_accept"),
    path("charters/<int:pk>/open/", votes.charter_open, name="charter_open"),
    path("charters/<int:pk>/vote/", votes.charter_vote, name="charter_vote"),
    path("communities/<int:pk>/draft/", charters.charter_draft, name="charter_draft"),
    path("topics/propose/", votes.topic_propose, name="topic_propose"),
    path("topics/<int:pk>/answer/", votes.topic_answer, name="topic_answer"),
    path("communities/<int:pk>/goals/new/", goals.goal_new, name="goal_new"),
    path("goals/<int:pk>/drop/", goals.goal_drop, name="goal_drop"),
    path("sessions/<int:pk>/aim/", goals.session_aim, name="session_aim"),
    path("communities/<int:pk>/stage/", goals.life_stage, name="life_stage"),
    path("communities/<int:pk>/handover/", handover.hand_over, name="handover"),
    path("communities/start/", start.start_cop, name="start_cop"),
    path("circles/", circles.circle_list, name="circle_list"),
    path("circles/new/", circles.circle_new, name="circle_new"),
    path("circles/<int:pk>/", circles.circle_detail, name="circle_detail"),
    path("circles/<int:pk>/join/", circles.circle_join, name="circle_join"),
    path("circles/<int:pk>/leave/", circles.circle_leave, name="circle_leave"),
    path("circles/<int:pk>/session/", circles.circle_session, name="circle_session"),
    path("communities/<int:pk>/interest/new/", interest.interest_new, name="interest_new"),
    path("interest/<int:pk>/", interest.interest_detail, name="interest_detail"),
    path("interest/<int:pk>/link/", interest.interest_renew, name="interest_renew"),
    path("g/interest/<str:token>/", interest.interest_answer, name="interest_answer"),
]
