"""E-mail to respondents: what it says, who gets it, how it is handed over, and what comes back."""
