"""Given secured amounts, then rules and conversions use them, and whoever may not read them sees them nowhere."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import HandselError, PrivilegeDenied, Reference, Session
from handsel.chain.document.price_trace import RetrievePriceChanges, RetrievePriceTrace
from handsel.chain.document.snapshot.document import take_snapshot
from handsel.chain.document.snapshot.history import read_history
from handsel.chain.document.snapshot.related import read_related
from handsel.database.statements import counted_statements
from handsel.engine import outbox
from handsel.engine.organization import read_settings
from handsel.engine.secure_column import SecureColumn
from handsel.engine.work import Work
from handsel.errors import Code
from handsel.site.cli import main
from tests.eventually import eventually
from tests.rights import give_role
from tests.scenarios.company import Company, line

FREIGHT = Decimal("4321.09")
SECRETS = ("4321", "4,321", "Xyzzy")
"""The freight of the quote, and what its line says."""
DOCUMENTS = ("quote", "salesorder", "invoice")


@pytest.fixture
def seller(company: Company) -> Company:
    """A salesperson in the company, where freight and what lines say are secured."""
    company.create("systemuser", domainname="seller", firstname="Sally", lastname="Seller")
    give_role(company.session.url, "seller", "Salesperson")
    for table in DOCUMENTS:
        company.do(SecureColumn(table, "freightamount"))
        company.do(SecureColumn(f"{table}detail", "description"))
    return Company(company.session.as_user("seller"))


@pytest.fixture
def quote(company: Company, seller: Company) -> UUID:
    """A quote of the seller's: 20 desks at 250.00, with freight."""
    user = Reference("systemuser", seller.session.user.user_id)
    lines = line(company.desk, 20, description="Xyzzy")
    quote = company.quote(lines, freightamount=FREIGHT, ownerid=user)
    company.update("quote", quote, freightamount=1)
    company.update("quote", quote, freightamount=FREIGHT)
    company.update("quote", quote, statecode=1)
    return quote


def work_of(session: Session) -> Work:
    return Work(session.context, read_settings(session.context), collect=False)


def snapshot(session: Session, quote: UUID) -> object:
    with session.entered():
        work = work_of(session)
        taken = take_snapshot(work, Reference("quote", quote))
        return taken, read_related(work, taken)


def history(session: Session, quote: UUID) -> object:
    with session.entered():
        return read_history(work_of(session), Reference("quote", quote))


DOORS: dict[str, Callable[[Session, UUID], Any]] = {
    "retrieve": lambda session, quote: session.retrieve("quote", quote),
    "retrieve one column": lambda session, quote: session.retrieve("quote", quote, ["freightamount"]),
    "the base amount": lambda session, quote: session.retrieve("quote", quote, ["freightamount_base"]),
    "rows": lambda session, _quote: list(session.rows("quote")),
    "rows in an order": lambda session, _quote: list(session.rows("quote", order_by="name", top=5)),
    "rows by their keys": lambda session, _quote: list(session.rows("quote", order_by="name")),
    "lines": lambda session, _quote: list(session.rows("quotedetail")),
    "queryset": lambda session, _quote: [each.freight_amount for each in session.queryset("quote")],
    "values": lambda session, _quote: list(session.queryset("quote").values_list("freight_amount", flat=True)),
    "joined values": lambda session, _quote: list(session.queryset("quotedetail").values_list("quote__freight_amount")),
    "snapshot": snapshot,
    "history": history,
    "price trace": lambda session, quote: session.execute(RetrievePriceTrace(Reference("quote", quote))),
    "new row": lambda session, quote: session.execute(
        handsel.InitializeFrom(Reference("quote", quote), "salesorder", "All")
    ),
}


def test_values_are_read_nowhere(company: Company, seller: Company, quote: UUID):
    for name, door in DOORS.items():
        assert told(door(company.session, quote)), f"{name}: an administrator does not find it either"
        assert not told(door(seller.session, quote)), name


def told(answer: object) -> bool:
    return any(secret in repr(answer) for secret in SECRETS)


def test_the_command_line_tells_nothing(company: Company, seller: Company, quote: UUID, capsys):
    number = company.columns("quote", quote, "quotenumber")[0]
    database = ["--database", company.session.url]
    for arguments in (
        ["show", number],
        ["show", number, "--json"],
        ["price-trace", number],
        ["price-trace", number, "--json"],
        ["list", "quotes", "--columns", "name,freightamount,freightamount_base", "--json"],
        ["list", "quotes", "--columns", "name,freightamount"],
        ["list", "quotedetails", "--columns", "description"],
    ):
        for user in ("admin", "seller"):
            assert main([*arguments, *database, "--as", user]) == 0
            out = capsys.readouterr().out
            assert any(secret in out for secret in SECRETS) is (user == "admin"), (arguments, out)
    for arguments in (
        ["list", "quotes", "--filter", "freightamount gt 5"],
        ["list", "quotes", "--order-by", "freightamount desc"],
        ["list", "quotedetails", "--filter", "quoteid/freightamount gt 5"],
    ):
        assert main([*arguments, *database, "--as", "seller"]) != 0
        told = capsys.readouterr()
        assert "freightamount" in told.err
        assert "secured" in told.err
        assert main([*arguments, *database]) == 0
        capsys.readouterr()


def test_our_own_queries_say_what_may_not_be_asked(seller: Company, quote: UUID):
    session = seller.session
    for ask in (
        lambda: list(session.rows("quote", "freightamount gt 5")),
        lambda: list(session.rows("quote", order_by="freightamount")),
        lambda: session.count("quote", "freightamount_base ne null"),
        lambda: session.count("quotedetail", "quoteid/freightamount gt 5"),
        lambda: session.count("quote", "quote_details/any(d:d/description ne null)"),
    ):
        with pytest.raises(PrivilegeDenied, match="secured"):
            ask()
    assert session.queryset("quote").filter(freight_amount__gt=5).count() == 0
    assert session.queryset("quotedetail").filter(quote__freight_amount__gt=5).count() == 0
    assert session.queryset("quote").exclude(freight_amount=None).count() == 0


def test_rules_and_conversions_use_what_the_caller_cannot_read(company: Company, seller: Company, quote: UUID):
    # 20 × 250.00, with 4,321.09 freight.
    total = Decimal("9321.09")
    assert seller.total("quote", quote) == total
    revision = seller.do(handsel.ReviseActiveQuote(quote)).id
    seller.update("quote", revision, statecode=1)
    order = seller.do(handsel.ConvertQuoteToSalesOrder(revision)).id
    invoice = seller.do(handsel.ConvertSalesOrderToInvoice(order)).id
    for table, id in (("quote", revision), ("salesorder", order), ("invoice", invoice)):
        assert company.columns(table, id, "freightamount", "totalamount") == (FREIGHT, total)
        assert seller.columns(table, id, "freightamount", "totalamount") == (None, total)
        assert company.lines(table, id)[0]["description"] == "Xyzzy"
        assert seller.lines(table, id)[0]["description"] is None


def quote_draft(seller: Company) -> UUID:
    return seller.quote(line(seller.desk))


def test_results_of_messages_hide_it(company: Company, seller: Company, quote: UUID):
    for columns in (None, handsel.ColumnSet(all_columns=False, columns=("freightamount", "name"))):
        result = seller.do(handsel.ReviseActiveQuote(quote, column_set=columns))
        assert not told(result)
        assert "freightamount" in result
        assert company.columns("quote", result.id, "freightamount") == (FREIGHT,)
        company.update("quote", result.id, statecode=1)
        quote = result.id


def test_nested_values_are_refused_as_a_whole(company: Company, seller: Company):
    created, changed = Code.SECURED_COLUMN_CREATE_DENIED, Code.SECURED_COLUMN_UPDATE_DENIED
    draft = quote_draft(seller)
    values = {"name": "New", "pricelevelid": Reference("pricelevel", company.price_list)}
    for given in (None, "", "1"):
        lines = {"quote_details": [line(company.desk), line(company.lamp, description=given)]}
        seller.refuses(handsel.Create("quote", {**values, **lines}), created, "description")
        seller.refuses(handsel.Create("quote", {**values, "freightamount": given}), created, "freightamount")
        seller.refuses(handsel.Update("quote", draft, {"freightamount": given}), changed, "freightamount")
        seller.refuses(handsel.Upsert("quote", draft, {"freightamount": given}), changed, "freightamount")
        own = seller.lines("quote", draft)[0].id
        seller.refuses(handsel.Update("quotedetail", own, {"description": given}), changed)
    refused = seller.session.execute_many(
        [handsel.Update("quote", draft, {"freightamount": 1}), handsel.Update("quote", draft, {"name": "Changed"})],
        on_refusal="collect",
    )
    assert [type(each).__name__ for each in refused] == ["Refusal", "NoneType"]
    assert company.columns("quote", draft, "name", "freightamount") == ("Changed", None)


def test_events_hold_no_secured_column(company: Company, seller: Company):
    draft = quote_draft(company)
    company.do(SecureColumn("quote", "totalamount"))
    assert [event.get("totalamount") for event in events_of(company, draft)] == ["250.00"]
    assert ["totalamount" in event for event in events_of(seller, draft)] == [False]


def events_of(reader: Company, id: UUID) -> list[dict[str, Any]]:
    """The payloads of a row's events, once no older transaction of the server keeps readers waiting for them."""
    with reader.session.entered():
        return eventually(lambda: [event.payload for event in outbox.read() if event.row_id == id])


def test_price_changes_are_not_told(company: Company, seller: Company):
    draft = quote_draft(seller)
    [item] = company.all("productpricelevel", pricelevelid=company.price_list, productid=company.desk)
    company.update("productpricelevel", item.id, amount=260)
    asked = RetrievePriceChanges(Reference("quote", draft))
    assert seller.do(asked)[0]["todayspriceperunit"] == 260
    company.do(SecureColumn("quotedetail", "priceperunit"))
    assert seller.do(asked) == []


def test_costs_are_for_those_who_may_know_them(company: Company, seller: Company):
    """A new database is like that: salespeople see no costs and no margins, their managers do."""
    [chair] = company.products({"name": "Chair", "price": "90", "standardcost": "61.50", "currentcost": "62.50"})
    item = {"pricelevelid": company.price_list, "productid": chair, "uomid": company.piece}
    company.create("productpricelevel", **item, pricingmethodcode=5, percentage=40)
    columns = ("standardcost", "standardcost_base", "currentcost", "currentcost_base")
    assert seller.columns("product", chair, *columns) == (None,) * 4
    # The cost and 40 % on top of it.
    draft = seller.quote(line(chair))
    assert seller.lines("quote", draft)[0]["priceperunit"] == Decimal("86.10")
    steps = seller.do(RetrievePriceTrace(Reference("quote", draft)))
    assert "61.5" not in repr(steps)
    assert "Decimal('40" not in repr(steps)
    assert "61.5" in repr(company.do(RetrievePriceTrace(Reference("quote", draft))))
    seller_url = company.session.url
    for role, knows in (("Sales Manager", True), ("Finance", True), ("Read only", False), ("Salesperson", False)):
        give_role(seller_url, "seller", role)
        with handsel.open(seller_url, user="seller") as session:
            cost = session.retrieve("product", chair)["standardcost"]
            percentage = next(session.rows("productpricelevel", f"productid eq {chair}"))["percentage"]
            assert (cost, percentage) == ((Decimal("61.50"), 40) if knows else (None, None)), role


def test_nobody_permits_what_they_lack(company: Company, seller: Company):
    profile = company.create("fieldsecurityprofile", name="Freight")
    give_role(company.session.url, "seller", "System Customizer")
    with handsel.open(company.session.url, user="seller") as customizer:
        permission = {"fieldsecurityprofileid": profile, "entityname": "quote", "attributelogicalname": "freightamount"}
        for verb in ("canread", "cancreate", "canupdate"):
            with pytest.raises(HandselError) as caught:
                customizer.execute(handsel.Create("fieldpermission", {**permission, verb: 4}))
            assert caught.value.status == 403
        customizer.execute(handsel.Create("fieldpermission", permission))
        own = Reference("systemuser", customizer.user.user_id)
        costs = next(customizer.rows("fieldsecurityprofile", "name eq 'Costs and margins'")).id
        everything = next(customizer.rows("fieldsecurityprofile", "name eq 'System Administrator'")).id
        for closed in (costs, everything):
            for message in (
                handsel.Associate(*own, "systemuserprofiles_association", Reference("fieldsecurityprofile", closed)),
                handsel.Associate("fieldsecurityprofile", closed, "systemuserprofiles_association", own),
            ):
                with pytest.raises(PrivilegeDenied):
                    customizer.execute(message)
        customizer.execute(
            handsel.Associate(*own, "systemuserprofiles_association", Reference("fieldsecurityprofile", profile))
        )
    give_role(company.session.url, "seller", "Read only")
    with handsel.open(company.session.url, user="seller") as session, pytest.raises(PrivilegeDenied):
        session.execute(
            handsel.Disassociate(*own, "systemuserprofiles_association", Reference("fieldsecurityprofile", profile))
        )


def test_a_profile_names_roles(company: Company, seller: Company, quote: UUID):
    """Of whatever unit the holder is: copies of a role count as the role."""
    unit = company.create("businessunit", name="North", parentbusinessunitid=seller.session.user.business_unit_id)
    profile = company.create("fieldsecurityprofile", name="Freight")
    permission = {"entityname": "quote", "attributelogicalname": "freightamount", "canread": 4}
    company.create("fieldpermission", fieldsecurityprofileid=profile, **permission)
    [role] = [row for row in company.all("role", name="Salesperson") if row["roleid"] == row["parentrootroleid"]]
    assert seller.columns("quote", quote, "freightamount") == (None,)
    association = "hs_roleprofiles_association"
    company.do(handsel.Associate("fieldsecurityprofile", profile, association, role.reference))
    assert seller.columns("quote", quote, "freightamount") == (FREIGHT,)
    company.do(handsel.Disassociate("fieldsecurityprofile", profile, association, role.reference))
    assert seller.columns("quote", quote, "freightamount") == (None,)
    copies = company.all("role", name="Salesperson", businessunitid=unit)
    for copy in copies:
        company.do(handsel.Associate("fieldsecurityprofile", profile, association, copy.reference))
        assert seller.columns("quote", quote, "freightamount") == (FREIGHT,)


def test_a_removed_column_leaves_nothing_secured(company: Company, seller: Company):
    company.do(handsel.AddColumn("quote", "new_secret", "text", max_length=20))
    company.do(SecureColumn("quote", "new_secret"))
    profile = company.create("fieldsecurityprofile", name="Secret")
    permission = {"entityname": "quote", "attributelogicalname": "new_secret", "canread": 4}
    company.create("fieldpermission", fieldsecurityprofileid=profile, **permission)
    company.do(handsel.RemoveColumn("quote", "new_secret"))
    for table in ("hs_securedcolumn", "fieldpermission"):
        assert company.all(table, attributelogicalname="new_secret") == []
    company.do(handsel.AddColumn("quote", "new_secret", "text", max_length=20))
    draft = quote_draft(seller)
    seller.update("quote", draft, new_secret="open")
    assert seller.columns("quote", draft, "new_secret") == ("open",)


def test_it_takes_no_statements(company: Company, seller: Company, quote: UUID):
    """Once its rights are read, a session asks as often as it does where nothing is secured."""

    def asked() -> list[int]:
        found = []
        for do in (
            lambda: seller.row("quote", quote),
            lambda: list(seller.session.rows("quote", order_by="name")),
            lambda: list(seller.session.queryset("quotedetail").values_list("quote__freight_amount")),
            lambda: seller.update("quote", quote_draft(seller), description="Changed"),
            lambda: seller.do(RetrievePriceTrace(Reference("quote", quote))),
        ):
            do()
            with counted_statements() as count:
                do()
            found.append(len(count))
        return found

    with_secured = asked()
    for row in company.all("hs_securedcolumn"):
        company.do(SecureColumn(str(row["entityname"]), str(row["attributelogicalname"]), secured=False))
    assert asked() == with_secured


def test_columns_are_secured_on_the_command_line(company: Company, seller: Company, quote: UUID, capsys):
    database = ["--database", company.session.url]
    assert main(["column", "open", "quote", "freightamount", *database]) == 0
    assert "open to everybody" in capsys.readouterr().out
    assert seller.columns("quote", quote, "freightamount") == (FREIGHT,)
    assert main(["column", "secure", "quotes", "freightamount", *database, "--as", "seller"]) != 0
    assert main(["column", "secure", "quotes", "freightamount", *database]) == 0
    assert "is secured" in capsys.readouterr().out
    assert seller.columns("quote", quote, "freightamount") == (None,)
    assert main(["column", "secure", "quote", "quotenumber", *database]) != 0
    assert "cannot be secured" in capsys.readouterr().err


def test_what_an_administrator_opened_is_open(company: Company, seller: Company, quote: UUID):
    company.do(SecureColumn("quote", "freightamount", secured=False))
    company.do(SecureColumn("quote", "freightamount", secured=False))
    assert seller.columns("quote", quote, "freightamount") == (FREIGHT,)
    company.do(SecureColumn("quote", "freightamount"))
    assert seller.columns("quote", quote, "freightamount") == (None,)
