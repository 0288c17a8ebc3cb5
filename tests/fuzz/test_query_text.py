"""Texts that are nearly right: answered, or refused in the documented shape, on both databases."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.cases import refusal
from tests.contract.commit_watcher import CommitWatcher
from tests.contract.documented import TABLE
from tests.fuzz.query_text import APPLIES, COOKIES, EXPANDS, FETCHES, FILTERS, ORDERS, SELECTS, hurt
from tests.fuzz.rounds import ROUNDS
from tests.webapi.client import Api, Reply

OPTIONS = {
    "$filter": FILTERS,
    "$orderby": ORDERS,
    "$expand": EXPANDS,
    "$apply": APPLIES,
    "$skiptoken": COOKIES,
    "fetchXml": FETCHES,
    "sql": SELECTS,
}


def sound(reply: Reply) -> None:
    """Whether an answer is one: rows, or a refusal of the documented table."""
    if reply.status < 400:
        assert reply.status in (200, 201, 204, 304), reply.status
    else:
        error = refusal(reply)
        assert (reply.status, error["code"]) in TABLE, (reply.status, error)


@pytest.mark.parametrize("option", OPTIONS)
def test_a_query_that_is_nearly_right(api: Api, watcher: CommitWatcher, option: str) -> None:
    @settings(ROUNDS)
    @given(hurt(OPTIONS[option]))
    def ask(text: str) -> None:
        sound(api.get(f"accounts?{option}={quote(text, safe='')}&@p='x'"))

    ask()
    assert not watcher.something_changed()


@pytest.mark.parametrize("option", ["$filter", "$select", "$expand"])
def test_a_query_of_definitions_that_is_nearly_right(api: Api, option: str) -> None:
    names = st.sampled_from(["LogicalName", "Attributes", "Keys", "SchemaName", "DisplayName", "'account'", "eq", "ne"])
    words = st.lists(names | st.sampled_from(["and", "not", "(", ")", "null", "$select=", ";", ","]), max_size=8)

    @settings(ROUNDS, max_examples=ROUNDS.max_examples // 4)
    @given(hurt(words.map(" ".join)))
    def ask(text: str) -> None:
        sound(api.get(f"EntityDefinitions?{option}={quote(text, safe='')}"))

    ask()


def test_a_path_that_is_nearly_right(api: Api, watcher: CommitWatcher) -> None:
    paths = st.sampled_from(
        [
            "accounts",
            "accounts(0f8fad5b-d9cb-469f-a165-70867728950e)/primarycontactid/fullname",
            "WhoAmI()",
            "$metadata",
            "quotes(quotenumber='Q',revisionnumber=0)/quote_details/$count",
            "accounts/Microsoft.Dynamics.CRM.Nonsense()",
            "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name')/MetadataId",
            "$batch",
            "$1/name",
            "RetrieveExchangeRate(TransactionCurrencyId=@p)",
            "RetrieveTotalRecordCount(EntityNames=@p)",
        ]
    )

    @settings(ROUNDS)
    @given(hurt(paths).filter(lambda text: "?" not in text), st.sampled_from(["GET", "DELETE", "PUT"]))
    def ask(path: str, method: str) -> None:
        reply = api(method, path)
        if reply.headers.get("Content-Type", "").startswith("application/json"):
            sound(reply)
        assert reply.status < 500 or reply.status == 501

    ask()
    assert not watcher.something_changed()


def test_a_batch_that_is_nearly_right(api: Api, watcher: CommitWatcher) -> None:
    part = "--b\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\n{}\r\n"
    requests = st.sampled_from(
        [
            "GET accounts?$top=1 HTTP/1.1\r\nAccept: application/json\r\n\r\n",
            "GET /api/data/v9.2/WhoAmI HTTP/1.1\r\n",
            "DELETE accounts(0f8fad5b-d9cb-469f-a165-70867728950e) HTTP/1.1\r\n",
            "GET $1 HTTP/1.1\r\n",
            "GET x",
            'POST accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"nonsense": 1}',
            "PATCH $2/name HTTP/1.1",
        ]
    )
    changes = st.lists(requests, max_size=3).map(
        lambda found: (
            "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            + "".join(part.replace("--b", "--c").format(each) for each in found)
            + "--c--\r\n"
        )
    )
    batches = st.lists(requests.map(part.format) | changes, max_size=3).map("".join).map("{}--b--\r\n".format)

    @settings(ROUNDS)
    @given(hurt(batches), st.booleans())
    def ask(text: str, goes_on: bool) -> None:
        headers = {"prefer": "odata.continue-on-error"} if goes_on else {}
        reply = api.batch(text, **headers)
        assert reply.status in (200, 400), reply.body
        assert b"HTTP/1.1 500" not in reply.body

    ask()
    assert not watcher.something_changed()
