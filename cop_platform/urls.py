"""Addresses; who may open each stands in register/."""

from django.conf import settings
from django.urls import include, path

from cop_platform import demo_mails, learning, offline, repertoire, searching, views
from cop_platform.common.admin import site

urlpatterns = [
    path("", views.today, name="today"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("language/", views.set_page_language, name="set_page_language"),
    path("search/", searching.search, name="search"),
    path("repertoire/", repertoire.repertoire, name="repertoire"),
    path("my-learning/", learning.my_learning, name="my_learning"),
    path("my-learning/learning.csv", learning.my_learning_csv, name="my_learning_csv"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path(settings.ADMIN_URL, site.urls),
    path("demo/mailbox/", views.demo_mailbox, name="demo_mailbox"),
    path("demo/mailbox/<int:number>/", views.demo_mail, name="demo_mail"),
    path("demo/mailbox/<int:number>.eml", views.demo_mail_raw, name="demo_mail_raw"),
    path("demo/mailbox/<int:number>/answer/", demo_mails.answer, name="demo_mail_answer"),
    path("demo/mailbox/receive/", demo_mails.receive, name="demo_mail_receive"),
    path("demo/styleguide/", views.styleguide, name="styleguide"),
    # Before the addresses of guests that take any word for a token.
    path("g/", include("feedback.focus_groups.guest_urls")),
    path("", include("experts.urls")),
    path("", include("sessions.urls")),
    path("", include("materials.urls")),
    path("", include("practices.urls")),
    path("", include("feedback.urls")),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.not_found
handler500 = views.server_error
