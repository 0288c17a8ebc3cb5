"""What was done all the same is told: in the row that an action answers, and in a header of any answer."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import handsel
from tests.scenarios.company import Company, line, write_in
from tests.webapi.client import Api, Reply

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()


@pytest.fixture
def company(api: Api) -> Company:
    return Company(handsel.open(api.database_url))


def told(reply: Reply) -> list[tuple[str, bool, list[str]]]:
    return [(each["kind"], each["warning"], each["rows"]) for each in json.loads(reply.headers["Handsel-Notices"])]


def test_a_second_conversion_names_the_first_order(api: Api, company: Company) -> None:
    body = {"QuoteId": str(company.quote(line(company.lamp), state=1))}
    first, second = api.post("ConvertQuoteToSalesOrder", body), api.post("ConvertQuoteToSalesOrder", body)
    assert "Handsel-Notices" not in first.headers
    assert "@handsel.notices" not in first.json
    assert second.status == 200
    [notice] = second.json["@handsel.notices"]
    assert (notice["kind"], notice["warning"]) == ("converted_before", False)
    assert notice["rows"] == [f"http://sales.example/api/data/v9.2/salesorders({first.json['salesorderid']})"]
    assert first.json["ordernumber"] in notice["message"]
    assert json.loads(second.headers["Handsel-Notices"]) == [notice]


def test_the_dialog_refuses_a_second_order_unless_asked(api: Api, company: Company) -> None:
    body = {"QuoteId": str(company.quote(line(company.lamp), state=1))}
    first = api.post("CreateOrderFromQuote", body).json["ordernumber"]
    for unasked in ({"Again": False}, {"Again": None}, {"Status": None}, {}):
        refused = api.post("CreateOrderFromQuote", {**body, **unasked})
        assert (refused.status, refused.code) == (400, "0x80040265"), unasked
        assert first in refused.message
    assert api.post("CreateOrderFromQuote", {**body, "Again": True}).status == 200
    assert api.get("salesorders/$count").body == b"2"


def test_an_answer_without_a_body_tells_in_its_header(api: Api, company: Company) -> None:
    quote = company.quote(line(company.lamp), state=1, effectiveto=YESTERDAY)
    reply = api.post("WinQuote", {"QuoteClose": {"quoteid": str(quote)}, "Status": -1})
    assert (reply.status, reply.body) == (204, b"")
    assert told(reply) == [("expired", True, [f"http://sales.example/api/data/v9.2/quotes({quote})"])]


def test_a_plain_change_of_state_tells_as_well_also_in_a_batch(api: Api, company: Company) -> None:
    company.settings(hs_pricingerrors=1)
    invoice = company.invoice(write_in("Büro", "100000000000", "1000000000"))
    reply = api.patch(f"invoices({invoice})", {"statuscode": 4})
    assert reply.status == 204
    assert [kind for kind, _warning, _rows in told(reply)] == ["pricing_error"]
    part = (
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f'PATCH /api/data/v9.2/invoices({invoice}) HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{"statecode": 2}}'
        "\r\n--b--\r\n"
    )
    assert b"Handsel-Notices: [" in api.batch(part).body


def test_a_refused_call_tells_nothing_besides(api: Api, company: Company) -> None:
    company.settings(hs_expiredquotes=2)
    quote = company.quote(line(company.lamp), state=1, effectiveto=YESTERDAY)
    reply = api.post("WinQuote", {"QuoteClose": {"quoteid": str(quote)}, "Status": -1})
    assert (reply.status, reply.code) == (400, "0x80040233")
    assert "Handsel-Notices" not in reply.headers


def test_a_submitted_order_is_not_withdrawn_by_any_door(api: Api, company: Company) -> None:
    order = company.order(line(company.lamp), state=1)
    company.settings(issopintegrationenabled=True)
    for reply in (
        api.patch(f"salesorders({order})", {"statecode": 0}),
        api.patch(f"salesorders({order})", {"statecode": 0, "statuscode": 1}, If_Match="*"),
        api("PUT", f"salesorders({order})/statecode", {"value": 0}),
        api.post(
            "salesorders/Microsoft.Dynamics.CRM.UpdateMultiple",
            {
                "Targets": [
                    {
                        "@odata.type": "Microsoft.Dynamics.CRM.salesorder",
                        "salesorderid": str(order),
                        "statecode": 0,
                    }
                ]
            },
        ),
    ):
        assert (reply.status, reply.code) == (403, "0x80040220"), reply.body
    reply = api.patch(f"salesorders({order})", {"statecode": 0, "name": "x"})
    assert (reply.status, reply.code) == (400, "0x8004022e")
    assert company.state("salesorder", order) == (1, 3)
    assert api.post("ConvertSalesOrderToInvoice", {"SalesOrderId": str(order)}).status == 400
