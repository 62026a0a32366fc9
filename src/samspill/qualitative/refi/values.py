"""The simple types of the standard: identities, times, colours, and what XML can hold."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha1
from uuid import UUID

NAMESPACE = UUID("0b6a3f5e-3f0d-5c1b-8f5e-2d0c5a7b9e41")
"""What this room must name itself is named by a UUID of version 5 (RFC 9562) in here."""

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32}")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)?"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def derived(name: str) -> str:
    """The identity of what has none of its own, always the same for the same name."""
    digits = sha1(
        NAMESPACE.bytes + name.encode("utf-8", "surrogatepass"), usedforsecurity=False
    ).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def is_guid(text: str) -> bool:
    """Whether it is an identity as ``Project`` has them: lower case, without braces."""
    return GUID.fullmatch(text) is not None


def read_guid(text: str) -> tuple[str, bool]:
    """An identity in lower case without braces, and whether the text was one. One that was not gets
    an identity derived from it, so that what refers to it still does."""
    if GUID.fullmatch(text):
        return text, True
    plain = text.strip().lower().removeprefix("{").removesuffix("}").strip()
    if GUID.fullmatch(plain):
        return plain, True
    plain = plain.removeprefix("urn:uuid:").replace("-", "")
    if _HEXADECIMAL.fullmatch(plain):
        return str(UUID(plain)), True
    return derived(f"guid/{text.strip()}"), False


def read_colour(text: str) -> str | None:
    """``#rrggbb`` in lower case, or None where it is none (Project.xsd, ``RGBType``)."""
    plain = text.strip().lower()
    if not _COLOUR.fullmatch(plain):
        return None
    return plain if len(plain) == 7 else "#" + "".join(2 * digit for digit in plain[1:])


@lru_cache(maxsize=4096)
def is_time(text: str) -> bool:
    """Whether it is an ``xsd:dateTime`` of the years 1 to 9999."""
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    try:
        datetime.fromisoformat(f"{found['day']}T{found['clock']}")
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Whether it is an ``xsd:date`` without a time zone."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_boolean(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower())


def read_integer(text: str) -> int | None:
    plain = text.strip()
    if re.fullmatch(r"[+-]?[0-9]{1,18}", plain):
        return int(plain)
    return None


def fits_xml(text: str) -> bool:
    """Whether every character may stand in XML 1.0 (production 2, ``Char``)."""
    return _NOT_XML.search(text) is None


def for_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold."""
    return _NOT_XML.sub(REPLACEMENT, text)
