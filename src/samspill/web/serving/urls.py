"""Addresses of running the application."""

from django.urls import path

from samspill.web.serving import views

app_name = "serving"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("first-administrator/<str:token>/", views.first_administrator, name="first_administrator"),
]
