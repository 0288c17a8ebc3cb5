"""The signatures of the documented service for the messages Handsel has, one a line.

`kind name[tables it is bound to](parameters) -> result`; a star marks a binding to the table instead of a row, a
question mark a parameter that may be missing. Primitive types stand without `Edm.`.
"""

SIGNATURES = """
action AddMembersTeam[team](Members Collection(systemuser))
action AddPrivilegesRole[role](Privileges Collection(RolePrivilege)?)
action CalculateActualValueOpportunity[opportunity]() -> CalculateActualValueOpportunityResponse
action CalculatePrice(Target crmbaseentity, ParentId Guid?)
action AddUserToRecordTeam[systemuser](Record crmbaseentity, TeamTemplate teamtemplate) -> AddUserToRecordTeamResponse
function CanCloseOpportunity(Opportunity opportunity, Quote quote?, NewStatus Int32)
function CalculateRollupField(Target crmbaseentity, FieldName String) -> crmbaseentity
action CancelSalesOrder(OrderClose crmbaseentity, Status Int32)
action CloneProduct[product]() -> product
action CloseQuote(QuoteClose quoteclose, Status Int32)
action ConvertQuoteToSalesOrder(QuoteId Guid, ColumnSet ColumnSet?, QuoteCloseDate DateTimeOffset?, \
QuoteCloseStatus Int32?, QuoteCloseSubject String?, QuoteCloseDescription String?, \
ProcessInstanceId crmbaseentity?) -> salesorder
action ConvertSalesOrderToInvoice(SalesOrderId Guid, ColumnSet ColumnSet?, \
ProcessInstanceId crmbaseentity?) -> invoice
action CreateProducts(Entities Collection(crmbaseentity), ParentEntity crmbaseentity)
action DeleteOQOILineWithSkipPricingCalculation(entityLogicalName String, entityId Guid)
function FormatAddress(Line1 String, City String, StateOrProvince String, PostalCode String, \
Country String) -> FormatAddressResponse
action FulfillSalesOrder[*salesorder](OrderClose orderclose, Status Int32)
action GenerateInvoiceFromOpportunity(OpportunityId Guid, ColumnSet ColumnSet?) -> crmbaseentity
action GenerateQuoteFromOpportunity(OpportunityId Guid, ColumnSet ColumnSet?, \
ProcessInstanceId crmbaseentity?) -> crmbaseentity
action GenerateSalesOrderFromOpportunity(OpportunityId Guid, ColumnSet ColumnSet?) -> crmbaseentity
action GetAutoNumberSeed(EntityName String, AttributeName String) -> GetAutoNumberSeedResponse
function GetDefaultPriceLevel[*pricelevel](EntityName String) -> Collection(pricelevel)
action GetInvoiceProductsFromOpportunity[invoice](Opportunity opportunity)
action GetNextAutoNumberValue(EntityName String, AttributeName String) -> GetNextAutoNumberValueResponse
function GetQuantityDecimal[opportunity quote salesorder invoice](Product product, \
UoM uom) -> GetQuantityDecimalResponse
action GetQuoteProductsFromOpportunity[quote](Opportunity opportunity)
action GetSalesOrderProductsFromOpportunity[salesorder](Opportunity opportunity)
action GrantAccess(Target crmbaseentity, PrincipalAccess PrincipalAccess?)
function InitializeFrom(EntityMoniker crmbaseentity, TargetEntityName String, TargetFieldType TargetFieldType, \
RetrieveConsumableRecord Boolean?) -> crmbaseentity
function IsValidStateTransition(Entity crmbaseentity, NewState String, \
NewStatus Int32) -> IsValidStateTransitionResponse
action LockInvoicePricing[invoice]()
action LockSalesOrderPricing[salesorder]()
action LoseOpportunity(Caller String?, OpportunityClose opportunityclose, Status Int32)
action Merge(Target crmbaseentity, Subordinate crmbaseentity, UpdateContent crmbaseentity, \
PerformParentingChecks Boolean)
action ModifyAccess(Target crmbaseentity, PrincipalAccess PrincipalAccess?)
action PublishAllXml()
action PublishDuplicateRule[duplicaterule]() -> asyncoperation
action PublishProductHierarchy[product]()
action PublishXml(ParameterXml String)
action QualifyLead[lead](CreateAccount Boolean, CreateContact Boolean, CreateOpportunity Boolean, \
OpportunityCurrencyId transactioncurrency?, OpportunityCustomerId crmbaseentity?, SourceCampaignId campaign?, \
Status Int32, ProcessInstanceId crmbaseentity?) -> Collection(crmbaseentity)
action ReassignObjectsOwner(FromPrincipal crmbaseentity, ToPrincipal crmbaseentity)
action ReassignObjectsSystemUser[systemuser](ReassignPrincipal crmbaseentity)
action RecalculatePrice(entityLogicalName String, entityId Guid)
action RemoveMembersTeam[team](Members Collection(systemuser))
action RemovePrivilegeRole[role](Privilege privilege)
action ReplacePrivilegesRole[role](Privileges Collection(RolePrivilege)?)
action RemoveUserFromRecordTeam[systemuser](Record crmbaseentity, \
TeamTemplate teamtemplate) -> RemoveUserFromRecordTeamResponse
function RetrieveAccessOrigin(ObjectId Guid, LogicalName String, PrincipalId Guid) -> RetrieveAccessOriginResponse
function RetrieveAvailableLanguages() -> RetrieveAvailableLanguagesResponse
function RetrieveCurrentOrganization(AccessType EndpointAccessType) -> RetrieveCurrentOrganizationResponse
function RetrieveDuplicates(BusinessEntity crmbaseentity, MatchingEntityName String, \
PagingInfo PagingInfo?) -> Collection(crmbaseentity)
function RetrieveExchangeRate(TransactionCurrencyId Guid) -> RetrieveExchangeRateResponse
function RetrievePrincipalAccess[systemuser team organization](Target crmbaseentity) -> RetrievePrincipalAccessResponse
f\
u\
n\
c\
t\
i\
o\
n\
 \
R\
e\
t\
rieveProductProperties[opportunityproduct quotedetail salesorderdetail invoicedetail]() -> Collection(dynamicproperty)
function RetrievePrivilegeSet[*privilege]() -> Collection(privilege)
function RetrieveRolePrivilegesRole(RoleId Guid) -> RetrieveRolePrivilegesRoleResponse
function RetrieveTeamPrivileges[team]() -> RetrieveTeamPrivilegesResponse
function RetrieveUserPrivilegeByPrivilegeId[systemuser](PrivilegeId Guid, \
ExcludeTeamBasic Boolean?) -> RetrieveUserPrivilegeByPrivilegeIdResponse
function RetrieveUserPrivilegeByPrivilegeName[systemuser](PrivilegeName String, \
ExcludeTeamBasic Boolean?) -> RetrieveUserPrivilegeByPrivilegeNameResponse
function RetrieveUserPrivileges[systemuser]() -> RetrieveUserPrivilegesResponse
function RetrieveUserSetOfPrivilegesByIds[systemuser](PrivilegeIds Collection(Guid), \
ExcludeTeamBasic Boolean?) -> RetrieveUserSetOfPrivilegesByIdsResponse
function RetrieveUserSetOfPrivilegesByNames[systemuser](PrivilegeNames Collection(String), \
ExcludeTeamBasic Boolean?) -> RetrieveUserSetOfPrivilegesByNamesResponse
function RetrieveUsersPrivilegesThroughTeams[systemuser](ExcludeOrgDisabledPrivileges Boolean, \
IncludeSetupUserFiltering Boolean) -> RetrieveUsersPrivilegesThroughTeamsResponse
function RetrieveSharedLinks(Target crmbaseentity) -> Collection(team)
function RetrieveRecordChangeHistory(Target crmbaseentity, PagingInfo PagingInfo?) \
-> RetrieveRecordChangeHistoryResponse
function RetrieveSharedPrincipalsAndAccess(Target crmbaseentity) -> RetrieveSharedPrincipalsAndAccessResponse
function RetrieveVersion() -> RetrieveVersionResponse
action RevertProduct(Target crmbaseentity)
action ReviseQuote(QuoteId Guid, ColumnSet ColumnSet?) -> quote
action RevokeAccess(Target crmbaseentity, Revokee crmbaseentity)
action SetAutoNumberSeed(EntityName String, AttributeName String, Value Int64)
action SetBusinessSystemUser[systemuser](BusinessUnit businessunit, ReassignPrincipal crmbaseentity)
action SetParentSystemUser[systemuser](Parent systemuser, KeepChildUsers Boolean)
action UnpublishDuplicateRule(DuplicateRuleId Guid)
action UnlockInvoicePricing(InvoiceId Guid)
action UnlockSalesOrderPricing(SalesOrderId Guid)
action UpdateProductProperties(PropertyInstanceList Collection(dynamicpropertyinstance))
function WhoAmI() -> WhoAmIResponse
action WinOpportunity(OpportunityClose opportunityclose, Caller String?, Status Int32)
action WinQuote(QuoteClose quoteclose, Status Int32)
"""
