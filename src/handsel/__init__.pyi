"""Every public name of Handsel, once: what type checkers and editors see, and what `__init__.py` imports on demand.

`X as X` is how a stub says that a name is there for others.
"""

from .chain.document.calculate_price import CalculatePrice as CalculatePrice
from .chain.document.calculate_price import PriceEvent as PriceEvent
from .chain.document.calculate_price import RecalculatePrice as RecalculatePrice
from .chain.document.line_messages import CreateProducts as CreateProducts
from .chain.document.line_messages import (
    DeleteOQOILineWithSkipPricingCalculation as DeleteOQOILineWithSkipPricingCalculation,
)
from .chain.document.price_trace import RetrievePriceChanges as RetrievePriceChanges
from .chain.document.price_trace import RetrievePriceTrace as RetrievePriceTrace
from .chain.invoice.messages import ConvertSalesOrderToInvoice as ConvertSalesOrderToInvoice
from .chain.invoice.messages import GenerateInvoiceFromOpportunity as GenerateInvoiceFromOpportunity
from .chain.invoice.messages import GetInvoiceProductsFromOpportunity as GetInvoiceProductsFromOpportunity
from .chain.invoice.messages import LockInvoicePricing as LockInvoicePricing
from .chain.invoice.messages import UnlockInvoicePricing as UnlockInvoicePricing
from .chain.opportunity.messages import CanCloseOpportunity as CanCloseOpportunity
from .chain.opportunity.messages import LoseOpportunity as LoseOpportunity
from .chain.opportunity.messages import WinOpportunity as WinOpportunity
from .chain.opportunity.qualify import QualifyLead as QualifyLead
from .chain.party.merge import Merge as Merge
from .chain.party.messages import AddMembersTeam as AddMembersTeam
from .chain.party.messages import FormatAddress as FormatAddress
from .chain.party.messages import RemoveMembersTeam as RemoveMembersTeam
from .chain.pricelist.messages import GetDefaultPriceLevel as GetDefaultPriceLevel
from .chain.pricelist.messages import GetQuantityDecimal as GetQuantityDecimal
from .chain.pricelist.messages import RetrieveExchangeRate as RetrieveExchangeRate
from .chain.product.kits import AddProductToKit as AddProductToKit
from .chain.product.kits import RemoveProductFromKit as RemoveProductFromKit
from .chain.product.messages import CloneProduct as CloneProduct
from .chain.product.messages import PublishProductHierarchy as PublishProductHierarchy
from .chain.product.messages import RevertProduct as RevertProduct
from .chain.product.property_messages import RetrieveProductProperties as RetrieveProductProperties
from .chain.product.property_messages import UpdateProductProperties as UpdateProductProperties
from .chain.quote.messages import CloseQuote as CloseQuote
from .chain.quote.messages import CloseQuoteDialog as CloseQuoteDialog
from .chain.quote.messages import GenerateQuoteFromOpportunity as GenerateQuoteFromOpportunity
from .chain.quote.messages import GetQuoteProductsFromOpportunity as GetQuoteProductsFromOpportunity
from .chain.quote.messages import ReviseActiveQuote as ReviseActiveQuote
from .chain.quote.messages import ReviseQuote as ReviseQuote
from .chain.quote.messages import WinQuote as WinQuote
from .chain.rights.move_messages import PreviewMove as PreviewMove
from .chain.rights.move_messages import SetBusinessSystemUser as SetBusinessSystemUser
from .chain.rights.move_messages import SetParentSystemUser as SetParentSystemUser
from .chain.rights.privilege_messages import RetrievePrivilegeSet as RetrievePrivilegeSet
from .chain.rights.privilege_messages import RetrieveRolePrivilegesRole as RetrieveRolePrivilegesRole
from .chain.rights.privilege_messages import RetrieveTeamPrivileges as RetrieveTeamPrivileges
from .chain.rights.privilege_messages import RetrieveUserPrivilegeByPrivilegeId as RetrieveUserPrivilegeByPrivilegeId
from .chain.rights.privilege_messages import (
    RetrieveUserPrivilegeByPrivilegeName as RetrieveUserPrivilegeByPrivilegeName,
)
from .chain.rights.privilege_messages import RetrieveUserPrivileges as RetrieveUserPrivileges
from .chain.rights.privilege_messages import RetrieveUserSetOfPrivilegesByIds as RetrieveUserSetOfPrivilegesByIds
from .chain.rights.privilege_messages import RetrieveUserSetOfPrivilegesByNames as RetrieveUserSetOfPrivilegesByNames
from .chain.rights.privilege_messages import RetrieveUsersPrivilegesThroughTeams as RetrieveUsersPrivilegesThroughTeams
from .chain.rights.role_messages import AddPrivilegesRole as AddPrivilegesRole
from .chain.rights.role_messages import RemovePrivilegeRole as RemovePrivilegeRole
from .chain.rights.role_messages import ReplacePrivilegesRole as ReplacePrivilegesRole
from .chain.salesorder.create_order import CalculateActualValueOpportunity as CalculateActualValueOpportunity
from .chain.salesorder.create_order import CreateOrderFromQuote as CreateOrderFromQuote
from .chain.salesorder.messages import CancelSalesOrder as CancelSalesOrder
from .chain.salesorder.messages import ConvertQuoteToSalesOrder as ConvertQuoteToSalesOrder
from .chain.salesorder.messages import FulfillSalesOrder as FulfillSalesOrder
from .chain.salesorder.messages import GenerateSalesOrderFromOpportunity as GenerateSalesOrderFromOpportunity
from .chain.salesorder.messages import GetSalesOrderProductsFromOpportunity as GetSalesOrderProductsFromOpportunity
from .chain.salesorder.messages import LockSalesOrderPricing as LockSalesOrderPricing
from .chain.salesorder.messages import UnlockSalesOrderPricing as UnlockSalesOrderPricing
from .chain.system.duplicate_messages import PublishDuplicateRule as PublishDuplicateRule
from .chain.system.duplicate_messages import RetrieveDuplicates as RetrieveDuplicates
from .chain.system.duplicate_messages import UnpublishDuplicateRule as UnpublishDuplicateRule
from .database.result import Row as Row
from .database.row import Notice as Notice
from .database.row import Reference as Reference
from .engine.auto_number import GetAutoNumberSeed as GetAutoNumberSeed
from .engine.auto_number import GetNextAutoNumberValue as GetNextAutoNumberValue
from .engine.auto_number import SetAutoNumberSeed as SetAutoNumberSeed
from .engine.column_set import ColumnSet as ColumnSet
from .engine.crud.initializing import InitializeFrom as InitializeFrom
from .engine.crud.initializing import TargetFieldType as TargetFieldType
from .engine.crud.messages import Associate as Associate
from .engine.crud.messages import Create as Create
from .engine.crud.messages import Delete as Delete
from .engine.crud.messages import Disassociate as Disassociate
from .engine.crud.messages import Retrieve as Retrieve
from .engine.crud.messages import Update as Update
from .engine.crud.messages import Upsert as Upsert
from .engine.crud.rollup_field import CalculateRollupField as CalculateRollupField
from .engine.crud.state_transition import IsValidStateTransition as IsValidStateTransition
from .engine.customization.add_column import AddColumn as AddColumn
from .engine.customization.change_column import ChangeColumn as ChangeColumn
from .engine.customization.change_column import RemoveColumn as RemoveColumn
from .engine.customization.key_messages import AddKey as AddKey
from .engine.customization.key_messages import RemoveKey as RemoveKey
from .engine.execute import Refusal as Refusal
from .engine.handlers import on as on
from .errors import BadRequest as BadRequest
from .errors import Busy as Busy
from .errors import Code as Code
from .errors import Conflict as Conflict
from .errors import DatabaseUnavailable as DatabaseUnavailable
from .errors import DuplicateFound as DuplicateFound
from .errors import DuplicateRecord as DuplicateRecord
from .errors import HandselError as HandselError
from .errors import InvalidArgument as InvalidArgument
from .errors import InvalidState as InvalidState
from .errors import InvalidValue as InvalidValue
from .errors import NotFound as NotFound
from .errors import NotWritable as NotWritable
from .errors import NumberOutOfRange as NumberOutOfRange
from .errors import PrivilegeDenied as PrivilegeDenied
from .errors import ReadOnly as ReadOnly
from .errors import Refused as Refused
from .errors import RequiredFieldMissing as RequiredFieldMissing
from .errors import SchemaTooNew as SchemaTooNew
from .errors import SchemaTooOld as SchemaTooOld
from .errors import SetupError as SetupError
from .errors import StatusNotValidForState as StatusNotValidForState
from .errors import TextTooLong as TextTooLong
from .errors import TimeLimitExceeded as TimeLimitExceeded
from .errors import UnknownColumn as UnknownColumn
from .errors import VersionMismatch as VersionMismatch
from .site.opening import open as open
from .site.session import Session as Session
from .site.setup import Created as Created
from .site.setup import create as create

__version__: str
