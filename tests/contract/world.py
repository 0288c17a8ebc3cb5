"""The rows that bad requests are about. Their ids are fixed, so that sentences can name them."""

from tests.webapi.client import Api

ACCOUNT = "a0000000-0000-4000-8000-000000000001"
CONTACT = "c0000000-0000-4000-8000-000000000001"
MISSING = "f0000000-0000-4000-8000-00000000000f"
KRONA = "d0000000-0000-4000-8000-000000000001"
KRONA_LIST = "e0000000-0000-4000-8000-000000000001"
OPPORTUNITY = "b0000000-0000-4000-8000-000000000001"
DRAFT = "90000000-0000-4000-8000-000000000001"
IN_KRONA = "90000000-0000-4000-8000-000000000002"
REVISED = "90000000-0000-4000-8000-000000000003"
ACTIVE = "90000000-0000-4000-8000-000000000004"
PRODUCT = "70000000-0000-4000-8000-000000000001"
GROUP = "80000000-0000-4000-8000-000000000001"

KNOWN = frozenset(
    (ACCOUNT, CONTACT, MISSING, KRONA, KRONA_LIST, OPPORTUNITY, DRAFT, IN_KRONA, REVISED, ACTIVE, PRODUCT, GROUP)
)


def make(api: Api) -> None:
    """A customer, an opportunity, quotes in several states, and a second currency with a price list."""
    organization = api.get("WhoAmI").json["OrganizationId"]
    _put(api, f"organizations({organization})", {"ispricelistmandatory": False})
    _put(api, f"accounts({ACCOUNT})", {"name": "Fabrikam", "revenue": 5, "accountnumber": "F-1"})
    key = {"SchemaName": "new_number", "KeyAttributes": ["accountnumber"]}
    _done(api, "EntityDefinitions(LogicalName='account')/Keys", key)
    customer = {"customerid_account@odata.bind": f"/accounts({ACCOUNT})"}
    _put(
        api,
        f"contacts({CONTACT})",
        {"lastname": "Berg", "parentcustomerid_account@odata.bind": f"/accounts({ACCOUNT})"},
    )
    krona = {"isocurrencycode": "SEK", "currencyname": "Krona", "currencysymbol": "kr", "exchangerate": 10.5}
    _put(api, f"transactioncurrencies({KRONA})", {**krona, "currencyprecision": 2})
    in_krona = {"transactioncurrencyid@odata.bind": f"/transactioncurrencies({KRONA})"}
    _put(api, f"pricelevels({KRONA_LIST})", {"name": "Krona", **in_krona})
    _put(api, f"opportunities({OPPORTUNITY})", {"name": "Deal", **customer})
    from_it = {"opportunityid@odata.bind": f"/opportunities({OPPORTUNITY})"}
    _put(api, f"quotes({DRAFT})", {"name": "Draft", **customer, **from_it})
    _put(api, f"quotes({IN_KRONA})", {"name": "In krona", **customer, **in_krona})
    for id in (REVISED, ACTIVE):
        _put(api, f"quotes({id})", {"name": "Old", **customer})
        _put(api, f"quotes({id})", {"statecode": 1})
    closed = {"subject": "Again", "quoteid@odata.bind": f"/quotes({REVISED})"}
    _done(api, "CloseQuote", {"Status": 7, "QuoteClose": closed})
    _done(api, "ReviseQuote", {"QuoteId": REVISED})
    _put(api, f"uomschedules({GROUP})", {"name": "Pieces", "baseuomname": "Piece"})
    unit = api.get(f"uoms?$filter=_uomscheduleid_value eq {GROUP}").rows[0]["uomid"]
    _put(
        api,
        f"products({PRODUCT})",
        {
            "name": "Desk",
            "productnumber": "D-1",
            "defaultuomscheduleid@odata.bind": f"/uomschedules({GROUP})",
            "defaultuomid@odata.bind": f"/uoms({unit})",
            "quantitydecimal": 2,
        },
    )


def _put(api: Api, path: str, body: dict[str, object]) -> None:
    reply = api.patch(path, body)
    assert reply.status == 204, reply.body


def _done(api: Api, path: str, body: dict[str, object]) -> None:
    reply = api.post(path, body)
    assert reply.status in (200, 204), reply.body
