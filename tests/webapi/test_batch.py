"""Several calls in one request, as clients write them (Web API 8)."""

import re
from email import message_from_bytes

import pytest

from tests.people import may_do_everything
from tests.webapi.client import ROOT, Api, Reply

CHANGES = """
--b
Content-Type: multipart/mixed;boundary=cs

--cs
Content-Type: application/http
Content-Transfer-Encoding: binary
Content-ID: 1

POST /api/data/v9.2/accounts HTTP/1.1
Content-Type: application/json; type=entry


   {"name":"Batch A"}
--cs
content-type: application/http
content-id: 2

POST http://any.example/api/data/v9.1/contacts HTTP/1.1
Content-Type: application/json

{"lastname":"L","parentcustomerid_account@odata.bind":"$1"}
--cs
Content-Type: application/http
Content-ID: 3

PATCH $1 HTTP/1.1
Content-Type: application/json

{"telephone1":"1","primarycontactid@odata.bind":"$2"}
--cs
Content-Type: application/http
Content-ID: 4

PUT $1/telephone2 HTTP/1.1
Content-Type: application/json

{"value":"2"}
--cs--END
--b
Content-Type: application/http

GET accounts?$select=name,telephone1,telephone2&$filter=name eq 'Batch A' HTTP/1.1
If-None-Match: null

--b--""".replace("END", " ")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_change_set_and_a_read(api: Api, newline: str) -> None:
    reply = api.batch(CHANGES.replace("\n", newline))
    assert reply.status == 200, reply.body
    text = reply.body.decode()
    outer = re.fullmatch(r"multipart/mixed; boundary=(batchresponse_[\w-]+)", reply.headers["Content-Type"])
    assert outer is not None
    assert text.startswith(f"--{outer[1]}\r\nContent-Type: multipart/mixed; boundary=changesetresponse_")
    assert text.endswith(f"--{outer[1]}--\r\n")
    assert text.count("HTTP/1.1 204 No Content\r\n") == 4
    assert re.findall(r"Content-ID: (\d)\r\n", text) == ["1", "2", "3", "4"]
    assert re.findall(r"OData-EntityId: (\S+)\(", text)[:2] == [
        f"{ROOT}accounts",
        f"{ROOT}contacts".replace("v9.2", "v9.1"),
    ]
    assert "\n" not in text.replace("\r\n", "")
    body = text.rpartition("\r\n\r\n{")[2]
    assert '"telephone1":"1","telephone2":"2"' in body
    contact = api.get("contacts?$select=lastname&$expand=parentcustomerid_account($select=name)").rows[0]
    assert contact["parentcustomerid_account"]["name"] == "Batch A"


def test_a_change_set_happens_as_a_whole_or_not_at_all(api: Api) -> None:
    broken = CHANGES.replace('"lastname"', '"nonsense"')
    stopped = api.batch(broken)
    assert stopped.status == 400
    text = stopped.body.decode()
    assert text.count("HTTP/1.1 ") == 1
    assert "HTTP/1.1 400 Bad Request\r\n" in text
    assert "Content-ID: 2\r\n" in text
    assert "nonsense" in text
    assert api.get("accounts/$count").body == b"0"
    continued = api.batch(broken, Prefer="odata.continue-on-error")
    assert continued.status == 200
    assert re.findall(r"HTTP/1.1 (\d+)", continued.body.decode()) == ["400", "200"]


def test_the_error_of_a_change_set_stands_in_its_place(one_api: Api) -> None:
    """The part of the set is a set still, which holds the one response to the part that was refused."""
    broken = CHANGES.replace('"lastname"', '"nonsense"')
    reply = one_api.batch(broken, Prefer="odata.continue-on-error")
    parsed = message_from_bytes(f"Content-Type: {reply.headers['Content-Type']}\r\n\r\n".encode() + reply.body)
    changes, read = parsed.get_payload()
    assert changes.get_content_type() == "multipart/mixed"
    assert changes.get_boundary().startswith("changesetresponse_")
    [error] = changes.get_payload()
    assert (error.get_content_type(), error["Content-ID"]) == ("application/http", "2")
    assert error.get_payload().startswith("HTTP/1.1 400 Bad Request")
    assert read.get_content_type() == "application/http"


def part(line: str, body: str = "") -> str:
    return f"--b\nContent-Type: application/http\n\n{line}\nContent-Type: application/json\n\n{body}\n"


def test_outside_a_change_set_each_part_stands_alone(api: Api) -> None:
    text = (
        part("POST accounts HTTP/1.1", '{"name":"One"}')
        + part("POST accounts HTTP/1.1", '{"nonsense":1}')
        + part("POST accounts HTTP/1.1", '{"name":"Two"}')
        + "--b--"
    )
    stopped = api.batch(text)
    assert stopped.status == 400
    assert re.findall(r"HTTP/1.1 (\d+)", stopped.body.decode()) == ["204", "400"]
    assert api.get("accounts/$count").body == b"1"
    continued = api.batch(text, Prefer="odata.continue-on-error")
    assert (continued.status, continued.headers["Preference-Applied"]) == (200, "odata.continue-on-error")
    assert re.findall(r"HTTP/1.1 (\d+)", continued.body.decode()) == ["204", "400", "204"]
    assert api.get("accounts/$count").body == b"3"


def test_undeclared_references(one_api: Api) -> None:
    reply = one_api.batch(CHANGES.replace('"$2"', '"$9"'))
    assert reply.status == 400
    assert b"$9" in reply.body


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "--b"),
        ("nonsense", "--b"),
        ("--b\n", "--b--"),
        ("--b\nContent-Type: application/http\n\n\n--b--", "GET accounts"),
        ("--b\nno header\n\nGET accounts HTTP/1.1\n--b--", "no header"),
        (part("GET accounts HTTP/1.1") * 1_001 + "--b--", "1,000"),
    ],
)
def test_malformed_batches(one_api: Api, text: str, named: str) -> None:
    reply = one_api.batch(text)
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert reply.headers["Content-Type"].startswith("application/json")
    assert named in reply.message


def test_the_content_type_is_needed(one_api: Api) -> None:
    for given in ("application/json", "multipart/mixed"):
        assert one_api("POST", "$batch", b"--b--", {"content-type": given}).status == 400
    assert one_api.get("$batch").status == 405


def test_no_batch_in_a_batch_and_no_read_in_a_change_set(one_api: Api) -> None:
    assert b"HTTP/1.1 404" in one_api.batch(part("POST $batch HTTP/1.1", "x") + "--b--").body
    assert b"HTTP/1.1 400" in one_api.batch(CHANGES.replace("PATCH $1", "GET $1")).body


def test_one_user_acts_in_a_whole_batch(api: Api) -> None:
    """A part for another user is not done by the wrong user."""
    unit = api.get("WhoAmI").json["BusinessUnitId"]
    names = {"domainname": "seller", "lastname": "Seller", "businessunitid@odata.bind": f"/businessunits({unit})"}
    seller = may_do_everything(api.database_url, api.made("systemusers", names))
    part = "--b\nContent-Type: application/http\n\nPOST accounts HTTP/1.1\n{}Content-Type: application/json\n\n{}\n"

    def batch(header: str, **headers: str) -> Reply:
        return api.batch(part.format("", '{"name": "A"}') + part.format(header, '{"name": "B"}') + "--b--", **headers)

    for name in ("MSCRMCallerID", "CallerObjectId"):
        for headers in ({}, {"MSCRMCallerID": api.get("WhoAmI").json["UserId"]}):
            reply = batch(f"{name}: {seller}\n", **headers)
            assert (reply.status, reply.code) == (400, "0x80060888")
            assert seller in reply.message
        assert api.get("accounts/$count").body == b"0"
    assert batch(f"MSCRMCallerID: {{{seller.upper()}}}\n", MSCRMCallerID=seller).status == 200
    assert {row["_ownerid_value"] for row in api.get("accounts").rows} == {seller}


@pytest.mark.parametrize(
    ("target", "version"),
    [
        ("/api/data/v9.1/WhoAmI", "v9.1"),
        ("http://any.example/api/data/v9.0/WhoAmI", "v9.0"),
        ("WhoAmI", "v9.2"),
        ("/api/data/v8.2/WhoAmI", "v8.2"),
        ("/api/data/v7.1/WhoAmI", "v9.2"),
    ],
)
def test_links_in_a_response_go_to_the_version_that_the_part_names(one_api: Api, target: str, version: str) -> None:
    reply = one_api.batch(f"--b\nContent-Type: application/http\n\nGET {target} HTTP/1.1\n\n--b--")
    assert f'"http://sales.example/api/data/{version}/$metadata#'.encode() in reply.body


def test_a_part_that_wrote_no_row_stands_for_none(one_api: Api) -> None:
    quote = one_api.made("quotes", {"name": "Q"})
    target = f'{{"Target":{{"@odata.type":"Microsoft.Dynamics.CRM.quote","quoteid":"{quote}"}}}}'
    parts = (f"POST CalculatePrice HTTP/1.1\n\n{target}", 'PATCH $1 HTTP/1.1\n\n{"name":"x"}')
    changes = "".join(
        f"--c\nContent-Type: application/http\nContent-ID: {id}\n\n{part}\n" for id, part in enumerate(parts, 1)
    )
    reply = one_api.batch(f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{changes}--c--\n--b--")
    assert reply.status == 400
    assert b"$1 refers to a part of this change set that wrote no single row" in reply.body
