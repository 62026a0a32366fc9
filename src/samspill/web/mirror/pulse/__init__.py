"""The pulse: both sides asked the same, round by round."""
