"""The annotations of values that a caller can request, by name (Web API 5)."""

FORMATTED = "OData.Community.Display.V1.FormattedValue"
TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname"
NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"
