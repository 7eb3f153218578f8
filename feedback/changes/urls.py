from django.urls import path

from feedback.changes.views import details, lists

urlpatterns = [
    path("changes/", lists.change_list, name="change_list"),
    path("changes/new/", details.change_new, name="change_new"),
    path("changes/raise/", details.change_raise, name="change_raise"),
    path("changes/table.csv", lists.change_csv, name="change_csv"),
    path("changes/text.docx", lists.change_docx, name="change_docx"),
    path("changes/table.xlsx", lists.change_xlsx, name="change_xlsx"),
    path("changes/<int:pk>/", details.change_detail, name="change_detail"),
]
