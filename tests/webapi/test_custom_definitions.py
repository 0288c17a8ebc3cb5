"""Custom columns and keys as Dynamics' tools write them, and rows that use them (Web API 4, 10, 11)."""

from typing import Any

import pytest

from tests.webapi.client import ROOT, Api, Reply

CRM = "Microsoft.Dynamics.CRM"
TABLE = "EntityDefinitions(LogicalName='account')"


def label(text: str) -> dict[str, Any]:
    return {"LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]}


def text_of(found: dict[str, Any]) -> str:
    return str(found["UserLocalizedLabel"]["Label"])


def add(api: Api, kind: str, name: str = "new_Code", **properties: Any) -> str:
    body = {"@odata.type": f"{CRM}.{kind}AttributeMetadata", "SchemaName": name, "DisplayName": label("Code")}
    reply = api.post(f"{TABLE}/Attributes", {**body, "RequiredLevel": {"Value": "None"}, **properties})
    assert reply.status == 204, reply.body
    return reply.id


def column(api: Api, name: str = "new_code") -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{TABLE}/Attributes(LogicalName='{name}')").json
    return found


def add_key(api: Api, *columns: str, name: str = "new_CodeKey") -> str:
    reply = api.post(f"{TABLE}/Keys", {"SchemaName": name, "KeyAttributes": list(columns), "DisplayName": label("K")})
    assert reply.status == 204, reply.body
    return reply.id


# Columns


def test_a_name_that_is_taken(one_api: Api) -> None:
    add(one_api, "String")
    body = {"@odata.type": f"{CRM}.StringAttributeMetadata", "SchemaName": "new_Code", "DisplayName": label("Code")}
    reply = one_api.post(f"{TABLE}/Attributes", body)
    assert (reply.status, reply.code) == (400, "0x80040265")


@pytest.mark.parametrize("by", ["LogicalName='new_code'", "{id}"])
def test_a_changed_column(api: Api, by: str) -> None:
    id = add(api, "String", MaxLength=20, FormatName={"Value": "Email"}, Description=label("What it is"))
    before = column(api)
    assert (before["MaxLength"], before["FormatName"]["Value"], before["Format"]) == (20, "Email", "Email")
    assert text_of(before["Description"]) == "What it is"
    path = f"{TABLE}/Attributes({by.format(id=id)})"
    body = {"@odata.type": f"{CRM}.StringAttributeMetadata", "MetadataId": id, "SchemaName": "new_Code"}
    changed = {"DisplayName": label("Number"), "MaxLength": 30, "RequiredLevel": {"Value": "ApplicationRequired"}}
    reply = api("PUT", path, {**body, **changed}, {"MSCRM.MergeLabels": "true"})
    assert reply.status == 204, reply.body
    after = column(api)
    assert text_of(after["DisplayName"]) == "Number"
    assert text_of(after["Description"]) == "What it is"
    assert (after["MaxLength"], after["RequiredLevel"]["Value"]) == (30, "ApplicationRequired")
    assert after["MetadataId"] == id == before["MetadataId"]
    assert api.post("accounts", {"name": "A", "new_code": "x" * 30}).status == 204
    assert api.post("accounts", {"name": "A", "new_code": "x" * 31}).code == "0x80044331"


def test_limits_of_numbers_change(api: Api) -> None:
    add(api, "Integer", MinValue=0, MaxValue=5)
    path = f"{TABLE}/Attributes(LogicalName='new_code')"
    assert api("PUT", path, {"@odata.type": f"{CRM}.IntegerAttributeMetadata", "MaxValue": 9}).status == 204
    assert api.post("accounts", {"name": "A", "new_code": 9}).status == 204
    assert api.post("accounts", {"name": "A", "new_code": 10}).code == "0x80044330"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"@odata.type": f"{CRM}.IntegerAttributeMetadata"}, "stays one"),
        ({"SchemaName": "new_Other"}, "keeps its name"),
        ({"MaxLength": 3}, "holds a text of 4 characters"),
        ({"MaxLength": 0}, "max_length"),
        ({"RequiredLevel": {"Value": "Sometimes"}}, "Sometimes"),
    ],
)
def test_changes_that_cannot_be(api: Api, body: dict[str, Any], said: str) -> None:
    add(api, "String")
    api.made("accounts", {"name": "A", "new_code": "four"})
    reply = api("PUT", f"{TABLE}/Attributes(LogicalName='new_code')", body)
    assert reply.status == 400, reply.body
    assert said in reply.message


def test_a_removed_column_takes_its_values_along(api: Api) -> None:
    add(api, "String")
    account = api.made("accounts", {"name": "A", "new_code": "old"})
    path = f"{TABLE}/Attributes(LogicalName='new_code')"
    assert api.delete(path).status == 204
    assert api.get(path).status == 404
    assert "new_code" not in api.get(f"accounts({account})").json
    assert api.get("accounts?$select=new_code").status == 400
    add(api, "Integer")
    assert api.get(f"accounts({account})?$select=new_code").json["new_code"] is None
    assert api.patch(f"accounts({account})", {"new_code": 7}).status == 204
    assert api.get("accounts?$filter=new_code eq 7").rows[0]["new_code"] == 7


def test_a_column_that_something_needs_stays(api: Api) -> None:
    add(api, "String")
    key = add_key(api, "new_code")
    path = f"{TABLE}/Attributes(LogicalName='new_code')"
    reply = api.delete(path)
    assert (reply.status, reply.code) == (405, "0x80040227")
    assert "new_CodeKey" in reply.message
    assert api.delete(f"{TABLE}/Keys({key})").status == 204
    assert api.delete(path).status == 204


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", f"{TABLE}/Attributes(LogicalName='name')", 400),
        ("DELETE", f"{TABLE}/Attributes(LogicalName='name')", 400),
        ("DELETE", f"{TABLE}/Attributes(LogicalName='nosuch')", 404),
        ("DELETE", "EntityDefinitions(LogicalName='quote')/Keys(LogicalName='quotequotenumberrevisionnumberkey')", 400),
        ("DELETE", f"{TABLE}/Keys(LogicalName='nosuch')", 404),
        ("DELETE", "RelationshipDefinitions(SchemaName='contact_customer_accounts')", 400),
        ("PATCH", f"{TABLE}/Attributes(LogicalName='name')", 405),
        ("POST", "EntityDefinitions", 501),
        ("DELETE", TABLE, 501),
        ("PUT", TABLE, 501),
        ("POST", "GlobalOptionSetDefinitions", 501),
        ("POST", f"{TABLE}/ManyToManyRelationships", 405),
    ],
)
def test_definitions_that_stay_as_they_are(one_api: Api, method: str, path: str, status: int) -> None:
    reply = one_api(method, path, {"SchemaName": "new_X"})
    assert reply.status == status, reply.body
    assert reply.message.endswith(".")


@pytest.mark.parametrize("kind", ["Double", "File", "Image", "BigInt", "MultiSelectPicklist"])
def test_kinds_that_custom_columns_lack(one_api: Api, kind: str) -> None:
    body = {"@odata.type": f"{CRM}.{kind}AttributeMetadata", "SchemaName": "new_Code"}
    reply = one_api.post(f"{TABLE}/Attributes", body)
    assert reply.status == 501
    assert f"{kind}AttributeMetadata" in reply.message


@pytest.mark.parametrize(
    ("behavior", "given", "shown"),
    [
        ("UserLocal", "2026-01-31T12:30:00+01:00", "2026-01-31T11:30:00Z"),
        ("TimeZoneIndependent", "2026-01-31T12:30:15Z", "2026-01-31T12:30:15Z"),
        ("DateOnly", "2026-01-31", "2026-01-31"),
    ],
)
def test_dates_and_moments(api: Api, behavior: str, given: str, shown: str) -> None:
    add(api, "DateTime", Format="DateAndTime", DateTimeBehavior={"Value": behavior})
    account = api.made("accounts", {"name": "A", "new_code": given})
    other = "2026-02-01T00:00:00Z" if behavior != "DateOnly" else "2026-02-01"
    api.made("accounts", {"name": "B", "new_code": other})
    assert column(api)["DateTimeBehavior"]["Value"] == behavior
    assert api.get(f"accounts({account})").json["new_code"] == shown
    for query in (f"new_code eq {shown}", f"new_code lt {other}", "startswith(name,'A') and new_code ne null"):
        assert [row["name"] for row in api.get(f"accounts?$filter={query}").rows] == ["A"]
    function = f"{CRM}.OnOrAfter(PropertyName='new_code',PropertyValue='2026-02-01')"
    assert [row["name"] for row in api.get(f"accounts?$filter={function}").rows] == ["B"]
    assert [row["name"] for row in api.get("accounts?$orderby=new_code desc").rows] == ["B", "A"]
    xml = api.get("$metadata").body.decode()
    assert f'Name="new_code" Type="Edm.{"Date" if behavior == "DateOnly" else "DateTimeOffset"}"' in xml


def test_a_lookup_and_its_relationship(api: Api) -> None:
    body = {
        "@odata.type": f"{CRM}.OneToManyRelationshipMetadata",
        "SchemaName": "new_contact_account",
        "ReferencedEntity": "contact",
        "ReferencedAttribute": "contactid",
        "ReferencingEntity": "account",
        "CascadeConfiguration": {"Assign": "NoCascade", "Delete": "RemoveLink"},
        "Lookup": {"@odata.type": f"{CRM}.LookupAttributeMetadata", "SchemaName": "new_Agent"},
    }
    reply = api.post("RelationshipDefinitions", body)
    assert reply.status == 204, reply.body
    [found] = api.get("RelationshipDefinitions?$filter=SchemaName eq 'new_contact_account'").rows
    assert found["MetadataId"] == reply.id
    assert (found["ReferencingEntity"], found["ReferencingAttribute"]) == ("account", "new_agent")
    contact = api.made("contacts", {"lastname": "Meier"})
    account = api.made("accounts", {"name": "A", "new_Agent@odata.bind": f"/contacts({contact})"})
    row = api.get(f"accounts({account})?$select=_new_agent_value&$expand=new_Agent($select=lastname)").json
    assert (row["_new_agent_value"], row["new_Agent"]["lastname"]) == (contact, "Meier")
    assert api.delete(f"RelationshipDefinitions({reply.id})").status == 204
    assert api.get(f"{TABLE}/Attributes(LogicalName='new_agent')").status == 404


def relate(api: Api, column: str, name: str = "new_contact_account") -> Reply:
    """Add a lookup from contact to account, with the name of the relationship."""
    return api.post(
        "RelationshipDefinitions",
        {
            "@odata.type": f"{CRM}.OneToManyRelationshipMetadata",
            "SchemaName": name,
            "ReferencedEntity": "account",
            "ReferencingEntity": "contact",
            "Lookup": {"@odata.type": f"{CRM}.LookupAttributeMetadata", "SchemaName": column},
        },
    )


def test_the_collection_of_a_custom_lookup(api: Api) -> None:
    reply = relate(api, "new_Agency")
    assert reply.status == 204, reply.body
    navigation = "new_contact_account"
    [found] = api.get(f"RelationshipDefinitions?$filter=SchemaName eq '{navigation}'").rows
    assert found["ReferencedEntityNavigationPropertyName"] == navigation
    declared = f'<NavigationProperty Name="{navigation}" Type="Collection(mscrm.contact)" Partner="new_Agency"'
    assert declared in api.get("$metadata").body.decode()
    account = api.made("accounts", {"name": "A", navigation: [{"lastname": "One"}, {"lastname": "Two"}]})
    assert api.post(f"accounts({account})/{navigation}", {"lastname": "Three"}).status == 204
    api.made("accounts", {"name": "B"})
    assert [row["name"] for row in api.get(f"accounts?$filter={navigation}/any()").rows] == ["A"]
    assert [row["name"] for row in api.get(f"accounts?$filter={navigation}/any(c:c/lastname eq 'Four')").rows] == []
    for top in ("", ";$top=2"):
        query = f"$select=name&$orderby=name&$expand={navigation}($select=lastname;$orderby=lastname{top})"
        rows = api.get(f"accounts?{query}").rows
        listed = [[each["lastname"] for each in row[navigation]] for row in rows]
        assert listed == [["One", "Three", "Two"][: 2 if top else 3], []]
    three = api.get(f"accounts({account})/{navigation}?$filter=lastname eq 'Three'").rows[0]["contactid"]
    assert api.delete(f"accounts({account})/{navigation}({three})/$ref").status == 204
    assert api.get(f"accounts({account})/{navigation}/$count").body == b"2"
    body = {"@odata.id": f"contacts({three})"}
    assert api.post(f"accounts({account})/{navigation}/$ref", body).status == 204
    assert api.get(f"accounts({account})/{navigation}/$count").body == b"3"
    assert api.delete(f"RelationshipDefinitions({found['MetadataId']})").status == 204
    assert api.get(f"accounts?$filter={navigation}/any()").status == 400


@pytest.mark.parametrize("name", ["new_first", "contact_customer_accounts", "primarycontactid", "new x"])
def test_names_of_collections(one_api: Api, name: str) -> None:
    assert relate(one_api, "new_first", "new_first").status == 204
    reply = relate(one_api, "new_second", name)
    assert reply.status == 400, reply.body
    assert name in reply.message


# Keys


def test_a_custom_key_addresses_rows(api: Api) -> None:
    add(api, "String")
    id = add_key(api, "new_code")
    [key] = [each for each in api.get(f"{TABLE}/Keys").rows if each["SchemaName"] == "new_CodeKey"]
    assert (key["MetadataId"], key["KeyAttributes"], key["EntityKeyIndexStatus"]) == (id, ["new_code"], "Active")
    account = api.made("accounts", {"name": "A", "new_code": "a-1"})
    assert api.get("accounts(new_code='a-1')").json["accountid"] == account
    reply = api.get("accounts(new_code='a-2')")
    assert (reply.status, reply.code) == (404, "0x80060891")
    assert "a-2" in reply.message
    assert api.patch("accounts(new_code='a-1')", {"name": "AA"}).status == 204
    assert api.get(f"accounts({account})").json["name"] == "AA"
    made = api.patch("accounts(new_code='a-3')", {"name": "C"}, Prefer="return=representation")
    assert (made.status, made.json["new_code"]) == (201, "a-3")
    contact = api.made(
        "contacts", {"lastname": "L", "parentcustomerid_account@odata.bind": "/accounts(new_code='a-3')"}
    )
    assert api.get(f"contacts({contact})").json["_parentcustomerid_value"] == made.json["accountid"]
    target = {"@odata.type": f"{CRM}.account", "@odata.id": "accounts(new_code='a-1')", "name": "AAA"}
    assert api.post(f"accounts/{CRM}.UpsertMultiple", {"Targets": [target]}).status == 204
    assert api.get(f"accounts({account})").json["name"] == "AAA"
    assert api.delete("accounts(new_code='a-1')", If_Match="*").status == 204


def test_a_custom_key_lets_each_combination_in_once(api: Api) -> None:
    """Of declared and custom columns of several kinds; a missing value is no duplicate."""
    add(api, "Integer")
    add_key(api, "new_code", "accountnumber")
    first = api.made("accounts", {"name": "A", "new_code": 1, "accountnumber": "x"})
    api.made("accounts", {"name": "B", "new_code": 2, "accountnumber": "x"})
    for _ in range(2):
        api.made("accounts", {"name": "C", "new_code": 1})
    reply = api.post("accounts", {"name": "D", "new_code": 1, "accountnumber": "x"})
    assert (reply.status, reply.code) == (412, "0x80060892")
    assert "account: a row with the same new_code and accountnumber exists already" in reply.message
    reply = api.patch("accounts(new_code=2,accountnumber='x')", {"new_code": 1})
    assert (reply.status, reply.code) == (412, "0x80060892")
    assert api.get("accounts(accountnumber='x',new_code=1)").json["accountid"] == first


@pytest.mark.parametrize(
    ("kind", "more", "value", "literal"),
    [
        ("Picklist", {"OptionSet": {"Options": [{"Value": 7, "Label": label("Hot")}]}}, 7, "7"),
        ("DateTime", {"Format": "DateOnly"}, "2026-01-31", "2026-01-31"),
        ("DateTime", {"Format": "DateAndTime"}, "2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
    ],
)
def test_keys_of_other_kinds(api: Api, kind: str, more: dict[str, Any], value: Any, literal: str) -> None:
    add(api, kind, **more)
    add_key(api, "new_code")
    account = api.made("accounts", {"name": "A", "new_code": value})
    assert api.get(f"accounts(new_code={literal})").json["accountid"] == account
    assert api.post("accounts", {"name": "B", "new_code": value}).code == "0x80060892"


def test_a_key_with_a_lookup(api: Api) -> None:
    contact = api.made("contacts", {"lastname": "L"})
    account = api.made("accounts", {"name": "A", "primarycontactid@odata.bind": f"/contacts({contact})"})
    add_key(api, "primarycontactid", "name")
    found = api.get(f"accounts(_primarycontactid_value={contact},name='A')").json
    assert found["accountid"] == account


def test_a_key_that_rows_stand_against(api: Api) -> None:
    add(api, "String")
    for name in ("A", "B"):
        api.made("accounts", {"name": name, "new_code": "same"})
    reply = api.post(f"{TABLE}/Keys", {"SchemaName": "new_CodeKey", "KeyAttributes": ["new_code"]})
    assert (reply.status, reply.code) == (412, "0x80060892")
    assert "same" in reply.message
    assert api.get("accounts(new_code='same')").status == 400


def test_a_removed_key_binds_nobody(api: Api) -> None:
    add(api, "String")
    key = add_key(api, "new_code")
    api.made("accounts", {"name": "A", "new_code": "x"})
    assert api.delete(f"{TABLE}/Keys({key})").status == 204
    api.made("accounts", {"name": "B", "new_code": "x"})
    reply = api.get("accounts(new_code='x')")
    assert (reply.status, reply.code) == (400, "0x80040203")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["nosuch"], "nosuch"),
        (["description"], "description"),
        (["customertypecode", "customertypecode"], "each once"),
        (["ownerid"], "ownerid"),
        (["revenue"], "revenue"),
        ([], "columns"),
        ("name", "KeyAttributes"),
        (["name", "websiteurl", "emailaddress1", "emailaddress2"], "characters"),
    ],
)
def test_columns_that_are_in_no_key(one_api: Api, columns: Any, said: str) -> None:
    reply = one_api.post(f"{TABLE}/Keys", {"SchemaName": "new_CodeKey", "KeyAttributes": columns})
    assert reply.status == 400, reply.body
    assert said in reply.message


def test_names_of_keys(one_api: Api) -> None:
    add_key(one_api, "accountnumber")
    for name, columns, status in (
        ("new_CodeKey", ["name"], 400),
        ("new_Other", ["accountnumber"], 400),
        ("Other", ["name"], 400),
    ):
        reply = one_api.post(f"{TABLE}/Keys", {"SchemaName": name, "KeyAttributes": columns})
        assert reply.status == status, reply.body


def test_definitions_in_a_change_set(api: Api) -> None:
    """The definitions added by a failed change set are forgotten, and later ones are not mistaken for them."""

    def posting(path: str, body: str) -> str:
        head = "--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n"
        return f"{head}POST {path} HTTP/1.1\nContent-Type: application/json\n\n{body}\n"

    def change_set(*parts: str) -> str:
        return f"--b\nContent-Type: multipart/mixed; boundary=c\n\n{''.join(parts)}--c--\n--b--\n"

    kind = f'"@odata.type":"{CRM}.StringAttributeMetadata"'
    added = posting(f"{TABLE}/Attributes", f'{{{kind},"SchemaName":"new_Code"}}')
    reply = api.batch(change_set(added, posting("accounts", '{"name":"A","new_code":"x","nonsense":1}')))
    assert reply.status == 400
    assert b"nonsense" in reply.body
    assert api.get("accounts?$select=new_code").status == 400
    add(api, "Integer", "new_Number")
    assert api.get("accounts?$select=new_code").status == 400
    assert api.get("accounts?$select=new_number").status == 200
    reply = api.batch(change_set(added, posting("accounts", '{"name":"A","new_code":"x"}')))
    assert reply.status == 200, reply.body
    assert api.get("accounts?$select=new_code").rows[0]["new_code"] == "x"
    key = posting(f"{TABLE}/Keys", '{"SchemaName":"new_K","KeyAttributes":["new_code"]}')
    reply = api.batch(change_set(posting("accounts", '{"name":"B","new_code":"y"}'), key))
    assert reply.status in (200, 400)  # PostgreSQL builds no index over rows that wait for their checks
    assert b"HTTP/1.1 500" not in reply.body


def test_the_document_names_custom_keys(one_api: Api) -> None:
    add(one_api, "String")
    add_key(one_api, "new_code")
    assert 'String="new_code"' in one_api.get("$metadata?annotations=true").body.decode()


def test_where_what_was_added_is_found(one_api: Api) -> None:
    body = {"@odata.type": f"{CRM}.StringAttributeMetadata", "SchemaName": "new_Code"}
    reply = one_api.post(f"{TABLE}/Attributes", body)
    assert one_api.get(reply.headers["OData-EntityId"].removeprefix(ROOT)).json["LogicalName"] == "new_code"
    reply = one_api.post(f"{TABLE}/Keys", {"SchemaName": "new_K", "KeyAttributes": ["new_code"]})
    assert one_api.get(reply.headers["OData-EntityId"].removeprefix(ROOT)).json["LogicalName"] == "new_k"
