"""Tasks, phone calls and appointments, who takes part in them, and all activities in one list."""

import pytest

from tests.webapi.client import Api

TABLES = {
    "accounts": ("account", "Account", {"name": "A"}),
    "contacts": ("contact", "Contact", {"lastname": "C"}),
    "leads": ("lead", "Lead", {"lastname": "L"}),
    "opportunities": ("opportunity", "Opportunity", {"name": "O"}),
    "quotes": ("quote", "Quote", {"name": "Q"}),
    "salesorders": ("salesorder", "SalesOrder", {"name": "S"}),
    "invoices": ("invoice", "Invoice", {"name": "I"}),
}
KINDS = {
    "tasks": ("task", "Task"),
    "phonecalls": ("phonecall", "PhoneCall"),
    "appointments": ("appointment", "Appointment"),
}


@pytest.mark.parametrize("about", TABLES)
def test_activities_about_every_table_of_the_sales_process(api: Api, about: str) -> None:
    table, schema, values = TABLES[about]
    row = api.made(about, values)
    for path, (kind, name) in KINDS.items():
        bound = {f"regardingobjectid_{table}_{kind}@odata.bind": f"/{about}({row})"}
        made = api.made(path, {"subject": kind, **bound})
        read = api.get(f"{path}({made})?$expand=regardingobjectid_{table}_{kind}").json
        assert read["_regardingobjectid_value"] == row
        assert read[f"regardingobjectid_{table}_{kind}"][f"{table}id"] == row
        [found] = api.get(f"{about}({row})/{schema}_{name.capitalize()}s?$select=subject,activitytypecode").rows
        assert (found["activityid"], found["subject"], found["activitytypecode"]) == (made, kind, kind)
        written = {"subject": "Note", f"objectid_{kind}@odata.bind": f"/{path}({made})"}
        api.made("annotations", written)
        notes = api.get(f"{path}({made})?$expand={name}_Annotation").json[f"{name}_Annotation"]
        assert [each["subject"] for each in notes] == ["Note"]
    listed = api.get(f"{about}({row})?$expand={schema}_ActivityPointers($select=subject;$orderby=subject)").json
    assert [each["subject"] for each in listed[f"{schema}_ActivityPointers"]] == ["appointment", "phonecall", "task"]
    [account] = api.get(f"{about}?$filter={schema}_Tasks/any(t:t/subject eq 'task')").rows
    assert account[f"{table}id"] == row
    assert api.delete(f"{about}({row})").status == 204
    for path in ("activitypointers", *KINDS, "annotations"):
        assert api.get(f"{path}/$count").body == b"0"


def test_an_activity_is_made_along_with_its_row(api: Api) -> None:
    row = api.made("opportunities", {"name": "O", "Opportunity_Tasks": [{"subject": "Call back"}]})
    [task] = api.get(f"opportunities({row})/Opportunity_Tasks").rows
    assert (task["statecode"], task["statuscode"], task["prioritycode"]) == (0, 2, 1)


# State, status reason, and the state of the activity in the list of all.
STATES = [
    ("tasks", {"statecode": 1}, 1, 5, 2),
    ("tasks", {"statecode": 2}, 2, 6, 3),
    ("tasks", {"statuscode": 7}, 0, 7, 1),
    ("phonecalls", {"statecode": 1}, 1, 2, 2),
    ("phonecalls", {"statecode": 1, "statuscode": 4}, 1, 4, 2),
    ("phonecalls", {"statecode": 2}, 2, 3, 3),
    ("appointments", {"statecode": 3}, 3, 5, 4),
    ("appointments", {"statecode": 3, "statuscode": 6}, 3, 6, 4),
    ("appointments", {"statecode": 1}, 1, 3, 2),
]


@pytest.mark.parametrize(("path", "change", "state", "status", "shown"), STATES)
def test_the_states_of_activities(
    api: Api, path: str, change: dict[str, int], state: int, status: int, shown: int
) -> None:
    id = api.made(path, {"subject": "x"})
    reply = api.patch(f"{path}({id})", change)
    assert reply.status == 204, reply.body
    row = api.get(f"{path}({id})?$select=statecode,statuscode,actualend").json
    assert (row["statecode"], row["statuscode"]) == (state, status)
    assert (row["actualend"] is not None) is (state == 1)
    listed = api.get(f"activitypointers({id})?$select=statecode,statuscode").json
    assert (listed["statecode"], listed["statuscode"]) == (state, shown)
    assert api.patch(f"{path}({id})", {"statecode": 0}).status == 204
    assert api.patch(f"{path}({id})", {"statecode": 1, "statuscode": 99}).status == 400


def test_participants(api: Api) -> None:
    contact = api.made("contacts", {"lastname": "C"})
    me = api.get("WhoAmI").json["UserId"]
    parties = [
        {"partyid_contact@odata.bind": f"/contacts({contact})", "participationtypemask": 2},
        {"partyid_systemuser@odata.bind": f"/systemusers({me})", "participationtypemask": 1},
        {"addressused": "x@example.com", "participationtypemask": 3},
    ]
    call = api.made("phonecalls", {"subject": "x", "phonecall_activity_parties": parties})
    query = "$select=participationtypemask,_partyid_value,addressused&$orderby=participationtypemask"
    rows = api.get(f"phonecalls({call})/phonecall_activity_parties?{query}").rows
    assert [(row["participationtypemask"], row["_partyid_value"]) for row in rows] == [(1, me), (2, contact), (3, None)]
    listed = api.get(f"activitypointers({call})?$expand=activitypointer_activity_parties").json
    assert len(listed["activitypointer_activity_parties"]) == 3
    of = f"activitypointer_activity_parties/any(p:p/_partyid_value eq {contact})"
    assert [row["activityid"] for row in api.get(f"activitypointers?$filter={of}").rows] == [call]
    pointed = {"activityid_activitypointer@odata.bind": f"/activitypointers({call})", "participationtypemask": 4}
    added = api.made("activityparties", {**pointed, "partyid_contact@odata.bind": f"/contacts({contact})"})
    row = api.get(f"activityparties({added})?$expand=activityid_phonecall($select=subject)").json
    assert row["activityid_phonecall"]["subject"] == "x"
    assert api.delete(f"contacts({contact})").status == 204  # a participant who is gone is no longer named
    assert api.get(f"activityparties({added})").json["_partyid_value"] is None
    assert api.delete(f"phonecalls({call})").status == 204
    assert api.get("activityparties/$count").body == b"0"


def test_close_activities_are_in_the_list(api: Api) -> None:
    opportunity = api.made("opportunities", {"name": "O"})
    close = {"subject": "Gone", "opportunityid@odata.bind": f"/opportunities({opportunity})"}
    assert api.post("LoseOpportunity", {"Status": 4, "OpportunityClose": close}).status == 204
    query = "$select=subject,activitytypecode,statecode,_ownerid_value&$filter=activitytypecode eq 'opportunityclose'"
    [row] = api.get(f"activitypointers?{query}").rows
    assert (row["subject"], row["statecode"]) == ("Gone", 1)
    [same] = api.get(f"opportunities({opportunity})/Opportunity_ActivityPointers").rows
    assert same["activityid"] == row["activityid"]


def test_the_list_of_all_is_asked_like_a_table(api: Api) -> None:
    account = api.made("accounts", {"name": "A"})
    about = {"regardingobjectid_account_task@odata.bind": f"/accounts({account})"}
    for number in range(5):
        api.made("tasks", {"subject": f"T{number}", "prioritycode": number % 3, **about})
    api.made("appointments", {"subject": "Meet", "scheduledstart": "2026-05-01T08:00:00Z"})
    first = api.get("activitypointers?$select=subject&$orderby=subject", Prefer="odata.maxpagesize=4")
    assert [row["subject"] for row in first.rows] == ["Meet", "T0", "T1", "T2"]
    rest = api.get(first.json["@odata.nextLink"].removeprefix("http://sales.example/api/data/v9.2/"))
    assert [row["subject"] for row in rest.rows] == ["T3", "T4"]
    query = "$apply=groupby((activitytypecode),aggregate($count as n))"
    assert {(row["activitytypecode"], row["n"]) for row in api.get(f"activitypointers?{query}").rows} == {
        ("task", 5),
        ("appointment", 1),
    }
    xml = (
        '<fetch><entity name="activitypointer"><attribute name="subject"/><filter><condition attribute="prioritycode" '
        'operator="eq" value="2"/></filter><link-entity name="account" from="accountid" to="regardingobjectid">'
        '<attribute name="name" alias="about"/></link-entity></entity></fetch>'
    )
    assert [(row["subject"], row["about"]) for row in api.get(f"activitypointers?fetchXml={xml}").rows] == [("T2", "A")]
    of = "regardingobjectid_account/name eq 'A'"
    assert api.get(f"activitypointers?$filter={of}&$count=true").json["@odata.count"] == 5


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("PATCH", "({id})"), ("DELETE", "({id})")])
def test_the_list_of_all_is_only_read(api: Api, method: str, path: str) -> None:
    id = api.made("tasks", {"subject": "T"})
    reply = api(method, f"activitypointers{path.format(id=id)}", {"subject": "x"} if method != "DELETE" else None)
    assert (reply.status, reply.code) == (400, "0x80040265")
    assert "in their own tables" in reply.message
    reply = api.get("activitypointers", Prefer="odata.track-changes")
    assert reply.status == 400
    assert "task" in reply.message


def test_what_the_metadata_tell(one_api: Api) -> None:
    names = ["task", "phonecall", "appointment", "activitypointer", "activityparty"]
    query = "$select=LogicalName,IsActivity,HasNotes,ChangeTrackingEnabled"
    rows = {row["LogicalName"]: row for row in one_api.get(f"EntityDefinitions?{query}").rows}
    assert [rows[name]["IsActivity"] for name in names] == [True, True, True, True, False]
    assert [rows[name]["ChangeTrackingEnabled"] for name in names] == [True, True, True, False, True]
    told = {row["SchemaName"]: row for row in one_api.get("RelationshipDefinitions").rows}
    for name in ("Account_Tasks", "Quote_Appointments", "Opportunity_ActivityPointers", "Task_Annotation"):
        assert told[name]["CascadeConfiguration"]["Delete"] == "Cascade"
        assert told[name]["CascadeConfiguration"]["Assign"] == "Cascade"
    refused = one_api.post(
        "EntityDefinitions(LogicalName='activitypointer')/Attributes",
        {"@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName": "new_Place"},
    )
    assert refused.status == 400
    assert "task" in refused.message
    key = {"SchemaName": "new_Key", "KeyAttributes": ["subject"]}
    refused = one_api.post("EntityDefinitions(LogicalName='activitypointer')/Keys", key)
    assert refused.status == 400
    assert "task" in refused.message


def test_columns_of_the_pipeline(api: Api) -> None:
    deal = api.made("opportunities", {"name": "O", "stepname": "2-Develop"})
    query = "$select=stepname,msdyn_forecastcategory"
    row = api.get(f"opportunities({deal})?{query}", Prefer='odata.include-annotations="*"').json
    assert (row["stepname"], row["msdyn_forecastcategory"]) == ("2-Develop", 100000001)
    assert row["msdyn_forecastcategory@OData.Community.Display.V1.FormattedValue"] == "Pipeline"
    assert api.patch(f"opportunities({deal})", {"msdyn_forecastcategory": 100000003}).status == 204


# What is left out, and labels as rows


def test_columns_that_are_left_out_are_null(api: Api) -> None:
    account = api.made("accounts", {"name": "A"})
    for path in (f"accounts({account})", "accounts", f"accounts({account})?$expand=primarycontactid($select=slaid)"):
        mark = "&" if "?" in path else "?"
        row = api.get(f"{path}{mark}$select=name,_slaid_value,processid,timezoneruleversionnumber").json
        row = row["value"][0] if "value" in row else row
        assert (row["name"], row["accountid"]) == ("A", account)
        assert [row[name] for name in ("_slaid_value", "processid", "timezoneruleversionnumber")] == [None] * 3
    contact = api.made("contacts", {"lastname": "C", "parentcustomerid_account@odata.bind": f"/accounts({account})"})
    query = "$select=name&$expand=contact_customer_accounts($select=lastname,slaid)"
    [below] = api.get(f"accounts({account})?{query}").json["contact_customer_accounts"]
    assert (below["contactid"], below["lastname"], below["slaid"]) == (contact, "C", None)
    xml = '<fetch><entity name="account"><attribute name="name"/><attribute name="slaid"/></entity></fetch>'
    assert [row["name"] for row in api.get(f"accounts?fetchXml={xml}").rows] == ["A"]
    assert api.get("accounts?$select=name,nosuch").status == 400
    assert api.get("accounts?$select=name&$filter=processid eq null").status == 400
    assert api.get("quotedetails?$select=slaid").status == 400  # not a column of lines


def labels(api: Api, table: str, column: str) -> list[tuple[int, str]]:
    query = f"$filter=objecttypecode eq '{table}' and attributename eq '{column}'&$orderby=displayorder"
    rows = api.get(f"stringmaps?$select=attributevalue,value,langid&{query}").rows
    assert {row["langid"] for row in rows} <= {1033}
    return [(row["attributevalue"], row["value"]) for row in rows]


def test_labels_are_rows(api: Api) -> None:
    assert labels(api, "opportunity", "statecode") == [(0, "Open"), (1, "Won"), (2, "Lost")]
    assert labels(api, "account", "creditonhold") == [(0, "No"), (1, "Yes")]
    assert labels(api, "account", "name") == []
    body = {
        "@odata.type": "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
        "SchemaName": "new_Size",
        "OptionSet": {
            "Options": [
                {"Value": 7, "Label": {"LocalizedLabels": [{"Label": "Small", "LanguageCode": 1033}]}},
                {"Value": 3, "Label": {"LocalizedLabels": [{"Label": "Large", "LanguageCode": 1033}]}},
            ]
        },
    }
    assert api.post("EntityDefinitions(LogicalName='account')/Attributes", body).status == 204
    assert labels(api, "account", "new_size") == [(7, "Small"), (3, "Large")]
    path = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='new_size')"
    assert api.delete(path).status == 204
    assert labels(api, "account", "new_size") == []
    [row] = api.get("stringmaps?$top=1").rows
    for reply in (
        api.post("stringmaps", {"value": "x"}),
        api.patch(f"stringmaps({row['stringmapid']})", {"value": "x"}),
        api.delete(f"stringmaps({row['stringmapid']})"),
    ):
        assert (reply.status, reply.code) == (400, "0x80040265")
        assert "Change the column's definition" in reply.message
