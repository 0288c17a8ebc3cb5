"""Each message is refused without any single privilege of its list, and works with exactly these (security 5.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel import HandselError, Reference
from handsel.database.statements import counted_statements
from handsel.engine.auto_number import SetAutoNumberSeed
from handsel.engine.message import Message, message_type, message_types
from handsel.engine.rights.privileges import Depth, Privilege, coverage_of, privilege_name
from handsel.errors import Code, PrivilegeDenied
from tests.messages.granting import limited, names_of
from tests.scenarios.company import Company, fingerprint, line, write_in

Make = Callable[[Company], Message[Any]]


def lead(company: Company) -> UUID:
    return company.create("lead", subject="A deal", firstname="Ann", lastname="Lee", companyname="Lake Ltd")


def got(company: Company, table: str) -> tuple[UUID, UUID]:
    return getattr(company, {"salesorder": "order"}.get(table, table))(), company.opportunity(line(company.lamp))


def rule_of_duplicates(company: Company) -> UUID:
    rule = company.create(
        "duplicaterule", name="Names", baseentityname="account", matchingentityname="account", iscasesensitive=False
    )
    company.create(
        "duplicaterulecondition",
        regardingobjectid=rule,
        baseattributename="name",
        matchingattributename="name",
        operatorcode=0,
    )
    return rule


def revised(company: Company) -> UUID:
    product = company.desk
    company.update("product", product, statecode=3)
    return product


def kit(company: Company) -> UUID:
    [made] = company.products({"name": "Kit", "productstructure": 1, "iskit": True}, published=False)
    return made


def filled_kit(company: Company) -> UUID:
    made = kit(company)
    company.do(handsel.AddProductToKit(made, company.lamp))
    return made


SENT: dict[str, Make] = {
    "SetAutoNumberSeed": lambda _company: SetAutoNumberSeed("quote", "quotenumber", 50_000),
    "AddColumn": lambda _company: handsel.AddColumn("quote", "new_color", "text"),
    "WinOpportunity": lambda company: handsel.WinOpportunity({"opportunityid": company.opportunity()}),
    "LoseOpportunity": lambda company: handsel.LoseOpportunity({"opportunityid": company.opportunity()}),
    "CanCloseOpportunity": lambda company: handsel.CanCloseOpportunity(company.opportunity()),
    "QualifyLead": lambda company: handsel.QualifyLead(lead(company), True, True, True),
    "GenerateQuoteFromOpportunity": lambda company: handsel.GenerateQuoteFromOpportunity(
        company.opportunity(line(company.lamp))
    ),
    "GetQuoteProductsFromOpportunity": lambda company: handsel.GetQuoteProductsFromOpportunity(*got(company, "quote")),
    "WinQuote": lambda company: handsel.WinQuote({"quoteid": company.quote(state=1)}),
    "CloseQuote": lambda company: handsel.CloseQuote({"quoteid": company.quote(state=1)}),
    "ReviseQuote": lambda company: handsel.ReviseQuote(company.quote(line(company.lamp), state=3)),
    "ReviseActiveQuote": lambda company: handsel.ReviseActiveQuote(company.quote(line(company.lamp), state=1)),
    "CloseQuoteDialog": lambda company: handsel.CloseQuoteDialog(company.quote(state=1), 7, create_revision=True),
    "GenerateSalesOrderFromOpportunity": lambda company: handsel.GenerateSalesOrderFromOpportunity(
        company.opportunity(line(company.lamp))
    ),
    "GetSalesOrderProductsFromOpportunity": lambda company: handsel.GetSalesOrderProductsFromOpportunity(
        *got(company, "salesorder")
    ),
    "ConvertQuoteToSalesOrder": lambda company: handsel.ConvertQuoteToSalesOrder(
        company.quote(line(company.lamp), state=1)
    ),
    "FulfillSalesOrder": lambda company: handsel.FulfillSalesOrder({"salesorderid": company.order()}),
    "CancelSalesOrder": lambda company: handsel.CancelSalesOrder({"salesorderid": company.order()}),
    "LockSalesOrderPricing": lambda company: handsel.LockSalesOrderPricing(company.order()),
    "UnlockSalesOrderPricing": lambda company: handsel.UnlockSalesOrderPricing(company.order(ispricelocked=True)),
    "SubmitSalesOrder": lambda company: handsel.SubmitSalesOrder(company.order()),
    "WithdrawSalesOrder": lambda company: handsel.WithdrawSalesOrder(company.order(state=1)),
    "CreateOrderFromQuote": lambda company: handsel.CreateOrderFromQuote(company.quote(line(company.lamp), state=1)),
    "CalculateActualValueOpportunity": lambda company: handsel.CalculateActualValueOpportunity(won(company)),
    "GenerateInvoiceFromOpportunity": lambda company: handsel.GenerateInvoiceFromOpportunity(
        company.opportunity(line(company.lamp))
    ),
    "GetInvoiceProductsFromOpportunity": lambda company: handsel.GetInvoiceProductsFromOpportunity(
        *got(company, "invoice")
    ),
    "ConvertSalesOrderToInvoice": lambda company: handsel.ConvertSalesOrderToInvoice(company.order(line(company.lamp))),
    "LockInvoicePricing": lambda company: handsel.LockInvoicePricing(company.invoice()),
    "UnlockInvoicePricing": lambda company: handsel.UnlockInvoicePricing(company.invoice(ispricelocked=True)),
    "CalculatePrice": lambda company: handsel.CalculatePrice(Reference("quote", company.quote(line(company.lamp)))),
    "RecalculatePrice": lambda company: handsel.RecalculatePrice("salesorder", company.order(line(company.lamp))),
    "CreateProducts": lambda company: handsel.CreateProducts(
        [write_in("Work", 5)], Reference("invoice", company.invoice())
    ),
    "DeleteOQOILineWithSkipPricingCalculation": lambda company: handsel.DeleteOQOILineWithSkipPricingCalculation(
        "quotedetail", company.lines("quote", company.quote(line(company.lamp)))[0].id
    ),
    "Merge": lambda company: handsel.Merge(
        Reference("account", company.create("account", name="One")),
        Reference("account", company.create("account", name="Other")),
        {},
        False,
    ),
    "AddMembersTeam": lambda company: handsel.AddMembersTeam(
        company.create("team", name="Hunters"), [company.session.user.user_id]
    ),
    "RemoveMembersTeam": lambda company: handsel.RemoveMembersTeam(hunters(company), [company.session.user.user_id]),
    "AddProductToKit": lambda company: handsel.AddProductToKit(kit(company), company.lamp),
    "RemoveProductFromKit": lambda company: handsel.RemoveProductFromKit(filled_kit(company), company.lamp),
    "PublishProductHierarchy": lambda company: handsel.PublishProductHierarchy(Reference("product", revised(company))),
    "RevertProduct": lambda company: handsel.RevertProduct(Reference("product", revised(company))),
    "CloneProduct": lambda company: handsel.CloneProduct(Reference("product", company.lamp)),
    "GetDefaultPriceLevel": lambda _company: handsel.GetDefaultPriceLevel("quote"),
    "RetrieveExchangeRate": lambda company: handsel.RetrieveExchangeRate(company.euro),
    "PublishDuplicateRule": lambda company: handsel.PublishDuplicateRule(rule_of_duplicates(company)),
    "UnpublishDuplicateRule": lambda company: handsel.UnpublishDuplicateRule(rule_of_duplicates(company)),
}


def won(company: Company) -> UUID:
    opportunity = company.opportunity()
    company.do(handsel.WinOpportunity({"opportunityid": opportunity}))
    return opportunity


def hunters(company: Company) -> UUID:
    team = company.create("team", name="Hunters")
    company.do(handsel.AddMembersTeam(team, [company.session.user.user_id]))
    return team


ELSEWHERE = {
    **dict.fromkeys(("ChangeColumn", "RemoveColumn", "AddKey", "RemoveKey"), "the list of AddColumn"),
    **dict.fromkeys(("GetAutoNumberSeed", "GetNextAutoNumberValue"), "everybody reads the organization"),
    **dict.fromkeys(
        (
            "RetrieveAuditDetails",
            "RetrieveRecordChangeHistory",
            "RetrieveAttributeChangeHistory",
            "DeleteRecordChangeHistory",
            "DeleteAuditData",
        ),
        "tests/webapi/test_audits.py",
    ),
    **dict.fromkeys(("RetryDelivery", "DropDelivery", "RecordDelivery"), "the list of SubmitSalesOrder"),
    **dict.fromkeys(("RecordInvoice", "RecordPayment", "RecordRefusal"), "tests/handover_files"),
    "GetQuantityDecimal": "also takes Read on the document",
}


def test_every_message_says_what_it_takes() -> None:
    assert [cls.__name__ for cls in message_types() if cls.needs is None] == []


def test_every_list_is_tried_here() -> None:
    listed = {cls.__name__ for cls in message_types() if cls.needs is not None and cls.needs.listed()}
    assert listed == set(SENT) | set(ELSEWHERE)


def test_what_a_message_names_must_be_readable() -> None:
    """A row that one may not read does not exist, so Read stands in each list (security 8.2)."""
    for cls in message_types():
        needs = cls.needs
        if needs is not None and cls.__name__ in SENT:
            assert set(needs.read) >= set(needs.write), cls.__name__


@pytest.mark.parametrize("name", SENT)
def test_without_any_single_privilege_it_is_refused_and_with_the_list_it_works(company: Company, name: str) -> None:
    seller = limited(company)
    message = SENT[name](company)
    with company.session.entered():
        from handsel.database.row import Item
        from handsel.engine.crud.permitting import needs_of

        item = Item(0, message)
        item.locks = message.locks()
        needs = needs_of(item)
    names = names_of(needs)
    assert names
    for left_out in names:
        seller.may(each for each in names if each != left_out)
        before = fingerprint(company.session)
        with pytest.raises(PrivilegeDenied) as caught:
            seller.session.execute(message)
        assert caught.value.status == 403
        is_create = left_out.startswith("prvCreate") and name == "QualifyLead"
        assert caught.value.code == (Code.QUALIFY_LEAD_CREATE_DENIED if is_create else Code.PRIVILEGE_DENIED)
        assert caught.value.details["missing"] == (left_out,)
        assert left_out in caught.value.message
        assert fingerprint(company.session) == before
    seller.may(names)
    seller.session.execute(message)


def test_all_that_is_missing_is_told_at_once(company: Company) -> None:
    seller, opportunity = limited(company), company.opportunity(line(company.lamp))
    seller.may(["prvReadOpportunity", "prvReadQuote", "prvCreateQuote"])
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(handsel.GenerateQuoteFromOpportunity(opportunity))
    assert caught.value.details["missing"] == (
        "prvAppendQuote",
        "prvAppendToAccount",
        "prvAppendToContact",
        "prvAppendToOpportunity",
        "prvAppendToProduct",
        "prvAppendToQuote",
    )


def test_qualifying_takes_create_of_what_it_makes_only(company: Company) -> None:
    seller = limited(company)
    names = [*names_of(handsel.QualifyLead.needs)]
    seller.may(name for name in names if name not in ("prvCreateAccount", "prvCreateOpportunity"))
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(handsel.QualifyLead(lead(company), True, True, True))
    assert caught.value.code == Code.QUALIFY_LEAD_CREATE_DENIED
    assert caught.value.details["missing"] == ("prvCreateAccount", "prvCreateOpportunity")
    [made] = seller.session.execute(handsel.QualifyLead(lead(company), False, True, False))
    assert made.table == "contact"


def test_a_user_without_a_role_is_told_so(company: Company) -> None:
    seller, message = limited(company), handsel.QualifyLead(lead(company), True, True, True)
    seller.hold()
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(message)
    assert caught.value.code == Code.USER_HAS_NO_ROLES


def test_a_collected_list_is_refused_item_by_item(company: Company) -> None:
    seller = limited(company)
    seller.may(["prvReadQuote", "prvWriteQuote", "prvReadOrder"])
    messages = [
        handsel.RecalculatePrice("quote", company.quote()),
        handsel.RecalculatePrice("salesorder", company.order()),
    ]
    results = seller.session.execute_many(messages, on_refusal="collect")
    assert results[0] is None
    assert isinstance(results[1], handsel.Refusal)
    assert results[1].error.details["missing"] == ("prvWriteOrder",)


# Rights on rows


@dataclass(frozen=True)
class Reach:
    """A message on a row of a table: the right that it takes there, and the privilege that gives it."""

    table: str
    privilege: str
    right: str
    make: Callable[[Company], UUID]
    send: Callable[[Company, UUID], Message[Any]]


REACHED = {
    "WinQuote": Reach(
        "quote",
        "prvWriteQuote",
        "WriteAccess",
        Company.quote,
        lambda _company, id: handsel.WinQuote({"quoteid": id}),
    ),
    "WinOpportunity": Reach(
        "opportunity",
        "prvAppendToOpportunity",
        "AppendToAccess",
        Company.opportunity,
        lambda _company, id: handsel.WinOpportunity({"opportunityid": id}),
    ),
    "GenerateQuoteFromOpportunity": Reach(
        "opportunity",
        "prvAppendToOpportunity",
        "AppendToAccess",
        Company.opportunity,
        lambda _company, id: handsel.GenerateQuoteFromOpportunity(id),
    ),
    "GetQuoteProductsFromOpportunity": Reach(
        "quote",
        "prvAppendToQuote",
        "AppendToAccess",
        Company.quote,
        lambda company, id: handsel.GetQuoteProductsFromOpportunity(id, company.opportunity()),
    ),
    "RecalculatePrice": Reach(
        "invoice",
        "prvWriteInvoice",
        "WriteAccess",
        Company.invoice,
        lambda _company, id: handsel.RecalculatePrice("invoice", id),
    ),
    "LockSalesOrderPricing": Reach(
        "salesorder",
        "prvWriteOrder",
        "WriteAccess",
        Company.order,
        lambda _company, id: handsel.LockSalesOrderPricing(id),
    ),
    "QualifyLead": Reach(
        "lead",
        "prvWriteLead",
        "WriteAccess",
        lead,
        lambda _company, id: handsel.QualifyLead(id, True, False, False),
    ),
}


@pytest.mark.parametrize("name", REACHED)
def test_a_row_out_of_reach_is_refused_and_those_in_reach_are_not(company: Company, name: str) -> None:
    tried, seller = REACHED[name], limited(company)
    needs = message_type(name).needs
    assert needs is not None
    others, mine = (tried.make(company) for _ in range(2))
    seller.may([privilege_name(Privilege.READ, coverage_of(tried.table).stem)])  # who owns a row can read it
    company.update(tried.table, mine, ownerid=seller.me)
    if name == "WinQuote":
        company.session.execute_many([handsel.Update("quote", id, {"statecode": 1}) for id in (others, mine)])
    names = names_of(needs.of_target(tried.table))
    seller.may({**dict.fromkeys(names, Depth.GLOBAL), tried.privilege: Depth.BASIC})
    messages = [tried.send(company, id) for id in (others, mine)]
    before = fingerprint(company.session)
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(messages[0])
    assert (caught.value.code, caught.value.details["right"]) == (Code.ACCESS_DENIED, tried.right)
    assert caught.value.details["id"] == str(others)
    assert fingerprint(company.session) == before
    first, second = seller.session.execute_many(messages, on_refusal="collect")
    assert isinstance(first, handsel.Refusal)
    assert first.error.code == Code.ACCESS_DENIED
    assert not isinstance(second, handsel.Refusal)


def test_a_customer_out_of_reach_takes_no_quote(company: Company) -> None:
    """AppendTo counts on the rows that the message really links to, besides those that it names (security 5.1)."""
    seller = limited(company)
    names = names_of(handsel.GenerateQuoteFromOpportunity.needs)
    seller.may(["prvCreateAccount", "prvReadAccount"])  # who owns a row can have it made
    mine = company.create("account", name="Mine", ownerid=seller.me)
    seller.may({**dict.fromkeys(names, Depth.GLOBAL), "prvAppendToAccount": Depth.BASIC})
    asked = [
        company.opportunity(line(company.lamp)),
        company.opportunity(line(company.lamp), customerid=Reference("account", mine)),
        company.opportunity(line(company.lamp), customerid=Reference("contact", company.ann)),
    ]
    before = fingerprint(company.session)
    with pytest.raises(PrivilegeDenied) as caught:
        seller.session.execute(handsel.GenerateQuoteFromOpportunity(asked[0]))
    assert (caught.value.code, caught.value.details["id"]) == (Code.ACCESS_DENIED, str(company.acme))
    assert fingerprint(company.session) == before
    messages = [handsel.GenerateQuoteFromOpportunity(id) for id in asked]
    first, *others = seller.session.execute_many(messages, on_refusal="collect")
    assert isinstance(first, handsel.Refusal)
    assert [other["customerid"] for other in others if not isinstance(other, handsel.Refusal)] == [mine, company.ann]


def test_a_hidden_row_is_unknown(company: Company) -> None:
    seller, quote = limited(company), company.quote(state=1)
    names = names_of(handsel.WinQuote.needs)
    seller.may({**dict.fromkeys(names, Depth.GLOBAL), "prvReadQuote": Depth.BASIC})
    with pytest.raises(HandselError) as caught:
        seller.session.execute(handsel.WinQuote({"quoteid": quote}))
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("GenerateQuoteFromOpportunity", Company.opportunity),
        ("ConvertSalesOrderToInvoice", Company.order),
        ("WinOpportunity", Company.opportunity),
    ],
)
def test_rights_cost_no_statement(company: Company, name: str, make: Callable[..., UUID]) -> None:
    """Rows in the user's unit are looked at in memory, whether the user reaches the unit or everything."""
    seller = limited(company)
    cls: Any = message_type(name)
    names = names_of(cls.needs)
    per_unit = {each: Depth.GLOBAL if "Product" in each else Depth.LOCAL for each in names}

    def cost(session: handsel.Session) -> int:
        def message(id: UUID) -> Message[Any]:
            made: Message[Any] = cls({"opportunityid": id}) if name == "WinOpportunity" else cls(id)
            return made

        session.execute(message(make(company, line(company.lamp))))
        asked = message(make(company, line(company.lamp)))
        with counted_statements() as count:
            session.execute(asked)
        return len(count)

    administrators = cost(company.session)
    for privileges in (dict.fromkeys(names, Depth.GLOBAL), per_unit):
        seller.may(privileges)
        assert cost(seller.session) == administrators
