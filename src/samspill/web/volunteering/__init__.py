"""Volunteering: whoever offers help is received, and led to an organisation that can follow up.

``actions`` are the ways to change anything, ``suggesting`` says who could receive an offer and
``capacity`` how much room there is. Persons reach their own offer, and organisations what they
are asked, by a link (``links``); what is no longer needed is erased (``actions.erasing``).
"""
