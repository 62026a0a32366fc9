"""How many have answered, and who is missing."""
