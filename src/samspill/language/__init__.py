"""Languages: which there are, how numbers are written in them, and translated messages.

Languages are data (``languages.toml``); messages stand in gettext catalogues, one file a room
and language (``catalogues/<language>/<room>.po``), with English as the message identifier.
"""

from samspill.language.faults import said, said_with_problems, translate, translate_problem
from samspill.language.languages import Language, language, languages
from samspill.language.numbers import format_number, format_p, format_percent
from samspill.language.translation import Translator, translator

__all__ = [
    "Language",
    "Translator",
    "format_number",
    "format_p",
    "format_percent",
    "language",
    "languages",
    "said",
    "said_with_problems",
    "translate",
    "translate_problem",
    "translator",
]
