from django.urls import path

from materials.views import compare, reading, renditions, tracks, works

urlpatterns = [
    path("materials/", works.material_list, name="material_list"),
    path("materials/new/", works.material_new, name="material_new"),
    path("materials/<int:pk>/", works.material_detail, name="material_detail"),
    path("materials/<int:pk>/versions/new/", works.version_new, name="version_new"),
    path("materials/<int:pk>/release/<int:number>", works.version_release, name="version_release"),
    path("versions/<int:pk>/", reading.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", reading.version_file, name="version_file"),
    path("versions/<int:pk>/text", reading.version_text, name="version_text"),
    path("versions/<int:pk>/pdf", renditions.version_pdf, name="version_pdf"),
    path("versions/<int:pk>/thumbnail", renditions.version_thumbnail, name="version_thumbnail"),
    path("versions/<int:pk>/drawing", renditions.version_drawing, name="version_drawing"),
    path(
        "versions/<int:pk>/drawing/again", renditions.version_draw_again, name="version_draw_again"
    ),
    path("versions/<int:pk>/drawing/stop", renditions.version_draw_stop, name="version_draw_stop"),
    path("pages/<int:pk>.webp", renditions.page_image, name="page_image"),
    path("versions/<int:pk>/tracks/", tracks.version_tracks, name="version_tracks"),
    path("tracks/<int:pk>.vtt", tracks.text_track, name="text_track"),
    path("materials/<int:pk>/compare/", compare.material_compare, name="material_compare"),
]
