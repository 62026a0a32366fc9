"""The pages of an organisation (``own``, ``data``, ``exchange``), its links, the public desk."""
