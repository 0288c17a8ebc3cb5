"""Which rules hold for which of the system tables: fixed rows, valid views and maps, exchange rates."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.system.connect_rules import (
    ONE_ORGANIZATION,
    READ_ONLY_LABELS,
    READ_ONLY_MESSAGES,
    check_fetch_xml,
    protect_system_views,
)
from handsel.chain.system.duplicate_rules import check_conditions, check_rules
from handsel.chain.system.note_rules import changed_notes, fill_notes
from handsel.engine.crud.hooks import Entry, each_entry, fill, rule
from handsel.engine.customization.definitions import count_metadata_change
from handsel.engine.forbidding import forbid, forbidden_verb
from handsel.engine.rights.privileges import Privilege, cover, cover_wholly, limit_verbs, open_to_readers
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, Refused, UnknownColumn
from handsel.tables.cascades import PARENTAL
from handsel.tables.facts import Writable
from handsel.tables.info import TableInfo, table_info
from handsel.tables.referring import cascade, restrict

restrict("transactioncurrency")
for _table in table_info("annotation").columns["objectid"].targets:
    cascade(_table, "annotation", "objectid", PARENTAL)
forbid("organization", ONE_ORGANIZATION, "create", "delete")
forbid("stringmap", READ_ONLY_LABELS, "create", "update", "delete")
for _table in ("sdkmessage", "sdkmessagefilter"):
    forbid(_table, READ_ONLY_MESSAGES, "create", "update", "delete")

rule("delete", "savedquery")(protect_system_views)
for _table in ("savedquery", "userquery"):
    rule("create", _table)(check_fetch_xml)
    rule("update", _table)(check_fetch_xml)


for _verb in ("create", "update"):
    rule(_verb, "duplicaterule")(check_rules)
    rule(_verb, "duplicaterulecondition")(check_conditions)
fill("annotation")(fill_notes)
rule("update", "annotation")(changed_notes)
cascade("duplicaterule", "duplicaterulecondition", "regardingobjectid")
cascade("duplicaterule", "annotation", "objectid")


@rule("create", "attributemap")
@rule("update", "attributemap")
def map_columns_exist(work: Work, entries: Sequence[Entry]) -> None:
    """A map names columns of its two tables, and the target column is writable.

    What Handsel itself maps cannot be switched off.
    """
    maps = work.as_system.load("entitymap", [entry.row["entitymapid"] for entry in entries])

    def check(entry: Entry) -> None:
        row = entry.row
        entity_map = maps[row["entitymapid"]]
        names = (entity_map["sourceentityname"], entity_map["targetentityname"])
        source, target = (work.info(table_named(name).logical_name) for name in names)
        wanted = row["targetattributename"]
        for info, name in ((source, row["sourceattributename"]), (target, wanted)):
            if name not in info.columns:
                raise UnknownColumn(f"{info.label} has no column '{name}' to map.", table=info.logical_name)
        if not target.columns[wanted].writable & Writable.CREATE:
            raise InvalidArgument(f"{target.label}: {wanted} is written by Handsel alone. Map to another column.")
        if row.get("hs_isswitchedoff"):
            if row.get("issystem"):
                raise InvalidArgument(
                    f"{source.label} to {target.label}: {wanted} is copied by Handsel's own map, which cannot be "
                    "switched off. Own columns can, and mappings that were added.",
                    table=row.table,
                    column="hs_isswitchedoff",
                )
            return  # it copies nothing, so its columns need not fit
        _require_same_tables(source, row["sourceattributename"], target, wanted)
        _require_kinds_fit(source, row["sourceattributename"], target, wanted)

    each_entry(work, entries, check)


def _require_same_tables(source: TableInfo, name: str, target: TableInfo, wanted: str) -> None:
    """Refuse a map that could copy an id to a column that refers to another table, or is no lookup."""
    held = (source.logical_name,) if name == source.primary_key else source.columns[name].targets
    taken = target.columns[wanted].targets
    if bool(held) is not bool(taken) or not set(held) <= set(taken):
        raise InvalidArgument(
            f"{source.label}: {name} refers to {' or '.join(held) or 'no table'}, but {target.label}: {wanted} to "
            f"{' or '.join(taken) or 'none'}. Map columns that refer to the same tables."
        )


_TEXTS = frozenset(("String", "Memo"))
_NUMBERS = frozenset(("Integer", "BigInt", "Decimal", "Double", "Money", "Picklist", "State", "Status"))
_BECOME = {
    **dict.fromkeys(_TEXTS, _TEXTS | _NUMBERS | {"DateTime"}),
    **dict.fromkeys(_NUMBERS, _NUMBERS),
    "Boolean": frozenset(("Boolean",)),
    "DateTime": frozenset(("DateTime",)),
}
"""The kinds that some values at least of a kind fit into: a text may hold a number or a date."""


def _require_kinds_fit(source: TableInfo, name: str, target: TableInfo, wanted: str) -> None:
    """Refuse a map that would refuse every conversion, since no value of the one column fits into the other."""
    here, there = source.columns[name].kind, target.columns[wanted].kind
    if here in _BECOME and there not in _BECOME[here]:
        raise InvalidArgument(
            f"{source.label}: {name} is {here} and {target.label}: {wanted} is {there}, so no value of the one fits "
            "into the other. Map columns of one type."
        )


@rule("create", "attributemap")
@rule("update", "attributemap")
@rule("delete", "attributemap")
def maps_changed(work: Work, entries: Sequence[Entry]) -> None:
    """A changed map applies from the next conversion on, in every process."""
    if entries:
        count_metadata_change()


@rule("create", "entitymap")
def mapped_tables_exist(work: Work, entries: Sequence[Entry]) -> None:
    """A map joins two tables, and rows of its target can be created, so that something can be copied into them."""

    def check(entry: Entry) -> None:
        names = (entry.row["sourceentityname"], entry.row["targetentityname"])
        source, target = (table_named(name) for name in names)
        reason = forbidden_verb("create", target.logical_name)
        if reason is not None:
            raise Refused(f"Nothing can be mapped from {source.logical_name} to {target.logical_name}. {reason}")

    each_entry(work, entries, check)


@rule("create", "entitymap")
@rule("update", "entitymap")
def conversion_policy_changed(work: Work, entries: Sequence[Entry]) -> None:
    """What is set for one pair of tables applies from the next conversion on, in every process."""
    if any(entry.changed("hs_secondconversion") for entry in entries):
        count_metadata_change()


@rule("update", "transactioncurrency")
def currency_changed(work: Work, entries: Sequence[Entry]) -> None:
    """The base currency's rate is 1 and stays so (pricing 1); no rate is zero or less.

    The organization holds a copy of the base currency's decimals.
    """
    base = work.organization.settings.get("basecurrencyid")
    for entry in entries:
        if entry.row.id == base and entry.changed("currencyprecision"):
            settings = work.as_system.load("organization", [work.organization.settings.id])
            precision = {"basecurrencyprecision": entry.row.get("currencyprecision")}
            work.update(entry.item, settings[work.organization.settings.id], precision)
        rate = entry.row.get("exchangerate")
        if entry.row.id == base and entry.changed("exchangerate", "isocurrencycode"):
            work.refuse(
                entry.item,
                Refused(
                    "The base currency keeps its code and the exchange rate 1. Change the other currencies' rates.",
                    Code.INVALID_EXCHANGE_RATE,
                ),
            )
        elif rate is None or rate <= 0:
            work.refuse(entry.item, Refused("An exchange rate must be above 0.", Code.INVALID_EXCHANGE_RATE))


open_to_readers("Customization", "stringmap", "sdkmessage", "sdkmessagefilter")
open_to_readers("EntityMap", "entitymap", "attributemap")
open_to_readers("Organization", "organization")
limit_verbs("Organization", Privilege.READ, Privilege.WRITE, Privilege.APPEND_TO)
open_to_readers("Query", "savedquery")
cover("Note", "annotation")
cover_wholly("DuplicateRule", "duplicaterule", "duplicaterulecondition")
