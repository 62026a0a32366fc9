"""Addresses of a study's questionnaires."""

from django.urls import path

from samspill.web.instruments.views import downloads, overview, preview, texts, versions

app_name = "instruments"
VERSION = "<str:instrument>/<int:number>/"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("add/", overview.add, name="add"),
    path(VERSION, versions.version, name="version"),
    path(f"{VERSION}change/", versions.change, name="change"),
    path(f"{VERSION}change/<str:language>/", texts.texts, name="texts"),
    path(f"{VERSION}freeze/", versions.freeze, name="freeze"),
    path(f"{VERSION}remove/", versions.remove, name="remove"),
    path(f"{VERSION}since/<int:earlier>/", versions.compare, name="compare"),
    path(f"{VERSION}preview/<str:language>/", preview.first, name="preview"),
    path(f"{VERSION}preview/<str:language>/<str:step>/", preview.preview, name="preview_step"),
    path(f"{VERSION}download/<slug:kind>/", downloads.download, name="download"),
]
