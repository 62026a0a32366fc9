"""Addresses of one's tokens."""

from django.urls import path

from samspill.web.api import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="list"),
    path("<int:token>/revoke/", views.revoke, name="revoke"),
]
