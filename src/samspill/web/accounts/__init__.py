"""Accounts: signing in, second factors and passkeys, one's own page, who runs the installation."""
