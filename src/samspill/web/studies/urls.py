"""Addresses of studies."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samspill.web.audit.views import log
from samspill.web.studies.views import (
    attributes,
    imports,
    members,
    next_wave,
    overview,
    reforms,
    units,
    waves,
)


class UnitsFormat(StringConverter):
    """A format that units are written in."""

    regex = "csv|xlsx"


register_converter(UnitsFormat, "units_format")

app_name = "studies"
urlpatterns = [
    path("", overview.mine, name="list"),
    path("new/", overview.new, name="new"),
    path("<slug:study>/", overview.overview, name="overview"),
    path("<slug:study>/edit/", overview.edit, name="edit"),
    path("<slug:study>/delete/", overview.delete, name="delete"),
    path("<slug:study>/members/", members.members, name="members"),
    path("<slug:study>/members/add/", members.add, name="add_member"),
    path("<slug:study>/members/<int:member>/", members.change, name="change_member"),
    path("<slug:study>/waves/", waves.waves, name="waves"),
    path("<slug:study>/waves/new/", waves.new, name="new_wave"),
    path("<slug:study>/waves/<slug:wave>/", waves.edit, name="edit_wave"),
    path("<slug:study>/waves/<slug:wave>/delete/", waves.delete, name="delete_wave"),
    path("<slug:study>/next-wave/", next_wave.plan, name="next_wave"),
    path("<slug:study>/comparable/", reforms.panel, name="panel"),
    path("<slug:study>/comparable.csv", reforms.panel_file, name="panel_file"),
    path("<slug:study>/units/", units.units, name="units"),
    path("<slug:study>/units.<units_format:format>", units.export, name="export_units"),
    path(
        "<slug:study>/units/template.<units_format:format>", units.template, name="units_template"
    ),
    path("<slug:study>/units/import/", imports.upload, name="import_units"),
    path("<slug:study>/units/import/<int:upload>/", imports.columns, name="map_units"),
    path("<slug:study>/units/import/<int:upload>/preview/", imports.preview, name="preview_units"),
    path("<slug:study>/units/import/<int:upload>/confirm/", imports.confirm, name="confirm_units"),
    path("<slug:study>/units/import/<int:upload>/cancel/", imports.cancel, name="cancel_units"),
    path("<slug:study>/units/changes/", reforms.changes, name="changes"),
    path("<slug:study>/units/changes/<int:upload>/", reforms.preview, name="preview_changes"),
    path(
        "<slug:study>/units/changes/<int:upload>/confirm/",
        reforms.confirm,
        name="confirm_changes",
    ),
    path("<slug:study>/units/changes/<int:upload>/cancel/", reforms.cancel, name="cancel_changes"),
    path("<slug:study>/attributes/", attributes.attributes, name="attributes"),
    path("<slug:study>/attributes/<slug:attribute>/", attributes.edit, name="edit_attribute"),
    path("<slug:study>/unit/<str:unit>/", units.unit, name="unit"),
    path("<slug:study>/log/", log, name="log"),
]
