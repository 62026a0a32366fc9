"""The pages of an organisation (``own``, ``data``, ``exchange``), its links, and the public desk."""
