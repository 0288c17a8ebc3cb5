"""The data that is measured: a small company, and opportunities of a given number of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel import Create, Session, Update
from handsel.database.statements import run
from handsel.engine.access import Depth
from handsel.engine.rights.privileges import all_privileges
from handsel.tables.keys import new_key, new_keys

PRODUCTS = 20
PAGE = 100


@dataclass(frozen=True, slots=True)
class Company:
    """The rows that every opportunity refers to."""

    account: UUID
    price_list: UUID
    unit: UUID
    products: tuple[UUID, ...]


def make_company(session: Session) -> Company:
    """A customer with an address, a price list and twenty products."""
    group = session.execute(Create("uomschedule", {"name": f"Pieces {new_key()}", "baseuomname": "Piece"})).id
    unit = next(iter(session.queryset("uom").filter(uom_schedule_id=group))).pk
    price_list = session.execute(Create("pricelevel", {"name": "Standard"})).id
    products = []
    for number in range(PRODUCTS):
        values = {
            "name": f"Product {number}",
            "productnumber": f"P-{new_key()}",
            "defaultuomscheduleid": group,
            "defaultuomid": unit,
            "price": "100",
            "quantitydecimal": 2,
        }
        product = session.execute(Create("product", values)).id
        item = {"pricelevelid": price_list, "productid": product, "uomid": unit, "pricingmethodcode": 1}
        session.execute(Create("productpricelevel", {**item, "amount": Decimal("19.99") + number}))
        session.execute(Update("product", product, {"statecode": 0}))
        products.append(product)
    address = {"line1": "Main Street 1", "city": "Bern", "postalcode": "3000", "country": "Switzerland"}
    account = {"name": "Acme", "paymenttermscode": 2, **{f"address1_{part}": text for part, text in address.items()}}
    return Company(session.execute(Create("account", account)).id, price_list, unit, tuple(products))


def make_opportunities(session: Session, company: Company, lines: int, count: int) -> list[UUID]:
    """Opportunities with a given number of lines: one made by the ordinary message, the others copied by SQL."""
    template = session.execute(
        Create(
            "opportunity",
            {
                "name": f"{lines} lines",
                "customerid": {"table": "account", "id": company.account},
                "pricelevelid": company.price_list,
                "discountpercentage": 10,
                "freightamount": "12.5",
                "product_opportunities": [line(company, number) for number in range(lines)],
            },
        )
    ).id
    with session.entered():
        return _copies(session, template, count)


def line(company: Company, number: int) -> dict[str, Any]:
    """The values of a line. Every fourth one has a discount and tax, every tenth is written in."""
    extras = {"manualdiscountamount": "5", "tax": "1.11"} if number % 4 == 1 else {}
    if number % 10 == 9:
        return {"productdescription": f"Consulting {number}", "priceperunit": "250", "quantity": 1, **extras}
    product = company.products[number % PRODUCTS]
    return {"productid": product, "uomid": company.unit, "quantity": number % 7 + 1, **extras}


def _copies(session: Session, template: UUID, count: int) -> list[UUID]:
    """Copy an opportunity with its lines, set-based."""
    postgresql = session.context.dialect.name == "postgresql"

    def stored(key: UUID) -> Any:
        return key if postgresql else key.hex

    mark = "%s" if postgresql else "?"
    key_type = "uuid" if postgresql else "char(32)"
    run("DROP TABLE IF EXISTS bench_header")
    run("DROP TABLE IF EXISTS bench_line")
    run(f"CREATE TEMP TABLE bench_header (place integer, fresh {key_type})")
    run(f"CREATE TEMP TABLE bench_line (place integer, old {key_type}, fresh {key_type})")
    headers = new_keys(count)
    lines = [
        row[0]
        for row in run(
            f"SELECT opportunityproductid FROM opportunityproduct WHERE opportunityid = {mark} ORDER BY lineitemnumber",
            (stored(template),),
        )
    ]
    _fill("bench_header", [(index, stored(key)) for index, key in enumerate(headers)])
    for start in range(0, count, PAGE):
        places = range(start, min(start + PAGE, count))
        fresh = iter(new_keys(len(places) * len(lines)))
        _fill("bench_line", [(index, old, stored(next(fresh))) for index in places for old in lines])
    given = (stored(template),)
    columns = columns_of(session, "opportunity", without=("opportunityid",))
    run(
        f"INSERT INTO opportunity (opportunityid, {columns}) "
        f"SELECT h.fresh, {columns} FROM opportunity CROSS JOIN bench_header AS h WHERE opportunityid = {mark}",
        given,
    )
    columns = columns_of(session, "opportunityproduct", without=("opportunityproductid", "opportunityid"))
    run(
        f"INSERT INTO opportunityproduct (opportunityproductid, opportunityid, {columns}) "
        f"SELECT l.fresh, h.fresh, {columns} FROM bench_line AS l JOIN bench_header AS h ON h.place = l.place "
        f"JOIN opportunityproduct AS o ON o.opportunityproductid = l.old WHERE o.opportunityid = {mark}",
        given,
    )
    if postgresql:
        run("ANALYZE opportunity, opportunityproduct")
    return headers


def _fill(table: str, rows: Sequence[Sequence[Any]]) -> None:
    from handsel.database.statements import connection

    if connection().vendor == "postgresql":
        with connection().connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(rows[0]))
        connection().connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def columns_of(session: Session, table: str, without: Sequence[str]) -> str:
    """The columns of a table in the database, except some, as a select list."""
    stored = session.context.dialect.storage(table)
    names = (name for name, _source, _encode in stored.written(stored.names))
    return ", ".join(f'"{name}"' for name in names if name not in without)


def at_unit_depth() -> dict[str, Depth]:
    """Every privilege at unit depth, or at the smallest that there is above it."""
    return {each.name: min(depth for depth in each.depths if depth >= _least(each.depths)) for each in all_privileges()}


def _least(depths: Sequence[Depth]) -> Depth:
    return min(Depth.LOCAL, max(depths))
