"""Bad input in $batch. A batch that cannot be read is refused as a whole, by a plain error (Web API 8)."""

from collections.abc import Mapping

from tests.contract.cases import NO_SEGMENT, PAYLOAD, SYNTAX, Case

_TYPE: Mapping[str, str] = {"content-type": "multipart/mixed; boundary=b"}
_JSON = "Content-Type: application/json\n\n"
_NEW = f'POST accounts HTTP/1.1\n{_JSON}{{"name":"x"}}'


def _part(request: str) -> str:
    return f"--b\nContent-Type: application/http\n\n{request}\n"


def _change(request: str, id: str = "1") -> str:
    return f"--c\nContent-Type: application/http\nContent-ID: {id}\n\n{request}\n"


def _changes(*parts: str) -> str:
    return f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{''.join(parts)}--c--\n--b--"


_UNREADABLE = [
    ("", "--b"),
    ("nonsense", "--b"),
    ("--c--", "--b"),
    ("--b", "--b--"),
    ("--b\n--b--", "nothing"),
    ("--b\nnonsense\n\nGET accounts HTTP/1.1\n--b--", "nonsense"),
    (_part("GET accounts HTTP/1.1"), "--b--"),
    (_part("") + "--b--", "nothing"),
    (_part("GET") + "--b--", "'GET'"),
    (_part("accounts") + "--b--", "'accounts'"),
    (_part("GET accounts HTTP/1.1\nnonsense\n\n") + "--b--", "nonsense"),
    (_part("GET WhoAmI HTTP/1.1") * 1_001 + "--b--", "1,001"),
    ("--b\n" * 100_000, "nothing"),
    ("--b\nContent-Type: multipart/mixed\n\n--b--", "boundary"),
    ("--b\nContent-Type: multipart/mixed; boundary=c\n\n--b--", "--c"),
    (_changes("--c\nContent-Type: multipart/mixed; boundary=d\n\n--d--\n"), "change set"),
]

_REFUSED = [
    (_part("GET nonsense HTTP/1.1") + "--b--", NO_SEGMENT, "nonsense"),
    (_part("GET accounts?$filter=nonsense HTTP/1.1") + "--b--", SYNTAX, "eq, ne"),
    (_part("GET accounts(%FF) HTTP/1.1") + "--b--", SYNTAX, "accounts"),
    (_part("GET $1 HTTP/1.1") + "--b--", PAYLOAD, "$1"),
    (_part("NONSENSE accounts HTTP/1.1") + "--b--", SYNTAX, "NONSENSE"),
    (_part("POST $batch HTTP/1.1\nContent-Type: multipart/mixed; boundary=c\n\n--c--") + "--b--", NO_SEGMENT, "$batch"),
    (_part(f"POST accounts HTTP/1.1\n{_JSON}{{") + "--b--", PAYLOAD, "JSON"),
    (_part("POST accounts HTTP/1.1") + "--b--", PAYLOAD, "JSON"),
    (_changes(_change("GET accounts HTTP/1.1")), SYNTAX, "GET"),
    (_changes(_change(_NEW), _change(_NEW)), SYNTAX, "Content-ID 1"),
    (
        _changes(_change(_NEW), _change(f'POST accounts HTTP/1.1\n{_JSON}{{"nonsense":1}}', "2")),
        PAYLOAD,
        "property 'nonsense'",
    ),
    (_changes(_change(_NEW), _change(f'PATCH $9 HTTP/1.1\n{_JSON}{{"name":"x"}}', "2")), PAYLOAD, "$9"),
    (_changes(_change(_NEW), _change(f'PUT $1/nonsense HTTP/1.1\n{_JSON}{{"value":1}}', "2")), NO_SEGMENT, "nonsense"),
    (
        _changes(
            _change(f'POST contacts HTTP/1.1\n{_JSON}{{"lastname":"x","parentcustomerid_account@odata.bind":"$9"}}')
        ),
        PAYLOAD,
        "$9",
    ),
    (
        _changes(
            _change(f'POST contacts HTTP/1.1\n{_JSON}{{"lastname":"x","parentcustomerid_account@odata.bind":"$1"}}')
        ),
        PAYLOAD,
        "$1",
    ),
]
_PARTS = {"nonsense": 404, "$batch": 404, "NONSENSE": 405}
"""The status of the part, if it is not 400."""

CASES = [
    *(
        Case("POST $batch", 400, SYNTAX, names, text.encode(), _TYPE, shown=f"$batch {text}")
        for text, names in _UNREADABLE
    ),
    Case("POST $batch", 400, SYNTAX, "UTF-8", b"--b\n\xff\xfe\n--b--", _TYPE),
    # A refused part ends the batch; the batch is then answered with 400, whatever the part's status is.
    *(
        Case("POST $batch", 400, code, names, text.encode(), _TYPE, f"$batch {text}", _PARTS.get(names, 400))
        for text, code, names in _REFUSED
    ),
]
