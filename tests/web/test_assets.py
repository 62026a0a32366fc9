"""What collecting the static files promises to several processes that do it at once."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from samspill.web import assets


def test_what_has_been_collected_is_not_collected_again(built_assets):
    """Its files come and go while another process collects, so nothing may depend on them."""
    kept = assets.BUILT / "static" / "of-another-process.txt"
    kept.write_text("there before", encoding="utf-8")
    try:
        assets.collect()
        assert kept.read_text(encoding="utf-8") == "there before"
    finally:
        kept.unlink()


def test_a_process_that_looked_before_another_had_collected_finds_the_files(
    built_assets, monkeypatch: pytest.MonkeyPatch
):
    """Two processes start at once on a new machine: one collects, the other has by then read that
    there is nothing."""
    monkeypatch.setattr(staticfiles_storage, "hashed_files", {})
    with pytest.raises(ValueError, match="manifest"):
        staticfiles_storage.url("vendor/designsystemet.css")
    assets.collect()
    assert staticfiles_storage.url("vendor/designsystemet.css").endswith(".css")
