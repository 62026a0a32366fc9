"""The design of a study: which units are its cases, whom to interview there, and what to ask."""
