"""Register: a municipality's organisations and its collaboration with them, as open tables.

``schema`` says what the tables hold. Everything else here reads, writes and checks them, keeps
organisations in step with the national registers, and derives from them what a survey would ask.
"""

from samspill.register.checks import check_register
from samspill.register.folder import read_register, validate_register, write_register
from samspill.register.model import Register
from samspill.register.publicity import public_columns, public_register
from samspill.register.schema import LISTS, TABLES, Column, Kind, Table
from samspill.register.warnings import warn_of

__all__ = [
    "LISTS",
    "TABLES",
    "Column",
    "Kind",
    "Register",
    "Table",
    "check_register",
    "public_columns",
    "public_register",
    "read_register",
    "validate_register",
    "warn_of",
    "write_register",
]
