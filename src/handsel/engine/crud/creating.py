"""Creating rows: parse, set defaults, fill, resolve references, check, and add them to the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from handsel.database.row import ColumnValue, Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import (
    Draft,
    Entry,
    also_sent,
    check_duplicates,
    fills,
    load_named,
    refuse_forbidden,
    rules,
)
from handsel.engine.crud.permitting import permit_links, permit_rows, permit_verb
from handsel.engine.ids import NO_ID
from handsel.engine.lifecycle import lifecycle_of, parent_lifecycle
from handsel.engine.listing import capitalized, one
from handsel.engine.numbering import numberings
from handsel.engine.row_reader import RowReader
from handsel.engine.values import UNRESOLVED, parse_values
from handsel.engine.work import Work
from handsel.errors import (
    Code,
    DuplicateRecord,
    InvalidValue,
    NotFound,
    RequiredFieldMissing,
    not_found,
)
from handsel.money.rounding import round_amount
from handsel.tables.facts import PrecisionSource, Required
from handsel.tables.info import ColumnInfo, TableInfo
from handsel.tables.relations import all_collections_of


class Given(NamedTuple):
    """A row to create: its item, its table, its values.

    `filled` are the columns that the message itself fills. What they refer to may be hidden from the acting user; what
    the others refer to was named by the caller, who can name only what the user may see.
    """

    item: Item[object]
    table: str
    values: Mapping[str, object]
    filled: Collection[str]

    @classmethod
    def by_caller(cls, item: Item[object], table: str, values: Mapping[str, object]) -> Given:
        """A row whose values are the caller's."""
        return cls(item, table, values, ())

    @classmethod
    def by_system(cls, item: Item[object], table: str, values: Mapping[str, object]) -> Given:
        """A row whose values the message computes."""
        return cls(item, table, values, values.keys())


def create_rows(work: Work, wanted: Sequence[Given]) -> dict[int, Row]:
    """Create rows of any tables; returns them by position in `wanted`. Refused items have none.

    A value under the name of a collection (`quote_details`) is a list of child rows, created along with the row.
    """
    made: dict[int, Row] = {}
    by_table: dict[str, list[tuple[int, Given]]] = defaultdict(list)
    for position, entry in enumerate(wanted):
        by_table[entry.table].append((position, entry))
    for table, entries in by_table.items():
        made.update(_create(work, table, entries))
    return made


def _create(work: Work, table: str, entries: Sequence[tuple[int, Given]]) -> dict[int, Row]:
    info = work.info(table)
    refuse_forbidden(work, "create", table, [given.item for _, given in entries])
    drafts: dict[int, Draft] = {}
    for position, given in entries:
        if given.item.refusal is None:
            with work.refusing(given.item):
                drafts[position] = _draft(work, info, given)
    named = {position: drafts[position].named for position, given in entries if position in drafts and not given.filled}
    if named:
        permit_verb(work, Privilege.CREATE, info, named.values())
    for fill in fills(table):
        fill(work, [draft for draft in drafts.values() if draft.item.refusal is None])
    resolve(work, [(draft.item, draft.info, draft.values, draft.named) for draft in drafts.values()])
    made: dict[int, Row] = {}
    for position, draft in drafts.items():
        if draft.item.refusal is None:
            with work.refusing(draft.item):
                made[position] = _insert(work, draft)
    by_caller = [(drafts[position].item, row, named[position]) for position, row in made.items() if position in named]
    permit_rows(work, Privilege.CREATE, [(item, row) for item, row, _ in by_caller])
    permit_links(work, by_caller)
    created = [Entry(drafts[position].item, row, drafts[position].given) for position, row in made.items()]
    for check in rules("create", table):
        check(work, [entry for entry in created if entry.item.refusal is None])
    check_duplicates(work, created)
    _create_nested(work, info, [(drafts[position], row) for position, row in made.items()])
    return {position: row for position, row in made.items() if drafts[position].item.refusal is None}


def _draft(work: Work, info: TableInfo, row: Given) -> Draft:
    plain: dict[str, Any] = {}
    nested: dict[str, list[Any]] = {}
    for name, value in row.values.items():
        if isinstance(value, (list, tuple)) and name in all_collections_of(info):
            nested[name] = list(value)
        else:
            plain[name] = value
    parsed = parse_values(info, plain, also=also_sent(work, info.logical_name))
    if parsed.get(info.primary_key) == NO_ID:
        del parsed[info.primary_key]
    given = frozenset(parsed)
    named = {name: value for name, value in lookups_in(parsed).items() if name not in row.filled}
    for column in info.columns.values():
        if column.default is not None and parsed.get(column.logical_name) is None:
            parsed[column.logical_name] = column.default
    _default_state(info, parsed)
    if "ownerid" in info.columns and info.columns["ownerid"].split and parsed.get("ownerid") is None:
        expand(parsed, info.columns["ownerid"], Reference("systemuser", work.actor.user_id))
        parsed["owningbusinessunit"] = work.actor.business_unit_id
    currency = info.columns.get("transactioncurrencyid")
    needed = currency is not None and (info.money_columns or currency.required is not Required.NONE)
    if needed and info.logical_name != "transactioncurrency" and parsed.get("transactioncurrencyid") is None:
        base = work.organization.settings.get("basecurrencyid")
        if base is not None:
            parsed["transactioncurrencyid"] = Reference("transactioncurrency", base)
    return Draft(row.item, info, parsed, given, named, nested)


def _default_state(info: TableInfo, values: dict[str, Any]) -> None:
    """A new row starts in its first state; a change of state leads to another one (tables 3)."""
    column, lifecycle = info.state_column, lifecycle_of(info.logical_name)
    if column is None:
        return
    first = column.default if lifecycle is None else lifecycle.states[0].value
    asked = values.get("statecode")
    if asked is not None and asked != first:
        raise InvalidValue(
            f"{info.label}: a new row starts {column.labels[first].lower()} (statecode {first}), not "
            f"{column.labels[asked].lower()}. Create it first, then change its state.",
            Code.INVALID_ARGUMENT,
            table=info.logical_name,
            column="statecode",
        )
    if lifecycle is not None:
        values["statecode"] = first
        values["statuscode"] = lifecycle.status_for(lifecycle.state(first), values.get("statuscode"))


Resolvable = tuple[Item[object], TableInfo, dict[str, Any], Mapping[str, Reference]]
"""Values whose lookups are references still, and those of them that the caller named."""


def resolve(work: Work, drafts: Iterable[Resolvable]) -> None:
    """Check that referenced rows exist, one statement per table, and replace references by ids (and split columns).

    A row that the caller named exists when the acting user may see it.
    """
    wanted: dict[str, tuple[set[UUID], set[UUID]]] = defaultdict(lambda: (set(), set()))
    drafts = [draft for draft in drafts if draft[0].refusal is None]
    for _item, info, values, named in drafts:
        for name, value in lookups_in(values).items():
            for table in _tables_of(info.columns[name], value):
                by_caller, by_system = wanted[table]
                (by_caller if named.get(name) == value else by_system).add(value.id)
    for table in sorted(wanted):
        load_named(work, table, *wanted[table])
    for item, info, values, named in drafts:
        with work.refusing(item):
            for name, value in list(values.items()):
                column = info.columns[name]
                if isinstance(value, Reference):
                    reader = work.as_user if named.get(name) == value else work.as_system
                    row = _found(reader, info, column, value)
                    expand(values, column, row.reference)
                    if column.kind == "Owner":
                        values["owningbusinessunit"] = row.get("businessunitid")
                elif value is None and (column.split or column.type_column):
                    expand(values, column, None)


def expand(values: dict[str, ColumnValue], column: ColumnInfo, reference: Reference | None) -> None:
    """Put a reference into the columns that hold it: the id, and which table it is."""
    values[column.logical_name] = reference.id if reference else None
    for table, part in column.split.items():
        values[part] = reference.id if reference and reference.table == table else None
    if column.type_column:
        values[column.type_column] = reference.table if reference else None


def lookups_in(values: Mapping[str, object]) -> dict[str, Reference]:
    """The values that refer to rows and are not resolved yet."""
    return {name: value for name, value in values.items() if isinstance(value, Reference)}


def _tables_of(column: ColumnInfo, reference: Reference) -> Sequence[str]:
    """The tables that a reference may refer to."""
    return column.targets if reference.table == UNRESOLVED else (reference.table,)


def _found(reader: RowReader, info: TableInfo, column: ColumnInfo, reference: Reference) -> Row:
    tables = _tables_of(column, reference)
    for table in tables:
        row = reader.row(table, reference.id)
        if row is not None:
            return row
    error = not_found(tables[0], reference.id)
    raise NotFound(f"{error.message} ({info.label}: {column.logical_name})", table=tables[0], id=str(reference.id))


def _insert(work: Work, draft: Draft) -> Row:
    info, values = draft.info, draft.values
    lifecycle = parent_lifecycle(info.logical_name)
    if lifecycle is not None and info.parent is not None:
        parent = work.as_system.row(info.columns[info.parent].targets[0], values.get(info.parent))
        if parent is not None:
            lifecycle.require_editable(work, parent, line=True)
    round_money(work, info, values, values.get("transactioncurrencyid"))
    require_values(info, values)
    id = values.get(info.primary_key)
    if id is not None and work.as_system.row(info.logical_name, id) is not None:
        named = capitalized(one(info.label))
        raise DuplicateRecord(f"{named} with id {id} exists already. Leave the id out to get a new one.")
    return work.insert(draft.item, info.logical_name, values)


def require_values(info: TableInfo, values: Mapping[str, object], *, among: Container[str] | None = None) -> None:
    """Refuse a row without a value in a column that the engine needs (0x80040200).

    `among` limits the columns that are checked: an update checks those it changes.
    """
    for column in info.columns.values():
        if among is not None and column.logical_name not in among:
            continue
        if values.get(column.logical_name) is None and _is_demanded(info, column):
            raise RequiredFieldMissing(
                f"{info.label} needs a value in {column.logical_name} ({column.label}).",
                table=info.logical_name,
                column=column.logical_name,
            )


def _is_demanded(info: TableInfo, column: ColumnInfo) -> bool:
    """Whether a caller must give the column: required, writable, and not filled by the engine later."""
    if column.required is not Required.SYSTEM or column.logical_name == info.primary_key:
        return False
    numbering = numberings().get(info.logical_name)
    filled = numbering is not None and numbering.column == column.logical_name
    return bool(column.writable) and not filled and column.kind not in ("State", "Status")


def round_money(work: Work, info: TableInfo, values: dict[str, ColumnValue], currency_id: UUID | None) -> None:
    """Round given amounts to the decimals of their column (pricing 1.1)."""
    currency = work.as_system.row("transactioncurrency", currency_id)
    for name, value in values.items():
        column = info.columns.get(name)
        if column is None or column.kind != "Money" or not isinstance(value, Decimal) or column.base_of:
            continue
        values[name] = round_amount(value, money_places(work, column, currency))


def money_places(work: Work, column: ColumnInfo, currency: Row | None) -> int:
    """How many decimals an amount in `column` has."""
    if column.precision_source is PrecisionSource.OWN and column.precision is not None:
        return column.precision
    if column.precision_source is PrecisionSource.PRICING:
        precision = work.organization.settings.get("pricingdecimalprecision")
        return 2 if precision is None else precision
    precision = currency.get("currencyprecision") if currency else None
    return 2 if precision is None else precision


def _create_nested(work: Work, info: TableInfo, parents: Sequence[tuple[Draft, Row]]) -> None:
    wanted: list[Given] = []
    for draft, row in parents:
        if draft.item.refusal is not None:
            continue
        for name, children in draft.nested.items():
            child_table, column = all_collections_of(info)[name]
            for child in children:
                if not isinstance(child, Mapping):
                    work.refuse(
                        draft.item, InvalidValue(f"{info.label}: {name} takes a list of objects, not {child!r}.")
                    )
                    break
                wanted.append(Given.by_caller(draft.item, child_table, {**child, column: row.reference}))
    if wanted:
        create_rows(work, wanted)
