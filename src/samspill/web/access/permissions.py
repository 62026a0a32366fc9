"""What can be done in a study, and at a municipality's desk."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a role may or may not do in a study."""

    READ_STUDY = "read_study"
    EDIT_STUDY = "edit_study"
    MANAGE_MEMBERS = "manage_members"
    READ_LOG = "read_log"
    EDIT_UNITS = "edit_units"
    EDIT_INSTRUMENTS = "edit_instruments"
    READ_FIELDWORK = "read_fieldwork"
    RUN_FIELDWORK = "run_fieldwork"
    READ_RESPONSES = "read_responses"
    ENTER_RESPONSES = "enter_responses"
    EXPORT = "export"
    CODE_TEXT = "code_text"
    EDIT_SOURCES = "edit_sources"
    READ_KEY = "read_key"
    READ_RESULTS = "read_results"
    PUBLISH = "publish"


class DeskPermission(StrEnum):
    """One thing that a role may or may not do at a municipality's desk."""

    READ_REGISTER = "read_register"
    EDIT_REGISTER = "edit_register"
    EXCHANGE_REGISTER = "exchange_register"
    EDIT_PLAN = "edit_plan"
    HANDLE_OFFERS = "handle_offers"
    RUN_PULSE = "run_pulse"
    READ_CHANGES = "read_changes"
    ERASE_PERSONS = "erase_persons"
    MANAGE_POSITIONS = "manage_positions"
    OPEN_DESK = "open_desk"
