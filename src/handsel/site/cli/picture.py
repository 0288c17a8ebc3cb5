"""What a document looks like to a person: its header, lines, and the names of everything they refer to, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.database.row import Reference, Row
from handsel.engine.access import ReadAs
from handsel.engine.organization import Organization, read_settings
from handsel.engine.reading import fetch
from handsel.errors import not_found
from handsel.tables.info import TableInfo, table_info

if TYPE_CHECKING:
    from handsel.site.session import Session


@dataclass(frozen=True, slots=True)
class Picture:
    """A document with its lines. `names` gives the name of every row that header or lines refer to."""

    kind: DocumentKind
    info: TableInfo
    header: Row
    lines: tuple[Row, ...]
    names: Mapping[UUID, str]
    rows: Mapping[UUID, Row]
    organization: Organization

    @property
    def currency(self) -> str:
        """ISO code of the document's currency."""
        row = self.rows.get(self.header.get("transactioncurrencyid"))
        return str(row["isocurrencycode"]) if row else ""

    @property
    def places(self) -> int:
        """Decimals of the document's currency."""
        row = self.rows.get(self.header.get("transactioncurrencyid"))
        return int(row["currencyprecision"]) if row and row.get("currencyprecision") is not None else 2

    @property
    def price_places(self) -> int:
        """Decimals of prices per unit."""
        precision = self.organization.settings.get("pricingdecimalprecision")
        return 2 if precision is None else int(precision)

    @property
    def title(self) -> str:
        """`Quote QUO-01000-A1B2C3, revision 1`; an opportunity by its name."""
        number = self.header.get(self.kind.number) or self.header.id
        revision = self.header.get("revisionnumber")
        return f"{self.info.label} {number}" + (f", revision {revision}" if revision else "")

    @property
    def state(self) -> str:
        """State and status reason: `Active (In Progress)`."""
        return state_text(self.info, self.header)

    def name(self, column: str) -> str:
        """The name of what a lookup of the header refers to."""
        return self.names.get(self.header.get(column), "")


def state_text(info: TableInfo, row: Mapping[str, Any]) -> str:
    """State and status reason in words, each said once."""
    state = info.columns["statecode"].labels.get(row["statecode"], str(row["statecode"]))
    status = info.columns["statuscode"].labels.get(row.get("statuscode") or 0, "")
    return f"{state} ({status})" if status and status != state else state


def take_picture(session: Session, document: Reference) -> Picture:
    """Read a document for people. Raises NotFound when it is gone."""
    with session.entered():
        organization = read_settings(session.context)
        info = organization.table(document.table)
        found = fetch(document.table, info.primary_key, [document.id], read_as=ReadAs.USER)
        if not found:
            raise not_found(document.table, document.id)
        organization.revive(document.table, found)
        header, kind = found[0], kind_of(document.table)
        order = ("lineitemnumber", f"{kind.lines}id")
        lines = fetch(kind.lines, kind.parent, [document.id], read_as=ReadAs.USER, order=order)
        line_info = organization.table(kind.lines)
        organization.revive(kind.lines, lines)
        rows = _referred(info, [header]) | _referred(line_info, lines)
    names = {id: str(row.get(table_info(row.table).primary_name) or "") for id, row in rows.items()}
    return Picture(kind, info, header, tuple(lines), names, rows, organization)


_SKIPPED = frozenset(("createdby", "modifiedby", "createdonbehalfby", "modifiedonbehalfby", "owningbusinessunit"))


def _referred(info: TableInfo, rows: Iterable[Row]) -> dict[UUID, Row]:
    """The rows that the lookups of some rows name, one statement per table."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        for column in info.columns.values():
            value = row.get(column.logical_name)
            if not isinstance(value, UUID) or column.logical_name in _SKIPPED or column.parent_column is not None:
                continue
            if column.split:
                for table, part in column.split.items():
                    if row.get(part) == value:
                        wanted[table].add(value)
            elif len(column.targets) == 1 and not column.type_column:
                wanted[column.targets[0]].add(value)
    found: dict[UUID, Row] = {}
    for table, ids in wanted.items():
        if table in _unknown():
            continue
        for row in fetch(table, table_info(table).primary_key, sorted(ids), read_as=ReadAs.USER):
            found[row.id] = row
    return found


def _unknown() -> frozenset[str]:
    """Tables that lookups name and that are not ours (campaign)."""
    from handsel.tables.info import all_tables

    known = {info.logical_name for info in all_tables()}
    targets = {target for info in all_tables() for column in info.columns.values() for target in column.targets}
    return frozenset(targets - known)
