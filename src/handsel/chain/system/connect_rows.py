"""Standard rows of the tables that clients look into while connecting: which tables take many rows at once, and the
system views of every table.

Ids follow from names, so they are the same in every organization.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from handsel.database.row import ColumnValue
from handsel.tables.info import TableInfo, all_tables
from handsel.tables.table import Ownership

_IDS = UUID("0b5f3a52-51ad-5d0e-8f2a-7f4a5b3f4d11")

ADMINISTRATOR = uuid5(_IDS, "role/System Administrator")
"""The id of the role that may do everything."""

MULTIPLE = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple")
"""The messages whose support clients look up before they send many rows at once."""

_SHOWN = (
    "customerid",
    "parentcustomerid",
    "emailaddress1",
    "domainname",
    "hs_message",
    "userid",
    "objecttypecode",
    "telephone1",
    "estimatedvalue",
    "totalamount",
    "duedate",
    "effectiveto",
    "ownerid",
    "statecode",
    "statuscode",
    "createdon",
)
"""The columns that a view shows besides number and name, if a table has them."""

_PASSED = (("Overdue", "duedate", 0), ("Expired", "effectiveto", 1))
"""Views of what is past its day: their word, the column with the day, and the state in which it matters."""


def connect_rows() -> Iterable[tuple[str, Mapping[str, ColumnValue]]]:
    """Each row as table and values by logical name; rows come after those they refer to.

    All rows of a table have the same columns.
    """
    for message in MULTIPLE:
        yield (
            "sdkmessage",
            {"sdkmessageid": _id("sdkmessage", message), "name": message, "isactive": True, "isprivate": False},
        )
    for info in (info for info in all_tables() if not info.is_view):
        for message in MULTIPLE:
            yield (
                "sdkmessagefilter",
                {
                    "sdkmessagefilterid": _id("sdkmessagefilter", message, info.logical_name),
                    "name": f"{message} {info.logical_name}",
                    "sdkmessageid": _id("sdkmessage", message),
                    "primaryobjecttypecode": info.logical_name,
                    "isvisible": True,
                },
            )
    for info in all_tables():
        for index, (name, conditions) in enumerate(system_views(info)):
            yield (
                "savedquery",
                {
                    "savedqueryid": _id("savedquery", info.logical_name, name),
                    "name": name,
                    "statecode": 0,
                    "statuscode": 1,
                    "returnedtypecode": info.logical_name,
                    "querytype": 0,
                    "fetchxml": view_xml(info, conditions),
                    "layoutxml": _layout_xml(info),
                    "isdefault": index == 0,
                    "isquickfindquery": False,
                    "isuserdefined": False,
                    "ismanaged": False,
                },
            )
    yield from _duplicate_rules()


_DUPLICATE_RULES = (
    ("account", "Accounts with the same e-mail address", ("emailaddress1",), True),
    ("contact", "Contacts with the same e-mail address", ("emailaddress1",), True),
    ("lead", "Leads with the same e-mail address", ("emailaddress1",), True),
    ("account", "Accounts with the same Account Name", ("name",), False),
    ("account", "Accounts with the same phone number", ("telephone1",), False),
    ("account", "Accounts with the same website", ("websiteurl",), False),
    ("contact", "Contacts with the same first name and last name", ("firstname", "lastname"), False),
    ("contact", "Contacts with the same business phone number", ("telephone1",), False),
)
"""The default rules of duplicate detection: table, name, columns, and whether they are in force (Web API 13)."""


def _duplicate_rules() -> Iterable[tuple[str, Mapping[str, ColumnValue]]]:
    for table, name, _columns, is_in_force in _DUPLICATE_RULES:
        yield (
            "duplicaterule",
            {
                "duplicateruleid": _id("duplicaterule", name),
                "name": name,
                "statecode": 1 if is_in_force else 0,
                "statuscode": 2 if is_in_force else 0,
                "baseentityname": table,
                "matchingentityname": table,
                "iscasesensitive": False,
                "excludeinactiverecords": False,
            },
        )
    for _table, name, columns, _is_in_force in _DUPLICATE_RULES:
        for column in columns:
            yield (
                "duplicaterulecondition",
                {
                    "duplicateruleconditionid": _id("duplicaterulecondition", name, column),
                    "baseattributename": column,
                    "matchingattributename": column,
                    "operatorcode": 0,
                    "ignoreblankvalues": True,
                    "regardingobjectid": _id("duplicaterule", name),
                },
            )


def _id(*names: str) -> UUID:
    return uuid5(_IDS, "/".join(names))


def system_views(info: TableInfo) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The views of a table as name and FetchXML conditions, the default one first.

    One per state ("Active Accounts"), those of the caller ("My Open Opportunities"), and all rows.
    """
    mine = '<condition attribute="ownerid" operator="eq-userid"/>'
    is_owned = info.ownership is Ownership.USER and info.parent is None and "ownerid" in info.columns
    state = info.state_column
    for value, label in state.labels.items() if state is not None else ():
        inside = f'<condition attribute="statecode" operator="eq" value="{value}"/>'
        yield f"{label} {info.plural_label}", (inside,)
        if is_owned:
            yield f"My {label} {info.plural_label}", (mine, inside)
    if is_owned:
        yield f"My {info.plural_label}", (mine,)
    for word, column, state_value in _PASSED:
        if state is not None and column in info.columns and state_value in state.labels:
            inside = f'<condition attribute="statecode" operator="eq" value="{state_value}"/>'
            passed = f'<condition attribute="{column}" operator="olderthan-x-days" value="1"/>'
            yield f"{word} {info.plural_label}", (inside, passed)
    yield f"All {info.plural_label}", ()


@functools.cache
def system_view_ids() -> frozenset[UUID]:
    """The ids of the views that every organization has."""
    views = ((info.logical_name, name) for info in all_tables() for name, _conditions in system_views(info))
    return frozenset(_id("savedquery", table, name) for table, name in views)


def view_xml(info: TableInfo, conditions: tuple[str, ...]) -> str:
    """The FetchXML of a view: the shown columns of the rows that meet the conditions, by name."""
    shown = _shown(info)
    order = next(iter(_named(info) or shown), info.primary_key)
    descending = "true" if order == "createdon" else "false"
    attributes = "".join(f'<attribute name="{name}"/>' for name in (info.primary_key, *shown))
    inside = f'<filter type="and">{"".join(conditions)}</filter>' if conditions else ""
    return (
        f'<fetch version="1.0" output-format="xml-platform" mapping="logical"><entity name="{info.logical_name}">'
        f'{attributes}<order attribute="{order}" descending="{descending}"/>{inside}</entity></fetch>'
    )


def _layout_xml(info: TableInfo) -> str:
    """The columns of a view as a grid."""
    shown = _shown(info)
    jump = shown[0] if shown else info.primary_key
    cells = "".join(f'<cell name="{name}" width="150"/>' for name in shown)
    return (
        f'<grid name="resultset" object="{info.object_type_code}" jump="{jump}" select="1" icon="1" preview="1">'
        f'<row name="result" id="{info.primary_key}">{cells}</row></grid>'
    )


def _named(info: TableInfo) -> tuple[str, ...]:
    return (info.primary_name,) if info.primary_name in info.columns and info.primary_name != info.primary_key else ()


def _shown(info: TableInfo) -> tuple[str, ...]:
    """The columns of a view: the name, if the table has one, and the most useful others."""
    numbers = (name for name, column in info.columns.items() if column.numbering is not None)
    return (*numbers, *_named(info), *(name for name in _SHOWN if name in info.columns))
