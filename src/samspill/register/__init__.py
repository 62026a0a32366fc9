"""Register: a municipality's organisations and its collaboration with them, as open tables.

``schema`` says what the tables hold. Everything else here reads, writes and checks them, keeps
organisations in step with the national registers, and derives from them what a survey would ask.
"""

from samspill.register.schema import LISTS, TABLES, Column, Kind, Table

__all__ = ["LISTS", "TABLES", "Column", "Kind", "Table"]
