"""The pages of a questionnaire, whoever fills them in: each takes a request and a ``Desk``."""
