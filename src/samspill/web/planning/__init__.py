"""Planning: a municipality's policy for the voluntary sector, followed up and made with the sector.

``progress`` and ``wheel`` read the plan, ``criteria`` what stands behind each point of the
checklist, ``process`` how a new policy is made; ``reminders`` write to those who own a measure.
``actions`` are the only way to change any of it, each through the register's own with its log.
"""
