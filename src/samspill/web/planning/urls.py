"""Addresses of a municipality's plan."""

from django.urls import URLPattern, URLResolver, include, path

from samspill.web.planning.views import (
    adding,
    council,
    criteria,
    making,
    measures,
    overview,
    reminders,
    wheel,
)

app_name = "planning"
of_a_process: list[URLPattern | URLResolver] = [
    path("", making.process, name="process"),
    path("hearing/", making.hearing, name="hearing"),
    path("invitations/", making.invite, name="invitations"),
    path("invitations/marked/", making.mark, name="mark_invited"),
    path("inputs/<slug:given>/", making.given, name="input"),
    path("inputs/<slug:given>/answer/", making.answer, name="answer"),
    path("adoption/", making.adoption, name="adoption"),
]
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("policies/new/", adding.policy, name="new_policy"),
    path("goals/new/", adding.goal, name="new_goal"),
    path("measures/new/", adding.measure, name="new_measure"),
    path("measures/<slug:identifier>/", measures.measure, name="measure"),
    path("measures/<slug:identifier>/status/", measures.status, name="status"),
    path("year/", wheel.year, name="year"),
    path("criteria/", criteria.points, name="criteria"),
    path("criteria/<slug:criterion>/", criteria.judgement, name="judge"),
    path("council/", council.page, name="council"),
    path("council.pdf", council.pdf, name="council_pdf"),
    path("public/", council.public, name="public"),
    path("making/", making.processes, name="making"),
    path("making/new/", making.new, name="new_process"),
    path("making/<slug:identifier>/", include(of_a_process)),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/send/", reminders.send, name="send_reminders"),
    path("reminders/stop/<str:signed>/", reminders.stop, name="stop"),
]
