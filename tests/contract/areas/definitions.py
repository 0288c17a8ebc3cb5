"""Bad input at the definitions: queries, and columns to add."""

from tests.contract.cases import ARGUMENT, NO_ROW, NO_SEGMENT, SYNTAX, Case

_CRM = "Microsoft.Dynamics.CRM"
_COLUMNS = "EntityDefinitions(LogicalName='account')/Attributes"

_READS = [
    ("EntityDefinitions(", 400, SYNTAX, ")"),
    ("EntityDefinitions(x)", 400, SYNTAX, "'x'"),
    ("EntityDefinitions(Nonsense='x')", 400, SYNTAX, "Nonsense"),
    ("EntityDefinitions(LogicalName='nonsense')", 404, NO_ROW, "nonsense"),
    ("EntityDefinitions/nonsense", 404, NO_SEGMENT, "nonsense"),
    ("EntityDefinitions(LogicalName='account')/Nonsense", 404, NO_SEGMENT, "Nonsense"),
    (f"{_COLUMNS}(LogicalName='nonsense')", 404, NO_ROW, "nonsense"),
    (f"{_COLUMNS}/{_CRM}.Nonsense", 404, NO_SEGMENT, "Nonsense"),
    ("RelationshipDefinitions(SchemaName='nonsense')", 404, NO_ROW, "nonsense"),
    ("GlobalOptionSetDefinitions(Name='nonsense')", 404, NO_ROW, "nonsense"),
    ("EntityDefinitions?$select=Nonsense", 400, SYNTAX, "Nonsense"),
    ("EntityDefinitions?$select='x'", 400, SYNTAX, "'x'"),
    ("EntityDefinitions?$expand=Nonsense", 400, SYNTAX, "Nonsense"),
    ("EntityDefinitions?$expand=Attributes(", 400, SYNTAX, ")"),
    ("EntityDefinitions?$expand=Attributes($filter=x)", 400, SYNTAX, "eq, ne"),
    ("EntityDefinitions?$expand=" + "Attributes($expand=" * 20 + "x" + ")" * 20, 400, SYNTAX, "10 levels"),
    ("EntityDefinitions?$filter=LogicalName", 400, SYNTAX, "eq, ne"),
    ("EntityDefinitions?$filter=Nonsense eq 'x'", 400, SYNTAX, "Nonsense"),
    ("EntityDefinitions?$filter=" + "(" * 200, 400, SYNTAX, "100 levels"),
    ("EntityDefinitions?$filter=contains(LogicalName,'x')", 501, SYNTAX, "eq, ne"),
    ("EntityDefinitions?$filter=LogicalName gt 'x'", 501, SYNTAX, "eq, ne"),
    ("EntityDefinitions?$apply=aggregate($count as n)", 501, SYNTAX, "$apply"),
    ("EntityDefinitions?$orderby=LogicalName", 501, SYNTAX, "$orderby"),
    ("EntityDefinitions?$top=-1", 400, SYNTAX, "$top"),
    ("EntityDefinitions?$count=1", 400, SYNTAX, "$count"),
    ("EntityDefinitions?$filter=LogicalName eq @p", 400, SYNTAX, "@p=…"),
    ("EntityDefinitions(LogicalName=@p)", 400, SYNTAX, "@p=…"),
    ("EntityDefinitions(LogicalName='account')/$count", 404, NO_SEGMENT, "$count"),
    ("EntityDefinitions?$expand=Attributes($orderby=LogicalName)", 501, SYNTAX, "$orderby"),
]

_ADDED = [
    ({}, 400, "@odata.type"),
    ({"@odata.type": f"{_CRM}.StringAttributeMetadata"}, 400, "SchemaName"),
    ({"@odata.type": f"{_CRM}.StringAttributeMetadata", "SchemaName": 1}, 400, "SchemaName"),
    ({"@odata.type": f"{_CRM}.StringAttributeMetadata", "SchemaName": "x"}, 400, "'x'"),
    ({"@odata.type": f"{_CRM}.StringAttributeMetadata", "SchemaName": "new_a", "MaxLength": "x"}, 400, "MaxLength"),
    ({"@odata.type": f"{_CRM}.StringAttributeMetadata", "SchemaName": "new_a", "MaxLength": 1.5}, 400, "MaxLength"),
    ({"@odata.type": f"{_CRM}.PicklistAttributeMetadata", "SchemaName": "new_a"}, 400, "OptionSet"),
    ({"@odata.type": f"{_CRM}.NonsenseAttributeMetadata", "SchemaName": "new_a"}, 501, "NonsenseAttributeMetadata"),
]

CASES = [
    *(Case(f"GET {path}", status, code, names) for path, status, code, names in _READS),
    *(
        Case(f"POST {_COLUMNS}", status, ARGUMENT if status == 400 else SYNTAX, names, body)
        for body, status, names in _ADDED
    ),
    Case("POST EntityDefinitions", 501, SYNTAX, "Tables", {}),
    Case("POST RelationshipDefinitions", 501, SYNTAX, "OneToManyRelationshipMetadata", {}),
    Case(
        "POST RelationshipDefinitions",
        400,
        ARGUMENT,
        "Lookup",
        {"@odata.type": f"{_CRM}.OneToManyRelationshipMetadata"},
    ),
    Case("DELETE EntityDefinitions(LogicalName='account')", 501, SYNTAX, "Tables"),
]
