"""Bad input where one row names another: binds, nested references, $ref."""

from tests.contract.cases import ARGUMENT, NO_ROW, NO_SEGMENT, PAYLOAD, SYNTAX, Case
from tests.contract.world import ACCOUNT, CONTACT, MISSING

_ONE = f"accounts({ACCOUNT})/primarycontactid/$ref"
_MANY = f"accounts({ACCOUNT})/contact_customer_accounts/$ref"

_BINDS = [
    ("", PAYLOAD, 400, "''"),
    ("x", PAYLOAD, 400, "'x'"),
    ("/", PAYLOAD, 400, "'/'"),
    ("/contacts", PAYLOAD, 400, "/contacts"),
    (MISSING, PAYLOAD, 400, MISSING),
    ("/contacts()", SYNTAX, 400, "contacts"),
    ("/contacts(x)", SYNTAX, 400, "'x'"),
    (f"/contacts({CONTACT})/fullname", PAYLOAD, 400, "fullname"),
    ("/contacts(" * 50, SYNTAX, 400, ")"),
    (f"/nonsense({CONTACT})", NO_SEGMENT, 404, "nonsense"),
    ("contacts(fullname='x')", ARGUMENT, 400, "fullname"),
    (f"/accounts({ACCOUNT})", PAYLOAD, 400, "refers to contact, not to account"),
    (f"/contacts({MISSING})", NO_ROW, 404, MISSING),
    (f"https://elsewhere/api/data/v9.2/contacts({MISSING})", NO_ROW, 404, MISSING),
    ("$1", PAYLOAD, 400, "$1"),
    ("$", PAYLOAD, 400, "'$'"),
    ("\x00", PAYLOAD, 400, "names no row"),
    ("x" * 10_000, PAYLOAD, 400, "xxx..."),
    (1, PAYLOAD, 400, "primarycontactid@odata.bind"),
    (True, PAYLOAD, 400, "primarycontactid@odata.bind"),
    ({}, PAYLOAD, 400, "primarycontactid@odata.bind"),
    ([], PAYLOAD, 400, "primarycontactid@odata.bind"),
    ([f"/contacts({CONTACT})"], PAYLOAD, 400, "primarycontactid@odata.bind"),
]

_NESTED = [
    ("x", "primarycontactid"),
    (1, "primarycontactid"),
    ([], "primarycontactid"),
    ({"@odata.id": 1}, "@odata.id"),
    ({"@odata.id": "x"}, "'x'"),
    ({"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "lastname": "x"}, "systemuser"),
]

CASES = [
    *(
        Case("POST accounts", status, code, names, {"name": "x", "primarycontactid@odata.bind": bound})
        for bound, code, status, names in _BINDS
    ),
    *(Case("POST accounts", 400, PAYLOAD, names, {"name": "x", "primarycontactid": row}) for row, names in _NESTED),
    Case("POST accounts", 400, PAYLOAD, "nonsense", {"nonsense@odata.bind": f"/contacts({CONTACT})"}),
    Case("POST accounts", 400, PAYLOAD, "name", {"name@odata.bind": f"/contacts({CONTACT})"}),
    Case("POST accounts", 400, PAYLOAD, "primarycontctid", {"primarycontctid@odata.bind": f"/contacts({CONTACT})"}),
    Case("POST accounts", 400, PAYLOAD, "address", {"contact_customer_accounts@odata.bind": [1]}),
    Case("POST accounts", 400, PAYLOAD, "'x'", {"contact_customer_accounts@odata.bind": ["x"]}),
    Case(f"POST {_MANY}", 400, PAYLOAD, "JSON object", b""),
    Case(f"POST {_MANY}", 400, PAYLOAD, "@odata.id", {}),
    Case(f"POST {_MANY}", 400, PAYLOAD, "@odata.id", {"@odata.id": 1}),
    Case(f"POST {_MANY}", 400, PAYLOAD, "'x'", {"@odata.id": "x"}),
    Case(f"POST {_MANY}", 404, NO_ROW, MISSING, {"@odata.id": f"contacts({MISSING})"}),
    Case(f"POST {_MANY}", 400, ARGUMENT, "contact_customer_accounts", {"@odata.id": f"accounts({ACCOUNT})"}),
    Case(f"PUT {_MANY}", 405, SYNTAX, "contact_customer_accounts", {"@odata.id": f"contacts({CONTACT})"}),
    Case(f"PUT {_ONE}", 400, PAYLOAD, "primarycontactid", {"@odata.id": f"accounts({ACCOUNT})"}),
    Case(f"PUT {_ONE}", 404, NO_ROW, MISSING, {"@odata.id": f"contacts({MISSING})"}),
    Case(f"POST {_ONE}", 405, SYNTAX, "primarycontactid", {"@odata.id": f"contacts({CONTACT})"}),
    Case(f"DELETE {_MANY}", 400, ARGUMENT, "contact_customer_accounts"),
    Case(f"DELETE {_MANY}?$id=x", 400, PAYLOAD, "'x'"),
    Case(f"DELETE accounts({ACCOUNT})/contact_customer_accounts(x)/$ref", 400, SYNTAX, "'x'"),
    Case(f"DELETE accounts({ACCOUNT})/contact_customer_accounts({MISSING})/$ref", 404, NO_ROW, MISSING),
    Case(f"DELETE accounts({ACCOUNT})/nonsense/$ref", 404, NO_SEGMENT, "nonsense"),
    Case(f"DELETE accounts({ACCOUNT})/name/$ref", 404, NO_SEGMENT, "$ref"),
    Case(f"DELETE accounts({ACCOUNT})/$ref", 404, NO_SEGMENT, "$ref"),
    Case(f"DELETE accounts({ACCOUNT})/ownerid/$ref", 400, "0x80040200", "ownerid"),
    Case(f"PUT accounts({ACCOUNT})/ownerid/$ref", 400, PAYLOAD, "ownerid", {"@odata.id": f"accounts({ACCOUNT})"}),
    Case(
        f"POST accounts({MISSING})/contact_customer_accounts/$ref",
        404,
        NO_ROW,
        MISSING,
        {"@odata.id": f"contacts({CONTACT})"},
    ),
]
