"""What the shipped roles let their holders send (security 6)."""

import pytest

import handsel
from handsel import Reference
from handsel.chain.rights.standard_roles import STANDARD_ROLES
from handsel.engine.message import message_types
from handsel.engine.needs import Needs
from handsel.errors import PrivilegeDenied
from tests.messages.granting import holder, names_of
from tests.scenarios.company import Company, line, write_in

ROLES = {role.name: role for role in STANDARD_ROLES}
CUSTOMIZING = {"AddColumn", "ChangeColumn", "RemoveColumn", "AddKey", "RemoveKey"}
CATALOG = {"AddProductToKit", "RemoveProductFromKit", "PublishProductHierarchy", "RevertProduct", "CloneProduct"}
TEAMS = {"AddMembersTeam", "RemoveMembersTeam"}
RULES = {"PublishDuplicateRule", "UnpublishDuplicateRule"}
ORGANIZATION = {"SetAutoNumberSeed"}
AUDIT = {
    "RetrieveAuditDetails",
    "RetrieveRecordChangeHistory",
    "RetrieveAttributeChangeHistory",
    "DeleteRecordChangeHistory",
    "DeleteAuditData",
}

LACKED = {
    "Salesperson": {*CUSTOMIZING, *CATALOG, *TEAMS, *RULES, *ORGANIZATION, *AUDIT, "Merge"},
    "Sales Manager": {*CUSTOMIZING, *RULES, *ORGANIZATION, *AUDIT, "Merge"},
    "Vice President of Sales": {*CUSTOMIZING, *ORGANIZATION, *AUDIT},
    "Sales Operations": {*CUSTOMIZING, *TEAMS, *ORGANIZATION, *AUDIT},
}


@pytest.mark.parametrize("name", LACKED)
def test_each_role_lacks_what_is_not_its_business(name: str) -> None:
    granted = ROLES[name].privileges()
    lacked = set()
    for cls in message_types():
        needs = cls.needs or Needs()
        for table in ("opportunity", "quote", "salesorder", "invoice"):
            if not set(names_of(needs.of_target("account" if cls.__name__ == "Merge" else table))) <= set(granted):
                lacked.add(cls.__name__)
    assert lacked == LACKED[name]


def test_a_salesperson_sells(company: Company) -> None:
    """From the lead to the invoice; prices of the catalog stay as they are."""
    seller = holder(company, "seller", ROLES["Salesperson"])
    do = seller.session.execute
    lead = do(handsel.Create("lead", {"subject": "Deal", "lastname": "Lee", "companyname": "Lake Ltd"})).id
    made = {each.table: each.id for each in do(handsel.QualifyLead(lead, True, True, True))}
    opportunity = made["opportunity"]
    do(handsel.Update("opportunity", opportunity, {"pricelevelid": Reference("pricelevel", company.price_list)}))
    for values in (line(company.lamp, 2), write_in("Work", 5)):
        do(handsel.Create("opportunityproduct", {"opportunityid": opportunity, **values}))
    with pytest.raises(PrivilegeDenied, match="prvOverridePriceEngineOpportunity"):
        do(
            handsel.Create(
                "opportunityproduct",
                {"opportunityid": opportunity, **line(company.desk, ispriceoverridden=True, priceperunit=1)},
            )
        )
    quote = do(handsel.GenerateQuoteFromOpportunity(opportunity)).id
    do(handsel.Update("quote", quote, {"statecode": 1}))
    revision = do(handsel.ReviseActiveQuote(quote)).id
    do(handsel.Update("quote", revision, {"statecode": 1}))
    order = do(handsel.CreateOrderFromQuote(revision, close_opportunity=True)).id
    do(handsel.FulfillSalesOrder({"salesorderid": order}))
    invoice = do(handsel.ConvertSalesOrderToInvoice(order)).id
    do(handsel.Update("invoice", invoice, {"statecode": 2}))
    assert company.total("invoice", invoice) == company.total("opportunity", opportunity)
    assert company.columns("opportunity", opportunity, "statecode", "ownerid") == (1, seller.me.id)


def test_a_reader_sends_nothing(company: Company) -> None:
    reader, quote = holder(company, "reader", ROLES["Read only"]), company.quote(state=1)
    for message in (handsel.WinQuote({"quoteid": quote}), handsel.ConvertQuoteToSalesOrder(quote)):
        with pytest.raises(PrivilegeDenied) as caught:
            reader.session.execute(message)
        missing = caught.value.details["missing"]
        assert isinstance(missing, tuple)
        assert len(missing) > 1
    [offers] = reader.session.available([Reference("quote", quote)]).values()
    assert offers == []
