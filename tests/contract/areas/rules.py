"""Refusals by the rules of the sales process: the remaining rows of the table of errors (Web API 11)."""

from tests.contract.cases import Case
from tests.contract.world import (
    ACCOUNT,
    ACTIVE,
    DRAFT,
    GROUP,
    IN_KRONA,
    KRONA,
    KRONA_LIST,
    OPPORTUNITY,
    PRODUCT,
    REVISED,
)


def _close(id: str) -> dict[str, object]:
    return {"Status": -1, "QuoteClose": {"subject": "x", "quoteid@odata.bind": f"/quotes({id})"}}


CASES = [
    Case(f"PATCH accounts({ACCOUNT})", 400, "0x80048408", "status reason", {"statecode": 1, "statuscode": 1}),
    Case("POST WinQuote", 400, "0x80040233", "draft", _close(DRAFT)),
    Case("POST ReviseQuote", 400, "0x80048d00", "", {"QuoteId": REVISED}),
    Case(
        f"PATCH quotes({DRAFT})",
        400,
        "0x80048cf6",
        "currency",
        {"pricelevelid@odata.bind": f"/pricelevels({KRONA_LIST})"},
    ),
    Case(
        f"POST quotes({IN_KRONA})/Microsoft.Dynamics.CRM.GetQuoteProductsFromOpportunity",
        400,
        "0x80048cef",
        "currency",
        {"Opportunity": {"opportunityid": OPPORTUNITY}},
    ),
    Case(
        f"PATCH opportunities({OPPORTUNITY})",
        400,
        "0x80048cea",
        "1 quote",
        {"transactioncurrencyid@odata.bind": f"/transactioncurrencies({KRONA})"},
    ),
    Case(f"PATCH quotes({ACTIVE})", 400, "0x8004022e", "active", {"name": "x"}),
    Case(f"DELETE transactioncurrencies({KRONA})", 405, "0x80040227", "Krona"),
    Case(f"DELETE accounts({ACCOUNT})", 405, "0x80040227", "Fabrikam"),
    Case(f"DELETE uomschedules({GROUP})", 405, "0x80040227", "Pieces"),
    Case("POST products", 412, "0x80040237", "productnumber", {"name": "Again", "productnumber": "D-1"}),
    Case("POST uoms", 400, "0x80040200", "uomscheduleid", {"name": "Box"}),
    Case("POST accounts", 412, "0x80060892", "accountnumber", {"name": "Again", "accountnumber": "F-1"}),
    Case(
        f"PATCH products({PRODUCT})",
        400,
        "0x80040265",
        "above itself",
        {"parentproductid@odata.bind": f"/products({PRODUCT})"},
    ),
    Case(f"PATCH products({PRODUCT})", 400, "0x80044330", "quantitydecimal", {"quantitydecimal": 99}),
]
