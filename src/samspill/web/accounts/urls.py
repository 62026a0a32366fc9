"""Addresses of one's own account."""

from django.urls import path

from samspill.web.accounts import views

app_name = "accounts"
urlpatterns = [path("", views.me, name="me")]
