"""Mirror: how a municipality stands, by its own register and by both sides' answers, and what can
be done.

The numbers are the library's (``samspill.register.mirror``, ``samspill.typology``); they are
derived once for each change of the register (``kept``). The pulse is a study of the municipality's
own, sent and answered as any other; a person's review of an answer is the app's own record.
"""
