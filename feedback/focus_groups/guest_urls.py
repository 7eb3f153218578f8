"""Addresses under /g/ that are words and no tokens; asked before those that take any token."""

from django.urls import path

from feedback.focus_groups.views import receipt

urlpatterns = [
    path("receipt/", receipt.guest_receipt, name="guest_receipt"),
]
