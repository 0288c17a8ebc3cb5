"""Merge: what moves, what stays, what is refused (behaviour 14.3)."""

from typing import Any
from uuid import UUID

import pytest

import handsel
from handsel.database.statements import counted_statements
from tests.webapi.client import Api

CRM = "Microsoft.Dynamics.CRM"
SETS = {"account": "accounts", "contact": "contacts", "lead": "leads"}


def named(table: str, id: str) -> dict[str, Any]:
    return {"@odata.type": f"{CRM}.{table}", f"{table}id": id}


def body(table: str, target: str, subordinate: str, *, checks: bool = False, **content: Any) -> dict[str, Any]:
    return {
        "Target": named(table, target),
        "Subordinate": named(table, subordinate),
        "UpdateContent": {"@odata.type": f"{CRM}.{table}", **content},
        "PerformParentingChecks": checks,
    }


def merged(api: Api, *args: Any, **more: Any) -> None:
    reply = api.post("Merge", body(*args, **more))
    assert reply.status == 204, reply.body


def value(api: Api, path: str, column: str) -> Any:
    return api.get(path).json[column]


def bound(navigation: str, entity_set: str, id: str) -> dict[str, str]:
    return {f"{navigation}@odata.bind": f"/{entity_set}({id})"}


def test_everything_of_an_account_moves(api: Api) -> None:
    keep, lose = (api.made("accounts", {"name": name, "telephone1": name}) for name in ("Keep", "Lose"))
    organization = api.get("WhoAmI").json["OrganizationId"]
    api.patch(f"organizations({organization})", {"ispricelistmandatory": False})
    customer = bound("customerid_account", "accounts", lose)
    below = api.made("accounts", {"name": "Below", **bound("parentaccountid", "accounts", lose)})
    contact = api.made("contacts", {"lastname": "L", **bound("parentcustomerid_account", "accounts", lose)})
    lead = api.made("leads", {"lastname": "L", "subject": "S", **bound("parentaccountid", "accounts", lose)})
    other = api.made("leads", {"lastname": "L", "subject": "S", **customer})
    opportunity = api.made("opportunities", {"name": "O", **customer, **bound("parentaccountid", "accounts", lose)})
    quote = api.made("quotes", {"name": "Q", **customer})
    line = {"productdescription": "W", "quantity": 1, "priceperunit": 5, **bound("quoteid", "quotes", quote)}
    api.made("quotedetails", line)
    active = api.made("quotes", {"name": "Q2", **customer})
    api.patch(f"quotes({active})", {"statecode": 1})
    order = api.post("ConvertQuoteToSalesOrder", {"QuoteId": active}).json["salesorderid"]
    cancel = {"@odata.type": f"{CRM}.orderclose", "salesorderid@odata.bind": f"/salesorders({order})"}
    assert api.post("CancelSalesOrder", {"OrderClose": cancel, "Status": 4}).status == 204
    note = api.made("annotations", {"subject": "N", **bound("objectid_account", "accounts", lose)})
    own = api.made("customeraddresses", {"name": "A", "line1": "1", **bound("parentid_account", "accounts", keep)})
    address = api.made("customeraddresses", {"name": "A", "line1": "2", **bound("parentid_account", "accounts", lose)})

    merged(api, "account", keep, lose, telephone1="7", **bound("primarycontactid", "contacts", contact))

    assert value(api, f"accounts({below})", "_parentaccountid_value") == keep
    assert value(api, f"contacts({contact})", "_parentcustomerid_value") == keep
    assert value(api, f"leads({lead})", "_parentaccountid_value") == keep
    assert value(api, f"leads({other})", "_customerid_value") == keep
    deal = api.get(f"opportunities({opportunity})").json
    assert (deal["_customerid_value"], deal["_parentaccountid_value"], deal["_accountid_value"]) == (keep, keep, keep)
    for path in (f"quotes({quote})", f"quotes({active})", f"salesorders({order})"):
        row = api.get(path).json
        assert (row["_customerid_value"], row["_accountid_value"], row["_contactid_value"]) == (keep, keep, None)
    assert value(api, f"quotes({quote})", "totalamount") == 5
    assert value(api, f"salesorders({order})", "statecode") == 2
    assert api.get(f"accounts({keep})/quote_customer_accounts/$count").body == b"2"
    assert value(api, f"annotations({note})", "_objectid_value") == keep
    assert [value(api, f"customeraddresses({id})", "addressnumber") for id in (own, address)] == [3, 4]
    assert value(api, f"customeraddresses({address})", "_parentid_value") == keep
    winner = api.get(f"accounts({keep})").json
    assert (winner["name"], winner["telephone1"], winner["_primarycontactid_value"]) == ("Keep", "7", contact)
    assert (winner["statecode"], winner["merged"], winner["_masterid_value"]) == (0, None, None)
    loser = api.get(f"accounts({lose})").json
    assert (loser["name"], loser["telephone1"]) == ("Lose", "Lose")
    assert (loser["statecode"], loser["statuscode"], loser["merged"], loser["_masterid_value"]) == (1, 2, True, keep)
    for entity_set in ("contacts", "quotes", "salesorders", "opportunities", "leads"):
        column = "_parentcustomerid_value" if entity_set == "contacts" else "_customerid_value"
        assert api.get(f"{entity_set}?$filter={column} eq {lose}").rows == []


def test_contacts_and_leads(api: Api) -> None:
    keep, lose = (api.made("contacts", {"lastname": name}) for name in ("Keep", "Lose"))
    account = api.made("accounts", {"name": "A", **bound("primarycontactid", "contacts", lose)})
    below = api.made("contacts", {"lastname": "B", **bound("parentcustomerid_contact", "contacts", lose)})
    deal = api.made("opportunities", {"name": "O", **bound("customerid_contact", "contacts", lose)})
    merged(api, "contact", keep, lose)
    assert value(api, f"accounts({account})", "_primarycontactid_value") == keep
    assert value(api, f"contacts({below})", "_parentcustomerid_value") == keep
    row = api.get(f"opportunities({deal})").json
    assert (row["_customerid_value"], row["_contactid_value"], row["_accountid_value"]) == (keep, keep, None)
    assert value(api, f"contacts({lose})", "statecode") == 1

    keep, lose = (api.made("leads", {"lastname": name, "subject": "S"}) for name in ("Keep", "Lose"))
    api.made("opportunities", {"name": "O2", **bound("originatingleadid", "leads", lose)})
    merged(api, "lead", keep, lose, companyname="C")
    [deal_of_lead] = api.get("opportunities?$filter=name eq 'O2'").rows
    assert deal_of_lead["_originatingleadid_value"] == keep
    assert value(api, f"leads({keep})", "companyname") == "C"
    loser = api.get(f"leads({lose})").json
    assert (loser["statecode"], loser["statuscode"], loser["merged"], loser["_masterid_value"]) == (2, 7, True, keep)


def test_custom_lookups_move(api: Api) -> None:
    with handsel.open(api.database_url) as session:
        session.execute(handsel.AddColumn("quote", "new_partner", "lookup", "Partner", target="account"))
    keep, lose, third = (api.made("accounts", {"name": name}) for name in ("Keep", "Lose", "Third"))
    with handsel.open(api.database_url) as session:
        quotes = [
            session.execute(handsel.Create("quote", {"name": "Q", "new_partner": handsel.Reference("account", id)}))
            for id in map(UUID, (lose, third))
        ]
    merged(api, "account", keep, lose)
    found = [value(api, f"quotes({quote.id})", "_new_partner_value") for quote in quotes]
    assert found == [keep, third]


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_a_target_below_the_subordinate_takes_its_place(api: Api, levels: int) -> None:
    """top → lose → (…) → keep becomes top → keep → (…), and no row stands above itself."""
    top = api.made("accounts", {"name": "Top"})
    chain = [api.made("accounts", {"name": "Lose", **bound("parentaccountid", "accounts", top)})]
    for level in range(levels):
        chain.append(api.made("accounts", {"name": f"{level}", **bound("parentaccountid", "accounts", chain[-1])}))
    lose, *between, keep = chain
    merged(api, "account", keep, lose)
    assert value(api, f"accounts({keep})", "_parentaccountid_value") == top
    expected = [keep, *between[:-1]] if between else []
    assert [value(api, f"accounts({id})", "_parentaccountid_value") for id in between] == expected


def test_parents_are_compared_where_that_is_asked_for(api: Api) -> None:
    first, second = (api.made("accounts", {"name": name}) for name in ("P1", "P2"))
    under = [bound("parentcustomerid_account", "accounts", id) for id in (first, second)]
    keep = api.made("contacts", {"lastname": "Keep", **under[0]})
    lose = api.made("contacts", {"lastname": "Lose", **under[1]})
    refused = api.post("Merge", body("contact", keep, lose, checks=True))
    assert (refused.status, refused.code) == (400, "0x80040265")
    assert "different parents" in refused.message
    orphan = api.made("contacts", {"lastname": "Orphan"})
    merged(api, "contact", keep, orphan, checks=True)
    same = api.made("contacts", {"lastname": "Same", **under[0]})
    merged(api, "contact", keep, same, checks=True)
    merged(api, "contact", keep, lose, checks=False)
    child = api.made("accounts", {"name": "Child", **bound("parentaccountid", "accounts", first)})
    merged(api, "account", first, child, checks=True)


def test_what_is_refused(api: Api) -> None:
    keep, lose = (api.made("accounts", {"name": name}) for name in ("Keep", "Lose"))
    contact = api.made("contacts", {"lastname": "L", **bound("parentcustomerid_account", "accounts", lose)})
    product = {**body("account", keep, lose), "Target": {"@odata.type": f"{CRM}.uom", "uomid": keep}}
    for asked, status, says in (
        (body("account", keep, keep), 400, "same row"),
        ({**body("account", keep, lose), "Subordinate": named("contact", contact)}, 400, "one table"),
        (product, 400, "one table"),
        ({**product, "Subordinate": {"@odata.type": f"{CRM}.uom", "uomid": lose}}, 400, "cannot be merged"),
        (body("account", keep, "f0000000-0000-4000-8000-00000000000f"), 404, "Does Not Exist"),
        (body("account", keep, lose, nonsense=1), 400, "nonsense"),
        (body("account", keep, lose, revenue=-1), 400, "revenue"),
        (body("account", keep, lose, name=1), 400, "name"),
        ({**body("account", keep, lose), "UpdateContent": {"@odata.type": f"{CRM}.contact"}}, 400, "UpdateContent"),
    ):
        refused = api.post("Merge", asked)
        assert refused.status == status, (asked, refused.body)
        assert says in refused.message
        assert value(api, f"contacts({contact})", "_parentcustomerid_value") == lose
        assert value(api, f"accounts({lose})", "statecode") == 0
    merged(api, "account", keep, lose)
    for pair in ((keep, lose), (lose, keep)):
        refused = api.post("Merge", body("account", *pair))
        assert (refused.status, refused.code) == (400, "0x80040233")
        assert "Account 'Lose' is inactive" in refused.message


def test_the_number_of_statements_is_the_same_for_many_rows(database_url: str) -> None:
    with handsel.open(database_url) as session:
        counts = []
        for number in (1, 40):
            keep, lose = (session.execute(handsel.Create("account", {"name": "A"})) for _ in range(2))
            under = handsel.Reference("account", lose.id)
            session.execute_many(
                [handsel.Create("contact", {"lastname": "L", "parentcustomerid": under}) for _ in range(number)]
            )
            asked = handsel.Merge(keep.reference, lose.reference, {}, False)
            with counted_statements() as count:
                session.execute(asked)
            counts.append(len(count.statements))
        assert counts[0] == counts[1]


def test_activities_and_participants_move(api: Api) -> None:
    """The list of all activities shows rows of their own tables; only those move, once."""
    for table, values in (("account", {"name": "A"}), ("contact", {"lastname": "C"}), ("lead", {"lastname": "L"})):
        keep, lose = (api.made(SETS[table], values) for _ in range(2))
        done = api.made("tasks", {"subject": "T", **bound(f"regardingobjectid_{table}_task", SETS[table], lose)})
        api.patch(f"tasks({done})", {"statecode": 1})
        party = {**bound(f"partyid_{table}", SETS[table], lose), "participationtypemask": 2}
        call = api.made("phonecalls", {"subject": "P", "phonecall_activity_parties": [party]})
        merged(api, table, keep, lose)
        assert value(api, f"tasks({done})", "_regardingobjectid_value") == keep
        [listed] = api.get(f"activitypointers?$filter=_regardingobjectid_value eq {keep}").rows
        assert listed["activityid"] == done
        [moved] = api.get(f"phonecalls({call})/phonecall_activity_parties").rows
        assert moved["_partyid_value"] == keep
        assert api.delete(f"{SETS[table]}({lose})").status == 204
        assert api.get(f"tasks({done})").status == 200
