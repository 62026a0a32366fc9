"""What changes the mirror's own records, with its audit."""
