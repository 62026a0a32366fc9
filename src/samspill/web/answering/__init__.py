"""Answering a questionnaire: pages for respondents, whose link is the key."""
