"""Addresses of long work."""

from django.urls import path

from samspill.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:identifier>/", views.job, name="job"),
    path("<uuid:identifier>/result", views.result, name="result"),
]
