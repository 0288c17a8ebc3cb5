"""The return order of another package, through Python, the command line and the Web API, on both databases.

Run by `test_returns.py` in separate processes, which have the folder from the package or in the chain.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from uuid import UUID

import pytest
from lxml import etree

import handsel
from handsel import Reference
from handsel.chain.folders import folders
from handsel.site.cli import main
from handsel.site.start import start
from tests.scenarios.company import Company, audit_of, events, line, write_in
from tests.scenarios.fixtures import (
    company,
    company_file,
    company_postgresql_url,
    company_sqlite_url,
    company_template,
)
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

start()

folder = next(each for each in folders() if each.name == "returnorder")
messages = import_module(f"{folder.package}.messages")
ConvertSalesOrderToReturnOrder, ReceiveReturnOrder = (
    messages.ConvertSalesOrderToReturnOrder,
    messages.ReceiveReturnOrder,
)

__all__ = ["company", "company_file", "company_postgresql_url", "company_sqlite_url", "company_template"]

FULFILLED = 3
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def order(company: Company) -> UUID:
    """A fulfilled order: two lamps at 19.99 and 10.00 for delivery, 5 % off, freight 7.50."""
    return company.order(
        line(company.lamp, 2),
        write_in("Delivery", "10"),
        state=FULFILLED,
        discountpercentage=5,
        freightamount="7.50",
    )


@pytest.fixture
def returned(company: Company, order: UUID) -> UUID:
    """A return order made from it."""
    made: UUID = company.do(ConvertSalesOrderToReturnOrder(order)).id
    return made


def lines(company: Company, id: UUID) -> list[handsel.Row]:
    found = company.session.rows("returnorderdetail", f"returnorderid eq {id}", order_by="lineitemnumber")
    return list(found)


# Python


def test_a_return_order_is_made_from_an_order_with_lines_prices_and_links(
    company: Company, order: UUID, returned: UUID
) -> None:
    row = company.row("returnorder", returned)
    # 49.98 less 5 % (2.50) and 7.50 freight.
    assert row["totalamount"] == company.total("salesorder", order) == Decimal("54.98")
    assert (row["statecode"], row["statuscode"], row["ispricelocked"]) == (0, 1, True)
    assert (row["salesorderid"], row["customerid"], row["name"]) == (order, company.acme, "Deal")
    there, here = company.lines("salesorder", order), lines(company, returned)
    for column in ("productid", "productdescription", "quantity", "priceperunit", "extendedamount"):
        assert [each[column] for each in here] == [each[column] for each in there]
    assert [each["salesorderdetailid"] for each in here] == [each.id for each in there]
    assert {each["transactioncurrencyid"] for each in here} == {company.dollar}


def test_it_is_numbered_with_its_own_prefix_and_counter(company: Company, order: UUID, returned: UUID) -> None:
    assert re.fullmatch(r"RET-01000-[A-Z0-9]{6}", company.row("returnorder", returned)["returnnumber"])
    company.settings(returnprefix="BACK")
    other = company.do(ConvertSalesOrderToReturnOrder(order)).id
    assert company.row("returnorder", other)["returnnumber"].startswith("BACK-01001-")


def test_only_what_was_delivered_comes_back(company: Company) -> None:
    active = company.order(line(company.lamp))
    company.refuses(ConvertSalesOrderToReturnOrder(active), 0x80040233, "is active", "Fulfill the order first")


def test_states_guards_and_stamps(company: Company, returned: UUID) -> None:
    empty = company.create("returnorder", name="Empty", customerid=Reference("account", company.acme))
    company.refuses(ReceiveReturnOrder(empty), 0x80040233, "has no lines")
    company.refuses(ReceiveReturnOrder(returned, 5), 0x80048408, "5 is not a status reason")
    company.do(ReceiveReturnOrder(returned, 4))
    row = company.row("returnorder", returned)
    assert (row["statecode"], row["statuscode"]) == (1, 4)
    assert row["receivedon"] == row["modifiedon"].date()
    company.refuses(handsel.Update("returnorder", returned, {"reason": "Broken"}), 0x8004022E, "is received")
    company.refuses(
        handsel.Update("returnorderdetail", lines(company, returned)[0].id, {"quantity": 1}), 0x80043B09, "lines"
    )
    company.update("returnorder", empty, statecode=2)
    company.update("returnorder", empty, statecode=0)
    company.update("returnorder", empty, statecode=2)
    company.delete("returnorder", empty)


WORKS_IN = {
    "Receive": (lambda id: ReceiveReturnOrder(id), {0}),
    "Open": (lambda id: handsel.Update("returnorder", id, {"statecode": 0}), {0, 2}),
    "Close": (lambda id: handsel.Update("returnorder", id, {"statecode": 1}), {1}),
    "Cancel": (lambda id: handsel.Update("returnorder", id, {"statecode": 2}), {0, 2}),
    "Edit": (lambda id: handsel.Update("returnorder", id, {"reason": "Too big"}), {0}),
    "Recalculate": (lambda id: handsel.RecalculatePrice("returnorder", id), {0}),
    "Trace": (lambda id: handsel.RetrievePriceTrace(Reference("returnorder", id)), {0, 1, 2}),
    "Delete": (lambda id: handsel.Delete("returnorder", id), {0, 2}),
}


@pytest.mark.parametrize("step", WORKS_IN)
def test_every_state_allows_a_message_or_refuses_it(company: Company, order: UUID, step: str) -> None:
    make, works_in = WORKS_IN[step]
    for state in (0, 1, 2):
        id = company.do(ConvertSalesOrderToReturnOrder(order)).id
        if state == 1:
            company.do(ReceiveReturnOrder(id))
        elif state == 2:
            company.update("returnorder", id, statecode=2)
        if state in works_in:
            company.do(make(id))
        else:
            with pytest.raises(handsel.HandselError):
                company.do(make(id))


def test_its_lines_are_priced_like_those_of_every_document(company: Company) -> None:
    made = company.session.execute(
        handsel.Create(
            "returnorder",
            {
                "name": "By hand",
                "customerid": Reference("account", company.acme),
                "pricelevelid": company.price_list,
                "returnorder_details": [line(company.desk, 2)],
            },
        )
    )
    assert company.row("returnorder", made.id)["totalamount"] == 500
    company.create("returnorderdetail", returnorderid=made.id, **line(company.lamp))
    assert company.row("returnorder", made.id)["totalamount"] == Decimal("519.99")
    company.delete("returnorder", made.id)
    assert lines(company, made.id) == []


def test_notes_and_teams_may_be_about_it(company: Company, returned: UUID) -> None:
    note = company.create("annotation", subject="Carton torn", objectid=Reference("returnorder", returned))
    team = company.create("team", name="Returns desk", regardingobjectid=Reference("returnorder", returned))
    assert company.row("annotation", note)["objecttypecode"] == "returnorder"
    assert company.row("team", team)["regardingobjectid"] == returned
    company.update("returnorder", returned, statecode=2)
    company.delete("returnorder", returned)
    assert company.all("annotation", subject="Carton torn") == []


def test_audit_and_events_know_it(company: Company, order: UUID, returned: UUID) -> None:
    made = audit_of(company, returned)[0]
    assert (made.message, made.action) == ("ConvertSalesOrderToReturnOrder", "create")
    assert len(made.content) == 3  # the header and two lines
    event = next(each for each in events(company) if each.row_id == returned)
    number = company.row("returnorder", returned)["returnnumber"]
    assert event.content == {
        "name": "Deal", "statecode": 0, "statuscode": 1, "returnnumber": number, "totalamount": "54.98",
    }  # fmt: skip


# The command line


@pytest.fixture
def command(company: Company, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `handsel` on the company's database; gives its exit status and what it printed."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main([*arguments, "--database", company.session.url])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def test_orders_are_converted_on_the_command_line(company: Company, order: UUID, command: Command) -> None:
    number = company.row("salesorder", order)["ordernumber"]
    status, said = command("convert", "order", "--to", "return", number)
    assert (status, said.splitlines()[-1]) == (0, "Converted 1, already converted 0, refused 0.")
    assert re.search(rf"{number} → RET-01000-\w+", said)
    assert "already converted 1" in command("convert", "order", "--to", "return", "--all")[1]
    assert "return cannot become order" in command("convert", "return", "--to", "order", "--all")[1]


def test_it_is_found_and_shown_with_what_it_came_from(
    company: Company, order: UUID, returned: UUID, command: Command
) -> None:
    number = company.row("returnorder", returned)["returnnumber"]
    status, said = command("show", number[:9])
    assert status == 0
    assert f"Return Order {number}" in said
    assert re.search(r"Lamp +2 +Piece +19\.99 +39\.98", said)
    assert re.search(r"Total USD +54\.98", said)
    came_from = company.row("salesorder", order)["ordernumber"]
    assert re.search(rf"From +Order {came_from} +Fulfilled", said)
    assert re.search(rf"Became +Return Order {number} +Open", command("show", came_from)[1])
    assert "of a quote, order, invoice or return, the name of an opportunity" in command("show", "nothing")[1]
    assert "totalamount" in command("price-trace", number)[1]


def test_its_messages_are_done_on_the_command_line(company: Company, returned: UUID, command: Command) -> None:
    assert "ReturnOrderId*" in command("message", "--list", "ReceiveReturnOrder")[1]
    assert command("message", "ReceiveReturnOrder", json.dumps({"ReturnOrderId": str(returned)}))[0] == 0
    assert company.state("returnorder", returned) == (1, 3)
    assert command("doctor")[0] == 0


# The Web API


@pytest.fixture
def api(company: Company) -> Api:
    """The Web API over the company's database, as admin."""
    from handsel.site.wsgi import make_application

    url = company.session.url
    return Api(make_application(url), make_token(url), url)


def test_it_is_created_and_read_with_its_lines(company: Company, api: Api) -> None:
    id = api.made(
        "returnorders",
        {
            "name": "By hand",
            "customerid_account@odata.bind": f"/accounts({company.acme})",
            "pricelevelid@odata.bind": f"/pricelevels({company.price_list})",
            "returnorder_details": [
                {
                    "productid@odata.bind": f"/products({company.desk})",
                    "uomid@odata.bind": f"/uoms({company.piece})",
                    "quantity": 2,
                }
            ],
        },
    )
    found = api.get(
        f"returnorders({id})?$select=returnnumber,totalamount,statecode"
        "&$expand=returnorder_details($select=quantity,extendedamount)",
        prefer='odata.include-annotations="*"',
    ).json
    assert (found["totalamount"], found["statecode@OData.Community.Display.V1.FormattedValue"]) == (500, "Open")
    assert [(each["quantity"], each["extendedamount"]) for each in found["returnorder_details"]] == [(2, 500)]
    assert found["returnnumber"].startswith("RET-")


def test_its_rows_are_reached_from_the_order_and_filtered(
    company: Company, api: Api, order: UUID, returned: UUID
) -> None:
    expanded = api.get(f"salesorders({order})?$select=name&$expand=order_returnorders($select=returnnumber)").json
    assert [each["returnorderid"] for each in expanded["order_returnorders"]] == [str(returned)]
    assert [each["returnorderid"] for each in api.get(f"returnorders?$filter=_salesorderid_value eq {order}").rows] == [
        str(returned)
    ]
    views = api.get("savedqueries?$select=name&$filter=returnedtypecode eq 'returnorder'").rows
    assert "Open Return Orders" in [each["name"] for each in views]


def test_its_messages_are_actions(company: Company, api: Api, order: UUID) -> None:
    made = api.post("ConvertSalesOrderToReturnOrder", {"SalesOrderId": str(order), "ColumnSet": {"AllColumns": True}})
    assert made.status == 200, made.body
    id = made.json["returnorderid"]
    assert (made.json["totalamount"], made.json["_salesorderid_value"]) == (54.98, str(order))
    received = api.post(f"returnorders({id})/Microsoft.Dynamics.CRM.ReceiveReturnOrder", {"Status": 4})
    assert received.status == 204, received.body
    assert api.get(f"returnorders({id})?$select=statecode,statuscode").json["statuscode"] == 4
    again = api.post(f"returnorders({id})/Microsoft.Dynamics.CRM.ReceiveReturnOrder", {})
    assert (again.status, again.code) == (400, "0x80040233")
    unknown = api.post("ConvertSalesOrderToReturnOrder", {"OrderId": str(order)})
    assert (unknown.status, unknown.code) == (400, "0x80040203")


def test_it_is_in_the_metadata(company: Company, api: Api) -> None:
    root = etree.fromstring(api.get("$metadata").body)
    names = {each.get("Name"): each for each in root.iter("{*}EntityType")}
    assert {"returnorder", "returnorderdetail"} <= set(names)
    organization = [each.get("Name") for each in names["organization"].iter("{*}Property")]
    assert {"returnprefix", "currentreturnnumber"} <= set(organization)
    ways = [each.get("Name") for each in names["salesorder"].iter("{*}NavigationProperty")]
    assert "order_returnorders" in ways
    notes = [each.get("Name") for each in names["annotation"].iter("{*}NavigationProperty")]
    assert "objectid_returnorder" in notes
    actions = {each.get("Name"): [part.get("Name") for part in each] for each in root.iter("{*}Action")}
    assert actions["ConvertSalesOrderToReturnOrder"][:2] == ["SalesOrderId", "ColumnSet"]
    assert actions["ReceiveReturnOrder"][:2] == ["entity", "Status"]
    definition = api.get("EntityDefinitions(LogicalName='returnorder')?$select=EntitySetName,PrimaryNameAttribute").json
    assert (definition["EntitySetName"], definition["PrimaryNameAttribute"]) == ("returnorders", "name")
