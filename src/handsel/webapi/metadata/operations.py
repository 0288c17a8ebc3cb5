"""The actions and functions of the Web API: `$metadata` declares them and the HTTP layer dispatches by them.

Names, bindings and parameters are those of the documented service. `message` names the engine's message behind an
operation; the HTTP layer itself answers those without one. Types are `Edm.…`, a table's logical name, `crmbaseentity`
for a row of any table, or a type of `types.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from handsel.webapi.metadata.types import COMPLEX_TYPES

GUID, INT, LONG, TEXT, BOOL = "Edm.Guid", "Edm.Int32", "Edm.Int64", "Edm.String", "Edm.Boolean"
MOMENT, NUMBER, ROW = "Edm.DateTimeOffset", "Edm.Decimal", "crmbaseentity"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter besides the bound row."""

    name: str
    type: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One action or function."""

    name: str
    kind: Literal["action", "function"]
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    bound_to: tuple[str, ...] = ()
    """The tables whose rows it is called on; empty when it is called on the service."""
    on_collection: bool = False
    """True when it is called on the table instead of on one row."""
    message: str | None = None
    """The engine's message; None where the HTTP layer answers."""
    binding: str | None = None
    """The message's parameter that takes the bound row."""
    is_composable: bool = False

    @property
    def wraps(self) -> str | None:
        """The property of the answer that holds the message's result, when the answer has just one."""
        properties = COMPLEX_TYPES.get(self.returns or "")
        return properties[0][0] if properties is not None and len(properties) == 1 else None


def operations() -> Mapping[str, Operation]:
    """Every operation by name, names being case-sensitive."""
    return _by_name()


@functools.cache
def _by_name() -> Mapping[str, Operation]:
    return MappingProxyType({operation.name: operation for operation in OPERATIONS})


def _action(
    name: str,
    *parameters: Parameter,
    returns: str | None = None,
    on: str | tuple[str, ...] = (),
    binding: str | None = None,
    message: str | None = None,
) -> Operation:
    tables = (on,) if isinstance(on, str) else on
    return Operation(name, "action", parameters, returns, tables, message=message or name, binding=binding)


def _function(
    name: str,
    *parameters: Parameter,
    returns: str,
    on: tuple[str, ...] = (),
    binding: str | None = None,
) -> Operation:
    return Operation(name, "function", parameters, returns, on, message=name, binding=binding)


def _needs(name: str, type: str) -> Parameter:
    return Parameter(name, type)


def _takes(name: str, type: str) -> Parameter:
    return Parameter(name, type, nullable=True)


_COLUMNS = _takes("ColumnSet", "ColumnSet")
_PROCESS = _takes("ProcessInstanceId", ROW)
_STATUS = _needs("Status", INT)
_OPPORTUNITY = _needs("Opportunity", "opportunity")

_SALES = (
    _action("GenerateQuoteFromOpportunity", _needs("OpportunityId", GUID), _COLUMNS, _PROCESS, returns=ROW),
    _action("GenerateSalesOrderFromOpportunity", _needs("OpportunityId", GUID), _COLUMNS, returns=ROW),
    _action("GenerateInvoiceFromOpportunity", _needs("OpportunityId", GUID), _COLUMNS, returns=ROW),
    _action("WinQuote", _needs("QuoteClose", "quoteclose"), _STATUS),
    _action("CloseQuote", _needs("QuoteClose", "quoteclose"), _STATUS),
    _action("ReviseQuote", _needs("QuoteId", GUID), _COLUMNS, returns="quote"),
    _action(
        "ConvertQuoteToSalesOrder",
        _needs("QuoteId", GUID),
        _COLUMNS,
        _takes("QuoteCloseDate", MOMENT),
        _takes("QuoteCloseStatus", INT),
        _takes("QuoteCloseSubject", TEXT),
        _takes("QuoteCloseDescription", TEXT),
        _PROCESS,
        returns="salesorder",
    ),
    _action("ConvertSalesOrderToInvoice", _needs("SalesOrderId", GUID), _COLUMNS, _PROCESS, returns="invoice"),
    _action("CancelSalesOrder", _needs("OrderClose", ROW), _STATUS),
    Operation(
        "FulfillSalesOrder",
        "action",
        (_needs("OrderClose", "orderclose"), _STATUS),
        bound_to=("salesorder",),
        on_collection=True,
        message="FulfillSalesOrder",
    ),
    _action("WinOpportunity", _needs("OpportunityClose", "opportunityclose"), _takes("Caller", TEXT), _STATUS),
    _action("LoseOpportunity", _takes("Caller", TEXT), _needs("OpportunityClose", "opportunityclose"), _STATUS),
    _action(
        "CalculateActualValueOpportunity",
        returns="CalculateActualValueOpportunityResponse",
        on="opportunity",
        binding="OpportunityId",
    ),
    _action("CalculatePrice", _needs("Target", ROW), _takes("ParentId", GUID)),
    _action("RecalculatePrice", _needs("entityLogicalName", TEXT), _needs("entityId", GUID)),
    _action(
        "QualifyLead",
        _needs("CreateAccount", BOOL),
        _needs("CreateContact", BOOL),
        _needs("CreateOpportunity", BOOL),
        _takes("OpportunityCurrencyId", "transactioncurrency"),
        _takes("OpportunityCustomerId", ROW),
        _takes("SourceCampaignId", ROW),  # a campaign, a table that Handsel does not have
        _STATUS,
        _PROCESS,
        returns=f"Collection({ROW})",
        on="lead",
        binding="LeadId",
    ),
    _action("LockSalesOrderPricing", on="salesorder", binding="SalesOrderId"),
    _action("UnlockSalesOrderPricing", _needs("SalesOrderId", GUID)),
    _action("LockInvoicePricing", on="invoice", binding="InvoiceId"),
    _action("UnlockInvoicePricing", _needs("InvoiceId", GUID)),
    _action("GetQuoteProductsFromOpportunity", _OPPORTUNITY, on="quote", binding="QuoteId"),
    _action("GetSalesOrderProductsFromOpportunity", _OPPORTUNITY, on="salesorder", binding="SalesOrderId"),
    _action("GetInvoiceProductsFromOpportunity", _OPPORTUNITY, on="invoice", binding="InvoiceId"),
    _function(
        "CanCloseOpportunity",
        _OPPORTUNITY,
        _needs("Quote", "quote"),
        _needs("NewStatus", INT),
        returns="CanCloseOpportunityResponse",
    ),
)

_CATALOG = (
    _action("CloneProduct", returns="product", on="product", binding="Source"),
    _action("PublishProductHierarchy", on="product", binding="Target"),
    _action("RevertProduct", _needs("Target", ROW)),
    _action("UpdateProductProperties", _needs("PropertyInstanceList", "Collection(dynamicpropertyinstance)")),
    _function(
        "RetrieveProductProperties",
        returns="Collection(dynamicproperty)",
        on=("opportunityproduct", "quotedetail", "salesorderdetail", "invoicedetail"),
        binding="ParentObject",
    ),
    _function(
        "GetQuantityDecimal",
        _needs("Product", "product"),
        _needs("UoM", "uom"),
        returns="GetQuantityDecimalResponse",
        on=("opportunity", "quote", "salesorder", "invoice"),
        binding="Target",
    ),
    Operation(
        "GetDefaultPriceLevel",
        "function",
        (_needs("EntityName", TEXT),),
        "Collection(pricelevel)",
        ("pricelevel",),
        on_collection=True,
        message="GetDefaultPriceLevel",
        is_composable=True,
    ),
    _function("RetrieveExchangeRate", _needs("TransactionCurrencyId", GUID), returns="RetrieveExchangeRateResponse"),
    _action("AddMembersTeam", _needs("Members", "Collection(systemuser)"), on="team", binding="TeamId"),
    _action("RemoveMembersTeam", _needs("Members", "Collection(systemuser)"), on="team", binding="TeamId"),
)

_OURS = (
    # Messages of Handsel's own, and two that Dynamics only offers to its SDK.
    _action("AddProductToKit", _needs("KitId", GUID), _needs("ProductId", GUID)),
    _action("RemoveProductFromKit", _needs("KitId", GUID), _needs("ProductId", GUID)),
    _action("ReviseActiveQuote", _needs("QuoteId", GUID), _takes("Description", TEXT), _COLUMNS, returns="quote"),
    _action(
        "CloseQuoteDialog",
        _needs("QuoteId", GUID),
        _STATUS,
        _takes("ClosedOn", MOMENT),
        _takes("Description", TEXT),
        _takes("CreateRevision", BOOL),
        _takes("CloseOpportunity", BOOL),
        _COLUMNS,
        returns=ROW,
    ),
    _action(
        "CreateOrderFromQuote",
        _needs("QuoteId", GUID),
        _takes("Status", INT),
        _takes("DateWon", MOMENT),
        _takes("Description", TEXT),
        _takes("CloseOpportunity", BOOL),
        _takes("ActualRevenue", NUMBER),
        _takes("CloseRelatedQuotes", BOOL),
        _COLUMNS,
        returns="salesorder",
    ),
    _function("RetrievePriceTrace", _needs("Target", ROW), returns="Collection(PriceTraceStep)"),
    _function("RetrievePriceChanges", _needs("Target", ROW), returns="Collection(PriceChange)"),
)

_SERVICE = (
    Operation("WhoAmI", "function", returns="WhoAmIResponse"),
    Operation("RetrieveVersion", "function", returns="RetrieveVersionResponse"),
    Operation("RetrieveAvailableLanguages", "function", returns="RetrieveAvailableLanguagesResponse"),
    Operation(
        "RetrieveCurrentOrganization",
        "function",
        (_needs("AccessType", "EndpointAccessType"),),
        "RetrieveCurrentOrganizationResponse",
    ),
    Operation(
        "RetrieveTotalRecordCount",
        "function",
        (_needs("EntityNames", f"Collection({TEXT})"),),
        "RetrieveTotalRecordCountResponse",
    ),
    Operation(
        "InitializeFrom",
        "function",
        (
            _needs("EntityMoniker", ROW),
            _needs("TargetEntityName", TEXT),
            _needs("TargetFieldType", "TargetFieldType"),
            _takes("RetrieveConsumableRecord", BOOL),
        ),
        ROW,
        message="InitializeFrom",
    ),
    Operation(
        "RetrieveMetadataChanges",
        "function",
        (_takes("Query", "EntityQueryExpression"), _takes("ClientVersionStamp", TEXT)),
        "RetrieveMetadataChangesResponse",
    ),
    Operation(
        "CreateMultiple",
        "action",
        (_needs("Targets", f"Collection({ROW})"),),
        "CreateMultipleResponse",
        (ROW,),
        on_collection=True,
    ),
    Operation("UpdateMultiple", "action", (_needs("Targets", f"Collection({ROW})"),), None, (ROW,), on_collection=True),
    Operation("UpsertMultiple", "action", (_needs("Targets", f"Collection({ROW})"),), None, (ROW,), on_collection=True),
    Operation(
        "BulkDelete",
        "action",
        (
            _needs("QuerySet", "Collection(QueryExpression)"),
            _needs("JobName", TEXT),
            _needs("SendEmailNotification", BOOL),
            _needs("ToRecipients", f"Collection({ROW})"),
            _needs("CCRecipients", f"Collection({ROW})"),
            _needs("RecurrencePattern", TEXT),
            _needs("StartDateTime", MOMENT),
        ),
        "BulkDeleteResponse",
    ),
)

OPERATIONS: tuple[Operation, ...] = _SALES + _CATALOG + _OURS + _SERVICE

VERBS = frozenset(
    (
        *("Create", "Retrieve", "Update", "Upsert", "Delete", "Associate", "Disassociate"),
        *("AddColumn", "ChangeColumn", "RemoveColumn", "AddKey", "RemoveKey"),
    )
)
"""Messages that HTTP methods on rows, links and definitions stand for; no operation is declared for them."""
