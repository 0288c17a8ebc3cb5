"""AddColumn: a custom column, which an organization adds without code (architecture 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from handsel.database.row import Item, Reference
from handsel.engine.access import TablelessPrivilege
from handsel.engine.customization.columns import KINDS, collection_name
from handsel.engine.customization.definitions import hold_definitions, new_definition
from handsel.engine.customization.relationships import checked_cascades
from handsel.engine.customization.string_map import add_labels
from handsel.engine.handlers import handles
from handsel.engine.journal import write_entry
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, Refused
from handsel.tables.facts import Required
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.intersects import intersect_named
from handsel.tables.keys import new_key
from handsel.tables.relations import all_collections_of

LONGEST_TEXT = 4_000
LONGEST_MEMO = 1_048_576
"""The largest length of a text and a memo column, as in Dataverse."""

_NAME = re.compile(r"[a-z][a-z0-9]{1,7}_[a-z0-9_]{1,50}")
_RELATIONSHIP_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,199}")
_NUMBERS = ("integer", "decimal", "money")
BEHAVIORS = ("UserLocal", "TimeZoneIndependent")
"""How a moment is interpreted; a column of type date has the third behavior of Dataverse, DateOnly."""
FORMATS = {
    "text": ("Text", "TextArea", "Email", "Url", "TickerSymbol", "Phone", "VersionNumber", "Json", "RichText"),
    "memo": ("Text", "TextArea", "Email", "Json", "RichText", "InternalExtentData"),
    "datetime": ("DateAndTime", "DateOnly"),
}
"""How forms show a value, as in Dataverse; no check depends on it."""


@dataclass(frozen=True, slots=True)
class AddColumn(Message[Mapping[str, object]]):
    """Add a custom column to a table: text, memo, integer, decimal, money, boolean, choice, date, datetime or lookup.

    `options` maps the values of a choice to their labels, `target` names the table of a lookup, `relationship` what the
    two form, and `cascades` what that does, by verb: `{"Delete": "Cascade"}` (tables 10). `required` is true, or one of
    the levels of Dataverse, of which only SystemRequired is enforced. `behavior` of a datetime is UserLocal or
    TimeZoneIndependent. The result says how the column is called. Raises InvalidArgument for a definition that makes no
    sense, Refused for a name that is taken.
    """

    needs: ClassVar[Needs] = Needs(further=(TablelessPrivilege.CUSTOMIZE,))
    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str
    type: str
    label: str = ""
    max_length: int | None = None
    precision: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    options: Mapping[str, str] | None = None
    target: str | None = None
    required: bool | str = False
    description: str = ""
    format: str | None = None
    behavior: str | None = None
    relationship: str | None = None
    cascades: Mapping[str, str] | None = None

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(AddColumn)
def add_columns(work: Work, items: list[Item[AddColumn]]) -> None:
    """Store the definitions."""
    hold_definitions(work.organization)
    taken: set[tuple[str, str]] = set()

    def add(item: Item[AddColumn]) -> None:
        asked = item.message
        info = work.info(table_named(asked.table).logical_name)
        if info.is_view:
            raise Refused(info.only_shows("Add the column to"))
        name = _checked_name(asked.name)
        if name in info.columns or (info.logical_name, name) in taken:
            raise Refused(f"{info.label} already has a column {name}. Choose another name.")
        taken.add((info.logical_name, name))
        if asked.type == "lookup" and asked.target:
            target = table_named(asked.target).logical_name
            collection = _checked_collection(work, info, name, asked)
            if (target, collection) in taken:
                raise Refused(f"{target} already has something called {collection}. Name the relationship otherwise.")
            taken.add((target, collection))
        definition = _definition(asked)
        if asked.cascades:
            required = definition["required"] in (True, Required.SYSTEM)
            definition["cascades"] = checked_cascades(info, asked.cascades, required=required)
        values: dict[str, Any] = {
            "tablename": info.logical_name,
            "logicalname": name,
            "schemaname": asked.name,
            "label": asked.label or asked.name,
            "kind": KINDS[asked.type],
            **{key: value for key, value in definition.items() if value not in (None, {}, False, "")},
        }
        key = new_key()
        new_definition(key, info.logical_name, name, asked.name, values["label"], KINDS[asked.type], definition)
        column = ColumnInfo(name, asked.name, KINDS[asked.type], values["label"], options=definition["options"])
        add_labels(info.logical_name, name, column.labels, work.organization.settings.id, work.organization.version)
        write_entry(work, "AddColumn", "create", Reference("hs_customcolumn", key), values)
        item.result = values

    work.each(items, add)


def _checked_name(name: str) -> str:
    lower = name.lower()
    if not _NAME.fullmatch(lower) or lower.startswith("hs_"):
        raise InvalidArgument(
            f"'{name}' cannot name a custom column. Take a prefix of two to eight letters, an underscore and a name, "
            "for example new_projectcode; hs_ is Handsel's own prefix."
        )
    return lower


def _checked_collection(work: Work, info: TableInfo, name: str, asked: AddColumn) -> str:
    """The collection of the target with the rows that refer to it. Raises Refused for a name that is taken there."""
    target = work.info(table_named(asked.target or "").logical_name)
    collection = collection_name(info.logical_name, name, target.logical_name, asked.relationship)
    if not _RELATIONSHIP_NAME.fullmatch(collection):
        raise InvalidArgument(
            f"'{collection[:100]}' cannot name a relationship. Take letters, digits and underscores, at most 200, "
            "for example new_contact_account."
        )
    singles = {each for column in target.columns.values() for each in column.navigation.values()}
    taken = {*target.columns, *singles, *all_collections_of(target)}
    if collection in taken or intersect_named(target.logical_name, collection):
        raise Refused(f"{target.label} already has something called {collection}. Name the relationship otherwise.")
    return collection


def _definition(asked: AddColumn) -> dict[str, Any]:
    """What is stored about a column besides its names, checked."""
    if asked.type not in KINDS:
        raise InvalidArgument(f"There is no column type '{asked.type}'. Take one of {', '.join(KINDS)}.")
    for name, allowed in _APPLIES.items():
        if getattr(asked, name) not in (None, {}) and asked.type not in allowed:
            raise InvalidArgument(f"{name} belongs to {' and '.join(allowed)} columns, not to {asked.type}.")
    check_limits(asked.type, asked.max_length, asked.precision, asked.minimum, asked.maximum)
    if asked.behavior not in (None, *BEHAVIORS):
        raise InvalidArgument(f"behavior is one of {', '.join(BEHAVIORS)}, not '{asked.behavior}'.")
    if asked.format is not None and asked.format not in FORMATS[asked.type]:
        known = ", ".join(FORMATS[asked.type])
        raise InvalidArgument(f"format of a {asked.type} column is one of {known}, not '{asked.format}'.")
    if asked.type == "choice" and not asked.options:
        raise InvalidArgument("A choice column needs options, for example 1:Small 2:Large.")
    if asked.type == "lookup" and not asked.target:
        raise InvalidArgument("A lookup column needs a target: the table it refers to, for example account.")
    return {
        "max_length": asked.max_length,
        "precision": asked.precision,
        "minimum": asked.minimum,
        "maximum": asked.maximum,
        "options": _options(asked.options or {}),
        "target": table_named(asked.target).logical_name if asked.target else None,
        "required": level_of(asked.required),
        "description": asked.description,
        "format": asked.format,
        "behavior": (asked.behavior or BEHAVIORS[0]) if asked.type == "datetime" else None,
        "relationship": asked.relationship,
    }


def check_limits(
    type: str, max_length: int | None, precision: int | None, minimum: Decimal | None, maximum: Decimal | None
) -> None:
    """Refuse invalid limits of a column."""
    longest = LONGEST_MEMO if type == "memo" else LONGEST_TEXT
    if max_length is not None and not 1 <= max_length <= longest:
        raise InvalidArgument(f"max_length of a {type} column is 1 to {longest}, not {max_length}.")
    if precision is not None and not 0 <= precision <= 4:
        raise InvalidArgument(f"precision is 0 to 4 decimals, not {precision}.")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise InvalidArgument(f"minimum {minimum} is above maximum {maximum}.")


def level_of(required: bool | str) -> bool | str:
    """A level of requirement as it is stored."""
    if isinstance(required, str) and required not in list(Required):
        raise InvalidArgument(f"required is true, false or one of {', '.join(Required)}, not '{required}'.")
    return str(required) if isinstance(required, str) else bool(required)


_APPLIES = {
    "max_length": ("text", "memo"),
    "precision": ("decimal", "money"),
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "options": ("choice",),
    "target": ("lookup",),
    "relationship": ("lookup",),
    "cascades": ("lookup",),
    "behavior": ("datetime",),
    "format": ("text", "memo", "datetime"),
}


def _options(given: Mapping[str, Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    for value, label in given.items():
        text = str(value)
        if not re.fullmatch(r"\d{1,9}", text) or not isinstance(label, str) or not label:
            raise InvalidArgument(f"An option is a whole number and a label, for example 1:Small, not {text}:{label}.")
        found[int(text)] = label
    return found
