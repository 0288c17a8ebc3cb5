"""Expanded rows: their number, the link to further ones, references (Web API 5)."""

from typing import Any
from xml.etree import ElementTree

import pytest

from tests.webapi.client import ROOT, Api

PEOPLE = "contact_customer_accounts"
NEXT = f"{PEOPLE}@odata.nextLink"


@pytest.fixture
def accounts(api: Api) -> dict[str, str]:
    """A has five contacts L0 to L4, B has one, C none."""
    return {
        name: api.made("accounts", {"name": name, PEOPLE: [{"lastname": f"L{n}"} for n in range(count)]})
        for name, count in (("A", 5), ("B", 1), ("C", 0))
    }


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["lastname"] for row in rows]


def followed(api: Api, link: str, prefer: str) -> list[list[str]]:
    pages = []
    while link:
        assert link.startswith(ROOT)
        body = api.get(link.removeprefix(ROOT), Prefer=prefer).json
        pages.append(names(body["value"]))
        link = body.get("@odata.nextLink", "")
    return pages


@pytest.mark.parametrize(
    ("order", "expected"),
    [("", [["L0", "L1"], ["L2", "L3"], ["L4"]]), (";$orderby=lastname desc", [["L4", "L3"], ["L2", "L1"], ["L0"]])],
)
def test_an_expand_in_an_expand_pages_its_collections(
    api: Api, accounts: dict[str, str], order: str, expected: list[list[str]]
) -> None:
    prefer = "odata.maxpagesize=2"
    inside = f"{PEOPLE}($select=lastname{order};$expand=owninguser($select=fullname))"
    for path in (
        f"accounts?$select=name&$orderby=name&$expand={inside}",
        f"accounts({accounts['A']})?$expand={inside}",
    ):
        body = api.get(path, Prefer=prefer).json
        first, *others = body.get("value", [body])
        assert names(first[PEOPLE]) == expected[0]
        assert [names(first[PEOPLE]), *followed(api, first[NEXT], prefer)] == expected
        assert all(NEXT not in each for each in others)


def test_the_link_repeats_the_options_and_their_parameters(api: Api, accounts: dict[str, str]) -> None:
    inside = f"{PEOPLE}($select=lastname;$filter=lastname ne @p;$expand=owninguser)"
    body = api.get(f"accounts({accounts['A']})?$expand={inside}&@p='L2'", Prefer="odata.maxpagesize=1").json
    assert names(body[PEOPLE]) == ["L0"]
    assert followed(api, body[NEXT], "odata.maxpagesize=2") == [["L1", "L3"], ["L4"]]
    row = api.get(body[NEXT].removeprefix(ROOT)).rows[0]
    assert row["owninguser"]["domainname"] == "admin"


def test_a_single_expand_takes_no_page_size(api: Api, accounts: dict[str, str]) -> None:
    first = api.get(f"accounts?$orderby=name&$expand={PEOPLE}", Prefer="odata.maxpagesize=2").rows[0]
    assert len(first[PEOPLE]) == 5
    assert NEXT not in first


def test_top_leaves_no_link(api: Api, accounts: dict[str, str]) -> None:
    inside = f"{PEOPLE}($top=2;$orderby=lastname;$expand=owninguser)"
    row = api.get(f"accounts({accounts['A']})?$expand={inside}", Prefer="odata.maxpagesize=1").json
    assert names(row[PEOPLE]) == ["L0", "L1"]
    assert NEXT not in row


def test_an_expand_of_a_great_many_rows_is_cut(
    api: Api, accounts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handsel.query.run.pages.MAX_PAGE", 3)
    row = api.get(f"accounts({accounts['A']})?$expand={PEOPLE}($select=lastname)").json
    assert names(row[PEOPLE]) == ["L0", "L1", "L2"]
    assert followed(api, row[NEXT], "") == [["L3", "L4"]]


def test_many_to_many(api: Api, accounts: dict[str, str]) -> None:
    """A team in two users' lists comes in both, and each list is cut for itself."""
    root = api.get("businessunits?$select=name").rows[0]["businessunitid"]
    unit = {"businessunitid@odata.bind": f"/businessunits({root})"}
    teams = [api.made("teams", {"name": f"T{n}", "teamtype": 0, **unit}) for n in range(3)]
    users = [
        api.made("systemusers", {"firstname": "U", "lastname": str(n), "domainname": f"u{n}@x.example"})
        for n in range(2)
    ]
    for team, members in zip(teams, (users, users, users[:1]), strict=True):
        for user in members:
            body = {"@odata.id": f"{ROOT}systemusers({user})"}
            assert api.post(f"teams({team})/teammembership_association/$ref", body).status == 204
    navigation = "teammembership_association"
    options = "$select=name;$orderby=name;$filter=startswith(name,'T');$expand=businessunitid($select=name)"
    query = f"systemusers?$filter=startswith(domainname,'u')&$orderby=domainname&$expand={navigation}({options})"
    rows = api.get(query).rows
    assert [[team["name"] for team in row[navigation]] for row in rows] == [["T0", "T1", "T2"], ["T0", "T1"]]
    rows = api.get(query, Prefer="odata.maxpagesize=2").rows
    assert [[team["name"] for team in row[navigation]] for row in rows] == [["T0", "T1"], ["T0", "T1"]]
    assert f"{navigation}@odata.nextLink" not in rows[1]
    link = rows[0][f"{navigation}@odata.nextLink"]
    assert [team["name"] for team in api.get(link.removeprefix(ROOT)).rows] == ["T2"]


def test_references_instead_of_rows(api: Api, accounts: dict[str, str]) -> None:
    contact = api.get(f"contacts?$filter=_parentcustomerid_value eq {accounts['B']}").rows[0]["contactid"]
    bind = {"primarycontactid@odata.bind": f"/contacts({contact})"}
    assert api.patch(f"accounts({accounts['B']})", bind).status == 204
    body = api.get("accounts?$select=name&$orderby=name&$expand=primarycontactid/$ref").json
    assert body["@odata.context"] == f"{ROOT}$metadata#accounts(name,primarycontactid/$ref())"
    assert [row["primarycontactid"] for row in body["value"]] == [
        None,
        {"@odata.id": f"{ROOT}contacts({contact})"},
        None,
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{PEOPLE}/$ref", "only supported on lookup type navigation property"),
        (f"{PEOPLE}($count=true)", "$count is not supported inside $expand"),
        (f"{PEOPLE}($levels=2)", "$levels is not supported inside $expand"),
        (f"{PEOPLE}($skip=2)", "$skip is not supported inside $expand"),
        (f"{PEOPLE}/$count", "$expand takes navigation properties"),
        ("nosuch/$ref", "nosuch"),
    ],
)
def test_what_expand_refuses(one_api: Api, text: str, said: str) -> None:
    reply = one_api.get(f"accounts?$expand={text}")
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert said in reply.message


@pytest.fixture
def owned(api: Api) -> dict[str, str]:
    """One account that a user owns, one that a team does: their owners."""
    unit = api.get("businessunits?$select=name").rows[0]["businessunitid"]
    team = api.made("teams", {"name": "North", "teamtype": 0, "businessunitid@odata.bind": f"/businessunits({unit})"})
    api.made("accounts", {"name": "A"})
    api.made("accounts", {"name": "B", "ownerid@odata.bind": f"/teams({team})"})
    return {"systemuser": api.get("WhoAmI").json["UserId"], "team": team}


def test_an_owner_is_a_user_or_a_team(api: Api, owned: dict[str, str]) -> None:
    for select, listed in (("", "ownerid()"), ("($select=ownerid)", "ownerid(ownerid)")):
        body = api.get(f"accounts?$select=name&$orderby=name&$expand=ownerid{select}").json
        assert body["@odata.context"] == f"{ROOT}$metadata#accounts(name,{listed})"
        found = [row["ownerid"] for row in body["value"]]
        types = [f"#Microsoft.Dynamics.CRM.{table}" for table in ("systemuser", "team")]
        assert [each.pop("@odata.type") for each in found] == types
        assert all(each.pop("@odata.etag").startswith('W/"') for each in found)
        assert found == [{"ownerid": owned["systemuser"]}, {"ownerid": owned["team"]}]
    body = api.get("accounts?$select=name&$orderby=name&$expand=ownerid/$ref").json
    addresses = [f"{ROOT}systemusers({owned['systemuser']})", f"{ROOT}teams({owned['team']})"]
    assert [row["ownerid"]["@odata.id"] for row in body["value"]] == addresses


def test_a_path_through_an_owner(api: Api, owned: dict[str, str]) -> None:
    for filter in (f"ownerid/ownerid eq {owned['team']}", f"not (ownerid/ownerid ne {owned['team']})"):
        assert [row["name"] for row in api.get(f"accounts?$filter={filter}").rows] == ["B"]
    assert len(api.get("accounts?$filter=ownerid/ownerid ne null&$orderby=ownerid/ownerid").rows) == 2
    below = f"contact_customer_accounts/any(c:c/ownerid/ownerid eq {owned['systemuser']})"
    assert api.get(f"accounts?$filter={below}").rows == []


def test_an_owner_of_lines_and_of_closings(api: Api, owned: dict[str, str]) -> None:
    quote = api.made("quotes", {"name": "Q", "ownerid@odata.bind": f"/teams({owned['team']})"})
    line = {"productdescription": "Work", "quantity": 1, "quoteid@odata.bind": f"/quotes({quote})"}
    api.made("quotedetails", line)
    row = api.get("quotedetails?$expand=ownerid&$filter=ownerid/ownerid ne null").rows[0]
    assert row["ownerid"]["ownerid"] == owned["team"]
    opportunity = api.made("opportunities", {"name": "O"})
    closing = {"Status": 3, "OpportunityClose": {"opportunityid@odata.bind": f"/opportunities({opportunity})"}}
    assert api.post("WinOpportunity", closing).status == 204
    row = api.get("opportunitycloses?$expand=ownerid_opportunityclose").rows[0]
    assert row["ownerid_opportunityclose"]["ownerid"] == owned["systemuser"]


def test_every_declared_navigation_property_expands(one_api: Api) -> None:
    """Lookups and collections alike, of every table."""
    xml = ElementTree.fromstring(one_api.get("$metadata").body)
    edm = "{http://docs.oasis-open.org/odata/ns/edm}"
    sets = {each.get("EntityType", "").rpartition(".")[2]: each.get("Name") for each in xml.iter(f"{edm}EntitySet")}
    for table in xml.iter(f"{edm}EntityType"):
        entity_set = sets.get(table.get("Name", ""))
        navigations = [each.get("Name") for each in table.iter(f"{edm}NavigationProperty")]
        for start in range(0, len(navigations) if entity_set else 0, 20):
            reply = one_api.get(f"{entity_set}?$top=1&$expand={','.join(map(str, navigations[start : start + 20]))}")
            assert reply.status == 200, (entity_set, reply.body)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("$expand=ownerid($select=fullname)", "'fullname' on type 'Microsoft.Dynamics.CRM.principal'"),
        ("$expand=ownerid($filter=ownerid ne null)", "$select=ownerid or nothing"),
        ("$expand=ownerid($expand=businessunitid)", "$select=ownerid or nothing"),
        ("$filter=ownerid/fullname eq 'x'", "only ownerid can be asked"),
    ],
)
def test_what_an_owner_refuses(one_api: Api, query: str, said: str) -> None:
    for table in ("accounts", "invoicedetails"):
        reply = one_api.get(f"{table}?{query}")
        assert (reply.status, reply.code) == (400, "0x80060888")
        assert said in reply.message
        assert "one of ." not in reply.message


def test_the_context_names_properties_as_they_are_read(api: Api, accounts: dict[str, str]) -> None:
    inside = "$select=lastname,_parentcustomerid_value;$expand=owninguser($select=_businessunitid_value)"
    body = api.get(f"accounts?$select=name,_primarycontactid_value&$expand={PEOPLE}({inside})").json
    below = f"{PEOPLE}(lastname,_parentcustomerid_value,owninguser(_businessunitid_value))"
    assert body["@odata.context"] == f"{ROOT}$metadata#accounts(name,_primarycontactid_value,{below})"
