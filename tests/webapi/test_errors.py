"""Bad input in every place: the documented status and code, and a sentence that names the offender (Web API 11)."""

from uuid import uuid4

import pytest

from handsel.site.wsgi import make_application
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

ID = "01a1fcd0-8634-74f2-bd25-6fc1bc1c43cd"

READS = [
    ("nonsense", 404, "0x8006088a", "nonsense"),
    ("Accounts", 404, "0x8006088a", "Accounts"),
    (f"accounts({ID})", 404, "0x80040217", ID),
    ("accounts(1)", 400, "0x80060888", "1"),
    ("accounts(", 400, "0x80060888", ")"),
    ("accounts(name='x", 400, "0x80060888", "'"),
    ("accounts()", 400, "0x80060888", "accounts"),
    ("accounts/nonsense", 404, "0x8006088a", "nonsense"),
    ("accounts?$select=nonsense", 400, "0x80060888", "nonsense"),
    ("accounts?$filter=nonsense eq 1", 400, "0x80060888", "nonsense"),
    ("accounts?$filter=name eq", 400, "0x80060888", "too early"),
    ("accounts?$filter=" + "(" * 300, 400, "0x80060888", ""),
    ("accounts?$filter=Microsoft.Dynamics.CRM.Nonsense(PropertyName='name')", 400, "0x80060888", "Nonsense"),
    ("accounts?$orderby=nonsense", 400, "0x80060888", "nonsense"),
    ("accounts?$expand=nonsense", 400, "0x80060888", "nonsense"),
    ("accounts?$top=-1", 400, "0x80060888", "-1"),
    ("accounts?$top=x", 400, "0x80060888", "x"),
    ("accounts?$count=maybe", 400, "0x80060888", "maybe"),
    ("accounts?$skiptoken=nonsense", 400, "0x80060888", "cookie"),
    ("accounts?$nonsense=1", 400, "0x80060888", "$nonsense"),
    ("accounts?$top=1&$top=2", 400, "0x80060888", "$top"),
    ("accounts?$filter=name eq @nothing", 400, "0x80060888", "@nothing"),
    ("accounts?$apply=nonsense", 400, "0x80060888", "nonsense"),
    ("accounts?$select=name%00", 400, "0x80060888", "name"),
    ("WinQuote", 405, "0x80060888", "WinQuote"),
    ("RetrieveExchangeRate(TransactionCurrencyId=@p)", 400, "0x80060888", "@p"),
    ("RetrieveExchangeRate(Nonsense=1)", 400, "0x80040203", "Nonsense"),
    ("RetrieveExchangeRate", 400, "0x80040203", "TransactionCurrencyId"),
    (f"accounts({ID})/Microsoft.Dynamics.CRM.Nonsense()", 404, "0x8006088a", "Nonsense"),
]


@pytest.mark.parametrize(("path", "status", "code", "named"), READS, ids=[case[0][:60] for case in READS])
def test_a_bad_read(one_api: Api, path: str, status: int, code: str, named: str) -> None:
    reply = one_api.get(path)
    assert (reply.status, reply.code) == (status, code), reply.body
    assert named in reply.message
    assert reply.headers["Content-Type"] == "application/json; odata.metadata=minimal"
    assert reply.headers["OData-Version"] == "4.0"


WRITES = [
    ("accounts", {"nonsense": 1}, 400, "0x80048d19", "nonsense"),
    ("accounts", {"Name": "x"}, 400, "0x80048d19", "Name"),
    ("accounts", {"name": 1}, 400, "0x80048d19", "name"),
    ("accounts", {"name": "x" * 161}, 400, "0x80044331", "name"),
    ("accounts", {"numberofemployees": -1}, 400, "0x80044330", "numberofemployees"),
    ("accounts", {"numberofemployees": 1e300}, 400, "0x80044330", "numberofemployees"),
    ("accounts", {"creditlimit": 10**400}, 400, None, ""),
    ("accounts", {"paymenttermscode": 4711}, 400, "0x80044330", "paymenttermscode"),
    ("accounts", {"_primarycontactid_value": ID}, 400, "0x80048d19", "primarycontactid@odata.bind"),
    ("accounts", {"primarycontactid": ID}, 400, "0x80048d19", "primarycontactid"),
    ("accounts", {"primarycontactid@odata.bind": "/accounts(" + ID + ")"}, 400, "0x80048d19", "primarycontactid"),
    ("accounts", {"primarycontactid@odata.bind": "/contacts(" + ID + ")"}, 404, "0x80040217", ID),
    ("accounts", {"primarycontactid@odata.bind": ID}, 400, "0x80048d19", ID),
    ("accounts", {"primarycontactid@odata.bind": "$1"}, 400, "0x80048d19", "$1"),
    ("accounts", {"primarycontactid@odata.bind": 1}, 400, "0x80048d19", "primarycontactid"),
    ("accounts", {"nonsense@odata.bind": "/contacts(" + ID + ")"}, 400, "0x80048d19", "nonsense"),
    ("accounts", {"contact_customer_accounts": {"lastname": "x"}}, 400, "0x80048d19", "contact_customer_accounts"),
    ("accounts", b"{", 400, "0x80048d19", "JSON"),
    ("accounts", b"", 400, "0x80048d19", "JSON"),
    ("accounts", b"[]", 400, "0x80048d19", "list"),
    ("accounts", b'{"name":"\xff"}', 400, "0x80048d19", "JSON"),
    ("accounts", b'{"name":"\\ud800"}', 400, None, ""),
    ("accounts", b'{"name":NaN}', 400, "0x80048d19", "JSON"),
    ("accounts", b'{"a":' * 100_000, 400, "0x80048d19", "JSON"),
    ("WinQuote", {"Status": -1}, 400, "0x80040203", "QuoteClose"),
    ("WinQuote", {"Status": -1, "Nonsense": 1, "QuoteClose": {}}, 400, "0x80040203", "Nonsense"),
    ("WinQuote", {"Status": -1, "quote_close": {}}, 400, "0x80040203", "quote_close"),
    ("WinQuote", {"Status": "x", "QuoteClose": {"quoteid": ID}}, 400, "0x80040203", "WinQuote: Status must"),
    ("ReviseQuote", {"QuoteId": "x"}, 400, "0x80040203", "ReviseQuote: QuoteId must"),
    ("ReviseQuote", {"QuoteId": ID}, 404, "0x80040217", ID),
    ("ReviseQuote", {"QuoteId": ID, "ColumnSet": 3}, 400, "0x80040203", "ColumnSet"),
    ("CalculatePrice", {"Target": {"quoteid": ID}}, 400, "0x80040203", "@odata.type"),
    ("accounts/Microsoft.Dynamics.CRM.CreateMultiple", {"Targets": [{"name": "x"}]}, 400, "0x80040203", "@odata.type"),
    ("accounts/Microsoft.Dynamics.CRM.CreateMultiple", {}, 400, "0x80040203", "Targets"),
    (f"accounts({ID})", {"name": "x"}, 405, None, "POST"),
    ("Create", {"Table": "account", "Values": {}}, 404, "0x8006088a", "Create"),
    ("BulkDelete", {"QuerySet": [{"EntityName": "account"}]}, 400, "0x80040203", "Criteria"),
    (
        "BulkDelete",
        {"QuerySet": [{"EntityName": "account", "Criteria": {"Conditions": 1}}]},
        400,
        "0x80040203",
        "Conditions",
    ),
]


WRITE_IDS = [str(case[:2])[:60] for case in WRITES]


@pytest.mark.parametrize(("path", "body", "status", "code", "named"), WRITES, ids=WRITE_IDS)
def test_a_bad_write(one_api: Api, path: str, body: object, status: int, code: str | None, named: str) -> None:
    reply = one_api.post(path, body)
    assert reply.status == status, reply.body
    assert code is None or reply.code == code, reply.body
    assert named in reply.message
    assert one_api.get("accounts/$count").body == b"0"


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_a_collection_is_only_read_and_added_to(one_api: Api, method: str) -> None:
    assert one_api(method, "accounts", {"name": "x"}).status == 405


def test_other_methods(one_api: Api) -> None:
    assert one_api("TRACE", "accounts").status == 405
    assert one_api("HEAD", "accounts").body == b""


def test_a_row_that_others_need_stays(api: Api) -> None:
    currency = api.get("transactioncurrencies?$top=1").rows[0]["transactioncurrencyid"]
    api.made("accounts", {"name": "A"})
    reply = api.delete(f"transactioncurrencies({currency})")
    assert 400 <= reply.status < 500
    assert reply.message


def test_a_state_without_its_status(api: Api) -> None:
    id = api.made("accounts", {"name": "A"})
    reply = api.patch(f"accounts({id})", {"statecode": 1, "statuscode": 1})
    assert (reply.status, reply.code) == (400, "0x80048408")
    assert api.patch(f"accounts({id})", {"statecode": 1}).status == 204


def test_a_body_beyond_the_limit(one_api: Api) -> None:
    small = Api(make_application(one_api.database_url, max_body=1_000), one_api.token, one_api.database_url)
    reply = small.post("accounts", {"name": "x" * 2_000})
    assert reply.status == 413
    assert "1,000" in reply.message


def test_a_path_that_is_no_text(one_api: Api) -> None:
    assert one_api("GET", "", below="/api/data/v9.2/\udcff").status == 400


def test_an_unknown_row_to_change(api: Api) -> None:
    for path in (f"accounts({uuid4()})/name", f"accounts({uuid4()})/contact_customer_accounts"):
        assert api.get(path).code == "0x80040217"


def test_a_lost_database_connection_is_opened_anew(postgresql_url: str) -> None:
    import psycopg

    api = Api(make_application(postgresql_url), make_token(postgresql_url), postgresql_url)
    assert api.get("accounts").status == 200
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    gone = api.get("accounts")
    assert gone.status == 503
    assert gone.message
    assert api.get("accounts").status == 200
