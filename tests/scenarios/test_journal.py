"""Every message leaves an audit row and an outbox row per document; a refused one leaves nothing (architecture 4)."""

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import Company, audit, audit_of, events, fingerprint, line, write_in


def documents(company: Company) -> dict[str, object]:
    """One of everything, as far as each message needs it."""
    opportunity = company.opportunity(line(company.lamp))
    won = company.quote(state=2)
    return {
        "opportunity": opportunity,
        "other": company.opportunity(line(company.lamp)),
        "draft": company.quote(line(company.lamp)),
        "active": company.quote(line(company.lamp), state=1),
        "won": won,
        "closed": company.quote(line(company.lamp), state=3),
        "order": company.order(line(company.lamp)),
        "locked": company.do(handsel.ConvertQuoteToSalesOrder(won)).id,
        "invoice": company.invoice(line(company.lamp)),
        "billed": company.do(handsel.GenerateInvoiceFromOpportunity(opportunity)).id,
    }


MESSAGES = {
    "GenerateQuoteFromOpportunity": (lambda d: (d["opportunity"],), {("quote", "create")}),
    "GenerateSalesOrderFromOpportunity": (lambda d: (d["opportunity"],), {("salesorder", "create")}),
    "GenerateInvoiceFromOpportunity": (lambda d: (d["opportunity"],), {("invoice", "create")}),
    "GetQuoteProductsFromOpportunity": (lambda d: (d["draft"], d["other"]), {("quote", "update")}),
    "GetSalesOrderProductsFromOpportunity": (lambda d: (d["order"], d["other"]), {("salesorder", "update")}),
    "GetInvoiceProductsFromOpportunity": (lambda d: (d["invoice"], d["other"]), {("invoice", "update")}),
    "ConvertQuoteToSalesOrder": (lambda d: (d["active"],), {("salesorder", "create"), ("quote", "update")}),
    "ConvertSalesOrderToInvoice": (lambda d: (d["order"],), {("invoice", "create")}),
    "WinQuote": (lambda d: ({"quoteid": d["active"]},), {("quote", "update")}),
    "CloseQuote": (lambda d: ({"quoteid": d["active"]},), {("quote", "update")}),
    "ReviseQuote": (lambda d: (d["closed"],), {("quote", "create")}),
    "WinOpportunity": (lambda d: ({"opportunityid": d["opportunity"]},), {("opportunity", "update")}),
    "LoseOpportunity": (lambda d: ({"opportunityid": d["opportunity"]},), {("opportunity", "update")}),
    "FulfillSalesOrder": (lambda d: ({"salesorderid": d["order"]},), {("salesorder", "update")}),
    "CancelSalesOrder": (lambda d: ({"salesorderid": d["order"]},), {("salesorder", "update")}),
    "LockSalesOrderPricing": (lambda d: (d["order"],), {("salesorder", "update")}),
    "UnlockSalesOrderPricing": (lambda d: (d["locked"],), {("salesorder", "update")}),
    "LockInvoicePricing": (lambda d: (d["invoice"],), {("invoice", "update")}),
    "UnlockInvoicePricing": (lambda d: (d["billed"],), {("invoice", "update")}),
}
"""Message → its arguments, and the documents it leaves a trace on."""


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_leaves_one_audit_row_and_one_event_per_document(company: Company, name):
    made = documents(company)
    audited, announced = len(audit(company)), len(events(company))
    arguments, expected = MESSAGES[name]
    company.do(getattr(handsel, name)(*arguments(made)))
    entries, new = audit(company)[audited:], events(company)[announced:]
    assert {(entry.table, entry.action) for entry in entries} == expected
    assert {(event.table, event.action) for event in new} == expected
    assert len(entries) == len(new) == len(expected)
    assert {entry.message for entry in entries} == {event.message for event in new} == {name}
    assert {entry.version for entry in entries} == {event.version for event in new}
    assert len({entry.version for entry in entries}) == 1


def test_a_create_keeps_the_values_with_lines_inside(company: Company):
    quote = company.quote(line(company.lamp, 2))
    (entry,) = audit_of(company, quote)
    header, detail = entry.content
    assert (header["table"], header["action"], header["values"]["totalamount"]) == ("quote", "create", "39.98")
    assert (detail["table"], detail["action"], detail["values"]["quantity"]) == ("quotedetail", "create", "2")


def test_an_update_keeps_old_and_new_of_what_changed_only(company: Company):
    quote = company.quote(write_in("Work", 10, 2), write_in("Trip", 5))
    company.update("quotedetail", company.lines("quote", quote)[0].id, quantity=3)
    entry = audit_of(company, quote)[-1]
    changed = {change["table"]: change["changed"] for change in entry.content}
    assert changed == {
        "quotedetail": {
            "quantity": ["2.00000", "3"],
            "baseamount": ["20.0000", "30.00"],
            "extendedamount": ["20.0000", "30.00"],
        },
        "quote": {
            "totallineitemamount": ["25.0000", "35.00"],
            "totalamountlessfreight": ["25.0000", "35.00"],
            "totalamount": ["25.0000", "35.00"],
        },
    }


def test_a_delete_keeps_the_whole_document(company: Company):
    quote = company.quote(write_in("Work", 10))
    company.delete("quote", quote)
    entry = audit_of(company, quote)[-1]
    assert entry.action == "delete"
    assert [change["table"] for change in entry.content] == ["quote", "quotedetail"]
    assert entry.content[1]["values"]["productdescription"] == "Work"


def test_an_event_says_what_the_document_is_now(company: Company):
    quote = company.quote(write_in("Work", 10), quotenumber="Q-1", name="Roof")
    company.update("quote", quote, statecode=1)
    event = events(company)[-1]
    assert (event.message, event.action, event.table, event.row_id) == ("Update", "update", "quote", quote)
    shown = {
        "name": "Roof",
        "statecode": 1,
        "statuscode": 2,
        "quotenumber": "Q-1",
        "revisionnumber": 0,
        "totalamount": "10.0000",
    }
    assert event.content == shown


def test_an_update_that_changes_nothing_leaves_no_trace(company: Company):
    quote = company.quote(name="Roof")
    before = fingerprint(company.session)
    company.update("quote", quote, name="Roof")
    assert fingerprint(company.session) == before


# Lists


def test_a_refusal_rolls_the_whole_list_back(company: Company):
    active, draft = company.quote(state=1), company.quote()
    before = fingerprint(company.session)
    with pytest.raises(handsel.HandselError):
        company.session.execute_many([handsel.WinQuote({"quoteid": active}), handsel.WinQuote({"quoteid": draft})])
    assert fingerprint(company.session) == before


def test_collected_refusals_stand_in_their_place_and_the_rest_is_done(company: Company):
    active, draft, other = company.quote(state=1), company.quote(), company.quote(state=1)
    quotes = [active, draft, other]
    results = company.session.execute_many(
        [handsel.ConvertQuoteToSalesOrder(id) for id in quotes], on_refusal="collect"
    )
    assert [type(result).__name__ for result in results] == ["Row", "Refusal", "Row"]
    assert (results[1].index, results[1].error.code) == (1, Code.INVALID_STATE)
    assert [company.state("quote", id)[0] for id in quotes] == [2, 0, 2]
    assert [order["quoteid"] for order in company.all("salesorder")] == [active, other]
    assert audit_of(company, draft)[-1].message == "Create"


def test_an_unknown_row_in_a_collected_list_is_refused_alone(company: Company):
    quote, unknown = company.quote(state=1), company.lamp
    results = company.session.execute_many(
        [handsel.WinQuote({"quoteid": id}) for id in (unknown, quote)], on_refusal="collect"
    )
    assert results[0].error.code is Code.OBJECT_DOES_NOT_EXIST
    assert company.state("quote", quote)[0] == 2


def test_a_line_that_pricing_refuses_is_taken_back_alone(company: Company):
    for item in company.all("productpricelevel", productid=company.lamp):
        company.update("productpricelevel", item.id, quantitysellingcode=2)
    quote, other = company.quote(), company.quote()
    lines = [
        ("quotedetail", {"quoteid": quote, **line(company.lamp, 2)}),
        ("quotedetail", {"quoteid": other, **line(company.lamp, "1.5")}),
    ]
    good, refused = company.session.execute_many([handsel.Create(*values) for values in lines], on_refusal="collect")
    assert refused.error.code is Code.PRODUCT_INVALID_QUANTITY_DECIMAL
    assert good["extendedamount"] == company.total("quote", quote)
    assert company.lines("quote", other) == []
    assert company.total("quote", other) == 0


def test_a_list_holds_messages_of_one_type(company: Company):
    quote = company.quote(state=1)
    with pytest.raises(handsel.InvalidArgument):
        company.session.execute_many([handsel.WinQuote({"quoteid": quote}), handsel.ReviseQuote(quote)])


def test_messages_on_the_same_row_run_one_after_the_other(company: Company):
    quote = company.quote()
    states = [{"statecode": 1}, {"statecode": 0}, {"name": "Late"}, {"statecode": 1}]
    company.session.execute_many([handsel.Update("quote", quote, values) for values in states])
    assert company.columns("quote", quote, "statecode", "name") == (1, "Late")
    changed = [entry.content[0]["changed"] for entry in audit_of(company, quote)[1:]]
    assert [change.get("statecode") for change in changed] == [[0, 1], [1, 0], None, [0, 1]]


def test_given_one_message_twice_in_a_list_then_the_second_meets_what_the_first_did(company: Company):
    quote = company.quote(state=1)
    first, second = company.session.execute_many([handsel.WinQuote({"quoteid": quote})] * 2, on_refusal="collect")
    assert first is None
    assert second.error.code is Code.INVALID_STATE
    assert len(company.all("quoteclose")) == 1


def test_a_won_quote_converted_twice_in_a_list_makes_two_orders(company: Company):
    quote = company.quote(line(company.lamp), state=1)
    orders = company.session.execute_many([handsel.ConvertQuoteToSalesOrder(quote)] * 2)
    assert len({order["ordernumber"] for order in orders}) == 2
    assert len(company.all("quoteclose")) == 1


def test_lines_of_one_document_added_in_one_list_are_numbered_and_priced_together(company: Company):
    quote = company.quote()
    rows = [handsel.Create("quotedetail", {"quoteid": quote, **line(company.lamp, count)}) for count in (1, 2, 3)]
    company.session.execute_many(rows)
    assert [row["lineitemnumber"] for row in company.lines("quote", quote)] == [1, 2, 3]
    assert company.total("quote", quote) == 6 * company.lines("quote", quote)[0]["priceperunit"]
    assert len(audit_of(company, quote)) == 4


# Idempotency keys


def test_a_repeated_key_gives_the_first_result_and_does_nothing(company: Company):
    opportunity = company.opportunity(line(company.lamp))
    message = handsel.GenerateQuoteFromOpportunity(opportunity)
    first = company.session.execute(message, idempotency_key="k1")
    before = fingerprint(company.session)
    again = company.session.execute(message, idempotency_key="k1")
    assert fingerprint(company.session) == before
    assert (again.table, again.id, again["quotenumber"]) == ("quote", first.id, first["quotenumber"])
    assert set(again) == set(first)
    assert company.session.execute(message, idempotency_key="k2").id != first.id


def test_a_key_used_before_with_another_message_is_refused(company: Company):
    opportunity = company.opportunity()
    company.session.execute(handsel.GenerateQuoteFromOpportunity(opportunity), idempotency_key="k")
    with pytest.raises(handsel.InvalidArgument, match="k"):
        company.session.execute(handsel.GenerateSalesOrderFromOpportunity(opportunity), idempotency_key="k")


def test_a_refused_message_does_not_use_its_key_up(company: Company):
    quote = company.quote()
    message = handsel.WinQuote({"quoteid": quote})
    with pytest.raises(handsel.HandselError):
        company.session.execute(message, idempotency_key="k")
    company.update("quote", quote, statecode=1)
    company.session.execute(message, idempotency_key="k")
    company.session.execute(message, idempotency_key="k")
    assert company.state("quote", quote)[0] == 2


def test_a_list_may_mix_messages_with_and_without_keys(company: Company):
    opportunity = company.opportunity()
    messages = [handsel.GenerateQuoteFromOpportunity(opportunity)] * 3
    first = company.session.execute_many(messages, idempotency_keys=["a", None, "b"])
    second = company.session.execute_many(messages, idempotency_keys=["a", None, "c"])
    assert second[0].id == first[0].id
    assert company.session.count("quote") == 5


def test_results_of_every_kind_come_back_for_a_repeated_key(company: Company):
    key = {"productnumber": "X-1"}
    values = {"name": "X", "defaultuomid": company.piece, "defaultuomscheduleid": company.group, "quantitydecimal": 0}
    upsert = handsel.Upsert("product", key, values)
    assert company.session.execute(upsert, idempotency_key="u") == company.session.execute(upsert, idempotency_key="u")
    quote = company.quote(state=1)
    close = handsel.CloseQuote({"quoteid": quote})
    assert (
        company.session.execute(close, idempotency_key="c")
        is company.session.execute(close, idempotency_key="c")
        is None
    )


# Versions


def test_a_stale_version_is_refused(company: Company):
    quote = company.quote()
    version = company.columns("quote", quote, "versionnumber")[0]
    company.session.execute(handsel.Update("quote", quote, {"name": "First"}, version=version))
    stale = handsel.Update("quote", quote, {"name": "Second"}, version=version)
    company.refuses(stale, Code.VERSION_MISMATCH, str(version))
    company.refuses(handsel.Delete("quote", quote, version=version), Code.VERSION_MISMATCH)
    current = company.columns("quote", quote, "versionnumber")[0]
    company.session.execute(handsel.Delete("quote", quote, version=current))


def test_two_changes_in_a_list_with_one_version_let_the_first_through(company: Company):
    quote = company.quote()
    version = company.columns("quote", quote, "versionnumber")[0]
    messages = [handsel.Update("quote", quote, {"name": name}, version=version) for name in ("First", "Second")]
    first, second = company.session.execute_many(messages, on_refusal="collect")
    assert first is None
    assert second.error.code is Code.VERSION_MISMATCH
    assert company.columns("quote", quote, "name") == ("First",)


def test_a_changed_line_changes_the_version_of_its_document(company: Company):
    quote = company.quote(write_in("Work", 10))
    version = company.columns("quote", quote, "versionnumber")[0]
    company.update("quotedetail", company.lines("quote", quote)[0].id, quantity=2)
    company.refuses(handsel.Update("quote", quote, {"name": "x"}, version=version), Code.VERSION_MISMATCH)


def test_what_the_caller_may_not_write_is_not_written(company: Company):
    quote = company.quote(revisionnumber=7, createdon="2020-01-01T00:00:00Z", versionnumber=1)
    row = company.row("quote", quote)
    assert row["revisionnumber"] == 0
    assert row["versionnumber"] > 1
    assert row["createdon"].year > 2020
    assert row["createdby"] == row["modifiedby"] == company.session.user.user_id


def test_an_imported_row_keeps_its_stated_day_of_creation(company: Company):
    quote = company.row("quote", company.quote(overriddencreatedon="2020-01-01T00:00:00Z"))
    assert quote["createdon"].year == 2020
    assert quote["overriddencreatedon"].year > 2020


# Upsert, Associate


def test_upsert_creates_then_changes(company: Company):
    id = company.quote()
    company.delete("quote", id)
    values = {"name": "Upserted", "customerid": Reference("account", company.acme)}
    reference, created = company.do(handsel.Upsert("quote", id, values))
    assert (reference, created) == (Reference("quote", id), True)
    assert company.do(handsel.Upsert("quote", id, {"name": "Again"})) == (Reference("quote", id), False)
    assert company.columns("quote", id, "name") == ("Again",)


def test_a_lookup_is_set_and_cleared_by_its_navigation_name(company: Company):
    quote = company.quote()
    opportunity = company.opportunity()
    company.do(handsel.Associate("opportunity", opportunity, "opportunity_quotes", Reference("quote", quote)))
    assert company.columns("quote", quote, "opportunityid") == (opportunity,)
    company.do(handsel.Disassociate("quote", quote, "opportunityid"))
    assert company.columns("quote", quote, "opportunityid") == (None,)
