"""Bad input in the parameters of actions and functions."""

from tests.contract.cases import ARGUMENT, NO_ROW, NO_SEGMENT, PAYLOAD, SYNTAX, Case
from tests.contract.world import ACCOUNT, ACTIVE, DRAFT, MISSING, OPPORTUNITY, REVISED

_MANY = "accounts/Microsoft.Dynamics.CRM"
_PRODUCTS = f"quotes({DRAFT})/Microsoft.Dynamics.CRM.GetQuoteProductsFromOpportunity"
_CANCEL = f"quotes({DRAFT})/Microsoft.Dynamics.CRM.CancelSalesOrder"


def _typed(**values: object) -> dict[str, object]:
    return {"@odata.type": "Microsoft.Dynamics.CRM.account", **values}


def _conditions(*conditions: object) -> dict[str, object]:
    return {"QuerySet": [{"EntityName": "account", "Criteria": {"Conditions": list(conditions)}}]}


_ACTIONS = [
    ("WinQuote", b"", "QuoteClose"),
    ("WinQuote", {"Status": -1}, "QuoteClose"),
    ("WinQuote", {"Status": -1, "QuoteClose": {}, "Nonsense": 1}, "Nonsense"),
    ("WinQuote", {"status": -1, "QuoteClose": {"quoteid": DRAFT}}, "status"),
    ("WinQuote", {"Status": "x", "QuoteClose": {"quoteid": DRAFT}}, "Status"),
    ("WinQuote", {"Status": "won", "QuoteClose": {"quoteid": DRAFT}}, "Status"),
    ("WinQuote", {"Status": "4.5", "QuoteClose": {"quoteid": DRAFT}}, "Status"),
    ("WinQuote", {"Status": -1, "QuoteClose": {"quoteid@odata.bind": f"/accounts({ACTIVE})"}}, "account"),
    ("WinQuote", {"Status": -1, "QuoteClose": {"quoteid@odata.bind": f"/accounts({MISSING})"}}, "account"),
    (_PRODUCTS, {"Opportunity": {"@odata.id": f"/accounts({ACCOUNT})"}}, "account"),
    ("CalculatePrice", {"Target": {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": MISSING}}, "account"),
    ("WinQuote", {"Status": 1.5, "QuoteClose": {"quoteid": DRAFT}}, "Status"),
    ("WinQuote", {"Status": -1, "QuoteClose": "x"}, "QuoteClose"),
    ("WinQuote", {"Status": -1, "QuoteClose": [1]}, "QuoteClose"),
    ("WinQuote", {"Status": -1, "QuoteClose": {"quoteid": "x"}}, "quoteid"),
    ("WinQuote", {"QuoteClose": {"quoteid": ACTIVE}}, "Status"),
    ("WinQuote", {"Status": None, "QuoteClose": {"quoteid": ACTIVE}}, "Status"),
    (f"quotes({ACTIVE})/Microsoft.Dynamics.CRM.CloseQuote", {}, "Status"),
    ("WinOpportunity", {"OpportunityClose": {"opportunityid": OPPORTUNITY}}, "Status"),
    ("CancelSalesOrder", {"OrderClose": {"@odata.type": "Microsoft.Dynamics.CRM.orderclose"}}, "Status"),
    ("QualifyLead", {}, "CreateAccount, CreateContact, CreateOpportunity and Status"),
    ("ReviseQuote", {}, "QuoteId"),
    ("ReviseQuote", {"QuoteId": {"quoteid": REVISED}}, "id alone"),
    ("ReviseQuote", {"QuoteId": f"/quotes({REVISED})"}, "QuoteId"),
    ("ReviseQuote", {"QuoteId": REVISED, "ColumnSet": {"AllColumns": "yes"}}, "AllColumns"),
    ("ReviseQuote", {"QuoteId": REVISED, "ColumnSet": {"allcolumns": True}}, "allcolumns"),
    ("ReviseQuote", {"QuoteId": REVISED, "ColumnSet": {"Columns": "name"}}, "ColumnSet"),
    ("GenerateQuoteFromOpportunity", {"OpportunityId": {"opportunityid": OPPORTUNITY}}, "id alone"),
    ("GenerateQuoteFromOpportunity", {"Opportunity": OPPORTUNITY}, "Opportunity"),
    (
        "GenerateQuoteFromOpportunity",
        {"Opportunity": {"opportunityid": OPPORTUNITY}, "OpportunityId": OPPORTUNITY},
        "one parameter",
    ),
    (_PRODUCTS, {"Opportunity": {"@odata.type": "Microsoft.Dynamics.CRM.quote", "quoteid": DRAFT}}, "quote"),
    ("WinQuote", {"Status": 99999999999, "QuoteClose": {"quoteid": ACTIVE}}, "Status"),
    ("WinQuote", {"Status": True, "QuoteClose": {"quoteid": ACTIVE}}, "Status"),
    ("RecalculatePrice", {"entityLogicalName": 1, "entityId": DRAFT}, "entityLogicalName"),
    ("RecalculatePrice", {"entityLogicalName": "quote"}, "entityId"),
    ("ReviseQuote", {"QuoteId": "x"}, "QuoteId"),
    ("ReviseQuote", {"QuoteId": 1}, "QuoteId"),
    ("ReviseQuote", {"QuoteId": []}, "QuoteId"),
    ("ReviseQuote", {"QuoteId": DRAFT, "ColumnSet": 3}, "ColumnSet"),
    ("CalculatePrice", {"Target": {"quoteid": DRAFT}}, "@odata.type"),
    ("CalculatePrice", {"Target": {"@odata.type": "Microsoft.Dynamics.CRM.quote"}}, "quoteid"),
    (_CANCEL, {"OrderClose": 1}, "OrderClose"),
    (_CANCEL, {"OrderClose": [{}]}, "OrderClose"),
    (f"{_MANY}.CreateMultiple", b"", "Targets"),
    (f"{_MANY}.CreateMultiple", {"Targets": {}}, "Targets"),
    (f"{_MANY}.CreateMultiple", {"Targets": []}, "Targets"),
    (f"{_MANY}.CreateMultiple", {"Targets": [1]}, "item 1 of Targets"),
    (f"{_MANY}.CreateMultiple", {"Targets": [{"name": "x"}]}, "@odata.type"),
    (f"{_MANY}.CreateMultiple", {"targets": []}, "targets"),
    (f"{_MANY}.UpdateMultiple", {"Targets": [_typed(name="x")]}, "accountid"),
    (f"{_MANY}.UpsertMultiple", {"Targets": [_typed(**{"@odata.id": "nonsense(1)"})]}, "nonsense"),
    ("BulkDelete", {}, "QuerySet"),
    ("BulkDelete", {"QuerySet": [1]}, "item 1 of QuerySet"),
    ("BulkDelete", {"QuerySet": [{"EntityName": "account"}]}, "Criteria"),
    ("BulkDelete", {"QuerySet": [{"EntityName": "account", "Criteria": {"Conditions": 1}}]}, "Conditions"),
    ("BulkDelete", _conditions(), "Criteria"),
    ("BulkDelete", _conditions(1), "AttributeName"),
    ("BulkDelete", _conditions({"AttributeName": "name", "Operator": "Nonsense", "Values": []}), "Nonsense"),
]

_FUNCTIONS = [
    ("WhoAmI(x=1)", ARGUMENT, "'x'"),
    ("WhoAmI(x)", SYNTAX, "'x'"),
    ("WhoAmI(", SYNTAX, ")"),
    ("RetrieveExchangeRate", ARGUMENT, "TransactionCurrencyId"),
    ("RetrieveExchangeRate(Nonsense=1)", ARGUMENT, "Nonsense"),
    ("RetrieveExchangeRate(TransactionCurrencyId=x)", SYNTAX, "'x'"),
    ("RetrieveExchangeRate(TransactionCurrencyId='x')", ARGUMENT, "TransactionCurrencyId"),
    ("RetrieveExchangeRate(TransactionCurrencyId=@p)", SYNTAX, "@p"),
    (f"RetrieveExchangeRate(TransactionCurrencyId={MISSING},TransactionCurrencyId={MISSING})", SYNTAX, "once"),
    ("RetrieveCurrentOrganization", ARGUMENT, "AccessType"),
    ("RetrieveCurrentOrganization(AccessType='Nonsense')", ARGUMENT, "Default"),
    ("RetrieveTotalRecordCount", ARGUMENT, "EntityNames"),
    ("RetrieveTotalRecordCount(EntityNames='x')", ARGUMENT, "EntityNames"),
    ("RetrieveTotalRecordCount(EntityNames=@p)?@p=[1]", ARGUMENT, "EntityNames"),
    ("RetrieveTotalRecordCount(EntityNames=@p)?@p=[", PAYLOAD, "JSON"),
    ("RetrieveMetadataChanges(Query=@p)?@p=[]", ARGUMENT, "Query"),
    ("RetrieveMetadataChanges(Query=@p)?@p={'Criteria':1}", ARGUMENT, "Criteria"),
    ("RetrieveMetadataChanges(Query=@p)?@p={'Criteria':{'Conditions':[1]}}", ARGUMENT, "Conditions"),
    ("RetrieveMetadataChanges(Query=@p)?@p={'Properties':{'PropertyNames':1}}", ARGUMENT, "PropertyNames"),
    ("RetrieveMetadataChanges(Query=@p)?@p={'a':1e999999999}", PAYLOAD, "1e999999999"),
]

CASES = [
    *(Case(f"POST {path}", 400, ARGUMENT, names, body) for path, body, names in _ACTIONS),
    *(Case(f"GET {path}", 400, code, names) for path, code, names in _FUNCTIONS),
    Case("POST ReviseQuote", 400, PAYLOAD, "a list", b"[]"),
    Case("POST ReviseQuote", 400, PAYLOAD, "JSON", b"{"),
    Case("POST ReviseQuote", 404, NO_ROW, MISSING, {"QuoteId": MISSING}),
    *(
        Case(f"POST {path}", 400, "0x80043b15", "pportunity", body)
        for path, body in (
            ("GenerateQuoteFromOpportunity", {"OpportunityId": None}),
            ("GenerateQuoteFromOpportunity", {}),
            ("GenerateSalesOrderFromOpportunity", {"ColumnSet": ["name"]}),
            ("GenerateInvoiceFromOpportunity", {"Opportunity": {}}),
            ("GenerateInvoiceFromOpportunity", {"Opportunity": {"name": "Deal"}}),
            (_PRODUCTS, {}),
            (_PRODUCTS, {"Opportunity": None}),
            (_PRODUCTS, {"Opportunity": {"@odata.type": "Microsoft.Dynamics.CRM.opportunity"}}),
            (_PRODUCTS, {"OpportunityId": None}),
            ("WinOpportunity", {"Status": -1, "OpportunityClose": {}}),
            ("LoseOpportunity", {"Status": -1, "OpportunityClose": {"opportunityid@odata.bind": None}}),
        )
    ),
    Case("GET CanCloseOpportunity(NewStatus=3)", 400, "0x80043b15", "Opportunity"),
    Case(
        "POST GenerateQuoteFromOpportunity",
        400,
        SYNTAX,
        "nonsense",
        {"OpportunityId": OPPORTUNITY, "ColumnSet": {"AllColumns": False, "Columns": ["nonsense"]}},
    ),
    Case(
        "POST WinOpportunity",
        400,
        PAYLOAD,
        "actualrevenue",
        {"Status": -1, "OpportunityClose": {"opportunityid": OPPORTUNITY, "actualrevenue": "12 USD"}},
    ),
    Case("POST Create", 404, NO_SEGMENT, "Create", {"Table": "account", "Values": {}}),
    Case("POST WinQuote", 400, PAYLOAD, "'x'", {"Status": -1, "QuoteClose": {"quoteid@odata.bind": "x"}}),
    Case(
        "POST WinQuote",
        404,
        NO_ROW,
        MISSING,
        {"Status": -1, "QuoteClose": {"quoteid@odata.bind": f"/quotes({MISSING})"}},
    ),
    Case(f"POST {_MANY}.CreateMultiple", 400, PAYLOAD, "nonsense", {"Targets": [_typed(name="x"), _typed(nonsense=1)]}),
    Case(f"POST {_MANY}.UpdateMultiple", 404, NO_ROW, MISSING, {"Targets": [_typed(accountid=MISSING, name="x")]}),
    Case(f"POST accounts({ACCOUNT})/Microsoft.Dynamics.CRM.CreateMultiple", 404, NO_SEGMENT, "CreateMultiple", {}),
    Case(f"POST opportunities({OPPORTUNITY})/WinOpportunity", 404, NO_SEGMENT, "WinOpportunity", {}),
    Case("POST BulkDelete", 400, "0x80041102", "nonsense", {"QuerySet": [{"EntityName": "nonsense"}]}),
    Case("GET RetrieveTotalRecordCount(EntityNames=@p)?@p=['nonsense']", 404, NO_ROW, "nonsense"),
    Case(f"GET RetrieveExchangeRate(TransactionCurrencyId={MISSING})", 404, NO_ROW, MISSING),
]
