"""One secured column with a secret in it, asked for by every form of query and through every door of the Web API.

An administrator finds the secret in each of them, so each can tell; a salesperson finds it nowhere, nor anything that
differs from a company in which the column is empty.
"""

import json
from typing import Any
from urllib.parse import quote

import pytest

import handsel
from tests.rights import give_role
from tests.webapi.client import Api, Reply
from tests.webapi.conftest import make_token

LIMIT = "7654321.98"
SECRET = "7654321"
NOTE = "Xyzzy"
"""What a secured text begins with."""


@pytest.fixture
def company(api: Api) -> dict[str, str]:
    """An account with a secured limit and a secured description, and rows that refer to it."""
    base = api.get("transactioncurrencies?$select=transactioncurrencyid").rows[0]["transactioncurrencyid"]
    euro = api.made(
        "transactioncurrencies",
        {
            "isocurrencycode": "EUR",
            "currencyname": "Euro",
            "currencysymbol": "€",
            "currencyprecision": 2,
            "exchangerate": 0.5,
        },
    )
    other = api.made("accounts", {"name": "Beta"})
    account = api.made(
        "accounts",
        {
            "name": "Alpha",
            "creditlimit": float(LIMIT),
            "description": f"{NOTE} deal",
            "transactioncurrencyid@odata.bind": f"transactioncurrencies({euro})",
        },
    )
    child = api.made("accounts", {"name": "Gamma", "parentaccountid@odata.bind": f"accounts({account})"})
    contact = api.made("contacts", {"lastname": "Lee", "parentcustomerid_account@odata.bind": f"accounts({account})"})
    api.made("systemusers", {"firstname": "S", "lastname": "Eller", "domainname": "seller"})
    give_role(api.database_url, "seller", "Salesperson")
    for name in ("creditlimit", "description"):
        api.made("hs_securedcolumns", {"entityname": "account", "attributelogicalname": name})
    return {"account": account, "other": other, "child": child, "contact": contact, "base": base}


@pytest.fixture
def seller(api: Api, company: dict[str, str]) -> Api:
    return Api(api.application, make_token(api.database_url, "seller"), api.database_url)


def fetch(inner: str, attributes: str = "", table: str = "account", entity_set: str = "accounts") -> str:
    return f"{entity_set}?fetchXml=" + quote(f"<fetch {attributes}><entity name='{table}'>{inner}</entity></fetch>")


def limit(operator: str, value: str = "") -> str:
    given = f" value='{value}'" if value else ""
    return f"<filter><condition attribute='creditlimit' operator='{operator}'{given}/></filter>"


def linked(inner: str, attributes: str = "", how: str = "alias='a'", after: str = "") -> str:
    """Contacts, linked to their accounts."""
    link = f"<link-entity name='account' from='accountid' to='parentcustomerid' {how}>{inner}</link-entity>"
    shown = "" if attributes else "<attribute name='lastname'/>"
    return fetch(f"{shown}{link}{after}", attributes, "contact", "contacts")


SHOWING = (
    "accounts({account})",
    "accounts({account})?$select=creditlimit",
    "accounts({account})?$select=creditlimit_base",
    "accounts({account})/creditlimit",
    "accounts({account})/creditlimit/$value",
    "accounts({account})/description",
    "accounts",
    "accounts?$select=name,creditlimit",
    "accounts?$select=creditlimit_base",
    "accounts?$select=description",
    "accounts?$apply=groupby((creditlimit))",
    "accounts?$apply=groupby((description))",
    "accounts?$apply=groupby((name),aggregate(creditlimit with max as most))",
    "accounts?$apply=aggregate(creditlimit with sum as total)",
    "accounts?$apply=aggregate(creditlimit with average as mean)",
    "accounts?$apply=aggregate(creditlimit_base with max as most)",
    "contacts({contact})?$expand=parentcustomerid_account",
    "contacts({contact})?$expand=parentcustomerid_account($select=creditlimit)",
    "contacts({contact})/parentcustomerid_account",
    "contacts({contact})/parentcustomerid_account/creditlimit",
    "contacts?$expand=parentcustomerid_account($select=description)",
    "accounts({child})?$expand=parentaccountid($select=creditlimit)",
    "accounts({account})?$expand=contact_customer_accounts($expand=parentcustomerid_account($select=creditlimit))",
    "accounts?$select=name&$count=true&$expand=contact_customer_accounts($expand=parentcustomerid_account)",
    "accounts?sql=" + quote("SELECT creditlimit FROM account"),
    "accounts?sql=" + quote("SELECT max(creditlimit) AS most FROM account"),
    fetch("<all-attributes/>"),
    fetch("<attribute name='creditlimit'/>"),
    fetch("<attribute name='creditlimit' alias='x'/>"),
    fetch("<attribute name='creditlimit_base'/>"),
    fetch("<attribute name='creditlimit'/>", "distinct='true'"),
    fetch("<attribute name='creditlimit' aggregate='sum' alias='x'/>", "aggregate='true'"),
    fetch("<attribute name='creditlimit' aggregate='min' alias='x'/>", "aggregate='true'"),
    fetch("<attribute name='creditlimit' groupby='true' alias='x'/>", "aggregate='true'"),
    fetch("<attribute name='description' groupby='true' alias='x'/>", "aggregate='true'"),
    linked("<attribute name='creditlimit'/>"),
    linked("<all-attributes/>"),
    linked("<attribute name='creditlimit' aggregate='max' alias='x'/>", "aggregate='true'"),
)
"""Requests whose answers hold the secret."""

TELLING = (
    f"accounts?$filter=creditlimit eq {LIMIT}",
    "accounts?$filter=creditlimit gt 5",
    "accounts?$filter=creditlimit ne null",
    "accounts?$filter=creditlimit eq null",
    "accounts?$filter=not (creditlimit eq null)",
    "accounts?$filter=creditlimit_base gt 5",
    f"accounts?$filter=creditlimit in ({LIMIT})",
    "accounts?$filter=creditlimit gt creditlimit_base or creditlimit lt creditlimit_base",
    "accounts?$filter=startswith(description,'Xyz')",
    "accounts?$filter=contains(description,'yzz')",
    "accounts?$filter=description ne null",
    "accounts?$filter=parentaccountid/creditlimit gt 5",
    "accounts?$filter=contact_customer_accounts/any(c:c/parentcustomerid_account/creditlimit gt 5)",
    "accounts?$filter=Microsoft.Dynamics.CRM.Between(PropertyName='creditlimit',PropertyValues=['1','9999999'])",
    "accounts/$count?$filter=creditlimit gt 5",
    "accounts?$apply=filter(creditlimit gt 5)/aggregate($count as n)",
    "accounts?$apply=aggregate(creditlimit with countdistinct as n)",
    "accounts?$orderby=creditlimit desc&$select=name&$top=1",
    "accounts?$orderby=creditlimit,name&$select=name",
    "contacts?$filter=parentcustomerid_account/creditlimit gt 5",
    "contacts?$filter=parentcustomerid_account/description ne null&$count=true",
    "accounts?$expand=contact_customer_accounts($filter=parentcustomerid_account/creditlimit gt 5)",
    "accounts?sql=" + quote("SELECT name FROM account WHERE creditlimit > 5"),
    "accounts?sql=" + quote("SELECT name FROM account ORDER BY creditlimit DESC"),
    fetch("<attribute name='name'/>" + limit("gt", "5")),
    fetch("<attribute name='name'/>" + limit("not-null")),
    fetch("<attribute name='name'/>" + limit("null")),
    fetch("<attribute name='name'/><order attribute='creditlimit' descending='true'/>"),
    fetch("<attribute name='creditlimit' aggregate='countcolumn' alias='x'/>", "aggregate='true'"),
    fetch("<attribute name='name'/><filter><condition attribute='description' operator='like' value='Xyz%'/></filter>"),
    linked(limit("gt", "5")),
    linked(limit("gt", "5"), how="link-type='exists'"),
    linked("", after=limit("gt", "5").replace("<condition", "<condition entityname='a'")),
    fetch(
        "<attribute name='name'/><link-entity name='account' from='creditlimit' to='creditlimit' alias='a'>"
        "<attribute name='name'/></link-entity>"
    ),
)
"""Requests whose answers depend on the column."""


_OF_EVERY_CHANGE = ("@odata.etag", "versionnumber", "modifiedon")


def told(reply: Reply) -> Any:
    """What an answer says: its rows without what differs from request to request."""
    assert reply.status in (200, 204), reply.body
    if not reply.body.startswith(b"{"):
        return reply.body
    return _plain({name: value for name, value in reply.json.items() if name != "@odata.context"})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if name not in _OF_EVERY_CHANGE}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def test_the_secret_is_found_nowhere(api: Api, seller: Api, company: dict[str, str]) -> None:
    everything = {"prefer": 'odata.include-annotations="*"'}
    wrong = []
    for path in (each.format(**company) for each in SHOWING):
        if not tells(text_of(api.get(path))):
            wrong.append(("an administrator does not find it either", path))
        for reply in (seller.get(path), seller.get(path, **everything), seller.get(path, prefer="odata.maxpagesize=1")):
            if reply.status not in (200, 204) or tells(text_of(reply)):
                wrong.append((path, reply.body))
    assert not wrong


def text_of(reply: Reply) -> str:
    """Body and headers of an answer, as a number in any form is found in them."""
    return f"{reply.body.decode()} {json.dumps(reply.headers)}".replace(",", "")


def tells(text: str) -> bool:
    base = str(int(float(LIMIT) / 0.5))
    return SECRET in text or NOTE in text or base in text


def test_no_answer_depends_on_the_secret(api: Api, seller: Api, company: dict[str, str]) -> None:
    by_admin = {path: told(api.get(path)) for path in TELLING}
    by_seller = {path: told(seller.get(path)) for path in TELLING}
    for name in ("creditlimit", "description"):
        assert api.patch(f"accounts({company['account']})", {name: None}).status == 204
    assert [path for path in TELLING if by_seller[path] != told(seller.get(path))] == []
    assert [path for path in TELLING if by_admin[path] == told(api.get(path))] == []


def test_pages_of_a_hidden_order_hold_nothing_in_their_links(seller: Api) -> None:
    reply = seller.get("accounts?$select=name&$orderby=creditlimit desc", prefer="odata.maxpagesize=1")
    names = [row["name"] for row in reply.rows]
    while "@odata.nextLink" in reply.json:
        assert not tells(reply.json["@odata.nextLink"])
        reply = seller.get(reply.json["@odata.nextLink"].partition("/api/data/v9.2/")[2], prefer="odata.maxpagesize=1")
        names += [row["name"] for row in reply.rows]
    assert sorted(names) == ["Alpha", "Beta", "Gamma"]


def test_a_hidden_null_is_marked_where_the_caller_asks(api: Api, seller: Api, company: dict[str, str]) -> None:
    path = f"accounts({company['account']})?$select=name,creditlimit"
    row = seller.get(path, prefer='odata.include-annotations="Handsel.secured"').json
    assert (row["creditlimit"], row["creditlimit@Handsel.secured"]) == (None, True)
    assert "name@Handsel.secured" not in row
    assert "creditlimit@Handsel.secured" not in seller.get(path).json
    assert "creditlimit@Handsel.secured" not in api.get(path, prefer='odata.include-annotations="*"').json


def test_other_doors(api: Api, seller: Api, company: dict[str, str]) -> None:
    """Batches, tracked changes, saved views, messages that answer with rows, answers to writes."""
    account = company["account"]
    view = api.made(
        "savedqueries",
        {
            "name": "Limits",
            "returnedtypecode": "account",
            "querytype": 0,
            "fetchxml": "<fetch><entity name='account'><attribute name='creditlimit'/><attribute name='name'/>"
            "<order attribute='creditlimit' descending='true'/></entity></fetch>",
        },
    )
    batch = f"--b\nContent-Type: application/http\n\nGET /api/data/v9.2/accounts({account}) HTTP/1.1\n\n--b--\n"
    row = {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": account, "name": "Alpha Ltd"}
    targets = {"Targets": [row]}
    answers = {
        "batch": lambda door: door.batch(batch.replace("\n", "\r\n")),
        "changes": lambda door: door.get("accounts?$select=name,creditlimit", prefer="odata.track-changes"),
        "saved view": lambda door: door.get(f"accounts?savedQuery={view}"),
        "change": lambda door: door.patch(f"accounts({account})", {"name": "Alpha"}, prefer="return=representation"),
        "changes of many": lambda door: door.post("accounts/Microsoft.Dynamics.CRM.UpdateMultiple", targets),
    }
    for name, ask in answers.items():
        for door in (api, seller):
            reply = ask(door)
            assert reply.status in (200, 204), (name, reply.body)
            if name != "changes of many":
                assert tells(text_of(reply)) is (door is api), (name, reply.body)


def test_whoever_may_not_write_it_is_refused_whatever_the_value(api: Api, seller: Api, company: dict[str, str]) -> None:
    account, other = company["account"], company["other"]
    give_role(api.database_url, "seller", "Vice President of Sales")  # who may merge
    before = api.get(f"accounts({account})").json
    row = {"@odata.type": "Microsoft.Dynamics.CRM.account", "name": "New", "creditlimit": 1}
    for value in (None, float(LIMIT), 1):
        for method, path, body, code in (
            ("POST", "accounts", {"name": "New", "creditlimit": value}, "0x8004f502"),
            ("PATCH", f"accounts({account})", {"name": "New", "creditlimit": value}, "0x8004f507"),
            ("PUT", f"accounts({account})/creditlimit", {"value": value}, "0x8004f507"),
            ("PATCH", f"accounts({handsel_id()})", {"name": "New", "creditlimit": value}, "0x8004f502"),
            ("POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", {"Targets": [row]}, "0x8004f502"),
            (
                "POST",
                "accounts/Microsoft.Dynamics.CRM.UpdateMultiple",
                {"Targets": [{**row, "accountid": account}]},
                "0x8004f507",
            ),
            ("POST", "Merge", merge(account, other, {"creditlimit": value}), "0x8004f507"),
            (
                "POST",
                "contacts",
                {"lastname": "New", "parentcustomerid_account": {"name": "New", "creditlimit": value}},
                "0x8004f502",
            ),
        ):
            reply = seller(method, path, body)
            assert (reply.status, reply.code) == (403, code), (method, path, reply.body)
            assert "creditlimit" in reply.message
            assert not tells(text_of(reply)), reply.body
    assert api.get(f"accounts({account})").json == before
    assert api.get("accounts?$filter=name eq 'New'").rows == api.get("contacts?$filter=lastname eq 'New'").rows == []
    assert seller.patch(f"accounts({account})", {"name": "Alpha Ltd"}).status == 204
    assert api.get(f"accounts({account})/creditlimit").json["value"] == float(LIMIT)


def handsel_id() -> str:
    return "0e0f0000-0000-4000-8000-000000000001"


def merge(target: str, subordinate: str, content: dict[str, Any]) -> dict[str, Any]:
    type = {"@odata.type": "Microsoft.Dynamics.CRM.account"}
    return {
        "Target": {**type, "accountid": target},
        "Subordinate": {**type, "accountid": subordinate},
        "UpdateContent": {**type, **content},
        "PerformParentingChecks": False,
    }


def test_a_profile_gives_what_it_says_and_several_unite(api: Api, seller: Api, company: dict[str, str]) -> None:
    path = f"accounts({company['account']})"
    user = api.get("systemusers?$filter=domainname eq 'seller'").rows[0]["systemuserid"]
    team = api.get("teams").rows[0]["teamid"]
    reading, writing = (api.made("fieldsecurityprofiles", {"name": name}) for name in ("Reads", "Writes"))
    for profile, verb in ((reading, "canread"), (writing, "canupdate")):
        permit(api, profile, verb)
    api.post(f"systemusers({user})/systemuserprofiles_association/$ref", ref("fieldsecurityprofiles", reading))
    assert seller.get(path).json["creditlimit"] == float(LIMIT)
    assert seller.get(path).json["description"] is None
    assert seller.patch(path, {"creditlimit": 5}).code == "0x8004f507"
    link = f"teams({team})/teamprofiles_association/$ref"
    assert api.post(link, ref("fieldsecurityprofiles", writing)).status == 204
    member = api.post(f"teams({team})/teammembership_association/$ref", ref("systemusers", user))
    if member.status == 204:  # members of a unit's own team may be kept by the system
        assert seller.patch(path, {"creditlimit": 5}).status == 204
        assert seller.get(path).json["creditlimit"] == 5
    assert seller.post("accounts", {"name": "New", "creditlimit": 5}).code == "0x8004f502"
    gone = api.delete(f"systemusers({user})/systemuserprofiles_association({reading})/$ref")
    assert gone.status == 204, gone.body
    assert seller.get(path).json["creditlimit"] is None


def permit(api: Api, profile: str, *verbs: str, column: str = "creditlimit") -> Reply:
    return api.post(
        "fieldpermissions",
        {
            "fieldsecurityprofileid@odata.bind": f"fieldsecurityprofiles({profile})",
            "entityname": "account",
            "attributelogicalname": column,
            **dict.fromkeys(verbs, 4),
        },
    )


def ref(entity_set: str, id: str) -> dict[str, str]:
    return {"@odata.id": f"{entity_set}({id})"}


def test_the_administrators_profile_is_fixed_and_sees_all(api: Api, seller: Api, company: dict[str, str]) -> None:
    fixed = "572329c1-a042-4e22-be47-367c6374ea45"
    for reply in (
        api.patch(f"fieldsecurityprofiles({fixed})", {"description": "Mine"}),
        api.delete(f"fieldsecurityprofiles({fixed})"),
        permit(api, fixed, "canread"),
    ):
        assert reply.code == "0x8004f505", reply.body
    user = api.get("systemusers?$filter=domainname eq 'seller'").rows[0]["systemuserid"]
    api.post(f"fieldsecurityprofiles({fixed})/systemuserprofiles_association/$ref", ref("systemusers", user))
    assert seller.get(f"accounts({company['account']})").json["creditlimit"] == float(LIMIT)


def test_a_permission_is_about_a_secured_column(one_api: Api) -> None:
    profile = one_api.made("fieldsecurityprofiles", {"name": "Reads"})
    reply = permit(one_api, profile, "canread")
    assert (reply.status, reply.code) == (400, "0x8004f508")
    secured = one_api.made("hs_securedcolumns", {"entityname": "account", "attributelogicalname": "creditlimit"})
    assert permit(one_api, profile, "canread").status == 204
    again = one_api.post("hs_securedcolumns", {"entityname": "account", "attributelogicalname": "creditlimit"})
    assert (again.status, again.code) == (412, "0x80040237")
    assert one_api.delete(f"hs_securedcolumns({secured})").status == 204
    assert one_api.get("fieldpermissions?$filter=attributelogicalname eq 'creditlimit'").rows == []


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("account", "accountid", "0x8004f501"),
        ("account", "name", "0x8004f501"),
        ("account", "ownerid", "0x8004f501"),
        ("account", "statecode", "0x8004f501"),
        ("account", "createdon", "0x8004f501"),
        ("account", "versionnumber", "0x8004f501"),
        ("account", "transactioncurrencyid", "0x8004f501"),
        ("account", "exchangerate", "0x8004f501"),
        ("account", "creditlimit_base", "0x8004f501"),
        ("contact", "fullname", "0x8004f501"),
        ("contact", "lastname", "0x8004f501"),
        ("contact", "accountid", "0x8004f501"),
        ("quotedetail", "quotestatecode", "0x8004f501"),
        ("product", "productnumber", "0x80060896"),
        ("account", "nothing", "0x80040217"),
    ],
)
def test_what_cannot_be_secured(one_api: Api, table: str, column: str, code: str) -> None:
    before = one_api.get("hs_securedcolumns").rows
    reply = one_api.post("hs_securedcolumns", {"entityname": table, "attributelogicalname": column})
    assert reply.code == code, reply.body
    assert one_api.get("hs_securedcolumns").rows == before


def test_a_secured_column_is_in_no_key(one_api: Api) -> None:
    column = "EntityDefinitions(LogicalName='account')/Attributes"
    text = {"@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName": "new_Code", "MaxLength": 20}
    assert one_api.post(column, {**text, "IsSecured": True}).status == 204
    key = {"SchemaName": "new_CodeKey", "KeyAttributes": ["new_code"]}
    keys = "EntityDefinitions(LogicalName='account')/Keys"
    assert one_api.post(keys, key).code == "0x80060896"
    own = f"{column}(LogicalName='new_code')"
    assert one_api.get(own).json["IsSecured"] is True
    assert one_api("PUT", own, {**text, "IsSecured": False}).status == 204
    assert one_api.get(own).json["IsSecured"] is False
    assert one_api.post(keys, key).status == 204
    reply = one_api("PUT", own, {**text, "IsSecured": True})
    assert reply.code == "0x80060896", reply.body


def test_definitions_say_what_is_secured_and_can_be(one_api: Api) -> None:
    limit = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='creditlimit')"
    found = one_api.get(limit).json
    can = ("CanBeSecuredForRead", "CanBeSecuredForCreate", "CanBeSecuredForUpdate")
    assert [found[name] for name in ("IsSecured", *can)] == [False, True, True, True]
    assert one_api("PUT", limit, {**found, "IsSecured": True}).status == 204
    assert one_api.get(limit).json["IsSecured"] is True
    assert one_api.get(limit.replace("creditlimit", "creditlimit_base")).json["IsSecured"] is True
    [row] = one_api.get("hs_securedcolumns?$filter=entityname eq 'account'").rows
    assert row["attributelogicalname"] == "creditlimit"
    assert one_api("PUT", limit, {**found, "IsSecured": False}).status == 204
    assert one_api.get("hs_securedcolumns?$filter=entityname eq 'account'").rows == []
    name = one_api.get(limit.replace("creditlimit", "name")).json
    assert [name[each] for each in can] == [False] * 3
    refused = one_api("PUT", limit.replace("creditlimit", "name"), {**name, "IsSecured": True})
    assert refused.code == "0x8004f501", refused.body
    assert one_api("PUT", limit, {**found, "IsSecured": True, "SchemaName": "Other"}).status == 400


def test_a_custom_column_hides_alone(api: Api, seller: Api, company: dict[str, str]) -> None:
    table = "EntityDefinitions(LogicalName='account')/Attributes"
    for name in ("new_Open", "new_Secret"):
        text = {"@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName": name, "MaxLength": 20}
        assert api.post(table, {**text, "IsSecured": name == "new_Secret"}).status == 204
    path = f"accounts({company['account']})"
    assert api.patch(path, {"new_open": "seen", "new_secret": NOTE}).status == 204
    row = seller.get(path).json
    assert (row["new_open"], row["new_secret"]) == ("seen", None)
    assert seller.get(f"accounts?$filter=new_secret eq '{NOTE}'").rows == []
    assert len(api.get(f"accounts?$filter=new_secret eq '{NOTE}'").rows) == 1
    assert seller.patch(path, {"new_secret": "x"}).code == "0x8004f507"
    assert seller.patch(path, {"new_open": "changed"}).status == 204
    assert api.get(path).json["new_secret"] == NOTE
    with handsel.open(api.database_url, user="seller") as session:
        assert NOTE not in repr(list(session.rows("account")))
        assert NOTE not in repr([row.hs_custom for row in session.queryset("account")])


def test_a_hidden_lookup_leads_nowhere(api: Api, seller: Api, company: dict[str, str]) -> None:
    account, contact, child = company["account"], company["contact"], company["child"]
    bind = {"primarycontactid@odata.bind": f"contacts({contact})"}
    assert api.patch(f"accounts({account})", bind).status == 204
    for name in ("primarycontactid", "parentaccountid"):
        api.made("hs_securedcolumns", {"entityname": "account", "attributelogicalname": name})
    below = f"PropertyName='accountid',PropertyValue='{account}'"
    for path in (
        f"accounts?$filter=_primarycontactid_value eq {contact}",
        "accounts?$filter=_primarycontactid_value ne null",
        "accounts?$filter=primarycontactid/lastname eq 'Lee'",
        f"contacts({contact})/account_primary_contact",
        f"accounts({account})/account_parent_account",
        "contacts?$filter=account_primary_contact/any()",
        f"accounts?$filter=Microsoft.Dynamics.CRM.Under({below})",
        fetch(f"<filter><condition attribute='accountid' operator='under' value='{account}'/></filter>"),
        fetch("<link-entity name='contact' from='contactid' to='primarycontactid'/>"),
        fetch("<link-entity name='account' from='primarycontactid' to='contactid'/>", "", "contact", "contacts"),
    ):
        assert (len(api.get(path).rows), seller.get(path).rows) == (1, []), path
    for path in (f"accounts({account})/primarycontactid", f"accounts({account})/primarycontactid/$ref"):
        assert (api.get(path).status, seller.get(path).status) == (200, 204), path
    row = seller.get(f"accounts({account})?$expand=primarycontactid", prefer='odata.include-annotations="*"').json
    assert (row["_primarycontactid_value"], row["primarycontactid"]) == (None, None)
    assert row["_primarycontactid_value@Handsel.secured"] is True
    assert contact not in seller.get(f"accounts({account})", prefer='odata.include-annotations="*"').body.decode()
    assert seller.get(f"contacts({contact})?$expand=account_primary_contact").json["account_primary_contact"] == []
    assert seller.get(f"accounts({child})").json["_parentaccountid_value"] is None
    for method, path, body in (
        ("PATCH", f"accounts({account})", bind),
        ("PATCH", f"accounts({account})", {"primarycontactid@odata.bind": None}),
        ("PUT", f"accounts({account})/primarycontactid/$ref", ref("contacts", contact)),
        ("DELETE", f"accounts({account})/primarycontactid/$ref", None),
        ("POST", f"contacts({contact})/account_primary_contact/$ref", ref("accounts", account)),
    ):
        reply = seller(method, path, body)
        assert (reply.status, reply.code) == (403, "0x8004f507"), (method, path, reply.body)
    assert api.get(f"accounts({account})").json["_primarycontactid_value"] == contact


def test_a_view_over_activities_hides_what_its_tables_hide(api: Api, seller: Api, company: dict[str, str]) -> None:
    api.made("tasks", {"subject": "Call", "description": NOTE})
    api.made("hs_securedcolumns", {"entityname": "task", "attributelogicalname": "description"})
    for path in ("tasks?$select=description", "activitypointers?$select=description", "activitypointers"):
        assert (NOTE in api.get(path).body.decode(), NOTE in seller.get(path).body.decode()) == (True, False), path
    assert seller.get(f"activitypointers?$filter=description eq '{NOTE}'").rows == []


def test_whom_one_acts_for_and_who_acts_must_both_be_allowed(api: Api, seller: Api, company: dict[str, str]) -> None:
    user = api.get("systemusers?$filter=domainname eq 'seller'").rows[0]["systemuserid"]
    path = f"accounts({company['account']})"
    reply = api.get(path, MSCRMCallerID=user)
    assert reply.status == 200, reply.body
    assert reply.json["creditlimit"] is None
    profile = api.made("fieldsecurityprofiles", {"name": "Reads"})
    permit(api, profile, "canread")
    api.post(f"systemusers({user})/systemuserprofiles_association/$ref", ref("fieldsecurityprofiles", profile))
    assert api.get(path, MSCRMCallerID=user).json["creditlimit"] == float(LIMIT)


def test_a_repeated_answer_is_not_for_who_may_not_read_it_any_more(
    api: Api, seller: Api, company: dict[str, str]
) -> None:
    user = api.get("systemusers?$filter=domainname eq 'seller'").rows[0]["systemuserid"]
    profile = api.made("fieldsecurityprofiles", {"name": "Reads"})
    permit(api, profile, "canread")
    api.post(f"systemusers({user})/systemuserprofiles_association/$ref", ref("fieldsecurityprofiles", profile))
    path, headers = f"accounts({company['account']})", {"prefer": "return=representation", "Idempotency-Key": '"k1"'}
    assert SECRET in seller("PATCH", path, {"telephone1": "1"}, headers).body.decode()
    assert SECRET in seller("PATCH", path, {"telephone1": "1"}, headers).body.decode()
    api.delete(f"systemusers({user})/systemuserprofiles_association({profile})/$ref")
    reply = seller("PATCH", path, {"telephone1": "1"}, headers)
    assert reply.status == 403
    assert not tells(text_of(reply))


def test_rules_of_duplicates_tell_nothing_of_hidden_columns(api: Api, seller: Api, company: dict[str, str]) -> None:
    rule = api.made("duplicaterules", {"name": "Limits", "baseentityname": "account", "matchingentityname": "account"})
    api.made(
        "duplicateruleconditions",
        {
            "regardingobjectid@odata.bind": f"duplicaterules({rule})",
            "baseattributename": "creditlimit",
            "matchingattributename": "creditlimit",
            "operatorcode": 0,
        },
    )
    assert api.post(f"duplicaterules({rule})/Microsoft.Dynamics.CRM.PublishDuplicateRule").status in (200, 204)
    entity = {"@odata.type": "Microsoft.Dynamics.CRM.account", "creditlimit": float(LIMIT)}
    path = f"RetrieveDuplicates(BusinessEntity=@e,MatchingEntityName=@m)?@e={quote(json.dumps(entity))}&@m='account'"
    assert len(api.get(path).rows) == 1
    assert seller.get(path).rows == []
