"""Handsel carries a sale from opportunity to quote, to sales order, to paid invoice.

    import handsel

    with handsel.open("sqlite:///shop.sqlite3") as session:
        quote = session.execute(handsel.GenerateQuoteFromOpportunity(opportunity_id))

Every message (`handsel.Create`, `handsel.WinQuote`, …) and every error is an attribute of this module. Modules that
need the tables are imported on first use, so that `import handsel` is quick and harmless inside other programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handsel.errors import (
    BadRequest,
    Busy,
    Code,
    Conflict,
    DuplicateRecord,
    HandselError,
    InvalidArgument,
    InvalidState,
    InvalidValue,
    NotFound,
    NumberOutOfRange,
    PrivilegeDenied,
    ReadOnly,
    Refused,
    RequiredFieldMissing,
    SchemaTooNew,
    SchemaTooOld,
    SetupError,
    StatusNotValidForState,
    TextTooLong,
    UnknownColumn,
    VersionMismatch,
)
from handsel.version import VERSION

if TYPE_CHECKING:
    from handsel.chain.document.calculate_price import (
        CalculatePrice,
        PriceEvent,
        RecalculatePrice,
    )
    from handsel.chain.document.price_trace import (
        RetrievePriceChanges,
        RetrievePriceTrace,
    )
    from handsel.chain.invoice.messages import (
        ConvertSalesOrderToInvoice,
        GenerateInvoiceFromOpportunity,
        GetInvoiceProductsFromOpportunity,
        LockInvoicePricing,
        UnlockInvoicePricing,
    )
    from handsel.chain.opportunity.messages import (
        CanCloseOpportunity,
        LoseOpportunity,
        WinOpportunity,
    )
    from handsel.chain.opportunity.qualify import (
        QualifyLead,
    )
    from handsel.chain.party.messages import (
        AddMembersTeam,
        RemoveMembersTeam,
    )
    from handsel.chain.pricelist.messages import (
        GetDefaultPriceLevel,
        GetQuantityDecimal,
        RetrieveExchangeRate,
    )
    from handsel.chain.product.kits import (
        AddProductToKit,
        RemoveProductFromKit,
    )
    from handsel.chain.product.messages import (
        CloneProduct,
        PublishProductHierarchy,
        RevertProduct,
    )
    from handsel.chain.product.property_messages import (
        RetrieveProductProperties,
        UpdateProductProperties,
    )
    from handsel.chain.quote.messages import (
        CloseQuote,
        CloseQuoteDialog,
        GenerateQuoteFromOpportunity,
        GetQuoteProductsFromOpportunity,
        ReviseActiveQuote,
        ReviseQuote,
        WinQuote,
    )
    from handsel.chain.salesorder.create_order import (
        CalculateActualValueOpportunity,
        CreateOrderFromQuote,
    )
    from handsel.chain.salesorder.messages import (
        CancelSalesOrder,
        ConvertQuoteToSalesOrder,
        FulfillSalesOrder,
        GenerateSalesOrderFromOpportunity,
        GetSalesOrderProductsFromOpportunity,
        LockSalesOrderPricing,
        UnlockSalesOrderPricing,
    )
    from handsel.database.row import (
        Reference,
        Row,
    )
    from handsel.engine.column_set import ColumnSet
    from handsel.engine.crud.initializing import (
        InitializeFrom,
        TargetFieldType,
    )
    from handsel.engine.crud.messages import (
        Associate,
        Create,
        Delete,
        Disassociate,
        Retrieve,
        Update,
        Upsert,
    )
    from handsel.engine.customization.add_column import (
        AddColumn,
    )
    from handsel.engine.customization.change_column import (
        ChangeColumn,
        RemoveColumn,
    )
    from handsel.engine.customization.key_messages import (
        AddKey,
        RemoveKey,
    )
    from handsel.engine.execute import (
        Refusal,
    )
    from handsel.engine.handlers import on
    from handsel.site.opening import open
    from handsel.site.session import (
        Session,
    )
    from handsel.site.setup import (
        Created,
        create,
    )


__version__ = VERSION

_ELSEWHERE = {
    "handsel.chain.document.calculate_price": (
        "CalculatePrice",
        "PriceEvent",
        "RecalculatePrice",
    ),
    "handsel.chain.document.price_trace": (
        "RetrievePriceChanges",
        "RetrievePriceTrace",
    ),
    "handsel.chain.invoice.messages": (
        "ConvertSalesOrderToInvoice",
        "GenerateInvoiceFromOpportunity",
        "GetInvoiceProductsFromOpportunity",
        "LockInvoicePricing",
        "UnlockInvoicePricing",
    ),
    "handsel.chain.opportunity.messages": (
        "CanCloseOpportunity",
        "LoseOpportunity",
        "WinOpportunity",
    ),
    "handsel.chain.opportunity.qualify": ("QualifyLead",),
    "handsel.chain.party.messages": (
        "AddMembersTeam",
        "RemoveMembersTeam",
    ),
    "handsel.chain.pricelist.messages": (
        "GetDefaultPriceLevel",
        "GetQuantityDecimal",
        "RetrieveExchangeRate",
    ),
    "handsel.chain.product.kits": (
        "AddProductToKit",
        "RemoveProductFromKit",
    ),
    "handsel.chain.product.messages": (
        "CloneProduct",
        "PublishProductHierarchy",
        "RevertProduct",
    ),
    "handsel.chain.product.property_messages": (
        "RetrieveProductProperties",
        "UpdateProductProperties",
    ),
    "handsel.chain.quote.messages": (
        "CloseQuote",
        "CloseQuoteDialog",
        "GenerateQuoteFromOpportunity",
        "GetQuoteProductsFromOpportunity",
        "ReviseActiveQuote",
        "ReviseQuote",
        "WinQuote",
    ),
    "handsel.chain.salesorder.create_order": (
        "CalculateActualValueOpportunity",
        "CreateOrderFromQuote",
    ),
    "handsel.chain.salesorder.messages": (
        "CancelSalesOrder",
        "ConvertQuoteToSalesOrder",
        "FulfillSalesOrder",
        "GenerateSalesOrderFromOpportunity",
        "GetSalesOrderProductsFromOpportunity",
        "LockSalesOrderPricing",
        "UnlockSalesOrderPricing",
    ),
    "handsel.engine.customization.add_column": ("AddColumn",),
    "handsel.engine.crud.initializing": (
        "InitializeFrom",
        "TargetFieldType",
    ),
    "handsel.engine.customization.key_messages": ("AddKey", "RemoveKey"),
    "handsel.engine.crud.messages": (
        "Associate",
        "Create",
        "Delete",
        "Disassociate",
        "Retrieve",
        "Update",
        "Upsert",
    ),
    "handsel.engine.customization.change_column": ("ChangeColumn", "RemoveColumn"),
    "handsel.engine.execute": ("Refusal",),
    "handsel.engine.column_set": ("ColumnSet",),
    "handsel.engine.handlers": ("on",),
    "handsel.database.row": (
        "Reference",
        "Row",
    ),
    "handsel.site.opening": ("open",),
    "handsel.site.session": ("Session",),
    "handsel.site.setup": (
        "Created",
        "create",
    ),
}
"""Names that are imported on first use, by module."""

_MODULE_OF = {name: module for module, names in _ELSEWHERE.items() for name in names}

__all__ = [
    "AddColumn",
    "AddKey",
    "AddMembersTeam",
    "AddProductToKit",
    "Associate",
    "BadRequest",
    "Busy",
    "CalculateActualValueOpportunity",
    "CalculatePrice",
    "CanCloseOpportunity",
    "CancelSalesOrder",
    "ChangeColumn",
    "CloneProduct",
    "CloseQuote",
    "CloseQuoteDialog",
    "Code",
    "ColumnSet",
    "Conflict",
    "ConvertQuoteToSalesOrder",
    "ConvertSalesOrderToInvoice",
    "Create",
    "CreateOrderFromQuote",
    "Created",
    "Delete",
    "Disassociate",
    "DuplicateRecord",
    "FulfillSalesOrder",
    "GenerateInvoiceFromOpportunity",
    "GenerateQuoteFromOpportunity",
    "GenerateSalesOrderFromOpportunity",
    "GetDefaultPriceLevel",
    "GetInvoiceProductsFromOpportunity",
    "GetQuantityDecimal",
    "GetQuoteProductsFromOpportunity",
    "GetSalesOrderProductsFromOpportunity",
    "HandselError",
    "InitializeFrom",
    "InvalidArgument",
    "InvalidState",
    "InvalidValue",
    "LockInvoicePricing",
    "LockSalesOrderPricing",
    "LoseOpportunity",
    "NotFound",
    "NumberOutOfRange",
    "PriceEvent",
    "PrivilegeDenied",
    "PublishProductHierarchy",
    "QualifyLead",
    "ReadOnly",
    "RecalculatePrice",
    "Reference",
    "Refusal",
    "Refused",
    "RemoveColumn",
    "RemoveKey",
    "RemoveMembersTeam",
    "RemoveProductFromKit",
    "RequiredFieldMissing",
    "Retrieve",
    "RetrieveExchangeRate",
    "RetrievePriceChanges",
    "RetrievePriceTrace",
    "RetrieveProductProperties",
    "RevertProduct",
    "ReviseActiveQuote",
    "ReviseQuote",
    "Row",
    "SchemaTooNew",
    "SchemaTooOld",
    "Session",
    "SetupError",
    "StatusNotValidForState",
    "TargetFieldType",
    "TextTooLong",
    "UnknownColumn",
    "UnlockInvoicePricing",
    "UnlockSalesOrderPricing",
    "Update",
    "UpdateProductProperties",
    "Upsert",
    "VersionMismatch",
    "WinOpportunity",
    "WinQuote",
    "create",
    "on",
    "open",
]


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'handsel' has no attribute '{name}'")
    from importlib import import_module

    from handsel.site.start import start

    start()
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
