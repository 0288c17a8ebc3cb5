"""A request with a key can be sent again: it is done once, and the first answer comes again (Web API 13)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.db import connections

import handsel
from tests.people import make_administrator
from tests.webapi.client import Api, Reply
from tests.webapi.conftest import make_token

KEY = {"idempotency_key": '"order-form-4711"'}


def oasis(key: str = "0196f1b2-0000-7000-8000-000000000001", age: timedelta = timedelta()) -> dict[str, str]:
    """The headers of OASIS Repeatable Requests for a first attempt that is so old."""
    moment = datetime.now(UTC).replace(microsecond=0) - age
    return {"repeatability_request_id": key, "repeatability_first_sent": format_datetime(moment, usegmt=True)}


def opportunity(api: Api) -> str:
    """A deal over two lamps at 10 each."""
    line = {"productdescription": "Lamp", "quantity": 2, "priceperunit": 10, "isproductoverridden": True}
    customer = api.made("accounts", {"name": "Example Customer"})
    bind = {"customerid_account@odata.bind": f"/accounts({customer})"}
    return api.made("opportunities", {"name": "Deal", "product_opportunities": [line], **bind})


def answer(reply: Reply) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, without what is the single request's own."""
    own = ("request-id", "req_id", "ratelimit")
    return (
        reply.status,
        {name: value for name, value in reply.headers.items() if not any(each in name.lower() for each in own)},
        reply.body,
    )


def count(api: Api, entity_set: str) -> int:
    return len(api.get(f"{entity_set}?$select=createdon").rows)


@pytest.mark.parametrize("headers", [KEY, oasis()], ids=["idempotency-key", "repeatability"])
def test_a_conversion_sent_twice_is_done_once_and_answered_twice(api: Api, headers: dict[str, str]) -> None:
    body = {"OpportunityId": opportunity(api), "ColumnSet": {"AllColumns": True}}
    first = api.post("GenerateQuoteFromOpportunity", body, **headers)
    again = api.post("GenerateQuoteFromOpportunity", body, **headers)
    assert first.status == 200, first.body
    assert answer(again) == answer(first)
    assert count(api, "quotes") == 1
    assert first.headers.get("Repeatability-Result") == (None if headers is KEY else "accepted")


def test_creates_updates_and_deletes_are_done_once(api: Api) -> None:
    first = api.post("accounts", {"name": "A"}, prefer="return=representation", idempotency_key="create")
    again = api.post("accounts", {"name": "A"}, prefer="return=representation", idempotency_key="create")
    assert answer(first) == answer(again)
    id = first.json["accountid"]
    assert api.patch(f"accounts({id})", {"name": "B"}, idempotency_key="update").status == 204
    assert api.patch(f"accounts({id})", {"name": "C"}).status == 204
    assert api.patch(f"accounts({id})", {"name": "B"}, idempotency_key="update").status == 204
    assert api.get(f"accounts({id})?$select=name").json["name"] == "C"
    deleted = api.delete(f"accounts({id})", idempotency_key="delete")
    assert answer(api.delete(f"accounts({id})", idempotency_key="delete")) == answer(deleted)
    assert deleted.status == 204
    assert api.delete(f"accounts({id})").status == 404


def test_a_nested_create_and_a_bound_action_are_done_once(api: Api) -> None:
    line = {"productdescription": "Lamp", "quantity": 1, "priceperunit": 10, "isproductoverridden": True}
    body = {"name": "Deal", "product_opportunities": [line, line]}
    assert answer(api.post("opportunities", body, **KEY)) == answer(api.post("opportunities", body, **KEY))
    assert (count(api, "opportunities"), count(api, "opportunityproducts")) == (1, 2)
    quote = api.post("GenerateQuoteFromOpportunity", {"OpportunityId": opportunity(api)}).json["quoteid"]
    copied = {"OpportunityId": opportunity(api)}
    path = f"quotes({quote})/Microsoft.Dynamics.CRM.GetQuoteProductsFromOpportunity"
    for _ in range(2):
        assert api.post(path, copied, idempotency_key="copy").status == 204
    assert count(api, "quotedetails") == 2  # one converted, one copied


def test_a_refusal_is_answered_again_even_if_it_would_be_done_now(api: Api) -> None:
    path = "accounts(0196f1b2-0000-7000-8000-000000000009)"
    first = api.patch(path, {"name": "B"}, if_match="*", **KEY)
    assert first.status == 404
    assert api.patch(path, {"name": "A"}).status == 204
    assert answer(api.patch(path, {"name": "B"}, if_match="*", **KEY)) == answer(first)
    assert api.patch(path, {"name": "B"}, if_match="*", idempotency_key="new").status == 204


def test_a_message_that_is_refused_is_answered_again(api: Api) -> None:
    body = {"OpportunityId": "0196f1b2-0000-7000-8000-000000000009"}
    first = api.post("GenerateQuoteFromOpportunity", body, **KEY)
    assert first.status == 404
    assert answer(api.post("GenerateQuoteFromOpportunity", body, **KEY)) == answer(first)


OTHER: list[Callable[[Api], Reply]] = [
    lambda api: api.post("accounts", {"name": "B"}, **KEY),
    lambda api: api.post("contacts", {"lastname": "A"}, **KEY),
    lambda api: api.post("accounts?$select=name", {"name": "A"}, **KEY),
    lambda api: api.delete("accounts(0196f1b2-0000-7000-8000-000000000009)", **KEY),
]


@pytest.mark.parametrize("other", OTHER)
def test_another_request_with_the_same_key_is_refused(api: Api, other: Callable[[Api], Reply]) -> None:
    assert api.post("accounts", {"name": "A"}, **KEY).status == 204
    reply = other(api)
    assert (reply.status, reply.code) == (422, "0x80048d19")
    assert "order-form-4711" in reply.message
    assert (count(api, "accounts"), count(api, "contacts")) == (1, 0)


def test_a_key_is_known_to_its_user_only(api: Api) -> None:
    with handsel.open(api.database_url) as session:
        make_administrator(session, "second")
    other = Api(api.application, make_token(api.database_url, "second"), api.database_url)
    assert api.post("accounts", {"name": "A"}, **KEY).id != other.post("accounts", {"name": "A"}, **KEY).id
    assert count(api, "accounts") == 2


def test_a_key_of_a_python_program_is_another_one(api: Api) -> None:
    with handsel.open(api.database_url) as session:
        session.execute(handsel.Create("account", {"name": "A"}), idempotency_key="order-form-4711")
    assert api.post("accounts", {"name": "A"}, **KEY).status == 204
    assert count(api, "accounts") == 2


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({"idempotency_key": ""}, 400, "Idempotency-Key"),
        ({"idempotency_key": "x" * 201}, 400, "200"),
        ({"idempotency_key": "two words"}, 400, "visible"),
        ({"repeatability_request_id": "a"}, 400, "Repeatability-First-Sent"),
        ({"repeatability_first_sent": "Tue, 01 Dec 2026 08:00:00 GMT"}, 400, "Repeatability-Request-ID"),
        ({"repeatability_request_id": "a", "repeatability_first_sent": "yesterday"}, 400, "yesterday"),
        ({**oasis(), "idempotency_key": "a"}, 400, "not both"),
        (oasis(age=timedelta(days=8)), 412, "7 days"),
        (oasis(age=-timedelta(hours=2)), 412, "not within"),
    ],
)
def test_a_wrong_key_is_refused_and_nothing_is_done(
    one_api: Api, headers: dict[str, str], status: int, words: str
) -> None:
    reply = one_api.post("accounts", {"name": "A"}, **headers)
    assert (reply.status, words in reply.message) == (status, True), reply.body
    rejected = None if list(headers) == ["idempotency_key"] else "rejected"
    assert reply.headers.get("Repeatability-Result") == rejected
    assert count(one_api, "accounts") == 0


def test_a_key_expires_after_the_days_of_the_setting(api: Api) -> None:
    organization = api.get("organizations?$select=hs_idempotencykeydays").rows[0]
    assert organization["hs_idempotencykeydays"] == 7
    path = f"organizations({organization['organizationid']})"
    assert api.patch(path, {"hs_idempotencykeydays": 2}).status == 204
    assert api.post("accounts", {"name": "A"}, **oasis(age=timedelta(days=3))).status == 412
    first = api.post("accounts", {"name": "A"}, **KEY)
    _age_keys(api, timedelta(days=1))
    assert api.post("accounts", {"name": "A"}, **KEY).id == first.id
    _age_keys(api, timedelta(days=3))
    second = api.post("accounts", {"name": "A"}, **KEY)
    assert second.id != first.id
    assert api.post("accounts", {"name": "A"}, **KEY).id == second.id


def _age_keys(api: Api, age: timedelta) -> None:
    from handsel.database.statements import run

    with handsel.open(api.database_url) as session, session.entered():
        dialect = session.context.dialect
        moment = dialect.moment(datetime.now(UTC) - age)
        run(f"UPDATE hs_idempotencykey SET createdon = {dialect.mark}", (moment,))


def test_calls_at_once_are_one(api: Api) -> None:
    body = {"OpportunityId": opportunity(api)}

    def call(_number: int) -> Any:
        try:
            return answer(api.post("GenerateQuoteFromOpportunity", body, **KEY))
        finally:
            connections.close_all()  # each thread has its own

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(call, range(16)))
    assert answers == [answers[0]] * 16
    assert answers[0][0] == 200
    assert count(api, "quotes") == 1


def test_an_answer_that_got_lost_comes_again(api: Api) -> None:
    """The connection breaks after the commit and before the first byte of the answer."""
    lost = []

    def breaking(environ: Any, _start: Any) -> Any:
        lost.append(list(api.application(environ, lambda *_given: None)))
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Api(breaking, api.token, api.database_url).post("accounts", {"name": "A"}, **KEY)
    assert api.post("accounts", {"name": "A"}, **KEY).status == 204
    assert (len(lost), count(api, "accounts")) == (1, 1)


def test_reading_needs_no_key(one_api: Api) -> None:
    one_api.made("accounts", {"name": "A"})
    first = one_api.get("accounts?$select=name", **KEY)
    one_api.made("accounts", {"name": "B"})
    assert (len(first.rows), len(one_api.get("accounts?$select=name", **KEY).rows)) == (1, 2)


def part(line: str, body: str = "", *headers: str, id: str = "") -> str:
    content = [f"Content-ID: {id}"] if id else []
    head = ["Content-Type: application/http", *content, "", f"{line} HTTP/1.1", "Content-Type: application/json"]
    return "\n".join([*head, *headers, "", body])


def test_each_part_of_a_batch_may_have_a_key(api: Api) -> None:
    parts = [part("POST accounts", '{"name":"A"}', f"Idempotency-Key: {key}") for key in ("one", "two", "one")]
    text = "".join(f"--b\n{each}\n" for each in parts) + "--b--\n"
    for _ in range(2):
        reply = api.batch(text)
        assert (reply.status, reply.body.count(b"HTTP/1.1 204")) == (200, 3)
    assert count(api, "accounts") == 2


CHANGE_SET = (
    "--b\nContent-Type: multipart/mixed; boundary=c\n\n"
    + "".join(
        f"--c\n{each}\n"
        for each in (
            part("POST accounts", '{"name":"A"}', id="1"),
            part("POST accounts", '{"name":"B"}', id="2"),
            part("POST contacts", '{"lastname":"C","parentcustomerid_account@odata.bind":"$1"}', id="3"),
        )
    )
    + "--c--\n"
    + "".join(f"--b\n{each}\n" for each in (part("POST accounts", '{"name":"D"}'), part("GET accounts")))
    + "--b--\n"
)


def test_a_key_of_a_whole_batch_holds_for_each_of_its_parts(api: Api) -> None:
    for _ in range(2):
        reply = api.batch(CHANGE_SET, **KEY)
        assert (reply.status, reply.body.count(b"HTTP/1.1 204")) == (200, 4), reply.body
    assert (count(api, "accounts"), count(api, "contacts")) == (3, 1)
    assert api.batch(CHANGE_SET.replace('"D"', '"E"'), **KEY).body.count(b"HTTP/1.1 422") == 1


def test_the_answer_to_a_batch_says_whether_its_key_was_accepted(api: Api) -> None:
    headers = oasis()
    for _ in range(2):
        reply = api.batch(CHANGE_SET, **headers)
        assert (reply.status, reply.headers["Repeatability-Result"]) == (200, "accepted")
    refused = api.batch(CHANGE_SET, **oasis(age=timedelta(days=8)))
    assert (refused.status, refused.headers["Repeatability-Result"]) == (412, "rejected")
    assert count(api, "accounts") == 3
    assert "Repeatability-Result" not in api.batch(CHANGE_SET).headers


def test_saving_in_spite_of_a_duplicate_is_another_request(api: Api) -> None:
    """Nobody may take the refusal of the first attempt for an answer to the second."""
    account = {"name": "A", "emailaddress1": "a@example.com"}
    api.made("accounts", account)
    checked = {"MSCRM.SuppressDuplicateDetection": "false", "Idempotency-Key": "save"}
    for _ in range(2):
        assert api("POST", "accounts", account, checked).code == "0x80040333"
    anyway = {**checked, "MSCRM.SuppressDuplicateDetection": "true"}
    assert api("POST", "accounts", account, anyway).status == 422
    assert api("POST", "accounts", account, {**anyway, "Idempotency-Key": "anyway"}).status == 204


def test_the_keys_of_a_change_set_that_was_refused_are_free(api: Api) -> None:
    refused = CHANGE_SET.replace('"lastname":"C"', '"lastnam":"C"')
    assert api.batch(refused, **KEY).status == 400
    assert count(api, "accounts") == 0
    assert api.batch(CHANGE_SET, **KEY).status == 200
    assert count(api, "accounts") == 3
