"""The ways to change offers, referrals, crises and what comes of gatherings, each with its line in
the log."""
