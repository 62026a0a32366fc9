"""Samspill."""
