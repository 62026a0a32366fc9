"""Changes of collections, their respondents, and what is sent to them."""
