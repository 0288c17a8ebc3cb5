"""What the stand-in promises. Each test names the section of the facts, and whether it is documented or inferred."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from handsel.testing import businesscentral
from handsel.testing.businesscentral import BusinessCentral
from tests.businesscentral.conftest import SCOPE, connect


def line(quantity: int = 3, **more: Any) -> dict[str, Any]:
    return {"lineType": "Item", "lineObjectNumber": "I1", "quantity": quantity, **more}


def order(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"externalDocumentNumber": "ORD-1", "customerNumber": "C1", "salesOrderLines": list(lines), **more}


def post(client: requests.Session, bc: BusinessCentral, body: Any, where: str = "salesOrders") -> requests.Response:
    return client.post(f"{bc.company_url}/{where}", json=body, timeout=30)


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_amounts_add_up_to_the_cent(bc: BusinessCentral, client: requests.Session) -> None:
    """erp 8.17, inferred: 3 × 9.99 − 1.11 = 28.86 a line; 10.00 over three lines is 3.33 + 3.34 + 3.33."""
    lines = [line(unitPrice=9.99, discountAmount=1.11)] * 3
    made = post(client, bc, order(*lines, discountAmount=10), "salesOrders?$expand=salesOrderLines").json()
    assert [each["amountExcludingTax"] for each in made["salesOrderLines"]] == [28.86] * 3
    assert [each["invoiceDiscountAllocation"] for each in made["salesOrderLines"]] == [3.33, 3.34, 3.33]
    assert (made["totalAmountExcludingTax"], made["totalTaxAmount"], made["totalAmountIncludingTax"]) == (
        76.58,
        15.32,
        91.9,
    )


def test_parts_payment_and_credit(bc: BusinessCentral, client: requests.Session) -> None:
    """erp 8.19 to 8.21, documented in part: an order goes with its last invoice; payment and credit memo settle it."""
    made = post(client, bc, order(line(3), discountAmount=1)).json()
    first = bc.ship_and_invoice(made["number"], {10000: 1})
    kept = client.get(f"{bc.company_url}/salesOrders({made['id']})/salesOrderLines", timeout=30).json()["value"][0]
    assert (kept["shippedQuantity"], kept["invoicedQuantity"], kept["shipQuantity"]) == (1, 1, 2)
    acted = client.post(f"{bc.company_url}/salesOrders({made['id']})/Microsoft.NAV.shipAndInvoice", timeout=30)
    assert (acted.status_code, acted.content) == (204, b"")
    assert bc.orders() == []
    found = client.get(
        f"{bc.company_url}/salesInvoices", params={"$filter": f"orderNumber eq '{made['number']}'"}, timeout=30
    ).json()["value"]
    assert sum(each["discountAmount"] for each in found) == pytest.approx(1)
    assert bc.items()[0]["inventory"] == 97
    number = str(first["number"])
    assert bc.pay(number, 1)["status"] == "Open"
    assert bc.pay(number)["status"] == "Paid"
    assert bc.unapply(number)["remainingAmount"] == first["totalAmountIncludingTax"]
    bc.credit(number)
    assert [each["status"] for each in bc.invoices()] == ["Canceled", "Open"]


def test_refusals(bc: BusinessCentral, client: requests.Session) -> None:
    """erp 8.14 to 8.16, documented for most codes; nothing of a refused request stays (8.13, inferred)."""
    bad = "Internal_InvalidTableRelation"
    for body, expected in (
        (order(line(nothing=1)), (400, "BadRequest")),
        (order(line(unitPrice="1")), (400, "BadRequest")),
        (order(line(description="x" * 101)), (400, "Application_StringExceededLength")),
        (order(externalDocumentNumber="x" * 36), (400, "Application_StringExceededLength")),
        (order(line(), line(unitOfMeasureCode="KG")), (400, bad)),
        (order(line(lineObjectNumber="I9")), (400, bad)),
        (order(line(), currencyCode="ZZZ"), (400, "Application_DialogException")),
        (order(line(), customerNumber="C9"), (400, "Application_DialogException")),
        (order(status="Open"), (400, "BadRequest_InvalidOperation")),
        (order(discountAmount=None), (400, "BadRequest_RequiredParamNotProvided")),
        ([], (400, "BadRequest")),
    ):
        assert code(post(client, bc, body)) == expected, body
    assert code(client.post(f"{bc.company_url}/salesOrders", data="{", timeout=30)) == (400, "BadRequest")
    unknown = f"{bc.company_url}/salesOrders({bc.company_id})"
    assert code(client.get(unknown, timeout=30)) == (404, "BadRequest_ResourceNotFound")
    other = bc.company_url.replace(bc.company_id, "0" * 8 + bc.company_id[8:])
    assert code(client.get(f"{other}/customers", timeout=30)) == (404, "Internal_CompanyNotFound")
    for how in ("Ship", "Invoice", "All"):
        bc.change_customer("C1", blocked=how)
        assert f"Customer C1 is blocked with type {how}" in post(client, bc, order(line())).text
    bc.change_customer("C1", blocked=" ")
    bc.change_item("I1", blocked=True)
    assert "Blocked must be equal to 'No'" in post(client, bc, order(line())).text
    bc.change_item("I1", blocked=False)
    assert bc.orders() == []
    made = post(client, bc, order(line())).json()
    bc.configure(posting_to="2020-01-31")
    acted = client.post(f"{bc.company_url}/salesOrders({made['id']})/Microsoft.NAV.shipAndInvoice", timeout=30)
    assert "not within your range of allowed posting dates" in acted.text
    bc.configure(company_gone=True)
    assert client.get(f"{bc.company_url}/customers", timeout=30).status_code == 404


def test_concurrency_lines_and_pages(bc: BusinessCentral, client: requests.Session) -> None:
    """erp 8.10 to 8.12: a stale etag is 409; filters, pages by next link. Documented and inferred."""
    made = post(client, bc, order()).json()
    address = f"{bc.company_url}/salesOrders({made['id']})"
    added = post(client, bc, line(1), f"salesOrders({made['id']})/salesOrderLines").json()
    stale = {"If-Match": made["@odata.etag"]}
    assert code(client.patch(address, json={"discountAmount": 1}, timeout=30)) == (400, "BadRequest_InvalidToken")
    assert code(client.patch(address, json={"discountAmount": 1}, headers=stale, timeout=30)) == (
        409,
        "Request_EntityChanged",
    )
    changed = client.patch(address, json={"discountAmount": 1}, headers={"If-Match": "*"}, timeout=30)
    assert (changed.status_code, changed.json()["totalAmountIncludingTax"]) == (200, 10.8)
    at = f"{bc.company_url}/salesOrderLines({added['id']})"
    assert code(client.delete(at, headers={"If-Match": 'W/"old"'}, timeout=30))[0] == 409
    numbers = [f"C{number}" for number in range(2, 6)]
    for number in numbers:
        bc.add_customer(number=number)
    asked = {
        "$filter": " or ".join(f"number eq '{number}'" for number in numbers),
        "$select": "number",
        "$count": "true",
    }
    url: str | None = f"{bc.company_url}/customers"
    seen: list[str] = []
    while url:
        page = client.get(
            url, params=asked if not seen else None, headers={"Prefer": "odata.maxpagesize=3"}, timeout=30
        ).json()
        assert page["@odata.count"] == 4
        seen += [row["number"] for row in page["value"]]
        url = page.get("@odata.nextLink")
    assert seen == numbers
    since = {"$filter": f"lastModifiedDateTime gt {changed.json()['lastModifiedDateTime']}"}
    assert client.get(f"{bc.company_url}/salesOrders", params=since, timeout=30).json()["value"] == []


def test_failures(bc: BusinessCentral, client: requests.Session) -> None:
    """erp 8.7, 8.22: what can go wrong on the way, as whoever tests asks for it [here]."""
    bc.fail("POST", "salesOrders", status=429, retry_after=7)
    refused = post(client, bc, order(line()))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
    for committed, count in ((False, 0), (True, 1)):
        bc.fail("POST", "salesOrders", cut=True, committed=committed)
        with pytest.raises(requests.ConnectionError):
            post(client, bc, order(line()))
        assert len(bc.orders()) == count
    bc.fail("POST", "salesOrders", status=500, committed=True)
    assert post(client, bc, order(line())).status_code == 500
    found = bc.orders()
    assert len(found) == 2
    address, etag = f"{bc.company_url}/salesOrders({found[0]['id']})", str(found[0]["@odata.etag"])
    bc.fail("PATCH", stale_etag=True)
    assert client.patch(address, json={"email": "a"}, headers={"If-Match": etag}, timeout=30).status_code == 409
    bc.fail("GET", "salesOrders*", slow=60)
    with pytest.raises(requests.ReadTimeout):
        client.get(address, timeout=0.1)
    bc.fail("GET", expired_token=True)
    assert client.get(address, timeout=30).status_code == 401
    wrong = {"grant_type": "client_credentials", "client_id": bc.client_id, "client_secret": "x", "scope": SCOPE}
    assert client.post(bc.token_url, data=wrong, timeout=30).status_code == 401
    assert bc.client_secret not in str(bc.requests())


def test_a_killed_stand_in_continues(tmp_path: Path) -> None:
    """What was answered is there again [here]."""
    state = tmp_path / "bc.sqlite3"
    with businesscentral.serve(state=state) as bc:
        bc.add_customer(number="C1")
        bc.add_item(number="I1", unit_price=10)
        made = post(connect(bc), bc, order(line())).json()
        bc.kill()
    with businesscentral.serve(state=state) as again:
        assert (again.client_secret, again.company_id) == (bc.client_secret, bc.company_id)
        assert [row["number"] for row in again.orders()] == [made["number"]]
        assert post(connect(again), again, order(line())).json()["number"] == "S-ORD101002"


def test_another_client_sells(bc: BusinessCentral) -> None:
    """erp 8.1 to 8.3: the same by Node's own fetch, from token to posted invoice."""
    node = Path(sys.executable).parent / "node"
    told = [bc.token_url, bc.client_id, bc.client_secret, bc.url]
    script = Path(__file__).parent / "scenario.mjs"
    ended = subprocess.run([node, script, *told], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert [each["status"] for each in bc.invoices()] == ["Open"]
