"""Studies, their members, waves, units and attributes, and municipalities through reforms."""
