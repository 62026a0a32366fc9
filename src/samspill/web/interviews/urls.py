"""Addresses of the interviews workspace."""

from django.urls import path, re_path

from samspill.web.interviews.views import (
    about,
    agreement,
    codes,
    history,
    matrix,
    memos,
    overview,
    passages,
    quotes,
    sides,
    together,
)

app_name = "interviews"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("sources/<uuid:guid>/about/", about.about, name="about"),
    path("sources/<uuid:guid>/remove/", about.remove, name="remove_source"),
    path("codes/", codes.codes, name="codes"),
    path("codes/new/", codes.new, name="new_code"),
    path("codes/shipped/", codes.ship, name="ship_codes"),
    path("codes/<uuid:guid>/", codes.code, name="code"),
    path("codes/<uuid:guid>/move/", codes.move, name="move_code"),
    path("codes/<uuid:guid>/merge/", codes.merge, name="merge_code"),
    path("codes/<uuid:guid>/split/", codes.split, name="split_code"),
    path("codes/<uuid:guid>/remove/", codes.remove, name="remove_code"),
    path("matrix/", matrix.show, name="matrix"),
    re_path(r"^matrix\.(?P<form>csv|xlsx)\Z", matrix.download, name="matrix_file"),
    path("passages/", passages.show, name="passages"),
    path("together/", together.show, name="together"),
    path("sides/", sides.show, name="sides"),
    path("quotes/", quotes.show, name="quotes"),
    path("quotes.md", quotes.download, name="quotes_file"),
    path("agreement/", agreement.show, name="agreement"),
    path("agreement/differences/", agreement.differences, name="differences"),
    path("agreement/settle/", agreement.decide, name="decide"),
    path("memos/", memos.memos, name="memos"),
    path("memos/<uuid:guid>/", memos.memo, name="memo"),
    path("memos/<uuid:guid>/remove/", memos.remove, name="remove_memo"),
    path("history/", history.history, name="history"),
]
