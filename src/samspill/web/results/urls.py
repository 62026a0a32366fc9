"""Addresses of results. They are shared and cited, so they stay."""

from django.urls import path

from samspill.web.results.change.views import change, change_file
from samspill.web.results.groups_page.views import groups, groups_file
from samspill.web.results.missing.choosing import choose
from samspill.web.results.missing.choosing import overview as weighting
from samspill.web.results.missing.views import response
from samspill.web.results.views.chapters import barriers, cases, method, ordered
from samspill.web.results.views.downloads import (
    downloads,
    numbered_figure_file,
    numbered_table_file,
)
from samspill.web.results.views.explorer import explorer, explorer_file
from samspill.web.results.views.fields import field, field_file
from samspill.web.results.views.listing import published
from samspill.web.results.views.models import models
from samspill.web.results.views.origins import number_origin
from samspill.web.results.views.overview import overview
from samspill.web.results.views.policy import policy, policy_file
from samspill.web.results.views.printed import printed, printed_file
from samspill.web.results.views.process import process, process_file
from samspill.web.results.views.publishing import draft, leave_out, publishing, withdraw
from samspill.web.results.views.report import report, report_file

app_name = "results"
urlpatterns = [
    path("", published, name="list"),
    path("<slug:study>/", overview, name="overview"),
    path("<slug:study>/explore/", explorer, name="explorer"),
    path("<slug:study>/explore/figure.<slug:form>", explorer_file, name="explorer_file"),
    path("<slug:study>/origin/<slug:indicator>/", number_origin, name="origin"),
    path("<slug:study>/fields/<slug:field>/", field, name="field"),
    path("<slug:study>/fields/<slug:field>/<slug:part>.<slug:form>", field_file, name="field_file"),
    path("<slug:study>/policy/", policy, name="policy"),
    path("<slug:study>/policy/figure.<slug:form>", policy_file, name="policy_file"),
    path("<slug:study>/groups/", groups, name="groups"),
    path("<slug:study>/groups/figure.<slug:form>", groups_file, name="groups_file"),
    path("<slug:study>/change/", change, name="change"),
    path("<slug:study>/change/<slug:part>.<slug:form>", change_file, name="change_file"),
    path("<slug:study>/response/", response, name="response"),
    path("<slug:study>/weighting/", weighting, name="weighting"),
    path("<slug:study>/weighting/<slug:collection>/", choose, name="choose_weighting"),
    path("<slug:study>/process/", process, name="process"),
    path("<slug:study>/process/figure.<slug:form>", process_file, name="process_file"),
    path("<slug:study>/barriers/", barriers, name="barriers"),
    path("<slug:study>/cases/", cases, name="cases"),
    path("<slug:study>/printed/", printed, name="printed"),
    path("<slug:study>/printed.csv", printed_file, name="printed_file"),
    path("<slug:study>/models/", models, name="models"),
    path("<slug:study>/models/ordered/", ordered, name="ordered"),
    path("<slug:study>/method/", method, name="method"),
    path("<slug:study>/report/", report, name="report"),
    path("<slug:study>/report/<slug:wanted>.<slug:form>", report_file, name="report_file"),
    path("<slug:study>/publish/", publishing, name="publish"),
    path("<slug:study>/publish/<slug:draft>/", draft, name="draft"),
    path("<slug:study>/publish/<slug:draft>/leave-out/", leave_out, name="leave_out"),
    path("<slug:study>/withdraw/", withdraw, name="withdraw"),
    path("<slug:study>/downloads/", downloads, name="downloads"),
    path("<slug:study>/figures/<str:number>.<slug:form>", numbered_figure_file, name="figure_file"),
    path("<slug:study>/tables/<str:number>.<slug:form>", numbered_table_file, name="table_file"),
]
