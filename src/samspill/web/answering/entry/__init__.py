"""Entry of answers received by telephone or on paper, on the pages that respondents see."""
