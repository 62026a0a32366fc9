"""A register in the forms that others have agreed on, and their files checked.

Open Referral HSDS 3, 360Giving 1.4, iCalendar, DCAT-AP-NO, and plain tables. Everything is made of
what anyone may see, unless the export is said to be internal.
"""

from samspill.register.interchange.calendar import calendar
from samspill.register.interchange.catalogue import catalogue
from samspill.register.interchange.checking import check_grants, check_services
from samspill.register.interchange.grants import grants
from samspill.register.interchange.hsds import hsds
from samspill.register.interchange.writing import FORMATS, Wishes, export

__all__ = [
    "FORMATS",
    "Wishes",
    "calendar",
    "catalogue",
    "check_grants",
    "check_services",
    "export",
    "grants",
    "hsds",
]
