"""Styles and scripts under names that change with their content, also where scripts import them."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Modules find each other under the same names that the pages know them by."""

    support_js_module_import_aggregation = True
