"""The annotations of values that a caller can request, by name (Web API 5)."""

FORMATTED = "OData.Community.Display.V1.FormattedValue"
TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname"
SECURED = "Handsel.secured"
"""True beside a null that hides the value of a secured column from the caller; ours (deviations)."""
NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"
