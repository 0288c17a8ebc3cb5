"""Definitions, functions, actions and the whole chain through PyPI's dynamics-client, unmodified."""

import re
from typing import Any

import pytest

from tests.clients.chain import give_up, sell
from tests.clients.dynamics_client.connection import (
    DynamicsClient,
    EntityFilter,
    NotFound,
    ParseError,
    Story,
    TargetFieldType,
    about,
    make,
)

NOBODY = "00000000-0000-0000-0000-00000000000a"


def test_definitions(client: Any) -> None:
    about(client, "EntityDefinitions", select=["LogicalName", "EntitySetName"], filter=["LogicalName eq 'quote'"])
    assert [row["EntitySetName"] for row in client.get().data] == ["quotes"]
    about(client, "EntityDefinitions", row_id="LogicalName='quote'", select=["LogicalName"])
    client.expand = {"Attributes": {"select": ["LogicalName"], "filter": ["LogicalName eq 'quotenumber'"]}}
    assert client.get().data[0]["Attributes"][0]["LogicalName"] == "quotenumber"
    about(client, "EntityDefinitions", row_id="LogicalName='quote'", pre_expand="Keys")
    assert client.get().data[0]["KeyAttributes"] == ["quotenumber", "revisionnumber"]


def test_its_functions(sync_client: DynamicsClient, mark: str) -> None:
    account = make(sync_client, "accounts", name=mark, telephone1="555")
    (started,) = sync_client.functions.initialize_from(
        "accounts", account["accountid"], "contact", TargetFieldType.CREATE
    ).data
    assert started["parentcustomerid_account@odata.bind"].endswith(f"accounts({account['accountid']})")


UNKNOWN = {
    "ExpandCalendar": ("2024-01-01", "2024-01-02"),
    "GetValidManyToMany": (),
    "GetValidReferencedEntities": ("quote",),
    "GetValidReferencingEntities": ("quote",),
    "RetrieveAllEntities": (EntityFilter.ENTITY,),
    "RetrieveEntity": (NOBODY, "quote", EntityFilter.ENTITY),
}


@pytest.mark.parametrize(("name", "given"), UNKNOWN.items())
def test_functions_that_are_not_here(sync_client: DynamicsClient, name: str, given: tuple[Any, ...]) -> None:
    method = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    with pytest.raises(NotFound, match=name):
        getattr(sync_client.functions, method)(*given)


def test_an_address(sync_client: DynamicsClient) -> None:
    (found,) = sync_client.functions.format_address("Lake Rd 9", "Thun", "BE", "3600", "CH").data
    assert found["Address"] == "Lake Rd 9\nThun, BE 3600\nCH"


def test_a_function_without_its_parameter(sync_client: DynamicsClient) -> None:
    with pytest.raises(ParseError, match="EntityName"):
        sync_client.functions.get_default_price_level()


# From an opportunity to a paid invoice


def test_the_chain(client: Any) -> None:
    sell(Story(client))


def test_what_comes_to_nothing(client: Any) -> None:
    give_up(Story(client))


def test_its_own_sales_actions(sync_client: DynamicsClient, mark: str) -> None:
    """ReviseQuote without columns or with a bare list, and everything else as the client spells it."""
    account = make(sync_client, "accounts", name=mark)["accountid"]
    customer = {"customerid_account@odata.bind": f"/accounts({account})"}
    line = {"isproductoverridden": True, "ispriceoverridden": True, "productdescription": "Desk", "priceperunit": 250}
    act, quotes = sync_client.actions, []
    lists = {"pricelevelid@odata.bind": f"/pricelevels({price_list(sync_client)})"}
    for _number in range(2):
        quote = make(sync_client, "quotes", name=mark, **customer, **lists, quote_details=[{**line, "quantity": 2}])
        act.calculate_quote_price(quote["quoteid"])
        assert act.activate_quote(quote["quoteid"], select=["totalamount"]).data["totalamount"] == 500
        act.close_quote(quote["quoteid"])
        quotes.append(quote["quoteid"])
    assert act.revise_quote(quotes[0]).data["revisionnumber"] == 1
    revised = act.revise_quote(quotes[1], select=["revisionnumber"]).data
    assert revised["revisionnumber"] == 1
    act.activate_quote(revised["quoteid"])
    act.win_quote(revised["quoteid"])
    order = act.convert_quote_to_order(revised["quoteid"], select=["totalamount"]).data
    assert order["totalamount"] == 500
    act.cancel_order(order["salesorderid"])
    (canceled,) = about(sync_client, "salesorders", row_id=order["salesorderid"], select=["statecode"]).get().data
    assert canceled["statecode"] == 2
    act.delete_order(order["salesorderid"])
    draft = make(sync_client, "quotes", name=mark, **customer, **lists)["quoteid"]
    act.delete_quote(draft)
    with pytest.raises(NotFound, match=draft):
        about(sync_client, "quotes", row_id=draft).get()


def price_list(client: DynamicsClient) -> str:
    found = about(client, "pricelevels", select=["name"]).get(not_found_ok=True).data
    if found:
        return str(found[0]["pricelevelid"])
    currency = about(client, "transactioncurrencies", select=["currencyname"]).get().data[0]
    bound = f"/transactioncurrencies({currency['transactioncurrencyid']})"
    made = make(client, "pricelevels", name="List", **{"transactioncurrencyid@odata.bind": bound})
    return str(made["pricelevelid"])
