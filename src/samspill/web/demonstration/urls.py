"""Addresses of the demonstration."""

from django.urls import path

from samspill.web.demonstration import views

app_name = "demonstration"
urlpatterns = [path("sign-in/<slug:who>/", views.sign_in, name="sign_in")]
