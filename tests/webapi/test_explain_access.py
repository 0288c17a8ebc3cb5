"""ExplainAccess and RetrieveAccessHolders: functions of ours that say why, over HTTP (security 12)."""

import json

from tests.webapi.client import Api


def reference(path: str) -> str:
    return json.dumps({"@odata.id": path})


def test_a_right_on_a_row_is_explained(api: Api) -> None:
    id = api.made("accounts", {"name": "Acme"})
    found = api.get(f"ExplainAccess(Asked=@a,Target=@t)?@a='Write'&@t={reference(f'accounts({id})')}").json
    assert found["@odata.context"].endswith("$metadata#Microsoft.Dynamics.CRM.ExplainAccessResponse")
    assert (found["User"], found["IsAllowed"], found["Missing"], found["Cure"]) == ("admin", True, [], [])
    assert found["Sentence"] == "User admin may change Account 'Acme': as System Administrator they may do everything."
    assert [(each["Kind"], each["Right"], each["IsPassed"]) for each in found["Checks"]] == [
        ("user", "", True),
        ("privilege", "Read", True),
        ("privilege", "Write", True),
        ("role", "Read", True),
        ("role", "Write", True),
    ]


def test_a_right_on_a_table_of_another_user(api: Api) -> None:
    user = api.made("systemusers", {"firstname": "A", "lastname": "B", "domainname": "anna"})
    query = f"@p={reference(f'systemusers({user})')}"
    found = api.get(f"ExplainAccess(Asked='Create',Table='quote',Principal=@p)?{query}").json
    assert (found["User"], found["UserId"]) == ("anna", user)
    api.patch(f"systemusers({user})", {"isdisabled": True})
    found = api.get(f"ExplainAccess(Asked='Create',Table='quote',Principal=@p)?{query}").json
    assert (found["IsAllowed"], found["Sentence"]) == (
        False,
        "User anna may not create quotes: the user is disabled.",
    )


def test_who_has_a_right_on_a_row(api: Api) -> None:
    id = api.made("accounts", {"name": "Acme"})
    found = api.get(f"RetrieveAccessHolders(Target=@t,Right='Delete')?@t={reference(f'accounts({id})')}").json
    assert [(each["User"], each["Reason"]) for each in found["value"]] == [
        ("admin", "as System Administrator they may do everything")
    ]


def test_what_cannot_be_answered_is_refused(api: Api) -> None:
    gone = reference("accounts(00000000-0000-7000-8000-000000000000)")
    for call, status, words in (
        (f"ExplainAccess(Asked='Read',Target=@t)?@t={gone}", 404, "Does Not Exist"),
        ("ExplainAccess(Asked='Fly',Table='quote')", 400, "neither a right"),
        ("ExplainAccess(Asked='Read')", 400, "Read of what?"),
        (f"RetrieveAccessHolders(Target=@t,Right='Create')?@t={gone}", 400, "no right on a row"),
    ):
        reply = api.get(call)
        assert (reply.status, words in reply.message) == (status, True), (call, reply.body)
