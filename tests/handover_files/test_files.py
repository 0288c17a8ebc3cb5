"""Given an ERP that reads and writes files, then orders reach it once, and what it posts comes back (erp 6, 9)."""

import csv
import json
import os
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

import handsel
from handsel.connectors.files.order_ubl import AGGREGATE, BASIC, ORDER
from handsel.site.cli import main
from handsel.site.delivering import open_worker
from tests.people import give_role
from tests.scenarios.company import Company, line, write_in

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "erp.md"
OLD = (1_700_000_000, 1_700_000_000)
"""Times of a file that nobody is writing any more."""


def put(erp, name, content):
    """Write a file as an ERP does that is done with it."""
    file = erp / "incoming" / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    os.utime(file, OLD)
    return file


def invoice(order, id="E-1", *lines, **values):
    """An invoice as JSON; its amounts are the sums of its lines, unless they are given."""
    net, tax = (sum((Decimal(line[name]) for line in lines), Decimal(0)) for name in ("net", "tax"))
    head = {"record": "invoice", "id": id, "number": f"INV-{id}", "order": order["ordernumber"], "currency": "USD"}
    return {**head, "net": str(net), "tax": str(tax), "total": str(net + tax), "lines": list(lines), **values}


def posted(number, quantity, price, net, tax="0", **values):
    return {"number": number, "quantity": quantity, "price": price, "net": net, "tax": tax, **values}


def refused(erp, worker, name, *texts):
    """What was put in is set aside with a reason that says these texts."""
    [collected] = worker.collect()
    assert collected.name == name
    for text in texts:
        assert text in collected.reason
    assert (erp / "rejected" / f"{name}.reason.txt").read_text(encoding="utf-8") == f"{collected.reason}\n"
    assert (erp / "rejected" / name).exists()
    assert not list((erp / "incoming").iterdir())


def test_an_order_is_a_file_with_the_numbers_that_an_erp_knows_it_by(company: Company, erp: Path, submitted):
    company.update("account", company.acme, accountnumber="C-7")
    company.update("contact", company.ann, parentcustomerid=handsel.Reference("account", company.acme))
    person = handsel.Reference("contact", company.ann)
    order = submitted(line(company.lamp, 2), write_in("Work", 10), customerid=person)
    [file] = (erp / "orders").iterdir()
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["customer"] == {"id": str(company.ann), "number": "C-7", "name": "Ann Lee"}
    assert (found["id"], found["number"]) == (str(order.id), order["ordernumber"])
    lamp, work = found["lines"]
    assert lamp["product"] == {"id": str(company.lamp), "number": "P-Lamp", "name": "Lamp"}
    assert (lamp["unit"], lamp["number"], Decimal(lamp["quantity"]), Decimal(lamp["net"])) == (
        *("Piece", 1, 2),
        Decimal("39.98"),
    )
    assert (work["product"], work["text"], work["is_written_in"]) == (None, "Work", True)
    assert [each["id"] for each in found["lines"]] == [str(each.id) for each in company.lines("salesorder", order.id)]


def test_as_csv_the_lines_are_there_before_the_order(company: Company, erp: Path, submitted):
    [connector] = company.all("hs_connector")
    company.update("hs_connector", connector.id, hs_settings=json.dumps({"format": "csv"}))
    order = submitted(line(company.lamp, 2, manualdiscountamount=1), name='Say "hi", twice')
    lines, head = sorted((erp / "orders").iterdir(), key=lambda file: not file.stem.endswith("-lines"))
    with head.open(encoding="utf-8", newline="") as stream:
        [row] = csv.DictReader(stream)
    with lines.open(encoding="utf-8", newline="") as stream:
        [first] = csv.DictReader(stream)
    assert (row["number"], row["name"], row["currency"]) == (order["ordernumber"], 'Say "hi", twice', "USD")
    assert Decimal(row["totals_total"]) == Decimal("38.98")
    assert (first["order_id"], first["product_number"], first["text"]) == (str(order.id), "P-Lamp", "Lamp")
    assert Decimal(first["amount"]) == Decimal("38.98")


def test_partial_invoices_keep_their_amounts_and_complete_the_order(company: Company, erp: Path, worker, submitted):
    order = submitted(line(company.lamp, 3), write_in("Work", 10))
    work = str(company.lines("salesorder", order.id)[1].id)
    first = invoice(
        *(order, "E-1", posted(1, 2, "18.01", "36.01", "2.77", amount=38.78, discount=0)),
        **{"freight": "4.9", "discount": 1, "net": "39.91", "tax": 3, "total": "42.91", "due_on": "2026-12-31"},
    )
    put(erp, "1.json", first)
    assert [each.reason for each in worker.collect()] == [""]
    [made] = company.all("invoice", salesorderid=order.id)
    assert company.state("invoice", made.id) == (0, 4)
    assert company.state("salesorder", order.id) == (1, 3)
    wanted = {"totalamount": "42.91", "totaltax": "3", "freightamount": "4.9", "discountamount": "1"}
    further = {"totallineitemamount": "36.01", "totalamountlessfreight": "35.01"}
    assert {name: made[name] for name in wanted | further} == {
        name: Decimal(amount) for name, amount in (wanted | further).items()
    }
    assert (made["invoicenumber"], str(made["duedate"])) == ("INV-E-1", "2026-12-31")
    assert (made["customerid"], made["ownerid"]) == (order["customerid"], order["ownerid"])
    [lamp] = company.lines("invoice", made.id)
    assert (lamp["productid"], lamp["quantity"], lamp["priceperunit"]) == (company.lamp, 2, Decimal("18.01"))
    assert (lamp["extendedamount"], lamp["tax"]) == (Decimal("38.78"), Decimal("2.77"))
    assert lamp["salesorderdetailid"] == company.lines("salesorder", order.id)[0].id

    put(erp, "again.json", first)
    put(erp, "rest.json", invoice(order, "E-2", posted(1, 1, 18, 18), {**posted(2, 1, 10, 10), "order_line": work}))
    assert [(each.name, each.reason) for each in worker.collect()] == [("again.json", ""), ("rest.json", "")]
    assert len(company.all("invoice", salesorderid=order.id)) == 2
    assert company.state("salesorder", order.id) == (4, 100003)
    status, said = company.columns("salesorder", order.id, "submitstatus", "submitstatusdescription")
    assert (status, "INV-E-2" in said) == (3, True)
    assert sorted(file.name for file in (erp / "done").iterdir()) == ["1.json", "again.json", "rest.json"]

    put(erp, "other.json", {**first, "tax": 4, "total": "43.91"})
    refused(erp, worker, "other.json", "INV-E-1", "a posted invoice does not change")


def test_an_erp_may_say_that_an_order_is_complete(company: Company, erp: Path, worker, submitted):
    order = submitted(line(company.lamp, 3))
    fee = {"text": "Pallet", **posted(None, 1, 5, 5)}
    put(erp, "1.json", invoice(order, "E-1", posted(1, 1, 20, 20), fee, complete=True))
    assert [each.reason for each in worker.collect()] == [""]
    assert company.state("salesorder", order.id) == (4, 100003)
    [gone] = company.all("invoice", salesorderid=order.id)
    company.delete("invoice", gone.id)
    put(erp, "1.json", invoice(order, "E-1", posted(1, 1, 20, 20), fee, complete=True))
    assert [each.reason for each in worker.collect()] == [""]
    [made] = company.all("invoice", salesorderid=order.id)
    assert made.id != gone.id
    assert [each["productdescription"] for each in company.lines("invoice", made.id)][1] == "Pallet"


def test_payments_as_csv_pay_in_part_in_full_and_are_taken_back(company: Company, erp: Path, worker, submitted):
    order = submitted(line(company.lamp, 3))
    columns = "invoice_id,invoice_number,order,currency,net,tax,total,line_number,line_quantity,line_price,line_net\n"
    rows = "A,IA,{0},USD,19,0,19,1,1,19,19\nB,IB,{0},USD,21,0,21,1,1,19,19\nB,IB,{0},USD,21,0,21,,1,2,2\n"
    put(erp, "z-invoices.csv", columns + rows.format(order["ordernumber"]))
    put(erp, "a-payments.csv", "invoice,remaining\nA,0.00\nB,20.99\n")
    assert [(each.name, each.reason) for each in worker.collect()] == [("z-invoices.csv", ""), ("a-payments.csv", "")]
    a, b = company.all("invoice", salesorderid=order.id)
    assert (company.total("invoice", a.id), company.total("invoice", b.id)) == (19, 21)
    assert (company.state("invoice", a.id), company.state("invoice", b.id)) == ((2, 100001), (2, 100002))
    for remaining, state in (("0", (2, 100001)), ("21", (0, 4)), ("21", (0, 4))):
        put(erp, "p.json", {"record": "payment", "invoice": "B", "remaining": remaining})
        assert [each.reason for each in worker.collect()] == [""]
        assert company.state("invoice", b.id) == state
    assert company.total("invoice", b.id) == 21
    put(erp, "much.json", {"record": "payment", "invoice": "B", "remaining": "21.01"})
    refused(erp, worker, "much.json", "21.01 cannot be left to pay")
    put(erp, "unknown.json", {"record": "payment", "invoice": "C", "remaining": 0})
    refused(erp, worker, "unknown.json", "Send the invoice first")


def test_a_refusal_is_told_to_the_seller_and_the_order_can_be_delivered_again(
    company: Company, erp: Path, worker, submitted
):
    order = submitted(line(company.lamp))
    put(erp, "no.json", {"record": "refusal", "order": order["ordernumber"], "reason": "Customer C-7 is blocked."})
    assert [each.reason for each in worker.collect()] == [""]
    status, said = company.columns("salesorder", order.id, "submitstatus", "submitstatusdescription")
    assert (status, said) == (2, "Rejected by erp: Customer C-7 is blocked.")
    [delivery] = company.all("hs_delivery")
    assert (delivery["hs_state"], delivery["hs_reason"]) == (2, "Customer C-7 is blocked.")
    company.do(handsel.RetryDelivery(order.id))
    assert worker.drain() == {"Accepted": 1}
    assert company.columns("salesorder", order.id, "submitstatus") == (1,)
    company.do(handsel.CancelSalesOrder({"salesorderid": order.id}))
    put(erp, "late.csv", f"order,reason\n{order['ordernumber']},Too late\n")
    refused(erp, worker, "late.csv", "is not with this system", "canceled")
    put(erp, "billed.json", invoice(order, "E-1", posted(1, 1, 20, 20)))
    refused(erp, worker, "billed.json", "is canceled", "has not been handed over")


def test_what_names_nothing_here_is_set_aside_whole(company: Company, erp: Path, worker, submitted):
    order = submitted(line(company.lamp))
    put(erp, "1.json", invoice(order, "E-1", posted(9, 1, 20, 20)))
    refused(erp, worker, "1.json", f"Order {order['ordernumber']} has no line '9'")
    put(erp, "2.json", invoice(order, "E-1", posted(1, 1, 20, 20), currency="EUR"))
    refused(erp, worker, "2.json", "is in 'EUR'", "is in USD")
    put(erp, "25.json", invoice(order, "E-1", posted(1, 1, 20, "19.995")))
    refused(erp, worker, "25.json", "19.995", "2 decimals")
    columns = "invoice_id,invoice_number,order,currency,net,tax,total,line_number,line_quantity,line_price,line_net\n"
    rows = f"A,IA,{order['ordernumber']},USD,19,0,19,1,1,19,19\nB,IB,ORD-none,USD,19,0,19,1,1,19,19\n"
    put(erp, "3.csv", columns + rows)
    refused(erp, worker, "3.csv", "There is no order 'ORD-none'")
    company.settings(issopintegrationenabled=False)
    put(erp, "4.json", invoice(order, "E-1", posted(1, 1, 20, 20)))
    refused(erp, worker, "4.json", "issopintegrationenabled", "the connector's user erp")
    company.settings(issopintegrationenabled=True)
    assert company.all("invoice") == []
    put(erp, "3.csv", columns + rows.splitlines()[0])
    assert [each.reason for each in worker.collect()] == [""]
    put(erp, "3.csv", "nonsense")
    [collected] = worker.collect()
    assert collected.reason
    assert (erp / "rejected" / "3.2.csv.reason.txt").exists()


def test_a_system_that_fails_is_told_of_once_and_delivers_again_when_it_works(company: Company, erp: Path):
    heard: list[str] = []
    worker = open_worker(company.session, heard=lambda collected: heard.append(collected.reason))
    (erp / "incoming").rmdir()
    other = company.create("systemuser", domainname="two", lastname="two", isintegrationuser=True)
    give_role(company.session, other, "Integration")
    values = {"hs_name": "a", "hs_kind": "files", "hs_address": "x", "hs_settings": '{"format": "pdf"}'}
    broken = company.create("hs_connector", **values, systemuserid=handsel.Reference("systemuser", other))
    assert len(worker.collect()) == len(worker.collect()) == 1
    [reason] = heard
    assert "not as 'pdf'" in reason
    company.update("hs_connector", broken, hs_ispaused=True)
    assert worker.collect() == []
    worker.close()


def test_the_erp_of_the_page_invoices_the_order_and_is_paid(
    company: Company, erp: Path, worker, submitted, monkeypatch: pytest.MonkeyPatch
):
    order = submitted(line(company.lamp, 2), write_in("Work", 10))
    [program] = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(erp.parent)
    exec(program, {})
    assert [each.reason for each in worker.collect()] == ["", ""]
    assert company.state("salesorder", order.id) == (4, 100003)
    [made] = company.all("invoice", salesorderid=order.id)
    assert (made["invoicenumber"], made["totalamount"]) == ("R-2026-001", order["totalamount"])
    assert company.state("invoice", made.id) == (2, 100001)


def test_the_command_line_takes_in_and_exports(
    company: Company, erp: Path, submitted, request, tmp_path: Path, capsys, monkeypatch
):
    order = submitted(line(company.lamp, 2))
    company.session.close()
    kind = request.node.callspec.params["company"]
    monkeypatch.setenv("HANDSEL_DATABASE_URL", request.getfixturevalue(f"company_{kind}_url"))
    put(erp, "1.json", invoice(order, "E-1", posted(1, 2, 20, 40)))
    assert main(["deliver", "--once"]) == 0
    assert capsys.readouterr().out == "1.json from erp: written down\n"
    put(erp, "2.txt", "x")
    assert main(["deliver", "--once", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["connector"], told["incoming"], told["outcome"]) == ("erp", "2.txt", "refused")
    assert main(["export", "orders", "--filter", "statecode eq 4"]) == 0
    [text] = capsys.readouterr().out.splitlines()
    [file] = (erp / "orders").iterdir()
    assert {**json.loads(text), "delivery": None} == {
        **json.loads(file.read_text(encoding="utf-8")),
        "delivery": None,
        "submitted_on": json.loads(text)["submitted_on"],
    }
    assert main(["export", "orders", "--format", "csv"]) == 1
    assert main(["export", "orders", "--format", "csv", "--to", str(tmp_path / "out")]) == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["lines.csv", "orders.csv"]
    assert main(["export", "orders", "--format", "ubl", "--to", str(tmp_path / "out")]) == 0
    ubl = ElementTree.parse(tmp_path / "out" / f"{order['ordernumber']}.xml").getroot()
    assert ubl.tag == f"{{{ORDER}}}Order"
    assert [ubl.findtext(f"{{{BASIC}}}{name}") for name in ("ID", "DocumentCurrencyCode")] == [
        *(order["ordernumber"], "USD")
    ]
    total = ubl.find(f"{{{AGGREGATE}}}AnticipatedMonetaryTotal/{{{BASIC}}}PayableAmount")
    assert total is not None
    assert (total.text, total.attrib) == ("39.98", {"currencyID": "USD"})
    assert [each.text for each in ubl.iterfind(f".//{{{AGGREGATE}}}SellersItemIdentification/*")] == ["P-Lamp"]
    names = [each.tag.rpartition("}")[2] for each in ubl]
    assert names.index("BuyerCustomerParty") < names.index("SellerSupplierParty") < names.index("TaxTotal")
    assert names[-2:] == ["AnticipatedMonetaryTotal", "OrderLine"]
    assert main(["export", "orders", "--to", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / f"{order['ordernumber']}.json").exists()
