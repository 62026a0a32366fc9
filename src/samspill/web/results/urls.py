"""Addresses of results. They are shared and cited, so they stay."""

from django.urls import path

from samspill.web.results.views.explorer import explorer, explorer_file
from samspill.web.results.views.listing import published
from samspill.web.results.views.origins import number_origin
from samspill.web.results.views.overview import overview

app_name = "results"
urlpatterns = [
    path("", published, name="list"),
    path("<slug:study>/", overview, name="overview"),
    path("<slug:study>/explore/", explorer, name="explorer"),
    path("<slug:study>/explore/figure.<slug:form>", explorer_file, name="explorer_file"),
    path("<slug:study>/origin/<slug:indicator>/", number_origin, name="origin"),
]
