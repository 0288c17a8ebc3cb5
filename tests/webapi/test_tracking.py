"""Change tracking over HTTP: first reads, delta links, deletions, pages, and what is refused (Web API 5)."""

import re
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handsel
from tests.webapi.client import ROOT, Api, Reply

TRACK = "odata.track-changes"


class Replica:
    """A copy of a table that follows delta links."""

    def __init__(self, api: Api, path: str, page_size: int | None = None) -> None:
        self.api = api
        self.rows: dict[str, dict[str, Any]] = {}
        self.sent: list[str] = []
        self.pages = 0
        self.prefer = {} if page_size is None else {"prefer": f"odata.maxpagesize={page_size}"}
        self.link = ROOT + path
        self._follow({"prefer": "; ".join([TRACK, *self.prefer.values()])})

    def sync(self) -> list[str]:
        """Apply the changes; returns the ids that were sent, in order."""
        self._follow(self.prefer)
        return self.sent

    def _follow(self, headers: dict[str, str]) -> None:
        self.sent, self.pages = [], 0
        address = self.link
        while True:
            reply = self.api("GET", address.removeprefix(ROOT), headers=headers)
            assert reply.status == 200, reply.body
            self.pages += 1
            for row in reply.rows:
                self._take(row)
            if "@odata.nextLink" not in reply.json:
                self.link = reply.json["@odata.deltaLink"]
                return
            assert "@odata.deltaLink" not in reply.json
            address, headers = reply.json["@odata.nextLink"], self.prefer

    def _take(self, row: dict[str, Any]) -> None:
        if row.get("reason") == "deleted":
            self.sent.append(row["id"])
            self.rows.pop(row["id"], None)
            return
        (id,) = (value for name, value in row.items() if name in ("contactid", "quotedetailid", "accountid"))
        self.sent.append(id)
        self.rows[id] = row


def first(api: Api, path: str, prefer: str = TRACK) -> Reply:
    reply = api.get(path, prefer=prefer)
    assert reply.status == 200, reply.body
    return reply


def delta_link(reply: Reply) -> str:
    link: str = reply.json["@odata.deltaLink"]
    assert link.startswith(ROOT)
    return link.removeprefix(ROOT)


def token_of(link: str) -> str:
    found = re.search(r"\$deltatoken=([^&]+)", link)
    assert found is not None
    return found[1]


def test_what_changed_since(api: Api) -> None:
    kept, changed, gone = (api.made("contacts", {"lastname": name}) for name in ("Kept", "Old", "Gone"))
    whole = first(api, "contacts?$select=lastname")
    assert whole.headers["Preference-Applied"] == TRACK
    assert whole.json["@odata.context"] == f"{ROOT}$metadata#contacts(lastname)"
    assert {row["contactid"] for row in whole.rows} == {kept, changed, gone}
    link = delta_link(whole)
    assert "$select=lastname&$deltatoken=" in link

    empty = api.get(link)
    assert empty.json["@odata.context"] == f"{ROOT}$metadata#contacts(lastname)/$delta"
    assert empty.rows == []
    assert "Preference-Applied" not in empty.headers

    api.patch(f"contacts({changed})", {"lastname": "New"})
    added = api.made("contacts", {"lastname": "Added"})
    assert api.delete(f"contacts({gone})").status == 204
    delta = api.get(link)
    etags = {id: api.get(f"contacts({id})").headers["ETag"] for id in (changed, added)}
    assert delta.rows == [
        {"@odata.etag": etags[changed], "lastname": "New", "contactid": changed},
        {"@odata.etag": etags[added], "lastname": "Added", "contactid": added},
        {"@odata.context": f"{ROOT}$metadata#contacts/$deletedEntity", "id": gone, "reason": "deleted"},
    ]
    assert api.get(delta_link(delta)).rows == []
    # The same link gives the same changes again.
    assert api.get(link).rows == delta.rows


def test_a_row_that_came_and_went_between_two_rounds_is_sent_as_deleted(api: Api) -> None:
    link = delta_link(first(api, "contacts?$select=lastname"))
    id = api.made("contacts", {"lastname": "Brief"})
    api.delete(f"contacts({id})")
    assert [(row["id"], row["reason"]) for row in api.get(link).rows] == [(id, "deleted")]


def test_a_row_that_was_deleted_and_came_back_is_sent_as_a_row(api: Api) -> None:
    id = api.made("contacts", {"lastname": "First"})
    link = delta_link(first(api, "contacts?$select=lastname"))
    api.delete(f"contacts({id})")
    assert api.patch(f"contacts({id})", {"lastname": "Second"}).status == 204
    assert [row["lastname"] for row in api.get(link).rows] == ["Second"]


def test_only_the_last_page_has_a_delta_link(api: Api) -> None:
    names = [f"Contact {number}" for number in range(5)]
    ids = [api.made("contacts", {"lastname": name}) for name in names]
    page = first(api, "contacts?$select=lastname", f'{TRACK},odata.maxpagesize="2"')
    assert page.headers["Preference-Applied"] == f"odata.maxpagesize=2, {TRACK}"
    assert "@odata.deltaLink" not in page.json
    replica = Replica(api, "contacts?$select=lastname", page_size=2)
    assert (replica.pages, sorted(replica.rows)) == (3, sorted(ids))
    for id in ids[:3]:
        api.patch(f"contacts({id})", {"lastname": "Changed"})
    for id in ids[3:]:
        api.delete(f"contacts({id})")
    # Three rows and two deletions in pages of two: deletions fill the page where the rows end.
    assert replica.sync() == [*ids[:3], *sorted(ids[3:])]
    assert replica.pages == 3
    assert replica.sync() == []


def test_what_changes_between_two_pages_comes_with_the_next_round(api: Api) -> None:
    ids = [api.made("contacts", {"lastname": "Old"}) for _ in range(3)]
    page = first(api, "contacts?$select=lastname", f"{TRACK}, odata.maxpagesize=1")
    api.patch(f"contacts({ids[0]})", {"lastname": "New"})  # was sent on the first page
    api.delete(f"contacts({ids[1]})")  # is not sent any more
    seen = [page.rows[0]["contactid"]]
    # The preference to track need not be repeated; the page size is not part of the link.
    rest = api.get(page.json["@odata.nextLink"].removeprefix(ROOT))
    seen += [row["contactid"] for row in rest.rows]
    assert seen == [ids[0], ids[2]]
    sent = api.get(delta_link(rest)).rows
    assert [row.get("lastname", row.get("reason")) for row in sent] == ["New", "deleted"]
    assert [row.get("contactid", row.get("id")) for row in sent] == ids[:2]


def test_changes_are_counted(api: Api) -> None:
    ids = [api.made("contacts", {"lastname": "Old"}) for _ in range(3)]
    link = delta_link(first(api, "contacts?$select=lastname"))
    counted = f"contacts/$count?$deltatoken={token_of(link)}"
    assert api.get(counted).body == b"0"
    api.patch(f"contacts({ids[0]})", {"lastname": "New"})
    api.delete(f"contacts({ids[1]})")
    assert api.get(counted).body == b"2"
    assert api.get(f"{link}&$count=true").json["@odata.count"] == 2
    assert first(api, "contacts?$count=true").json["@odata.count"] == 2
    assert api.get(f"{counted}&$filter=lastname eq 'New'").status == 400


def test_custom_columns_and_annotations(api: Api) -> None:
    with handsel.open(api.database_url) as session:
        session.execute(handsel.AddColumn("contact", "new_size", "choice", options={1: "Small", 2: "Large"}))
    id = api.made("contacts", {"lastname": "Any", "new_size": 1})
    link = delta_link(first(api, "contacts?$select=new_size"))
    api.patch(f"contacts({id})", {"new_size": 2})
    [row] = api.get(link, prefer='odata.include-annotations="*"').rows
    assert (row["new_size"], row["new_size@OData.Community.Display.V1.FormattedValue"]) == (2, "Large")


def test_a_column_read_through_the_document_changes_with_the_document(api: Api) -> None:
    """A line is sent when a selected parent column changed, though the line itself did not (decision 0006)."""
    organization = api.get("WhoAmI").json["OrganizationId"]
    api.patch(f"organizations({organization})", {"ispricelistmandatory": False})
    account = api.made("accounts", {"name": "A"})
    line = {"productdescription": "Work", "priceperunit": 5, "quantity": 1}
    values = {"name": "Q", "customerid_account@odata.bind": f"accounts({account})", "quote_details": [line]}
    quote = api.made("quotes", values)
    state = delta_link(first(api, "quotedetails?$select=quotestatecode"))
    amount = delta_link(first(api, "quotedetails?$select=priceperunit"))
    assert api.patch(f"quotes({quote})", {"statecode": 1}).status == 204
    assert [row["quotestatecode"] for row in api.get(state).rows] == [1]
    assert api.get(amount).rows == []


def test_a_link_works_in_a_batch_and_in_another_version(api: Api) -> None:
    link = delta_link(first(api, "contacts"))
    id = api.made("contacts", {"lastname": "New"})
    reply = api.batch(f"--b\r\nContent-Type: application/http\r\n\r\nGET {link} HTTP/1.1\r\n\r\n--b--\r\n")
    assert f'"contactid":"{id}"'.encode() in reply.body
    older = api("GET", link, below="/api/data/v9.0/").json
    assert older["@odata.deltaLink"].startswith(ROOT.replace("v9.2", "v9.0"))


# What is refused


def test_options_that_narrow_or_sort(one_api: Api) -> None:
    link = delta_link(first(one_api, "contacts"))
    for option in (
        "$filter=lastname eq 'x'",
        "$orderby=lastname",
        "$top=3",
        "$expand=owninguser",
        "$apply=groupby((lastname))",
    ):
        name = option.partition("=")[0]
        for reply in (one_api.get(f"contacts?{option}", prefer=TRACK), one_api.get(f"{link}&{option}")):
            assert (reply.status, reply.code) == (400, "0x80060888")
            assert f'The "{name}" query parameter isn\'t supported when Change Tracking is enabled.' in reply.message


def test_collections_of_one_row(one_api: Api) -> None:
    account = one_api.made("accounts", {"name": "A"})
    reply = one_api.get(f"accounts({account})/contact_customer_accounts", prefer=TRACK)
    assert (reply.status, reply.code) == (400, "0x80060888")
    assert "whole tables" in reply.message


def test_tokens_that_do_not_fit(one_api: Api, database_names: Any) -> None:
    token = token_of(delta_link(first(one_api, "contacts")))
    for bad in ("", "919042%2108%2f22%2f2017", "x" * 40, token[:-2], f"{token}AAAA", token.swapcase(), "%00", "ü"):
        reply = one_api.get(f"contacts?$deltatoken={bad}")
        assert (reply.status, reply.code) == (400, "0x80060888"), bad
        assert "read contacts with Prefer: odata.track-changes" in reply.message
    reply = one_api.get(f"accounts?$deltatoken={token}")
    assert (reply.status, reply.code) == (400, "0x80040203")
    assert "belongs to the table contact" in reply.message
    assert one_api.get(f"contacts?$deltatoken={token}&$skiptoken=x").code == "0x80060888"
    # A page of a read without tracking cannot be continued with tracking.
    assert one_api.get("contacts?$skiptoken=x", prefer=TRACK).code == "0x80060888"


def test_tokens_of_other_databases(one_api: Api) -> None:
    from handsel.webapi.rows.delta_token import DeltaToken, encoded

    organization = UUID(one_api.get("WhoAmI").json["OrganizationId"])
    cases = {
        encoded(DeltaToken(1, uuid4(), "contact", since=0)): "another organization",
        encoded(DeltaToken(1, organization, "contact", since=2**80)): "ahead of this database",
        encoded(DeltaToken(1, organization, "contact", since=0, until=10**6)): "ahead of this database",
        encoded(DeltaToken(1, organization, "contact")): "where to start",
    }
    for token, words in cases.items():
        reply = one_api.get(f"contacts?$deltatoken={token}")
        assert reply.status == 400
        assert words in reply.message
    for since in (0, None):
        end = encoded(DeltaToken(1, organization, "contact", since=since, until=0, deleted=True))
        assert one_api.get(f"contacts?$deltatoken={end}").rows == []


def test_every_table_said_to_be_tracked_is(one_api: Api) -> None:
    tables = one_api.get("EntityDefinitions?$select=EntitySetName,ChangeTrackingEnabled").rows
    untracked = {table["EntitySetName"] for table in tables if not table["ChangeTrackingEnabled"]}
    assert untracked == {"activitypointers", "audits"}
    for table in tables:
        if table["EntitySetName"] in untracked:
            assert one_api.get(table["EntitySetName"], Prefer="odata.track-changes").status == 400
            continue
        link = delta_link(first(one_api, table["EntitySetName"]))
        assert one_api.get(link).rows == []


# A replica stays equal

STEPS = st.lists(
    st.tuples(st.sampled_from(["create", "update", "delete", "revive", "sync"]), st.integers(0, 7)), max_size=25
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, page_size=st.sampled_from([1, 3, None]))
def test_a_replica_that_applies_deltas_equals_the_table(
    api: Api, steps: list[tuple[str, int]], page_size: int | None
) -> None:
    path = "contacts?$select=lastname,description"
    replica = Replica(api, path, page_size)
    known: list[str] = sorted(replica.rows)
    for number, (step, choice) in enumerate(steps):
        id = known[choice % len(known)] if known else None
        if step == "create":
            known.append(api.made("contacts", {"lastname": f"Contact {number}"}))
        elif step == "delete" and id is not None:
            api.delete(f"contacts({id})")
        elif step in ("update", "revive") and id is not None:
            guard = {"if_match": "*"} if step == "update" else {}
            api.patch(f"contacts({id})", {"lastname": "Again", "description": f"Step {number}"}, **guard)
        elif step == "sync":
            replica.sync()
            assert replica.rows == {row["contactid"]: row for row in api.get(path).rows}
    replica.sync()
    assert replica.rows == {row["contactid"]: row for row in api.get(path).rows}
