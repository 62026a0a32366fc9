"""The demonstration: made-up people and studies, and signing in as one of them."""
