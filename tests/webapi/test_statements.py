"""The number of statements of a request: it does not grow with the number of rows (architecture 4)."""

import json

import pytest

import handsel
from handsel.database.statements import counted_statements
from tests.scenarios.company import Company, line, write_in
from tests.webapi.client import Api

_LIST = (
    "quotes?$select=name,totalamount&$filter=statecode eq 0 and createdon ge 2020-01-01T00:00:00Z"
    "&$orderby=createdon desc&$top=50"
    "&$expand=customerid_account($select=name),quote_details($select=quantity,priceperunit)"
)


@pytest.fixture
def company(api: Api) -> Company:
    return Company(handsel.open(api.database_url))


def creates(count: int) -> str:
    """A batch with one change set of contacts."""
    parts = [
        f"--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {index}\r\n\r\n"
        f"POST /api/data/v9.2/contacts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
        f'{{"lastname": "Number {index}"}}\r\n'
        for index in range(1, count + 1)
    ]
    return f"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{''.join(parts)}--c--\r\n--b--\r\n"


def sent(api: Api, method: str, path: str, body: object = None) -> list[str]:
    """The statements of a request that succeeds, asked a second time so that nothing is compiled."""
    with counted_statements() as count:
        reply = api(method, path, body)
    assert reply.status in (200, 204), reply.body
    return list(count.statements)


def test_a_row_by_its_key(api: Api, company: Company) -> None:
    """The token, the settings, the row."""
    small, large = (company.quote(*[write_in("Work", 5)] * lines) for lines in (1, 30))
    counted = [sent(api, "GET", f"quotes({id})?$select=name,totalamount") for id in (small, large)]
    assert [len(each) for each in counted] == [3, 3]


def test_a_list_with_related_rows(api: Api, company: Company) -> None:
    """The token, the settings, the page, and one for each level of $expand."""
    counted = []
    for quotes in (1, 20):
        for _ in range(quotes):
            company.quote(write_in("Work", 5), write_in("More", 6))
        counted.append(sent(api, "GET", _LIST))
    assert [len(each) for each in counted] == [5, 5]
    assert len(api.get(_LIST).rows) == 21


def test_a_conversion(api: Api, company: Company) -> None:
    """Those of the message, and the token's."""
    counted = []
    for lines in (1, 1, 10):
        id = company.opportunity(*[line(company.lamp, 2)] * lines)
        body = {"OpportunityId": str(id), "ColumnSet": {"AllColumns": False, "Columns": ["quotenumber"]}}
        with counted_statements() as alone:
            company.session.execute(handsel.GenerateQuoteFromOpportunity(id))
        counted.append((len(sent(api, "POST", "GenerateQuoteFromOpportunity", body)), len(alone.statements)))
    assert counted[1] == counted[2]
    over_http, by_python = counted[1]
    assert over_http == by_python + 1


def test_creates_of_a_change_set(api: Api) -> None:
    counted = []
    for rows in (2, 2, 100):
        with counted_statements() as count:
            reply = api.batch(creates(rows))
        assert reply.body.count(b"HTTP/1.1 204") == rows
        counted.append(len(count.statements))
    assert counted[1] == counted[2] <= 8
    assert api.get("contacts/$count").body == b"104"


def test_a_refused_create_is_named_and_nothing_stays(api: Api) -> None:
    """The merged list of creates is rolled back, and the failing part is found."""
    reply = api.batch(creates(5).replace("Number 4", "x" * 200))
    assert b"Content-ID: 4" in reply.body
    assert b"HTTP/1.1 400 Bad Request" in reply.body
    assert b"0x80044331" in reply.body
    assert api.get("contacts/$count").body == b"0"


def test_a_create_that_refers_to_one_before_it(api: Api) -> None:
    bound = json.dumps({"lastname": "Number 3", "parentcustomerid_contact@odata.bind": "$2"})
    reply = api.batch(creates(4).replace('{"lastname": "Number 3"}', bound))
    assert reply.body.count(b"HTTP/1.1 204") == 4, reply.body
    found = api.get("contacts?$select=lastname,_parentcustomerid_value&$orderby=lastname").rows
    ids = [row["contactid"] for row in found]
    assert [row["_parentcustomerid_value"] for row in found] == [None, None, ids[1], None]
