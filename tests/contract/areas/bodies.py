"""Bad input in bodies: no JSON, unknown columns, values that the column cannot hold."""

import json

from tests.contract.cases import ARGUMENT, NO_ROW, PAYLOAD, RANGE, Case
from tests.contract.world import ACCOUNT, CONTACT, MISSING

_EMPTY = "00000000-0000-0000-0000-000000000000"

_NO_OBJECTS = [
    (b"", "JSON object"),
    (b"   ", "JSON object"),
    (b"x", "JSON"),
    (b"{", "truncated"),
    (b"[]", "a list"),
    (b"[{}]", "a list"),
    (b"1", "a number"),
    (b"null", "null"),
    (b"true", "true"),
    (b'"x"', "a text"),
    (b"{name:1}", "keys must be strings"),
    (b"{'name':'x'}", "keys must be strings"),
    (b'{"name":"x",}', "trailing comma"),
    (b'{"name":"x"}{"name":"y"}', "trailing characters"),
    (b'{"name":"\xff"}', "utf-8"),
    (b'{"name":"\\ud800"}', "JSON"),
    (b"\xff\xfe{\x00}\x00", "JSON"),
    (b'{"name":NaN}', "JSON"),
    (b'{"revenue":Infinity}', "JSON"),
    (b'{"revenue":-Infinity}', "JSON"),
    (b'{"numberofemployees":1e999999999}', "1e999999999"),
    (b'{"revenue":1e999999}', "1e999999"),
    (b'{"revenue":-1e99999999999999999999999}', "-1e99999999999999999999999"),
    (b'{"revenue":' + b"1" * 5_000 + b"}", "out of range"),
    (b'{"a":' * 100_000, "too deep"),
    (b"[" * 100_000, "too deep"),
]

_NAMES = [
    ({"nonsense": 1}, "nonsense"),
    ({"": 1}, "''"),
    ({"Name": "x"}, "Name"),
    ({"name ": "x"}, "'name '"),
    ({"new_nonsense": 1}, "new_nonsense"),
    ({"x" * 100_000: 1}, "xxx..."),
    ({f"c{number}": 1 for number in range(10_000)}, "c0"),
    ({"_primarycontactid_value": MISSING}, "primarycontactid@odata.bind"),
    ({"_ownerid_value": MISSING}, "give ownerid@odata.bind."),
    ({"primarycontactid": MISSING}, "primarycontactid"),
    ({"@odata.type": "Microsoft.Dynamics.CRM.contact", "name": "x"}, "contact"),
    ({"@odata.type": "#Microsoft.Dynamics.CRM.quote", "name": "x"}, "quote"),
]

# For every kind of column: values of every other JSON type, and those just outside.
_WRONG_TYPES = {
    "accounts": {
        "name": (1, True, [], {}, "a\x00b"),
        "description": (1, ["x"]),
        "revenue": ("x", "12 ", "1,000", "12 USD", "NaN", "1_000", "", True, [], {}),
        "numberofemployees": ("one", "1.5", "1,000", "", "0x10", 1.5, True, [1]),
        "donotemail": ("true", 1, 0, [], {}),
        "paymenttermscode": ("Net 30", "1.5", "", 1.5, True, [1]),
        "address1_latitude": ("x", True, {}),
        "lastusedincampaign": ("x", 1, True, "2026-13-01", "2026-01-01T25:00:00Z"),
        "accountid": ("x", 1, True, []),
        # Columns that only the server writes are ignored, but their type is checked.
        "createdon": ("foo", 1),
        "versionnumber": ("x", "1.5"),
        "exchangerate": ("x", "1,5"),
        "creditlimit_base": ("x",),
    },
    "contacts": {"birthdate": ("x", 1, "2026-02-30", "2020-01-01T00:00:00Z"), "numberofchildren": ("x", 0.5)},
    "quotes": {"discountpercentage": ("x", "5 %", []), "effectivefrom": ("tomorrow", 20260101)},
}

_OUTSIDE = [
    ("accounts", "numberofemployees", -1, RANGE),
    ("accounts", "numberofemployees", 2**31, RANGE),
    ("accounts", "numberofemployees", 10**30, RANGE),
    ("accounts", "numberofemployees", 1e300, RANGE),
    ("accounts", "paymenttermscode", 4711, RANGE),
    ("accounts", "paymenttermscode", "4711", RANGE),
    ("accounts", "numberofemployees", "-1", RANGE),
    ("accounts", "revenue", "1e30", RANGE),
    ("accounts", "revenue", -1, RANGE),
    ("accounts", "creditlimit", 10**30, RANGE),
    ("accounts", "address1_latitude", 90.5, RANGE),
    ("accounts", "address1_latitude", 1e300, RANGE),
    ("contacts", "numberofchildren", 10**9 + 1, RANGE),
    ("quotes", "discountpercentage", 101, RANGE),
    ("accounts", "name", "x" * 161, "0x80044331"),
    ("accounts", "description", "x" * 2_001, "0x80044331"),
    ("accounts", "emailaddress1", "x" * 101, "0x80044331"),
]


def _deep(levels: int) -> dict[str, object]:
    body: dict[str, object] = {"name": "x"}
    for _ in range(levels):
        body = {"name": "x", "primarycontactid": {"lastname": "x", "parentcustomerid_account": body}}
    return body


CASES = [
    *(Case("POST accounts", 400, PAYLOAD, names, text) for text, names in _NO_OBJECTS),
    Case("PATCH accounts(" + ACCOUNT + ")", 400, PAYLOAD, "JSON object", b""),
    *(Case("POST accounts", 400, PAYLOAD, names, body) for body, names in _NAMES),
    *(
        Case(f"POST {table}", 400, PAYLOAD, column, json.dumps({column: value}).encode())
        for table, columns in _WRONG_TYPES.items()
        for column, values in columns.items()
        for value in values
    ),
    *(Case(f"POST {table}", 400, code, column, {column: value}) for table, column, value, code in _OUTSIDE),
    *(
        Case(f"PATCH accounts({ACCOUNT})", 400, code, column, {column: value})
        for column, value, code in [
            ("statecode", "Active", PAYLOAD),
            ("statecode", True, PAYLOAD),
            ("statecode", 9, RANGE),
            ("statuscode", "Active", PAYLOAD),
            ("statuscode", 9, RANGE),
            ("exchangerate", "x", PAYLOAD),
            ("importsequencenumber", "first", PAYLOAD),
        ]
    ),
    Case("POST contacts", 400, PAYLOAD, "a date like", {"birthdate": "foo"}),
    Case("POST accounts", 400, PAYLOAD, "U+0000", {"name": "a\x00b"}),
    Case("POST accounts", 400, PAYLOAD, "ud800", b'{"name":"a\\ud800"}'),
    Case("POST accounts", 400, PAYLOAD, "udc00", b'{"name":"a\\udc00b"}'),
    Case(f"PATCH accounts({MISSING})", 400, ARGUMENT, ACCOUNT, {"name": "x", "accountid": ACCOUNT}),
    Case(f"PATCH accounts({ACCOUNT})", 400, ARGUMENT, MISSING, {"name": "x", "accountid": MISSING}),
    Case(
        f"PATCH accounts({MISSING})",
        400,
        ARGUMENT,
        ACCOUNT,
        {"name": "x", "accountid": ACCOUNT},
        headers={"If-None-Match": "*"},
    ),
    Case(f"PATCH accounts({_EMPTY})", 400, ARGUMENT, "empty id", {"name": "x"}),
    Case(f"PATCH accounts({_EMPTY})", 400, ARGUMENT, "empty id", {"name": "x"}, headers={"If-None-Match": "*"}),
    Case(
        "POST contacts",
        400,
        PAYLOAD,
        "and contacts(",
        {
            "lastname": "x",
            "parentcustomerid_account@odata.bind": f"/accounts({ACCOUNT})",
            "parentcustomerid_contact@odata.bind": f"/contacts({CONTACT})",
        },
    ),
    Case(
        "POST contacts",
        400,
        PAYLOAD,
        "two are given: accounts(",
        {
            "lastname": "x",
            "parentcustomerid_account": {"name": "x"},
            "parentcustomerid_contact@odata.bind": f"/contacts({CONTACT})",
        },
    ),
    Case("POST accounts", 400, ARGUMENT, "statecode", {"name": "x", "statecode": 1}),
    Case("POST accounts", 400, PAYLOAD, "20 levels", _deep(30)),
    Case("POST contacts", 400, PAYLOAD, "nonsense", {"lastname": "x", "nonsense": 1}),
    Case("POST accounts", 400, PAYLOAD, "list of objects", {"contact_customer_accounts": {"lastname": "x"}}),
    Case("POST accounts", 400, PAYLOAD, "list of objects", {"contact_customer_accounts": [1]}),
    Case("POST accounts", 400, PAYLOAD, "lastname", {"name": "x", "contact_customer_accounts": [{"lastname": 1}]}),
    Case("POST accounts", 400, PAYLOAD, "lastname", {"name": "x", "primarycontactid": {"lastname": 1}}),
    Case(
        f"PATCH accounts({ACCOUNT})",
        400,
        PAYLOAD,
        "contact_customer_accounts",
        {"contact_customer_accounts": [{"lastname": "x"}]},
    ),
    Case(f"PATCH accounts({ACCOUNT})", 400, PAYLOAD, "primarycontactid", {"primarycontactid": {"lastname": "x"}}),
    Case(f"PATCH accounts({MISSING})", 400, PAYLOAD, "nonsense", {"nonsense": 1}),
    Case(f"POST accounts({ACCOUNT})/contact_customer_accounts", 400, PAYLOAD, "nonsense", {"nonsense": 1}),
    Case(f"POST accounts({MISSING})/contact_customer_accounts", 404, NO_ROW, MISSING, {"lastname": "x"}),
    Case("POST accounts", 412, "0x80040237", "accountid", {"accountid": ACCOUNT, "name": "x"}),
    Case(f"PUT accounts({ACCOUNT})/name", 400, PAYLOAD, "value", {}),
    Case(f"PUT accounts({ACCOUNT})/name", 400, PAYLOAD, "name", {"value": 1}),
    Case(f"PUT accounts({ACCOUNT})/name", 400, "0x80044331", "name", {"value": "x" * 161}),
    Case(f"PUT accounts({ACCOUNT})/nonsense", 404, "0x8006088a", "nonsense", {"value": 1}),
    Case(f"PUT accounts({ACCOUNT})/accountid", 400, ARGUMENT, "accountid", {"value": CONTACT}),
    Case(f"PUT accounts({ACCOUNT})/createdon", 400, ARGUMENT, "createdon", {"value": "2026-01-01"}),
    Case(f"DELETE accounts({ACCOUNT})/accountid", 400, ARGUMENT, "accountid"),
    Case(f"PUT accounts({ACCOUNT})/_primarycontactid_value", 405, "0x80060888", "primarycontactid", {"value": CONTACT}),
]
