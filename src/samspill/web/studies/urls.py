"""Addresses of studies."""

from django.urls import path

from samspill.web.studies.views import log, members, overview, units, waves

app_name = "studies"
urlpatterns = [
    path("", overview.mine, name="list"),
    path("<slug:study>/", overview.overview, name="overview"),
    path("<slug:study>/units/", units.units, name="units"),
    path("<slug:study>/waves/", waves.waves, name="waves"),
    path("<slug:study>/members/", members.members, name="members"),
    path("<slug:study>/log/", log.log, name="log"),
]
