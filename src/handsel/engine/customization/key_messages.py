"""AddKey and RemoveKey: an organization's custom alternate keys (Web API 10)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from handsel.database.row import Item, Reference
from handsel.engine.access import TablelessPrivilege
from handsel.engine.customization.definitions import hold_definitions
from handsel.engine.customization.keys import duplicate, new_key_definition, remove_key_definition
from handsel.engine.customization.secured import secured_row
from handsel.engine.handlers import handles
from handsel.engine.journal import write_entry
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import Code, Conflict, InvalidArgument, NotFound, Refused
from handsel.tables.info import AlternateKey, ColumnInfo, TableInfo
from handsel.tables.keys import new_key
from handsel.tables.relations import all_keys_of

MAX_KEYS, MAX_COLUMNS, MAX_TEXT = 10, 16, 450
"""Keys of a table, columns of a key, and characters of all its texts together: the documented 900 bytes."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{1,7}_[A-Za-z0-9_]{1,80}")
_KINDS = ("String", "Integer", "DateTime", "Picklist", "Lookup")
_DECLARED_KINDS = (*_KINDS, "Decimal", "Uniqueidentifier")


@dataclass(frozen=True, slots=True)
class AddKey(Message[Mapping[str, object]]):
    """Let rows of a table be addressed by the values of some columns, which no two rows may then share.

    `columns` are declared or custom. The result is the key's name. Raises InvalidArgument for columns that can
    be in no key, Refused for a name or a key that exists, Conflict (0x80060892) for rows that share values already.
    """

    needs: ClassVar[Needs] = Needs(further=(TablelessPrivilege.CUSTOMIZE,))
    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str
    columns: Sequence[str]
    label: str = ""

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(AddKey)
def add_keys(work: Work, items: list[Item[AddKey]]) -> None:
    """Store the definitions and build the indexes."""
    hold_definitions(work.organization)

    def add(item: Item[AddKey]) -> None:
        asked = item.message
        info = work.info(table_named(asked.table).logical_name)
        if info.is_view:
            raise Refused(info.only_shows("Add the key to"))
        columns = _checked(info, asked.columns)
        _refuse_secured(work, info, columns)
        _check_name(info, asked.name)
        if set(columns) in [set(each) for each in all_keys_of(info)]:
            raise Refused(f"{info.label} already has a key of {' + '.join(columns)}.")
        shared = duplicate(info, columns)
        if shared is not None:
            values = ", ".join(f"{name} {value}" for name, value in zip(columns, shared, strict=True))
            raise Conflict(
                f"{info.label}: several rows have {values}, so {' + '.join(columns)} cannot be a key. Change them.",
                Code.DUPLICATE_ALTERNATE_KEY,
            )
        key = AlternateKey(new_key(), asked.name.lower(), asked.name, asked.label or asked.name, columns)
        new_key_definition(info, key)
        values_ = {"tablename": info.logical_name, "schemaname": key.schema_name, "columns": list(columns)}
        write_entry(work, "AddKey", "create", Reference("hs_customkey", key.id), values_)
        item.result = {**values_, "id": key.id, "logicalname": key.logical_name}

    work.each(items, add)


def _refuse_secured(work: Work, info: TableInfo, columns: Sequence[str]) -> None:
    secured = [name for name in columns if secured_row(work, info.logical_name, name) is not None]
    if secured:
        raise Refused(
            f"{info.label}: {secured[0]} is secured, so it can be in no key: keys tell that a value exists. Open it "
            "first, or take another column.",
            Code.SECURED_COLUMN_IN_KEY,
        )


def _check_name(info: TableInfo, name: str) -> None:
    if not _NAME.fullmatch(name) or name.lower().startswith("hs_"):
        raise InvalidArgument(
            f"'{name}' cannot name a key. Take a prefix of two to eight letters, an underscore and a name, for example "
            "new_codekey; hs_ is Handsel's own prefix."
        )
    if name.lower() in [key.logical_name for key in info.custom_keys]:
        raise Refused(f"{info.label} already has a key {name}. Choose another name.")
    if len(info.custom_keys) >= MAX_KEYS:
        raise InvalidArgument(f"{info.label} has {MAX_KEYS} keys, which is the most a table can have.")


def _checked(info: TableInfo, names: Sequence[str]) -> tuple[str, ...]:
    if not names or isinstance(names, str) or len(set(names)) < len(names) or len(names) > MAX_COLUMNS:
        raise InvalidArgument(f"A key has 1 to {MAX_COLUMNS} columns, each once.")
    columns = [_column(info, name) for name in names]
    length = sum(column.max_length or 0 for column in columns if column.kind == "String")
    if length > MAX_TEXT:
        raise InvalidArgument(
            f"The texts of a key have at most {MAX_TEXT} characters together, not {length} as {', '.join(names)}."
        )
    return tuple(column.logical_name for column in columns)


def _column(info: TableInfo, name: str) -> ColumnInfo:
    column = info.columns.get(name)
    if column is None:
        raise InvalidArgument(f"{info.label} has no column '{name}', so it cannot be part of a key.")
    kinds = _KINDS if column.is_custom else _DECLARED_KINDS
    stands_here = column.is_custom or column.field is not None
    if column.kind not in kinds or not stands_here or column.split or column.type_column:
        raise InvalidArgument(
            f"{info.label}: {name} ({column.kind}) cannot be part of a key. Texts, whole numbers, dates, choices and "
            "lookups of one table can."
        )
    return column


@dataclass(frozen=True, slots=True)
class RemoveKey(Message[None]):
    """Remove a custom key: rows may share its values from then on. Raises NotFound for an unknown one."""

    needs: ClassVar[Needs] = Needs(further=(TablelessPrivilege.CUSTOMIZE,))
    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(RemoveKey)
def remove_keys(work: Work, items: list[Item[RemoveKey]]) -> None:
    """Remove the definitions and the indexes."""
    hold_definitions(work.organization)

    def remove(item: Item[RemoveKey]) -> None:
        info = work.info(table_named(item.message.table).logical_name)
        key = next((each for each in info.custom_keys if each.logical_name == item.message.name.lower()), None)
        if key is None:
            raise NotFound(f"{info.label} has no custom key {item.message.name}.")
        remove_key_definition(key)
        about = {"tablename": info.logical_name, "schemaname": key.schema_name}
        write_entry(work, "RemoveKey", "delete", Reference("hs_customkey", key.id), about)

    work.each(items, remove)
