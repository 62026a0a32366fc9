"""Organisation: the page that an organisation has with a municipality, and what anyone may see.

``own`` says what of a register an organisation sees, ``opened`` what anyone does; pages, calendars
and files are made of these two alone. Whoever speaks for an organisation comes in by an account or
by a personal link (``rules``); what they change goes through ``actions``.
"""
