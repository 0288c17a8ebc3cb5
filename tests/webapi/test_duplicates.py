"""Duplicate detection: when it is asked for, by which rules, and what it says (Web API 4, 13)."""

from typing import Any
from urllib.parse import quote

import pytest

import handsel
from tests.webapi.client import Api, Reply

CRM = "Microsoft.Dynamics.CRM"
CHECKED = {"MSCRM.SuppressDuplicateDetection": "false"}
FOUND = (412, "0x80040333")


def outcome(reply: Reply) -> Any:
    return (reply.status, reply.code) if reply.status >= 400 else reply.status


def checked(api: Api, method: str, path: str, body: Any) -> Any:
    return outcome(api(method, path, body, CHECKED))


def row_of(table: str, mail: str | None = "a@example.com") -> dict[str, Any]:
    named = {"name": "A"} if table == "accounts" else {"lastname": "A"}
    return {**named, **({"subject": "S"} if table == "leads" else {}), "emailaddress1": mail}


TABLES = ("accounts", "contacts", "leads")


def rule(api: Api, base: str, matching: str, *conditions: dict[str, Any], **values: Any) -> str:
    id = api.made("duplicaterules", {"name": "R", "baseentityname": base, "matchingentityname": matching, **values})
    for each in conditions:
        bound = {"regardingobjectid@odata.bind": f"/duplicaterules({id})"}
        api.made("duplicateruleconditions", {"matchingattributename": each["baseattributename"], **each, **bound})
    return id


@pytest.mark.parametrize("table", TABLES)
def test_the_default_rules(api: Api, table: str) -> None:
    first = api.made(table, row_of(table))
    assert outcome(api.post(table, row_of(table))) == 204, "it is off unless asked for"
    for value in ("true", "", "nonsense"):
        assert api("POST", table, row_of(table), {"MSCRM.SuppressDuplicateDetection": value}).status == 204
    reply = api("POST", table, row_of(table, "A@Example.COM"), CHECKED)
    assert outcome(reply) == FOUND
    assert "with the same e-mail address" in reply.message
    assert "emailaddress1" in reply.message
    assert first in reply.message
    assert checked(api, "POST", table, row_of(table, "b@example.com")) == 204
    assert checked(api, "POST", table, row_of(table, None)) == 204
    assert checked(api, "POST", table, row_of(table, None)) == 204, "blank values are no duplicates"
    for other in TABLES:
        if other != table:
            assert checked(api, "POST", other, row_of(other)) == 204, "rules are about one table"


@pytest.mark.parametrize("table", TABLES)
def test_changes(api: Api, table: str) -> None:
    api.made(table, row_of(table))
    second = api.made(table, row_of(table, "b@example.com"))
    path = f"{table}({second})"
    assert checked(api, "PATCH", path, {"emailaddress1": "a@example.com"}) == FOUND
    assert api.get(path).json["emailaddress1"] == "b@example.com"
    assert checked(api, "PUT", f"{path}/emailaddress1", {"value": "a@example.com"}) == FOUND
    assert checked(api, "PATCH", path, {"emailaddress1": "B@example.com"}) == 204, "a row is no duplicate of itself"
    assert api.patch(path, {"emailaddress1": "a@example.com"}).status == 204
    assert checked(api, "PATCH", path, {"telephone1": "1"}) == 204, "no column of a rule is written"
    guarded = {**CHECKED, "If-Match": "*"}
    assert outcome(api("PATCH", path, {"emailaddress1": "a@example.com"}, guarded)) == FOUND


def test_upserts_lists_and_nested_rows(api: Api) -> None:
    api.made("accounts", row_of("accounts"))
    new = "a0000000-0000-4000-8000-0000000000aa"
    assert checked(api, "PATCH", f"accounts({new})", row_of("accounts")) == FOUND
    assert outcome(api("PATCH", f"accounts({new})", row_of("accounts"), {**CHECKED, "If-None-Match": "*"})) == FOUND
    typed = {"@odata.type": f"{CRM}.account"}
    targets = [{**typed, **row_of("accounts", mail)} for mail in ("c@example.com", "a@example.com")]
    assert checked(api, "POST", f"accounts/{CRM}.CreateMultiple", {"Targets": targets}) == FOUND
    twice = [{**typed, **row_of("accounts", "c@example.com")} for _ in range(2)]
    assert checked(api, "POST", f"accounts/{CRM}.CreateMultiple", {"Targets": twice}) == FOUND, "of each other"
    upserted = [{**typed, "accountid": new, **row_of("accounts")}]
    assert checked(api, "POST", f"accounts/{CRM}.UpsertMultiple", {"Targets": upserted}) == FOUND
    assert api.get("accounts/$count").body == b"1"
    assert api.post("accounts", {"name": "N", "primarycontactid": row_of("contacts")}).status == 204
    nested = {"name": "N", "primarycontactid": row_of("contacts")}
    assert checked(api, "POST", "accounts", nested) == FOUND
    children = {"name": "N", "contact_customer_accounts": [row_of("contacts")]}
    assert checked(api, "POST", "accounts", children) == FOUND
    assert api.get("accounts/$count").body == b"2"
    path = f"accounts/{CRM}.UpdateMultiple"
    assert checked(api, "POST", path, {"Targets": [{**typed, "accountid": new, "name": "x"}]}) == (404, "0x80040217")


def batch_of(*parts: str) -> str:
    return "".join(f"--b\nContent-Type: application/http\n\n{part}\n" for part in parts) + "--b--"


def part(header: str, mail: str = "a@example.com", *, method: str = "POST", path: str = "accounts") -> str:
    body = f'{{"name":"B","emailaddress1":"{mail}"}}'
    return f"{method} {path} HTTP/1.1\nContent-Type: application/json\n{header}\n\n{body}"


def test_in_a_batch_each_part_says_it_for_itself(api: Api) -> None:
    asked = "MSCRM.SuppressDuplicateDetection: false"
    api.made("accounts", row_of("accounts"))
    reply = api.batch(batch_of(part("X: y"), part(asked)), Prefer="odata.continue-on-error")
    assert [reply.body.count(f"HTTP/1.1 {status}".encode()) for status in (204, 412)] == [1, 1]
    assert b"0x80040333" in reply.body
    sets = "".join(
        f"--c\nContent-Type: application/http\nContent-ID: {number}\n\n{part(asked, 'z@example.com')}\n"
        for number in (1, 2)
    )
    changes = f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{sets}--c--\n--b--"
    reply = api.batch(changes)
    assert b"HTTP/1.1 412" in reply.body
    assert b"Content-ID: 2" in reply.body
    assert api.get("accounts/$count").body == b"2"


def test_qualifying_a_lead(api: Api) -> None:
    api.made("contacts", row_of("contacts"))
    lead = api.made("leads", {**row_of("leads"), "companyname": "C"})
    asked = {"CreateAccount": False, "CreateContact": True, "CreateOpportunity": False, "Status": -1}
    action = f"leads({lead})/{CRM}.QualifyLead"
    assert outcome(api.post(action, {**asked, "SuppressDuplicateDetection": False})) == FOUND
    assert checked(api, "POST", action, asked) == FOUND
    assert api.get(f"leads({lead})?$select=statecode").json["statecode"] == 0
    assert outcome(api.post(action, asked)) == 200


def on(column: str, operator: int = 0, characters: int | None = None, **more: Any) -> dict[str, Any]:
    """A condition on a column of both rows."""
    some = {} if characters is None else {"operatorparam": characters}
    return {"baseattributename": column, "operatorcode": operator, **some, **more}


NO_BLANKS = {"ignoreblankvalues": False}
CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], bool]] = [
    (on("name"), {"name": "Contoso"}, {"name": "CONTOSO"}, True),
    (on("name"), {"name": "Contoso"}, {"name": "Contoso Ltd"}, False),
    (on("name", 1, 4), {"name": "Contoso"}, {"name": "contrary"}, True),
    (on("name", 1, 5), {"name": "Contoso"}, {"name": "contrary"}, False),
    (on("name", 1, 9), {"name": "Contoso"}, {"name": "Contoso Ltd"}, False),
    (on("name", 1, 9), {"name": "Contoso"}, {"name": "contoso"}, True),
    (on("name", 2, 3), {"name": "Alpha Ltd"}, {"name": "Beta LTD"}, True),
    (on("name", 2, 4), {"name": "Alpha-Ltd"}, {"name": "Beta LTD"}, False),
    (on("numberofemployees"), {"numberofemployees": 7}, {"numberofemployees": 7}, True),
    (on("numberofemployees"), {"numberofemployees": 7}, {"numberofemployees": 8}, False),
    (on("creditlimit"), {"creditlimit": 7.5}, {"creditlimit": 7.5}, True),
    (on("donotemail"), {"donotemail": True}, {"donotemail": True}, True),
    (on("industrycode", 6), {"industrycode": 1}, {"industrycode": 1}, True),
    (on("industrycode", 5), {"industrycode": 1}, {"industrycode": 1}, True),
    (on("industrycode", 5), {"industrycode": 1}, {"industrycode": 2}, False),
    (on("telephone1"), {"telephone1": None}, {"telephone1": None}, False),
    (on("telephone1", **NO_BLANKS), {"telephone1": None}, {"telephone1": None}, True),
    (on("telephone1", **NO_BLANKS), {"telephone1": "1"}, {"telephone1": None}, False),
    (on("fax", matchingattributename="telephone1"), {"telephone1": "12"}, {"fax": "12"}, True),
]


@pytest.mark.parametrize(("condition", "there", "new", "is_found"), CONDITIONS)
def test_rules_that_an_administrator_adds(
    api: Api, condition: dict[str, Any], there: dict[str, Any], new: dict[str, Any], is_found: bool
) -> None:
    rule(api, "account", "account", condition)
    api.made("accounts", {"name": "One", **there})
    assert checked(api, "POST", "accounts", {"name": "Two", **new}) == (FOUND if is_found else 204)


def test_all_conditions_of_a_rule_and_other_tables(api: Api) -> None:
    """A new lead is compared with contacts: by last name and the day of a date, in upper and lower case as given."""
    rule(
        api,
        "lead",
        "contact",
        {"baseattributename": "lastname"},
        {"baseattributename": "estimatedclosedate", "matchingattributename": "birthdate", "operatorcode": 3},
        iscasesensitive=True,
    )
    api.made("contacts", {"lastname": "Berg", "birthdate": "1980-03-04"})
    lead = {"lastname": "Berg", "subject": "S", "estimatedclosedate": "1980-03-04"}
    assert checked(api, "POST", "leads", lead) == FOUND
    assert checked(api, "POST", "leads", {**lead, "lastname": "BERG"}) == 204
    assert checked(api, "POST", "leads", {**lead, "estimatedclosedate": "1980-03-05"}) == 204
    assert checked(api, "POST", "contacts", {"lastname": "Berg", "birthdate": "1980-03-04"}) == 204


def test_a_column_that_follows_from_others(api: Api) -> None:
    """A full name is made of its parts when the row is written."""
    rule(api, "contact", "contact", {"baseattributename": "fullname"})
    api.made("contacts", {"firstname": "Ann", "lastname": "Berg"})
    assert checked(api, "POST", "contacts", {"firstname": "ann", "lastname": "berg"}) == FOUND
    other = api.made("contacts", {"firstname": "Bo", "lastname": "Berg"})
    assert checked(api, "PATCH", f"contacts({other})", {"firstname": "Ann"}) == FOUND


def test_custom_columns_and_inactive_rows(api: Api) -> None:
    with handsel.open(api.database_url) as session:
        session.execute(handsel.AddColumn("account", "new_code", "text", "Code"))
    rule(api, "account", "account", {"baseattributename": "new_code"}, excludeinactiverecords=True)
    first = api.made("accounts", {"name": "A", "new_code": "X-1"})
    assert checked(api, "POST", "accounts", {"name": "B", "new_code": "x-1"}) == FOUND
    assert api.patch(f"accounts({first})", {"statecode": 1}).status == 204
    assert checked(api, "POST", "accounts", {"name": "B", "new_code": "x-1"}) == 204


def test_rules_come_into_force_and_go_out_of_it(api: Api) -> None:
    id = rule(api, "account", "account", {"baseattributename": "name"})
    again = {"name": "Contoso"}
    api.made("accounts", again)
    assert checked(api, "POST", "accounts", again) == FOUND
    assert api.post("UnpublishDuplicateRule", {"DuplicateRuleId": id}).status == 204
    state = api.get(f"duplicaterules({id})?$select=statecode,statuscode").json
    assert (state["statecode"], state["statuscode"]) == (0, 0)
    assert checked(api, "POST", "accounts", again) == 204
    job = api.post(f"duplicaterules({id})/{CRM}.PublishDuplicateRule")
    assert job.status == 200
    assert api.get(f"asyncoperations({job.json['asyncoperationid']})").json["statuscode"] == 30
    assert checked(api, "POST", "accounts", again) == FOUND
    assert api.patch(f"duplicaterules({id})", {"statecode": 0, "statuscode": 0}).status == 204
    assert checked(api, "POST", "accounts", again) == 204
    assert api.patch(f"duplicaterules({id})", {"statecode": 1, "statuscode": 2}).status == 204
    assert checked(api, "POST", "accounts", again) == FOUND
    assert api.delete(f"duplicaterules({id})").status == 204
    assert api.get(f"duplicateruleconditions?$filter=_regardingobjectid_value eq {id}").rows == []
    assert checked(api, "POST", "accounts", again) == 204
    empty = rule(api, "account", "account")
    refused = api.post(f"duplicaterules({empty})/{CRM}.PublishDuplicateRule")
    assert (refused.status, "no conditions" in refused.message) == (400, True)


def test_the_rules_that_every_organization_has(api: Api) -> None:
    rows = api.get("duplicaterules?$select=name,statecode&$expand=DuplicateRule_DuplicateRuleConditions").rows
    assert len(rows) == 8
    in_force = {row["name"] for row in rows if row["statecode"] == 1}
    assert in_force == {f"{each} with the same e-mail address" for each in ("Accounts", "Contacts", "Leads")}
    assert all(row["DuplicateRule_DuplicateRuleConditions"] for row in rows)


@pytest.mark.parametrize(
    ("table", "values", "names"),
    [
        ("rules", {"name": "R", "baseentityname": "nosuch", "matchingentityname": "account"}, "nosuch"),
        ("rules", {"name": "R", "baseentityname": "accounts", "matchingentityname": "account"}, "account"),
        ("rules", {"name": "R", "baseentityname": "account"}, "matchingentityname"),
        ("ruleconditions", on("nosuch"), "nosuch"),
        ("ruleconditions", on("name", matchingattributename="revenue"), "one kind"),
        ("ruleconditions", on("description"), "description"),
        ("ruleconditions", on("name", 1), "operatorparam"),
        ("ruleconditions", on("name", 0, 3), "operatorparam"),
        ("ruleconditions", on("revenue", 3), "dates"),
        ("ruleconditions", on("name", 6), "choices"),
        ("ruleconditions", on("revenue", 1, 2), "texts"),
    ],
)
def test_rules_that_could_find_nothing(one_api: Api, table: str, values: dict[str, Any], names: str) -> None:
    id = rule(one_api, "account", "account")
    if table == "ruleconditions":
        matching = {"matchingattributename": values["baseattributename"]}
        values = {**matching, **values, "regardingobjectid@odata.bind": f"/duplicaterules({id})"}
    refused = one_api.post(f"duplicate{table}", values)
    assert refused.status == 400, refused.body
    assert names in refused.message


def retrieve(api: Api, entity: str, matching: str, paging: str = '{"PageNumber":1,"Count":50}') -> Reply:
    values = f"@p1={quote(entity)}&@p2='{matching}'&@p3={quote(paging)}"
    return api.get(f"RetrieveDuplicates(BusinessEntity=@p1,MatchingEntityName=@p2,PagingInfo=@p3)?{values}")


def test_retrieve_duplicates(api: Api) -> None:
    mail = "a@example.com"
    ids = [api.made("accounts", {"name": f"A{number}", "emailaddress1": mail}) for number in range(3)]
    api.made("accounts", {"name": "B", "emailaddress1": "b@example.com"})
    asked = f'{{"@odata.type":"{CRM}.account","name":"New","emailaddress1":"A@example.com"}}'
    reply = retrieve(api, asked, "account")
    assert reply.status == 200, reply.body
    assert [row["accountid"] for row in reply.rows] == ids
    assert [row["name"] for row in reply.rows] == ["A0", "A1", "A2"]
    assert {row["@odata.type"] for row in reply.rows} == {f"#{CRM}.account"}
    known = f'{{"@odata.type":"{CRM}.account","accountid":"{ids[0]}"}}'
    assert [row["accountid"] for row in retrieve(api, known, "account").rows] == ids[1:]
    second = retrieve(api, asked, "account", '{"PageNumber":2,"Count":2}')
    assert [row["accountid"] for row in second.rows] == ids[2:]
    assert retrieve(api, asked, "contact").rows == []
    values = f"@p1={quote(asked)}&@p2='account'"
    assert len(api.get(f"RetrieveDuplicates(BusinessEntity=@p1,MatchingEntityName=@p2)?{values}").rows) == 3


def test_retrieve_duplicates_by_a_lookup(api: Api) -> None:
    rule(api, "contact", "contact", on("lastname"), on("parentcustomerid"))
    accounts = [api.made("accounts", {"name": name}) for name in ("One", "Two")]
    contacts = [
        api.made("contacts", {"lastname": "Berg", "parentcustomerid_account@odata.bind": f"/accounts({id})"})
        for id in accounts
    ]
    bind = f'"parentcustomerid_account@odata.bind":"/accounts({accounts[1]})"'
    reply = retrieve(api, f'{{"@odata.type":"{CRM}.contact","lastname":"berg",{bind}}}', "contact")
    assert [row["contactid"] for row in reply.rows] == contacts[1:]
    again = {"lastname": "Berg", "parentcustomerid_account@odata.bind": f"/accounts({accounts[0]})"}
    assert checked(api, "POST", "contacts", again) == FOUND
    assert checked(api, "POST", "contacts", {**again, "lastname": "Bergen"}) == 204


def test_from_python(session: handsel.Session) -> None:
    account = {"name": "A", "emailaddress1": "a@example.com"}
    session.execute(handsel.Create("account", account))
    with pytest.raises(handsel.errors.DuplicateFound, match="with the same e-mail address"):
        session.execute(handsel.Create("account", account, suppress_duplicate_detection=False))
    messages = [
        handsel.Create("account", {**account, "emailaddress1": mail}, suppress_duplicate_detection=False)
        for mail in ("b@example.com", "a@example.com", "B@example.com")
    ]
    made = session.execute_many(messages, on_refusal="collect")
    assert [isinstance(each, handsel.Refusal) for each in made] == [False, True, True]
    asked = {"@odata.type": f"{CRM}.account", "emailaddress1": "b@example.com"}
    [found] = session.execute(handsel.RetrieveDuplicates(asked, "account"))
    assert found["emailaddress1"] == "b@example.com"
