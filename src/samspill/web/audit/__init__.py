"""The log: who changed what, when, from what to what. It can be read and added to, never edited."""
