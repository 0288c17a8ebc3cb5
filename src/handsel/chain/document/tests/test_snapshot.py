"""The snapshot of a document, on both databases; amounts are worked out by hand."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db.models import Q

import handsel
from handsel import Reference
from handsel.chain.document.snapshot.document import DocumentSnapshot, take_snapshot
from handsel.chain.document.snapshot.history import (
    ColumnChange,
    DocumentChange,
    HistoryEntry,
    OtherChanges,
    read_history,
)
from handsel.chain.document.snapshot.related import read_related
from handsel.database.statements import counted_statements
from handsel.engine import access
from handsel.engine.organization import read_settings
from handsel.engine.predicate import Predicate
from handsel.engine.work import Work
from handsel.errors import NotFound
from handsel.pricing.options import ProductType
from handsel.query.formatting.amounts import CurrencyFormat
from tests.scenarios.company import Company, line, write_in


def reader(company: Company) -> Work:
    session = company.session
    return Work(session.context, read_settings(session.context), collect=False)


def taken(company: Company, table: str, id: UUID) -> DocumentSnapshot:
    with company.session.entered():
        return take_snapshot(reader(company), Reference(table, id))


def history(company: Company, table: str, id: UUID) -> tuple[HistoryEntry, ...]:
    with company.session.entered():
        return read_history(reader(company), Reference(table, id))


@pytest.fixture
def bundle(company: Company) -> UUID:
    """A workplace for 260.00, of which a desk is part."""
    [bundle] = company.products({"name": "Workplace", "productstructure": 3}, published=False)
    part = {"productid": bundle, "associatedproduct": company.desk, "quantity": 1, "productisrequired": 1}
    company.create("productassociation", **part)
    item = {"productid": bundle, "uomid": company.piece, "amount": 260, "pricingmethodcode": 1}
    company.create("productpricelevel", pricelevelid=company.price_list, **item)
    company.update("product", bundle, statecode=0)
    return bundle


@pytest.fixture
def quote(company: Company, bundle: UUID) -> UUID:
    """12 lamps less 9.88 with 4.00 tax, a workplace, a removal for 2 × 20.50; less 10 % and 3.00, freight 15.00."""
    return company.quote(
        line(bundle),
        line(company.lamp, 12, manualdiscountamount=Decimal("9.88"), tax=4),
        write_in("Removal", Decimal("20.50"), 2),
        discountpercentage=10,
        discountamount=3,
        freightamount=15,
    )


def test_a_quote_with_a_bundle_and_a_write_in(company: Company, quote: UUID) -> None:
    snapshot = taken(company, "quote", quote)
    number = company.columns("quote", quote, "quotenumber")[0]
    assert (snapshot.title, snapshot.state) == (f"Quote {number}", "Draft (In Progress)")
    assert snapshot.header.reference == snapshot.reference == Reference("quote", quote)
    assert (snapshot.header.name("customerid"), snapshot.header.name("pricelevelid")) == ("Acme", "Standard")
    assert [(each.number, each.product, each.unit, each.quantity, each.amount) for each in snapshot.lines] == [
        (1, "Workplace", "Piece", Decimal(1), Decimal("260.00")),
        (4, "Desk", "Piece", Decimal(1), Decimal("0.00")),  # made after the lines that were given
        (2, "Lamp", "Piece", Decimal(12), Decimal("234.00")),  # 239.88 - 9.88 + 4.00
        (3, "Removal", "", Decimal(2), Decimal("41.00")),
    ]


def test_what_kind_of_line_each_is(company: Company, quote: UUID) -> None:
    workplace, desk, lamp, removal = taken(company, "quote", quote).lines
    assert workplace.is_bundle
    assert (desk.is_part, desk.is_included) == (True, True)
    assert lamp.product_type == ProductType.PRODUCT
    assert not any((lamp.is_part, lamp.is_bundle, lamp.is_written_in, lamp.is_price_overridden, lamp.pricing_error))
    assert (lamp.price_per_unit, lamp.manual_discount, lamp.tax) == (Decimal("19.99"), Decimal("9.88"), Decimal(4))
    assert removal.is_written_in
    assert removal.row["productdescription"] == "Removal"
    assert lamp.row.name("productid") == "Lamp"


def test_the_totals(company: Company, quote: UUID) -> None:
    totals = taken(company, "quote", quote).totals
    # 260.00 + 230.00 + 41.00 = 531.00; less 10 % of it, 53.10, and 3.00; with 15.00 freight and 4.00 tax.
    assert (totals.detail_amount, totals.before_freight) == (Decimal("531.00"), Decimal("474.90"))
    assert (totals.percentage_discount, totals.discount_amount) == (Decimal("-53.10"), Decimal(3))
    assert (totals.freight, totals.tax, totals.total) == (Decimal(15), Decimal(4), Decimal("493.90"))


def test_a_document_in_another_currency(company: Company) -> None:
    id = company.quote(line(company.lamp, 2), pricelevelid=company.euro_list, transactioncurrencyid=company.euro)
    snapshot = taken(company, "quote", id)
    assert not snapshot.is_in_base_currency
    assert snapshot.currency == CurrencyFormat("EUR", "€", 2)
    assert snapshot.base_currency == CurrencyFormat("USD", "$", 2)
    # 39.98 € at 0.8 € for a dollar.
    assert (snapshot.totals.exchange_rate, snapshot.totals.base_total) == (Decimal("0.8"), Decimal("49.98"))
    assert snapshot.totals.percentage_discount is None


def test_nobody_can_change_it(company: Company, quote: UUID) -> None:
    snapshot = taken(company, "quote", quote)
    for target, name in ((snapshot, "lines"), (snapshot.header, "id"), (snapshot.lines[0], "product")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(target, name, None)
    for values in (snapshot.header, snapshot.header.columns, snapshot.header.names, snapshot.lines[0].row):
        with pytest.raises(TypeError):
            values["name"] = "Other"  # type: ignore[index]
    assert isinstance(snapshot.lines, tuple)


def test_equal_rows_make_equal_snapshots(company: Company, quote: UUID) -> None:
    first, second = taken(company, "quote", quote), taken(company, "quote", quote)
    assert first == second
    assert first.header is not second.header
    company.update("account", company.acme, name="Acme & Sons")
    renamed = taken(company, "quote", quote)
    assert renamed != first
    assert dict(renamed.header) == dict(first.header)
    company.update("quote", quote, freightamount=16)
    assert taken(company, "quote", quote).totals != first.totals
    assert first.totals.freight == Decimal(15)


def test_custom_columns_come_along_typed(company: Company) -> None:
    company.do(handsel.AddColumn("quote", "new_who", "lookup", target="contact"))
    id = company.quote(new_who=Reference("contact", company.ann))
    header = taken(company, "quote", id).header
    assert (header["new_who"], header.name("new_who")) == (company.ann, "Ann Lee")
    assert "hs_custom" not in header


def test_the_statements_do_not_grow_with_the_lines(company: Company) -> None:
    counted = []
    for count in (1, 1, 40):
        id = company.quote(*[line(company.lamp)] * count)
        with counted_statements() as statements:
            taken(company, "quote", id)
        counted.append(len(statements.statements))
    assert counted[1] == counted[2]


def hide(monkeypatch: pytest.MonkeyPatch, id: UUID) -> None:
    """Take a row out of what the acting user may read."""
    others = Predicate("but one", lambda bind: ~Q(pk=bind("hidden")), {"hidden": id})
    monkeypatch.setattr(access, "predicate", lambda _actor, _table: others)


def test_a_customer_who_may_not_be_seen_has_no_name(
    company: Company, quote: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, company.acme)
    header = taken(company, "quote", quote).header
    assert (header.name("customerid"), header.name("pricelevelid")) == ("", "Standard")
    assert header["customerid"] == company.acme


def test_a_document_that_may_not_be_seen_is_not_found(
    company: Company, quote: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound):
        taken(company, "quote", uuid4())
    hide(monkeypatch, quote)
    with pytest.raises(NotFound):
        taken(company, "quote", quote)
    with pytest.raises(NotFound):
        history(company, "quote", quote)


# History


def test_the_history_of_a_quote(company: Company) -> None:
    id = company.quote(line(company.lamp), write_in("Removal", 5), name="First")
    company.update("quote", id, name="Second", freightamount=3, requestdeliveryby="2026-03-04T00:00:00Z")
    company.update("quote", id, statecode=1)
    made, changed, activated = history(company, "quote", id)
    assert [entry.message for entry in (made, changed, activated)] == ["Create", "Update", "Update"]
    assert (made.user, made.user_id) == ("admin", company.session.user.user_id)
    assert made.moment.tzinfo is UTC
    assert [change.action for change in made.changes] == ["create"]
    assert made.others == (OtherChanges("quotedetail", "create", 2),)
    # 19.99 + 5.00, then 3.00 freight.
    assert ColumnChange("totalamount", None, Decimal("24.99")) in made.changes[0].columns
    columns = {each.name: (each.old, each.new) for each in changed.changes[0].columns}
    assert (columns["name"], columns["freightamount"]) == (("First", "Second"), (None, Decimal(3)))
    assert columns["totalamount"] == (Decimal("24.99"), Decimal("27.99"))
    assert columns["requestdeliveryby"] == (None, datetime(2026, 3, 4, tzinfo=UTC))
    assert ColumnChange("statecode", 0, 1) in activated.changes[0].columns


def test_lines_are_counted_with_the_document_unchanged(company: Company) -> None:
    id = company.quote(write_in("Removal", 0), write_in("Assembly", 0))
    company.delete("quotedetail", company.lines("quote", id)[0].id)
    last = history(company, "quote", id)[-1]
    assert last.message == "Delete"
    assert OtherChanges("quotedetail", "delete", 1) in last.others


def test_values_of_the_history_are_typed_by_their_columns(company: Company) -> None:
    company.do(handsel.AddColumn("quote", "new_day", "date"))
    company.do(handsel.AddColumn("quote", "new_who", "lookup", target="contact"))
    id = company.quote(new_day="2026-03-04", new_who=Reference("contact", company.ann), expireson="2026-05-06")
    [entry] = history(company, "quote", id)
    [change] = entry.changes
    assert isinstance(change, DocumentChange)
    columns = {each.name: each.new for each in change.columns}
    assert (columns["new_day"], columns["new_who"]) == (date(2026, 3, 4), company.ann)
    assert columns["expireson"] == date(2026, 5, 6)
    assert columns["customerid"] == company.acme


def test_a_column_that_has_become_another_keeps_what_was_written(company: Company) -> None:
    company.do(handsel.AddColumn("quote", "new_size", "text"))
    id = company.quote(new_size="large")
    company.do(handsel.RemoveColumn("quote", "new_size"))
    company.do(handsel.AddColumn("quote", "new_size", "decimal"))
    [entry] = history(company, "quote", id)
    assert ColumnChange("new_size", None, "large") in entry.changes[0].columns


# Related documents


def related(company: Company, table: str, id: UUID) -> list[tuple[str, list[Reference], int]]:
    with company.session.entered():
        found = read_related(reader(company), take_snapshot(reader(company), Reference(table, id)))
    return [(each.relation, [document.reference for document in each.documents], each.more) for each in found]


def test_where_a_quote_came_from_and_what_became_of_it(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = company.opportunity(line(company.lamp))
    first = company.session.execute(handsel.GenerateQuoteFromOpportunity(deal))
    company.update("quote", first.id, statecode=1)
    second = company.session.execute(handsel.ReviseActiveQuote(first.id))
    company.update("quote", second.id, statecode=1)
    order = company.session.execute(handsel.CreateOrderFromQuote(second.id))
    assert related(company, "quote", second.id) == [
        ("From", [Reference("opportunity", deal)], 0),
        ("Revision", [first.reference], 0),
        ("Became", [order.reference], 0),
    ]
    hide(monkeypatch, order.id)
    assert [relation for relation, *_ in related(company, "quote", second.id)] == ["From", "Revision"]


def test_ten_are_listed_and_the_others_counted(company: Company) -> None:
    deal = company.opportunity(line(company.lamp))
    quotes = company.session.execute_many([handsel.GenerateQuoteFromOpportunity(deal)] * 12)
    assert related(company, "opportunity", deal) == [("Became", [quote.reference for quote in quotes[:10]], 2)]
