"""Addresses of the exchange and of what is published, under a municipality's desk."""

from django.urls import path, re_path

from samspill.web.municipality.exchange.views import into, open_data, out, registers

urlpatterns = [
    path("exchange/", out.exchange, name="exchange"),
    re_path(r"^exchange/out/register\.(?P<form>zip|xlsx)$", out.take_out, name="take_out"),
    path("exchange/out/<slug:table>.<slug:form>", out.take_out_table, name="take_out_table"),
    path("exchange/file/", into.preview, name="preview_file"),
    path("exchange/file/bring/", into.bring, name="bring_file"),
    path("exchange/file/take-in/", into.confirm, name="take_in_file"),
    path("exchange/file/cancel/", into.cancel, name="cancel_file"),
    path("exchange/registers/", registers.registers, name="registers"),
    path("exchange/registers/fetch/", registers.fetch, name="fetch_registers"),
    path("exchange/registers/invented/", registers.invented, name="invented_registers"),
    path("exchange/registers/changes/", registers.preview, name="preview_registers"),
    path("exchange/registers/choose/", registers.choose, name="follow_registers"),
    path("exchange/registers/cancel/", registers.cancel, name="cancel_registers"),
    path("exchange/published/", open_data.published, name="published"),
    path("exchange/published/<slug:table>/", open_data.publish, name="publish"),
    path("data/", open_data.open_data, name="open_data"),
    path("data/<str:name>", open_data.dataset, name="dataset"),
]
