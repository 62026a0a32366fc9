"""Instruments of a study: versions, import and export, preview, freezing."""
