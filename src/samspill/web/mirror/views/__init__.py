"""The mirror's pages."""
