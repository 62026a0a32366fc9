"""Addresses of a study's design."""

from django.urls import path, re_path

from samspill.web.design.views import cases, coverage, guide, guide_editing

app_name = "design"
urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:selection>/", cases.selection, name="selection"),
    path("cases/<int:selection>/adopt/", cases.adopt, name="adopt"),
    path("cases/<int:selection>/units.csv", cases.units, name="selection_units"),
    re_path(
        r"^cases/(?P<selection>[0-9]+)/map\.(?P<form>svg|png)\Z", cases.figure, name="selection_map"
    ),
    re_path(
        r"^cases/(?P<selection>[0-9]+)/table-1-1\.(?P<form>csv|xlsx)\Z",
        cases.table,
        name="selection_table",
    ),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/<str:unit>/", coverage.plan, name="plan_unit"),
    path("guide/", guide.guide, name="guide"),
    path("guide/guide.toml", guide_editing.download, name="guide_download"),
    path("guide/file/", guide_editing.file, name="guide_file"),
    path("guide/shipped/", guide_editing.drop, name="guide_drop"),
    path("guide/questions/", guide_editing.add, name="add_question"),
    path("guide/questions/<str:question>/", guide_editing.change, name="change_question"),
    path("guide/questions/<str:question>/move/", guide_editing.move, name="move_question"),
    path("guide/questions/<str:question>/remove/", guide_editing.remove, name="remove_question"),
]
