"""What the pages of questions share: the choices in their forms, and identifiers in words."""
