"""The code that a municipality has in its address."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MUNICIPALITY_CODE = RegexValidator(
    r"^[0-9]{4}([0-9]{2})?\Z",
    _("Use the four digits of a municipality, or the six of a city district."),
)
