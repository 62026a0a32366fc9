"""What collecting the static files promises to several processes that do it at once."""

from __future__ import annotations

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
