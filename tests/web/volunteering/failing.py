"""A mail server that refuses everything, and repeats the address as it does."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages):
        refused = {address: (550, b"no") for m in email_messages for address in m.to}
        raise smtplib.SMTPRecipientsRefused(refused)
