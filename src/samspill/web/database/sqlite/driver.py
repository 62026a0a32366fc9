"""The SQLite that is spoken to: pysqlite3's own where it is installed, else the machine's."""

from __future__ import annotations

import datetime
import decimal
from typing import Any

from django.db.backends.sqlite3.base import adapt_date, adapt_datetime, decoder
from django.utils.dateparse import parse_date, parse_datetime, parse_time

try:
    from pysqlite3 import dbapi2 as found
except ImportError:
    from sqlite3 import dbapi2 as found

Database: Any = found

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", decoder(parse_date))
Database.register_converter("time", decoder(parse_time))
Database.register_converter("datetime", decoder(parse_datetime))
Database.register_converter("timestamp", decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, adapt_date)
Database.register_adapter(datetime.datetime, adapt_datetime)
