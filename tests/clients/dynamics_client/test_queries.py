"""Queries through PyPI's dynamics-client, unmodified: everything its builders can write."""

import inspect
from typing import Any

import pytest

from tests.clients.dynamics_client.connection import (
    DynamicsClient,
    FetchXMLBuilder,
    NotFound,
    ParseError,
    about,
    apl,
    ftr,
    make,
)

FORMATTED = "OData.Community.Display.V1.FormattedValue"
NOBODY = "00000000-0000-0000-0000-00000000000a"


def test_pages(client: Any, mark: str, seven: list[str]) -> None:
    asked = {"filter": [f"description eq '{mark}'"], "select": ["name"], "orderby": {"name": "desc"}}
    about(client, "accounts", **asked, pagesize=3, count=True)
    one = client.get()
    assert ([row["name"] for row in one.data], one.count) == (["6", "5", "4"], 7)
    everything = client.get(pagination_rules={"pages": -1})
    assert [row["name"] for row in everything.data] == list("6543210")
    two = about(client, "accounts", **asked, pagesize=3).get(pagination_rules={"pages": 1})
    assert len(two.data) == 6
    assert two.next_link
    client.pagesize = 5000
    assert len(about(client, "accounts", **asked, top=2).get().data) == 2
    nothing = about(client, "accounts", filter=["name eq 'nothing'"])
    assert nothing.get(not_found_ok=True).data == []
    with pytest.raises(NotFound, match="No records matching"):
        nothing.get()


def test_conditions(client: Any, mark: str, seven: list[str]) -> None:
    parent = {"parentcustomerid_account@odata.bind": f"/accounts({seven[2]})"}
    make(client, "contacts", lastname="Lee", **parent)
    number = "numberofemployees"
    lee = ftr.eq("lastname", "Lee", lambda_indicator="c")
    conditions = {
        ftr.and_(ftr.ge(number, 2), ftr.lt(number, 4)): [2, 3],
        ftr.or_(ftr.eq(number, 0), ftr.eq("accountid", seven[6]), group=True): [0, 6],
        ftr.not_(ftr.gt(number, 1), group=True): [0, 1],
        ftr.in_(number, [5, 6]): [5, 6],
        ftr.not_in(number, [0, 1, 2, 3]): [4, 5, 6],
        ftr.between("revenue", [30, 40]): [3, 4],
        ftr.any_("contact_customer_accounts", "c", lee): [2],
        ftr.startswith("name", "3"): [3],
        ftr.eq("telephone1", None): [0, 1, 2, 3, 4, 5, 6],
    }
    for condition, expected in conditions.items():
        filter = [f"description eq '{mark}'", condition]
        found = about(client, "accounts", filter=filter, select=[number], orderby={"name": "asc"}).get()
        assert [row[number] for row in found.data] == expected, condition
    either = {f"accountid eq {seven[1]}", f"accountid eq {seven[2]}"}
    assert len(about(client, "accounts", filter=either).get().data) == 2


EXAMPLES = {
    "date": "2024-02-29",
    "x": 2,
    "period": 1,
    "year": 2024,
    "value": "A",
    "values": ["1", "2"],
    "ref": NOBODY,
}
COLUMNS = {"user": "ownerid", "business": "owningbusinessunit", "above": "accountid", "under": "accountid"}
NOT_SPECIAL = {"and_", "or_", "not_", "any_", "all_"}
REFUSED = {
    "not_user_id": "NotUserId",  # Dataverse's is NotEqualUserId
    "not_business_id": "NotBusinessId",  # Dataverse's is NotEqualBusinessId
    "equal_user_language": "EqualUserLanguage",  # no column holds a language
}
CONDITIONS = [
    name
    for name, function in vars(ftr).items()
    if isinstance(function, staticmethod) and not name.startswith("_") and name not in NOT_SPECIAL
]


def condition(name: str) -> str:
    """A condition of this name on a column it fits."""
    function = getattr(ftr, name)
    given = {each: EXAMPLES[each] for each in inspect.signature(function).parameters if each in EXAMPLES}
    column = next((column for word, column in COLUMNS.items() if word in name), None)
    if column is None:
        column = "numberofemployees" if "values" in given else "name" if "value" in given else "createdon"
    return str(function(column, **given))


@pytest.mark.parametrize("name", sorted(set(CONDITIONS) - set(REFUSED)))
def test_every_condition_the_client_can_write(sync_client: DynamicsClient, name: str) -> None:
    about(sync_client, "accounts", filter=[condition(name)], select=["name"]).get(not_found_ok=True)


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_conditions_that_mean_nothing_here(sync_client: DynamicsClient, name: str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        about(sync_client, "accounts", filter=[condition(name)]).get()


def test_expanded_rows(client: Any, mark: str) -> None:
    people = [{"lastname": name} for name in ("Lee", "Roe", "Ames")]
    account = make(client, "accounts", name=mark, contact_customer_accounts=people)
    expand = {
        "contact_customer_accounts": {
            "select": ["lastname"],
            "filter": ["lastname ne 'Roe'"],
            "orderby": {"lastname": "asc"},
        },
        "primarycontactid": None,
    }
    about(client, "accounts", row_id=account["accountid"], select=["statecode"], expand=expand, show_annotations=True)
    (row,) = client.get().data
    assert [person["lastname"] for person in row["contact_customer_accounts"]] == ["Ames", "Lee"]
    assert (row["primarycontactid"], row[f"statecode@{FORMATTED}"]) == (None, "Active")


def test_aggregates(client: Any, mark: str, seven: list[str]) -> None:
    total = apl.aggregate(col_="revenue", with_="sum", as_="total")
    statement = f"filter(description eq '{mark}')/{apl.groupby(['statecode'], total)}"
    assert about(client, "accounts", apply=statement).get().data == [{"statecode": 0, "total": 210}]
    grouped = apl.filter([f"description eq '{mark}'"], ["statecode"])
    assert about(client, "accounts", apply=grouped).get().data == [{"statecode": 0}]


def test_fetchxml(client: Any, mark: str, seven: list[str]) -> None:
    make(client, "contacts", lastname="Lee", **{"parentcustomerid_account@odata.bind": f"/accounts({seven[2]})"})
    names = []
    for page in (1, 2, 3, 4):
        builder = FetchXMLBuilder(mapping="logical", version="1.0", page=page, count=3)
        entity = builder.add_entity(name="account").add_attribute(name="name").order(attribute="name")
        entity.filter(type_="and").add_condition(attribute="description", operator="eq", value=mark)
        found = about(client, "accounts", fetch_xml=builder.build()).get(not_found_ok=True)
        names.append([row["name"] for row in found.data])
    assert names == [["0", "1", "2"], ["3", "4", "5"], ["6"], []]
    builder = FetchXMLBuilder(mapping="logical", distinct=True)
    entity = builder.add_entity(name="account").add_attribute(name="name")
    linked = entity.add_linked_entity(name="contact", from_="parentcustomerid", to="accountid", alias="person")
    linked.add_attribute(name="lastname")
    linked.filter(type_="and").add_condition(attribute="lastname", operator="like", value="L%")
    entity.filter(type_="and").add_condition(attribute="description", operator="eq", value=mark)
    (row,) = about(client, "accounts", fetch_xml=builder.build()).get().data
    assert (row["name"], row["person.lastname"]) == ("2", "Lee")
