"""Formats of dates where Django's own could be misread; Norwegian ones are Django's."""
