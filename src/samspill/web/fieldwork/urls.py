"""Addresses of a study's fieldwork."""

from django.urls import path

from samspill.web.fieldwork.views import (
    collections,
    dashboard,
    entry,
    exports,
    messages,
    respondents,
)

app_name = "fieldwork"
urlpatterns = [
    path("", collections.overview, name="overview"),
    path("new/", collections.new, name="new"),
    path("<slug:collection>/", collections.collection, name="collection"),
    path("<slug:collection>/edit/", collections.edit, name="edit"),
    path("<slug:collection>/open/", collections.set_open, name="open"),
    path("<slug:collection>/close/", collections.set_closed, name="close"),
    path("<slug:collection>/reopen/", collections.reopen, name="reopen"),
    path("<slug:collection>/respondents/", respondents.respondents, name="respondents"),
    path("<slug:collection>/respondents/units/", respondents.add_units, name="add_units"),
    path("<slug:collection>/respondents/add/", respondents.add, name="add"),
    path("<slug:collection>/respondents/file/", respondents.take_in, name="take_in_respondents"),
    path("<slug:collection>/respondents/template.csv", respondents.template, name="template"),
    path("<slug:collection>/respondents/<int:key>/", respondents.respondent, name="respondent"),
    path("<slug:collection>/respondents/<int:key>/link/", respondents.new_link, name="new_link"),
    path("<slug:collection>/respondents/<int:key>/refusal/", respondents.refusal, name="refusal"),
    path(
        "<slug:collection>/respondents/<int:key>/eligibility/",
        respondents.eligibility,
        name="eligibility",
    ),
    path("<slug:collection>/messages/", messages.overview, name="messages"),
    path("<slug:collection>/messages/left-behind/", messages.settle, name="settle"),
    path("<slug:collection>/messages/sent/<int:key>/", messages.message, name="message"),
    path("<slug:collection>/messages/<slug:purpose>/", messages.send, name="send"),
    path("<slug:collection>/messages/<slug:purpose>/text/", messages.text, name="text"),
    path(
        "<slug:collection>/messages/<slug:purpose>/preview/<int:key>/",
        messages.preview,
        name="preview",
    ),
    path("<slug:collection>/progress/", dashboard.dashboard, name="dashboard"),
    path("<slug:collection>/enter/", entry.enter, name="enter"),
    path("<slug:collection>/answers/", exports.exports, name="exports"),
    path("<slug:collection>/answers/in/", exports.take_in, name="take_in"),
]
