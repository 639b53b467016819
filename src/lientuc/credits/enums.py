from enum import StrEnum


class EntrySource(StrEnum):
    """Through which door an entry came; all doors make the same draft and call the same action."""

    FORM = "form"
    EXCEL = "excel"
    API = "api"
    COMMAND = "command"
    AWARD = "award"
    REGISTER_BOOK = "register_book"
