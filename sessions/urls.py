from django.urls import path

from sessions.views import calendar, fair_times, invitations, planning, polls

urlpatterns = [
    path("calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/", calendar.session_list, name="session_list"),
    path("sessions/new/", planning.session_new, name="session_new"),
    path("sessions/<int:pk>/", planning.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/invite/", invitations.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("calendar/finder/", fair_times.finder, name="fair_times"),
    path("calendar/busy/", fair_times.busy_list, name="busy_list"),
    path("calendar/busy/<int:pk>/remove/", fair_times.busy_remove, name="busy_remove"),
    path("polls/", polls.poll_list, name="poll_list"),
    path("polls/new/", polls.poll_new, name="poll_new"),
    path("polls/<int:pk>/", polls.poll_detail, name="poll_detail"),
    path("polls/<int:pk>/edit/", polls.poll_edit, name="poll_edit"),
    path("polls/<int:pk>/ask/", polls.poll_ask, name="poll_ask"),
    path("polls/<int:pk>/vote/", polls.poll_vote, name="poll_vote"),
    path("polls/<int:pk>/nudge/", polls.poll_nudge, name="poll_nudge"),
    path("polls/<int:pk>/close/", polls.poll_close, name="poll_close"),
    path("polls/<int:pk>/end/", polls.poll_end, name="poll_end"),
    path("g/poll/<str:token>/", polls.poll_answer, name="poll_answer"),
    path("g/<str:token>/", invitations.session_answer, name="session_answer"),
]
