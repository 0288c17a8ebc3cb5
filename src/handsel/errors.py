"""Every refusal as an exception: a sentence for people, a documented code for programs.

    HandselError
    ├── BadRequest                 400  the request makes no sense
    │   ├── InvalidArgument             0x80040203  a parameter is wrong or missing
    │   ├── UnknownColumn               0x80048d19  a column the table does not have
    │   ├── InvalidValue                0x80048d19  a value of the wrong type
    │   ├── TextTooLong                 0x80044331
    │   ├── NumberOutOfRange            0x80044330
    │   ├── RequiredFieldMissing        0x80040200
    │   └── StatusNotValidForState      0x80048408
    ├── Refused                    400  a rule of the sales process forbids it
    │   ├── InvalidState                0x80040233
    │   ├── ReadOnly                    0x8004022e / 0x80040228 / 0x80043b09
    │   └── Refused with any other code of behaviour 9
    ├── NotFound                   404  0x80040217  no such row (or none this user may see)
    ├── PrivilegeDenied            403  0x80040220; 0x8004f502 / 0x8004f507 for a secured column
    ├── Conflict                   412  the row is not as the caller expects
    │   ├── VersionMismatch             0x80060882
    │   ├── DuplicateRecord             0x80040237 / 0x80060892
    │   └── DuplicateFound              0x80040333  a rule of duplicate detection found one
    ├── DatabaseUnavailable        503  0x80044150  the database does not answer; try again
    │   ├── Busy                            rows, or the whole database, stayed locked
    │   ├── NotWritable                     a full disk, or one that can only be read
    │   └── TimeLimitExceeded               0x80044151  a question took longer than it may
    └── SetupError                      no database, a database of another program, another Django project
        ├── SchemaTooOld                    the database needs `handsel upgrade`
        └── SchemaTooNew                    the database was made or upgraded by a newer Handsel

Codes are fixed, texts may change (behaviour 9, Web API 11). Each error names the record, if there is one, and says what
was refused, why, and what to do next.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

from handsel.json_value import JsonObject

_Part = TypeVar("_Part")


class Code(enum.IntEnum):
    """The documented codes, by their published names."""

    INVALID_ARGUMENT = 0x80040203
    REQUIRED_FIELD_MISSING = 0x80040200
    CANNOT_SHARE_WITH_OWNER = 0x80040214
    OBJECT_DOES_NOT_EXIST = 0x80040217
    PRIVILEGE_DENIED = 0x80040220
    USER_DISABLED = 0x80040225
    CANNOT_DELETE_DUE_TO_ASSOCIATION = 0x80040227
    CANNOT_DELETE_AS_IT_IS_READ_ONLY = 0x80040228
    CANNOT_ASSIGN_TO_DISABLED_USER = 0x8004022B
    CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY = 0x8004022E
    CANNOT_UPDATE_OBJECT_BECAUSE_IT_IS_INACTIVE = 0x80040230
    INVALID_STATE = 0x80040233
    DUPLICATE_RECORD = 0x80040237
    BUSINESS_RULE = 0x80040265
    DUPLICATE_RECORDS_FOUND = 0x80040333
    SQL_ERROR = 0x80044150
    SQL_TIMEOUT = 0x80044151
    UNKNOWN_TABLE = 0x80041102
    UNKNOWN_ATTRIBUTE = 0x80041103
    MONEY_SIZE_EXCEEDED = 0x80040317
    NUMBER_OUT_OF_RANGE = 0x80044330
    TEXT_TOO_LONG = 0x80044331
    USER_HAS_NO_ROLES = 0x80042F09
    USER_LOOP_BEING_CREATED = 0x80041D25
    CANNOT_DELETE_SYS_ADMIN = 0x80041D2E
    CANNOT_REMOVE_FROM_SYS_ADMIN = 0x80041D30
    CANNOT_MODIFY_SYS_ADMIN = 0x80041D31
    CANNOT_DISABLE_SELF = 0x80041D38
    CANNOT_DISABLE_LAST_ADMINISTRATOR = 0x80041D39
    ROLE_OF_ANOTHER_UNIT = 0x80041409
    ROLE_IS_INHERITED = 0x8004140C
    CANNOT_DELETE_DEFAULT_TEAM = 0x80048307
    CANNOT_SET_PARENT_DEFAULT_TEAM = 0x80048308
    CANNOT_CHANGE_MEMBERS_OF_DEFAULT_TEAM = 0x8004830C
    ATTACHMENT_TOO_LARGE = 0x80044A02
    ACCESS_DENIED = 0x80048306
    CANNOT_SHARE_SYSTEM_MANAGED_TEAM = 0x80048339
    COLUMN_CANNOT_BE_SECURED = 0x8004F501
    SECURED_COLUMN_CREATE_DENIED = 0x8004F502
    ADMINISTRATOR_PROFILE_IS_FIXED = 0x8004F505
    SECURED_COLUMN_UPDATE_DENIED = 0x8004F507
    COLUMN_IS_NOT_SECURED = 0x8004F508
    STATUS_NOT_VALID_FOR_STATE = 0x80048408
    QUOTE_REVISE_EXISTING_ACTIVE_QUOTE = 0x80048D00
    INVALID_PAYLOAD = 0x80048D19
    QUERY_SYNTAX = 0x80060888
    RESOURCE_NOT_FOUND = 0x8006088A
    NO_ROW_FOR_ALTERNATE_KEY = 0x80060891
    DUPLICATE_ALTERNATE_KEY = 0x80060892
    SECURED_COLUMN_IN_KEY = 0x80060896
    VERSION_MISMATCH = 0x80060882
    USER_NOT_MEMBER_OF_ORGANIZATION = 0x80072560
    THROTTLING_TIME_EXCEEDED = 0x80072321
    THROTTLING_BURST_REQUEST_LIMIT_EXCEEDED = 0x80072322
    THROTTLING_CONCURRENCY_LIMIT_EXCEEDED = 0x80072326
    PARENT_READ_ONLY = 0x80043B09
    ENTITY_IS_LOCKED = 0x80043B1D
    ENTITY_IS_UNLOCKED = 0x80043B1E
    QUALIFY_LEAD_CREATE_DENIED = 0x80081018
    MISSING_OPPORTUNITY_ID = 0x80043B15
    MISSING_PRICE_LEVEL_ID = 0x80043B12
    MISSING_PRODUCT_ID = 0x80043B11
    PRODUCT_DOES_NOT_EXIST = 0x80043B24
    MISSING_UOM_ID = 0x80043B0D
    UNIT_DOES_NOT_EXIST = 0x80043B1B
    PRODUCT_INVALID_UNIT = 0x80043B14
    UNIT_NOT_IN_SCHEDULE = 0x80043B16
    INVALID_PRICE_PER_UNIT = 0x80043B10
    PRODUCT_INVALID_PRICE_LEVEL_PERCENTAGE = 0x80043B0C
    DUPLICATE_PRODUCT_PRICE_LEVEL = 0x80043B08
    PRODUCT_INVALID_QUANTITY_DECIMAL = 0x80043B07
    PRICE_LEVEL_IS_DEFAULT = 0x80043B04
    DISCOUNT_RANGE_OVERLAP = 0x80043B02
    LOW_QUANTITY_GREATER_THAN_HIGH_QUANTITY = 0x80043B01
    LOW_QUANTITY_LESS_THAN_ZERO = 0x80043B00
    DISCOUNT_PERCENT = 0x80043B21
    DISCOUNT_AMOUNT = 0x80043B20
    DISCOUNT_AMOUNT_AND_PERCENT = 0x80043B1F
    UNIT_LOOP_BEING_CREATED = 0x80043B1A
    UNIT_LOOP_EXISTS = 0x80043B19
    PRODUCT_AND_WRITE_IN = 0x80043AFB
    UNIT_AND_WRITE_IN = 0x80043AFA
    INVOICE_CLOSE_API = 0x80043B25
    RECORD_AND_PRICELIST_CURRENCY_NOT_EQUAL = 0x80048CF6
    OPPORTUNITY_CURRENCY_NOT_EQUAL = 0x80048CEF
    QUOTE_AND_SALES_ORDER_CURRENCY_NOT_EQUAL = 0x80048CEE
    SALES_ORDER_AND_INVOICE_CURRENCY_NOT_EQUAL = 0x80048CED
    CURRENCY_NOT_EQUAL = 0x80048CEA
    PRICE_LIST_AND_PRODUCT_CURRENCY_NOT_EQUAL = 0x80048CF9
    DISCOUNT_LIST_AND_PRICE_LIST_CURRENCY_NOT_EQUAL = 0x80048CF8
    INVALID_EXCHANGE_RATE = 0x80048CFD
    INVALID_CURRENCY = 0x80048CFC
    CURRENCY_MISSING = 0x80048CFB
    BASE_CURRENCY_OVERFLOW = 0x80048CEC
    BASE_CURRENCY_UNDERFLOW = 0x80048CEB

    @property
    def text(self) -> str:
        """The code as the Web API prints it: `0x80040217`."""
        return f"0x{self:08x}"


class HandselError(Exception):
    """The root of everything Handsel raises on purpose."""

    default_code = Code.BUSINESS_RULE
    status = 400
    retry_after: int | None = None
    """After how many seconds the same call may succeed; None where waiting does not help."""

    def __init__(self, message: str, code: Code | None = None, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = self.default_code if code is None else code
        self.details = details
        after = details.get("retry_after")
        if isinstance(after, int):
            self.retry_after = after

    def as_dict(self) -> JsonObject:
        """`{"code", "message"}` as in the body of a Web API error."""
        return {"code": self.code.text, "message": self.message}


class BadRequest(HandselError):
    """The request makes no sense, whatever the state of the database."""

    default_code = Code.INVALID_ARGUMENT


class InvalidArgument(BadRequest):
    """A parameter is missing, unknown or wrong."""


class UnknownColumn(BadRequest):
    """A column that the table does not have."""

    default_code = Code.INVALID_PAYLOAD


class InvalidValue(BadRequest):
    """A value that its column's type cannot hold."""

    default_code = Code.INVALID_PAYLOAD


class TextTooLong(BadRequest):
    """A text longer than its column."""

    default_code = Code.TEXT_TOO_LONG


class NumberOutOfRange(BadRequest):
    """A number outside the range of its column."""

    default_code = Code.NUMBER_OUT_OF_RANGE


class RequiredFieldMissing(BadRequest):
    """A column that must have a value has none."""

    default_code = Code.REQUIRED_FIELD_MISSING


class StatusNotValidForState(BadRequest):
    """A status reason that belongs to another state."""

    default_code = Code.STATUS_NOT_VALID_FOR_STATE


class Refused(HandselError):
    """A rule of the sales process forbids the change."""


class InvalidState(Refused):
    """The row's state does not allow the step."""

    default_code = Code.INVALID_STATE


class ReadOnly(Refused):
    """The document, or the document of the line, can no longer be changed."""

    default_code = Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY


class NotFound(HandselError):
    """No such row, or none that this user may see."""

    default_code = Code.OBJECT_DOES_NOT_EXIST
    status = 404


class PrivilegeDenied(HandselError):
    """The user lacks a privilege."""

    default_code = Code.PRIVILEGE_DENIED
    status = 403


class Conflict(HandselError):
    """The row is not as the caller expects."""

    status = 412


class VersionMismatch(Conflict):
    """The row was changed since the caller read it."""

    default_code = Code.VERSION_MISMATCH


class DuplicateRecord(Conflict):
    """A row with this key exists already."""

    default_code = Code.DUPLICATE_RECORD


class DuplicateFound(Conflict):
    """A rule of duplicate detection says that such a row exists already, and the caller asked for the check."""

    default_code = Code.DUPLICATE_RECORDS_FOUND


class DatabaseUnavailable(HandselError):
    """The database does not answer, or not as it should."""

    default_code = Code.SQL_ERROR
    status = 503
    retry_after: int | None = 5


class Busy(DatabaseUnavailable):
    """The database stayed locked, in conflict or overloaded; nothing was changed, try again."""

    retry_after = 1


class NotWritable(DatabaseUnavailable):
    """The database can be read but not written: a full disk, a read-only file."""

    retry_after = 30


class TimeLimitExceeded(DatabaseUnavailable):
    """A question to the database took longer than it may. It was stopped; asked again, it would take as long."""

    default_code = Code.SQL_TIMEOUT
    retry_after = None


class SetupError(HandselError):
    """The database cannot be opened as it is."""


class SchemaTooOld(SetupError):
    """The database has an older schema than this Handsel needs. `handsel upgrade` brings it forward."""


class SchemaTooNew(SetupError):
    """The database has a newer schema than this Handsel knows. The Handsel that made it, or a newer one, opens it."""


def abbreviated(value: object) -> str:
    """A caller's value for an error message: shortened, as JSON writes it, a row by its table and id.

    A text stands in single quotes, to be told from the quotes of the sentence.
    """
    if isinstance(value, tuple) and [type(part) for part in value] == [str, UUID]:
        return f"{value[0]} {value[1]}"
    text = repr(value) if isinstance(value, str) else _as_json(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _as_json(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_quoted(name)}: {_quoted(part)}' for name, part in _first(value.items()))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, _first(value)))}]"
    return str(value) if isinstance(value, (Decimal, UUID)) else repr(value)


def _quoted(value: object) -> str:
    return json.dumps(value[:60], ensure_ascii=False) if isinstance(value, str) else _as_json(value)


def _first(parts: Iterable[_Part]) -> Iterable[_Part]:
    """As many parts as a shortened value can show."""
    return islice(parts, 30)


def enumerated(parts: Iterable[str], word: str = "and") -> str:
    """Things as a sentence lists them: `A`, `A and B`, `A, B and C`; or with another word."""
    *others, last = parts
    return f"{', '.join(others)} {word} {last}" if others else last


def not_found(table: str, key: UUID | str) -> NotFound:
    """The error for an unknown row, in the words clients match on (Web API 11)."""
    return NotFound(f"{table} With Id = {key} Does Not Exist", table=table, id=str(key))
