"""Bad input in headers: tokens, the user to act for, conditions, content types."""

from tests.contract.cases import JSON, NO_CODE, NO_ROW, PAYLOAD, SYNTAX, Case
from tests.contract.world import ACCOUNT, MISSING

_TOKENS = [
    {"authorization": ""},
    {"authorization": "Bearer"},
    {"authorization": "Bearer  "},
    {"authorization": "Basic eDp5"},
    {"authorization": "Negotiate x"},
]
_UNKNOWN_TOKENS = [
    {"authorization": "Bearer nonsense"},
    {"authorization": "bearer a b c"},
    {"authorization": "Bearer eyJhbGciOiJub25lIn0.e30."},
    {"authorization": "Bearer \xff\xfe"},
    {"authorization": "Bearer " + "x" * 100_000},
]
_IGNORED = [
    {"prefer": "nonsense"},
    {"prefer": "odata.maxpagesize=nonsense"},
    {"prefer": "odata.maxpagesize=-1"},
    {"prefer": '"' * 1_000},
    {"prefer": "a=b," * 5_000},
    {"accept": "nonsense"},
    {"accept": "text/html"},
    {"content-type": "text/plain"},
    {"odata-version": "nonsense"},
    {"x-ms-client-request-id": "a\r\nSet-Cookie: x"},
    {"host": "evil<>\"'"},
    {"mscrm.suppressduplicatedetection": "nonsense"},
    {"if-none-match": 'W/"' + "9" * 5_000 + '"'},
]
"""Unknown values are ignored (Web API 1.4, 1.7) and do not change the response."""

_NO_TOKEN = "no bearer token"
_BAD_TOKEN = "unknown or expired"
# Refusals of a token carry a code of their own only where the documented table has one; it has none for 401.

CASES = [
    *(Case("GET accounts", 401, NO_CODE, _NO_TOKEN, headers=sent) for sent in _TOKENS),
    *(Case("GET accounts", 401, NO_CODE, _BAD_TOKEN, headers=sent) for sent in _UNKNOWN_TOKENS),
    Case("POST $batch", 401, NO_CODE, _BAD_TOKEN, headers=_UNKNOWN_TOKENS[0]),
    *(Case("GET accounts", 400, SYNTAX, "'x'", headers={name: "x"}) for name in ("mscrmcallerid", "callerobjectid")),
    Case("GET accounts", 403, "0x80072560", MISSING, headers={"mscrmcallerid": MISSING}),
    Case("GET accounts", 403, "0x80072560", MISSING, headers={"mscrmcallerid": f"{{{MISSING}}}"}),
    *(Case("POST accounts", 400, PAYLOAD, "nonsense", {"nonsense": 1}, sent) for sent in _IGNORED),
    Case(f"PATCH accounts({MISSING})", 404, NO_ROW, MISSING, {"name": "x"}, {"if-match": "*"}),
    Case(f"PATCH accounts({MISSING})", 404, NO_ROW, MISSING, {"name": "x"}, {"if-match": "nonsense"}),
    Case(f"DELETE accounts({MISSING})", 404, NO_ROW, MISSING, headers={"if-match": 'W/"1"'}),
    *(
        Case(f"PATCH accounts({ACCOUNT})", 412, "0x80060882", ACCOUNT, {"name": "x"}, {"if-match": tag})
        for tag in ("nonsense", 'W/"0"', 'W/"-1"', 'W/"1', '"', 'W/"99999999999999999999"', "\xff")
    ),
    Case(f"DELETE accounts({ACCOUNT})", 412, "0x80060882", ACCOUNT, headers={"if-match": 'W/"0"'}),
    Case(f"PATCH accounts({ACCOUNT})", 412, "0x80040237", "If-None-Match", {"name": "x"}, {"if-none-match": "*"}),
    *(
        Case("POST $batch", 400, SYNTAX, "multipart/mixed", b"--b--", {"content-type": type})
        for type in ("", JSON, "multipart/mixed", "multipart/mixed; boundary=", "multipart/form-data; boundary=b")
    ),
]
