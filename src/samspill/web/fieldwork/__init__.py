"""Fieldwork: collections, respondents, responses, messages to them, and how it goes."""
