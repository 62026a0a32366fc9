"""Who may do what: permissions, the roles that carry them, and the one place that asks.

``permissions`` and ``roles`` are plain data. A view says what it takes with one of the rules in
``rules``; the middleware refuses whatever says nothing.
"""
