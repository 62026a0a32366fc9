"""Pages for anyone, for those who hold a link, and for the desk."""
