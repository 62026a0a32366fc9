"""Addresses of the interviews workspace."""

from django.urls import include, path

from samspill.web.interviews.views import editing, live, notes, overview, quoting, text, undoing

app_name = "interviews"
of_a_text = [
    path("", text.text, name="text"),
    path("tree/", text.tree, name="tree"),
    path("edit/", editing.edit, name="edit_text"),
    path("codings/", quoting.codings, name="codings"),
    path("codings/code/", quoting.code, name="code_quote"),
    path("codings/<uuid:coding>/take-away/", quoting.remove, name="remove_quote"),
    path("codings.json", live.codings, name="codings_json"),
    path("changes.json", live.changes, name="changes_json"),
    path("memos.json", notes.notes, name="memos_json"),
    path("memos/add/", notes.add, name="add_text_memo"),
    path("codings/add/", live.add, name="add_coding"),
    path("codings/<uuid:coding>/change/", live.change, name="change_coding"),
    path("codings/<uuid:coding>/remove/", live.remove, name="remove_coding"),
]
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("undo/", undoing.undo, name="undo"),
    path("redo/", undoing.redo, name="redo"),
    path("codes.css", text.styles, name="styles"),
    path("sources/<uuid:source>/", include(of_a_text)),
]
