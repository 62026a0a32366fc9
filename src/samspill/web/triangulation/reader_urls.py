"""The reader's address of the comparison of a published study's sources."""

from django.urls import path

from samspill.web.triangulation.views import reader

app_name = "shared_sources"
urlpatterns = [
    path("", reader.show, name="reader"),
    path("display.csv", reader.download, name="display"),
    path("<slug:theme>/<slug:field>/", reader.comparison, name="comparison"),
]
