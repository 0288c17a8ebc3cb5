"""What is said to be possible is done, what is said to be blocked is refused with the same sentence, what is absent is
refused for want of a right: every state × message of the four documents, as administrator and as limited users."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

import handsel
from handsel import HandselError, Reference, Session
from handsel.database.statements import counted_statements
from handsel.engine.available import Available
from handsel.engine.message import Message
from handsel.engine.rights.privileges import Depth
from handsel.errors import Code, NotFound, PrivilegeDenied
from tests.messages.granting import Limited, limited
from tests.scenarios.company import Company, fingerprint, line
from tests.sweep.test_state_message_pairs import PAIRS, documents

STEMS = ("Opportunity", "Quote", "Order", "Invoice", "Account", "Contact", "Product", "Activity", "TransactionCurrency")
VERBS = ("Create", "Read", "Write", "Delete", "Append", "AppendTo")
EVERYTHING = {f"prv{verb}{stem}": Depth.GLOBAL for stem in STEMS for verb in VERBS}


def without(*names: str) -> Mapping[str, Depth]:
    return {name: depth for name, depth in EVERYTHING.items() if name not in names}


ROLES: dict[str, Mapping[str, Depth]] = {
    "no orders": without("prvCreateOrder", "prvDeleteQuote"),
    "own documents": {
        **EVERYTHING,
        **{f"prvWrite{stem}": Depth.BASIC for stem in ("Opportunity", "Quote", "Order", "Invoice")},
        **{f"prvDelete{stem}": Depth.BASIC for stem in ("Opportunity", "Quote", "Order", "Invoice")},
    },
    "own customers": {**EVERYTHING, "prvAppendToAccount": Depth.BASIC, "prvQOIOverrideDelete": Depth.GLOBAL},
    "reader": {f"prvRead{stem}": Depth.GLOBAL for stem in STEMS},
}


def real(offer: Available) -> Message[object]:
    """`Update` stands for any change; here for one."""
    message = offer.message
    if isinstance(message, handsel.Update) and not message.values:
        return handsel.Update(message.table, message.id, {"description": "Changed"})
    return message


def tell(session: Session, table: str, ids: list[UUID]) -> list[list[Available]]:
    found = session.available([Reference(table, id) for id in ids])
    return [found[Reference(table, id)] for id in ids]


def wrong(company: Company, session: Session, offer: Available) -> str:
    """What happens other than what was said; empty if it is as said."""
    before = fingerprint(company.session)
    try:
        session.execute(real(offer))
    except HandselError as error:
        if offer.is_allowed:
            return f"{offer.name} was said to be allowed: {error.message}"
        if error.message != offer.reason:
            return f"{offer.name} was refused otherwise: {error.message} | {offer.reason}"
        return "" if fingerprint(company.session) == before else f"{offer.name} was refused and changed something"
    return "" if offer.is_allowed else f"{offer.name} was said to be blocked: {offer.reason}"


@pytest.mark.parametrize(("table", "state"), PAIRS)
def test_an_administrator_is_told_what_happens(company: Company, table: str, state: int) -> None:
    [count] = {len(tell(company.session, table, documents(company, table, state, 1))[0])}
    told = tell(company.session, table, documents(company, table, state, count))
    assert len({tuple(offer.name for offer in offers) for offers in told}) == 1
    failed = [wrong(company, company.session, offers[at]) for at, offers in enumerate(told)]
    assert [text for text in failed if text] == []
    assert any(offer.is_allowed for offer in told[0])


@pytest.mark.parametrize(("table", "state"), PAIRS)
def test_limited_users_are_told_what_happens(company: Company, table: str, state: int) -> None:
    seller = limited(company)
    for role, privileges in ROLES.items():
        seller.may(privileges)
        [count] = {len(tell(company.session, table, documents(company, table, state, 1))[0])}
        ids = documents(company, table, state, count)
        told, all_told = tell(seller.session, table, ids), tell(company.session, table, ids)
        for at, offers in enumerate(all_told):
            mine = {(own.name, type(own.message)): own for own in told[at]}
            own = mine.get((offers[at].name, type(offers[at].message)))
            if own is not None:
                assert wrong(company, seller.session, own) == "", role
                continue
            before = fingerprint(company.session)
            with pytest.raises(PrivilegeDenied):
                seller.session.execute(real(offers[at]))
            assert fingerprint(company.session) == before


def test_what_each_role_lacks_is_absent(company: Company) -> None:
    """The comparison above would hold of a list that is always empty."""
    quote = company.quote(line(company.lamp), state=1)

    def names(seller: Limited) -> set[str]:
        return {offer.name for offer in tell(seller.session, "quote", [quote])[0] if offer.is_allowed}

    seller = limited(company)
    seller.may(EVERYTHING)
    everything = {"Deactivate", "Win", "Close", "ReviseActiveQuote", "ConvertQuoteToSalesOrder", "CreateOrderFromQuote"}
    assert names(seller) == everything
    seller.may(ROLES["no orders"])
    assert names(seller) == everything - {"ConvertQuoteToSalesOrder", "CreateOrderFromQuote"}
    seller.may(ROLES["own documents"])
    assert names(seller) == {"ConvertQuoteToSalesOrder"}
    seller.may(ROLES["own customers"])
    assert names(seller) == everything - {"ReviseActiveQuote"}
    seller.may(ROLES["reader"])
    assert names(seller) == set()


def test_live_quotes_block_winning_with_the_sentence_of_the_refusal(company: Company) -> None:
    opportunity, free = company.opportunity(), company.opportunity()
    company.quote(opportunityid=Reference("opportunity", opportunity))
    [blocked, allowed] = [
        next(offer for offer in offers if offer.name == "Win")
        for offers in tell(company.session, "opportunity", [opportunity, free])
    ]
    assert "is still draft" in blocked.reason
    assert allowed.is_allowed
    company.refuses(blocked.message, Code.INVALID_STATE, blocked.reason)


def test_rows_that_exclude_each_other_are_judged_one_by_one(company: Company) -> None:
    """Either of two closed revisions may be reopened, though not both."""
    first = company.quote(state=3)
    second = company.do(handsel.ReviseQuote(first)).id
    company.update("quote", second, statecode=1)
    company.do(handsel.CloseQuote({"quoteid": second}))
    for offers in tell(company.session, "quote", [first, second]):
        [reopen] = [offer for offer in offers if offer.name == "Reopen"]
        assert reopen.is_allowed
    company.do(reopen.message)
    [[reopen]] = [
        [offer for offer in offers if offer.name == "Reopen"] for offers in tell(company.session, "quote", [first])
    ]
    company.refuses(reopen.message, Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE, reopen.reason)


def test_what_stands_in_the_way_of_deletion_is_named(company: Company) -> None:
    orders = documents(company, "salesorder", 3, 3)
    for order in orders[:2]:
        company.do(handsel.ConvertSalesOrderToInvoice(order))
    *blocked, free = [
        next(offer for offer in offers if offer.name == "Delete")
        for offers in tell(company.session, "salesorder", orders)
    ]
    assert free.is_allowed
    for offer in blocked:
        assert "Invoice" in offer.reason
        company.refuses(offer.message, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, offer.reason)
    company.do(free.message)


def test_a_row_that_one_may_not_see_is_left_out(company: Company) -> None:
    seller, quote = limited(company), company.quote()
    seller.may({"prvReadQuote": Depth.BASIC})
    assert seller.session.available([Reference("quote", quote), Reference("quote", uuid4())]) == {}
    with pytest.raises(NotFound):
        seller.session.retrieve("quote", quote)


@pytest.mark.parametrize("role", [None, "own documents", "own customers"])
def test_statements_do_not_grow_with_the_rows(company: Company, role: str | None) -> None:
    session = company.session
    if role is not None:
        seller = limited(company)
        seller.may(ROLES[role])
        session = seller.session
    counted = []
    for count in (2, 12):
        opportunities = documents(company, "opportunity", 0, count)
        company.session.execute_many([handsel.GenerateQuoteFromOpportunity(id) for id in opportunities])
        asked = [Reference("opportunity", id) for id in opportunities]
        orders = documents(company, "salesorder", 3, count)  # whose invoices stand in the way of their deletion
        company.session.execute_many([handsel.ConvertSalesOrderToInvoice(id) for id in orders])
        asked += [Reference("salesorder", id) for id in orders]
        for table, state in PAIRS:
            asked += [Reference(table, id) for id in documents(company, table, state, count)]
        session.available(asked)  # reads the rights of the user and of roles
        with counted_statements() as statements:
            session.available(asked)
        counted.append(len(statements))
    assert counted[0] == counted[1]
