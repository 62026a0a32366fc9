"""Municipality: the coordinator's desk, a living register of who does what with whom.

``models`` are the tables of ``samspill.register``, ``actions`` the only way to change them, each
with its line in the log. Pages for any table stand in ``views``; ``groups`` says which belong
together.
"""
