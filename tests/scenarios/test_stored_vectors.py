"""Every pricing vector again through stored documents: rows made by messages, columns read back (pricing 12).

One database holds all cases; those with the same organization settings are stored together. What the rules of the
catalog would refuse (a margin of 100 %, a missing amount) is written without them, as by an import of old data: the
document must then carry the pricing error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import Refusal, Row, Session
from handsel.database.statements import run
from tests.pricing_vectors import PricingVector, read_vectors
from tests.scenarios.company import LINES

NOT_STORABLE = {"HV022", "PV034"}
"""A percentage of three decimals; the columns hold two."""

VECTORS = [vector for vector in read_vectors() if vector.id not in NOT_STORABLE]
EVERYWHERE = ("PV001", "PV007", "PV012", "PV046", "PV051", "HV025", "HV042", "HV053", "HV067", "HV071")
"""A handful of cases stored as each of the four documents."""

ORGANIZATION = {
    "pricingdecimalprecision": "pricingdecimalprecision",
    "discountcalculationmethod": "discountcalculationmethod",
    "pricelistoptional": "ispricelistmandatory",
    "roundunitdiscount": "hs_roundunitdiscount",
}
ITEM = (
    "pricingmethodcode",
    "amount",
    "percentage",
    "roundingpolicycode",
    "roundingoptioncode",
    "roundingoptionamount",
    "quantitysellingcode",
)
PRODUCT = ("defaultuomid", "price", "currentcost", "standardcost", "quantitydecimal")


@dataclass
class Case:
    """A vector on its way into the database, as one kind of document."""

    vector: PricingVector
    document: str
    currency: UUID = field(init=False)
    price_list: UUID = field(init=False)
    products: dict[str, UUID] = field(default_factory=dict)
    discounts: dict[str, UUID] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.vector.id} as {self.document}"

    def settings(self) -> tuple[tuple[str, Any], ...]:
        """The organization's settings and the base currency's decimals that the case needs."""
        given = self.vector.settings
        wanted = {column: given.get(name, False) for name, column in ORGANIZATION.items()}
        wanted["ispricelistmandatory"] = not given["pricelistoptional"]
        return (("base", given["basecurrencyprecision"]), *sorted(wanted.items()))


def cases() -> list[Case]:
    found = [Case(vector, vector.document) for vector in VECTORS]
    return found + [
        Case(vector, table)
        for vector in VECTORS
        if vector.id in EVERYWHERE
        for table in LINES
        if table != vector.document
    ]


@pytest.mark.parametrize("index", range(2))
def test_every_vector_holds_for_stored_documents(session: Session, index: int):
    wanted = sorted(cases(), key=Case.settings)
    wrong: list[str] = []
    units = unit_ids(session)
    for number, (settings, group) in enumerate(groupby(wanted, key=Case.settings)):
        if number % 2 == index:
            wrong += stored_differences(session, dict(settings), list(group), units)
    assert wrong == []


def test_the_cases_stored_everywhere_exist():
    assert set(EVERYWHERE) <= {vector.id for vector in VECTORS}


def stored_differences(
    session: Session, settings: dict[str, Any], group: list[Case], units: Mapping[str, UUID]
) -> list[str]:
    """The differences between stored documents and a group of cases with the same settings."""
    organization = next(iter(session.rows("organization")))
    session.execute(
        handsel.Update(
            "transactioncurrency", organization["basecurrencyid"], {"currencyprecision": settings.pop("base")}
        )
    )
    session.execute(handsel.Update("organization", organization.id, settings))
    make_catalog(session, group, units)
    made = session.execute_many([document(case, units) for case in group], on_refusal="collect")
    wrong = []
    for case, result in zip(group, made, strict=True):
        refused = isinstance(result, Refusal)
        if refused != case.vector.is_rejected:
            wrong.append(f"{case.name}: {result.error.message if refused else 'was not refused'}")
        elif not refused:
            wrong += [f"{case.name}: {text}" for text in differences(session, case, result.id)]
    return wrong


# The catalog


def unit_ids(session: Session) -> dict[str, UUID]:
    """The units of the vectors, all in one group. One case has another pallet; it is called `pallet of 10 gross`."""
    group = session.execute(handsel.Create("uomschedule", {"name": "Vectors", "baseuomname": "each"})).id
    units = {row["name"]: row.id for row in session.rows("uom") if row["uomscheduleid"] == group}
    for name, quantity, base in (
        ("dozen", 12, "each"),
        ("gross", 12, "dozen"),
        ("pallet", 50, "each"),
        ("pallet of 10 gross", 10, "gross"),
    ):
        values = {"name": name, "quantity": quantity, "baseuom": units[base], "uomscheduleid": group}
        units[name] = session.execute(handsel.Create("uom", values)).id
    return units


def unit_of(vector: PricingVector, name: str | None, units: Mapping[str, UUID]) -> UUID | None:
    if name is None:
        return None
    other = vector.units[name].get("baseuom") == "gross"
    return units["pallet of 10 gross" if other else name]


def make_catalog(session: Session, group: Sequence[Case], units: Mapping[str, UUID]) -> None:
    """Currencies, price lists, discount lists, products and items of all cases, one list of messages per table."""
    create(session, "transactioncurrency", group, currency, "currency")
    create(
        session,
        "pricelevel",
        group,
        lambda case: {"name": case.name, "transactioncurrencyid": case.currency},
        "price_list",
    )
    discounts(session, group)
    products(session, group, units)
    items(session, group, units)


def create(session: Session, table: str, group: Sequence[Case], values: Any, attribute: str) -> None:
    rows = session.execute_many([handsel.Create(table, values(case)) for case in group])
    for case, row in zip(group, rows, strict=True):
        setattr(case, attribute, row.id)


_codes = (f"{first}{second}{third}" for first in "QXYZ" for second in "ABCDEFGHIJ" for third in "ABCDEFGHIJ")


def currency(case: Case) -> dict[str, Any]:
    settings = case.vector.settings
    return {
        "currencyname": case.name,
        "isocurrencycode": next(_codes),
        "currencysymbol": "x",
        "currencyprecision": settings["currencyprecision"],
        "exchangerate": settings["exchangerate"],
    }


def discounts(session: Session, group: Sequence[Case]) -> None:
    wanted = [(case, name, row) for case in group for name, row in case.vector.discount_types.items()]
    if not wanted:
        return
    messages = []
    for case, name, row in wanted:
        values = {"name": f"{case.name} {name}", "isamounttype": row["isamounttype"]}
        messages.append(
            handsel.Create(
                "discounttype", values | ({"transactioncurrencyid": case.currency} if row["isamounttype"] else {})
            )
        )
    for (case, name, _), made in zip(wanted, session.execute_many(messages), strict=True):
        case.discounts[name] = made.id
    ranges = [
        ({"discounttypeid": case.discounts[name], **part}, row["isamounttype"])
        for case, name, row in wanted
        for part in row["ranges"]
    ]
    valid = [{**values, "amount" if by_amount else "percentage": 1} for values, by_amount in ranges]
    make_exactly(session, "discount", [values for values, _ in ranges], valid, ("amount", "percentage"))


def products(session: Session, group: Sequence[Case], units: Mapping[str, UUID]) -> None:
    wanted = [(case, name, row) for case in group for name, row in case.vector.products.items()]
    exact, valid = [], []
    for case, name, row in wanted:
        facts = {column: row.get(column) for column in PRODUCT}
        facts["defaultuomid"] = unit_of(case.vector, row.get("defaultuom"), units)
        named = {"name": name, "productnumber": f"{case.name} {name}", "transactioncurrencyid": case.currency}
        exact.append({**named, **facts})
        valid.append({**named, "defaultuomid": units["each"], "quantitydecimal": 5})
    made = make_exactly(session, "product", exact, valid, PRODUCT, always_valid=True)
    session.execute_many([handsel.Update("product", row.id, {"statecode": 0}) for row in made])
    for (case, name, _), row in zip(wanted, made, strict=True):
        case.products[name] = row.id


def items(session: Session, group: Sequence[Case], units: Mapping[str, UUID]) -> None:
    exact, valid = [], []
    for case in group:
        for row in case.vector.items:
            key = {
                "pricelevelid": case.price_list,
                "productid": case.products[row["product"]],
                "uomid": unit_of(case.vector, row["uom"], units),
                "discounttypeid": case.discounts.get(row.get("discounttype")),
            }
            exact.append({**key, **{column: row.get(column) for column in ITEM}})
            valid.append({**key, "pricingmethodcode": 1, "amount": 1})
    make_exactly(session, "productpricelevel", exact, valid, ITEM)


def make_exactly(
    session: Session,
    table: str,
    exact: Sequence[Mapping[str, Any]],
    valid: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    always_valid: bool = False,
) -> list[Row]:
    """Create rows; those the rules refuse as valid ones. Then write by SQL what differs from `exact`."""
    if not exact:
        return []
    made = session.execute_many(
        [handsel.Create(table, values) for values in (valid if always_valid else exact)], on_refusal="collect"
    )
    refused = [index for index, row in enumerate(made) if isinstance(row, Refusal)]
    if refused:
        again = session.execute_many([handsel.Create(table, valid[index]) for index in refused])
        for index, row in zip(refused, again, strict=True):
            made[index] = row
    differing = [
        (row.id, {column: as_stored(values.get(column), row[column]) for column in columns})
        for row, values in zip(made, exact, strict=True)
        if any(as_stored(values.get(column), row[column]) != row[column] for column in columns)
    ]
    overwrite(session, table, columns, differing)
    return made


def as_stored(value: Any, like: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value


def overwrite(
    session: Session, table: str, columns: Sequence[str], rows: Iterable[tuple[UUID, Mapping[str, Any]]]
) -> None:
    """Write columns of rows straight into the database."""
    with session.entered():
        dialect = session.context.dialect
        stored, mark = dialect.storage(table), dialect.mark
        assigned = ", ".join(f'"{column}" = {mark}' for column in columns)

        def encoded(column: str, value: Any) -> Any:
            encode = stored.encoders[column]
            return value if encode is None or value is None else encode(value)

        for id, row in rows:
            values = [*(encoded(column, row[column]) for column in columns), encoded(stored.key, id)]
            run(f'UPDATE "{table}" SET {assigned} WHERE "{stored.key}" = {mark}', values)


# The documents


def document(case: Case, units: Mapping[str, UUID]) -> handsel.Create:
    """The message that stores a case."""
    values: dict[str, Any] = {
        "name": case.name,
        "pricelevelid": case.price_list,
        "transactioncurrencyid": case.currency,
    }
    values |= {name: value for name, value in case.vector.header.items() if value is not None}
    if case.document == "opportunity":
        values["isrevenuesystemcalculated"] = True
    lines = [line(case, row, units) for row in case.vector.lines]
    return handsel.Create(case.document, {**values, LINES[case.document][1]: lines})


def line(case: Case, row: Mapping[str, Any], units: Mapping[str, UUID]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in ("id", "product", "uom")}
    if row.get("product") is not None:
        values["productid"] = case.products[row["product"]]
        values["uomid"] = unit_of(case.vector, row.get("uom"), units)
    return {**values, "description": row["id"]}


def differences(session: Session, case: Case, id: UUID) -> list[str]:
    """Columns stored otherwise than expected."""
    table, vector = LINES[case.document][0], case.vector
    lines = {row["description"]: row for row in session.rows(table, f"{case.document}id eq {id}")}
    header = session.retrieve(case.document, id)
    wrong = [
        f"{name}.{column} is {lines[name][column]}, expected {value}"
        for name, expected in vector.expected_lines.items()
        for column, value in expected.items()
        if not equal(lines[name][column], value)
    ]
    for column, value in vector.expected_header.items():
        if column == "estimatedvalue" and case.document != "opportunity":
            continue
        if not equal(header[column], value):
            wrong.append(f"{column} is {header[column]}, expected {value}")
    return wrong


def equal(found: Any, expected: Any) -> bool:
    return found is not None and Decimal(found) == Decimal(expected)
