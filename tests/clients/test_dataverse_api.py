"""PyPI's dataverse-api, unmodified, against a real server."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import pandas
import pytest
import requests
from dataverse_api import DataverseClient
from dataverse_api.entity import DataverseEntity
from dataverse_api.errors import DataverseAPIError
from dataverse_api.metadata.attributes import IntegerAttributeMetadata, StringAttributeMetadata
from dataverse_api.metadata.complex_properties import CascadeConfiguration, create_label
from dataverse_api.metadata.entity import define_entity
from dataverse_api.metadata.enums import CascadeType
from dataverse_api.metadata.relationships import LookupAttributeMetadata, define_relationship
from dataverse_api.utils.batching import BatchCommand, RequestMethod

from tests.clients.chain import give_up, sell
from tests.clients.conftest import Server

FORMATTED = "OData.Community.Display.V1.FormattedValue"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[DataverseClient]:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {server.token}"
        yield DataverseClient(session, server.address)


@pytest.fixture(scope="module")
def accounts(client: DataverseClient) -> DataverseEntity:
    return client.entity("account")


def id_of(response: requests.Response) -> str:
    return response.headers["OData-EntityId"].rpartition("(")[2].removesuffix(")")


def statuses(responses: list[requests.Response]) -> list[int]:
    return [response.status_code for response in responses]


def described(entity: DataverseEntity, mark: str, *columns: str) -> list[tuple[Any, ...]]:
    """The columns of the rows that the mark describes, in the order of their names."""
    rows = entity.read(select=["name", *columns], filter=f"description eq '{mark}'", order_by="name")
    return [tuple(row[column] for column in ("name", *columns)) for row in rows]


# Connecting


def test_what_the_client_learns_of_a_table(client: DataverseClient) -> None:
    quotes = client.entity("quote")
    assert (quotes.entity_set_name, quotes.primary_id_attr, quotes.primary_img_attr) == ("quotes", "quoteid", None)
    assert list(quotes.alternate_keys.values()) == [["quotenumber", "revisionnumber"]]
    assert (quotes.supports_create_multiple, quotes.supports_update_multiple) == (True, True)
    assert "opportunityid" in quotes.relationships.single_valued
    assert "quote_details" in quotes.relationships.collection_valued


def test_a_table_that_is_not_there(client: DataverseClient) -> None:
    with pytest.raises(DataverseAPIError, match="colour") as refused:
        client.entity("colour")
    assert refused.value.response.status_code == 404


def test_a_wrong_token(server: Server) -> None:
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer x"
        with pytest.raises(DataverseAPIError, match="bearer token") as refused:
            DataverseClient(session, server.address).entity("account")
    assert refused.value.response.status_code == 401


# Rows


@pytest.mark.parametrize("mode", ["individual", "multiple", "batch"])
@pytest.mark.parametrize("threading", [False, True])
def test_rows_are_created(accounts: DataverseEntity, mark: str, mode: str, threading: bool) -> None:
    rows = [{"name": f"Zoë's {number}", "description": mark, "numberofemployees": number} for number in range(5)]
    sizes = {} if mode == "individual" else {"batch_size": 2}
    responses = accounts.create(rows, mode=mode, threading=threading, **sizes)
    assert all(response.ok for response in responses)
    assert described(accounts, mark, "numberofemployees") == [(f"Zoë's {number}", number) for number in range(5)]


def test_created_rows_come_back(accounts: DataverseEntity, mark: str) -> None:
    (response,) = accounts.create([{"name": mark}], return_created=True, detect_duplicates=True)
    assert (response.status_code, response.json()["name"]) == (201, mark)


def test_rows_of_a_data_frame(accounts: DataverseEntity, mark: str) -> None:
    frame = pandas.DataFrame({"name": ["A", "B"], "description": [mark, mark], "numberofemployees": [1, None]})
    accounts.create(frame, mode="multiple")
    assert described(accounts, mark, "numberofemployees") == [("A", 1), ("B", None)]


@pytest.mark.parametrize("mode", ["individual", "batch"])
def test_upserts_by_id(accounts: DataverseEntity, mark: str, mode: str) -> None:
    id = str(uuid4())
    for name in ("made", "changed"):
        accounts.upsert([{"accountid": id, "name": name, "description": mark}], mode=mode)
        assert described(accounts, mark) == [(name,)]


@pytest.mark.parametrize("mode", ["individual", "batch"])
def test_upserts_by_an_alternate_key(client: DataverseClient, accounts: DataverseEntity, mark: str, mode: str) -> None:
    orders = client.entity("salesorder")
    (key,) = orders.alternate_keys
    customer = f"accounts({id_of(accounts.create([{'name': mark}])[0])})"
    row = {"ordernumber": f"O {mark}", "customerid_account@odata.bind": customer, "description": mark}
    for name in ("made", "changed"):
        orders.upsert([{**row, "name": name}], altkey_name=key, mode=mode)
        assert described(orders, mark, "ordernumber") == [(name, f"O {mark}")]


@pytest.mark.parametrize("mode", ["individual", "batch"])
def test_columns_and_rows_are_deleted(accounts: DataverseEntity, mark: str, mode: str) -> None:
    row = {"description": mark, "telephone1": "1", "telephone2": "2"}
    ids = [id_of(response) for response in accounts.create([{**row, "name": name} for name in "ABC"])]
    accounts.delete_columns(["telephone1", "telephone2"], ids=ids[:2], mode=mode)
    assert described(accounts, mark, "telephone1", "telephone2") == [
        ("A", None, None),
        ("B", None, None),
        ("C", "1", "2"),
    ]
    accounts.delete(ids=ids[:1], mode=mode)
    accounts.delete(filter=f"name eq 'B' and description eq '{mark}'", mode=mode)
    assert described(accounts, mark) == [("C",)]


# Queries


def test_pages(accounts: DataverseEntity, mark: str) -> None:
    accounts.create([{"name": str(number), "description": mark} for number in range(7)], mode="multiple")
    asked = {"select": ["name", "statecode"], "filter": f"description eq '{mark}'", "order_by": "name desc"}
    rows = accounts.read(**asked, page_size=3, return_formatted_values=True)
    assert [row["name"] for row in rows] == list("6543210")
    assert {row[f"statecode@{FORMATTED}"] for row in rows} == {"Active"}
    pages = accounts.read(**asked, page_size=3, return_responses=True)
    assert [len(page.json()["value"]) for page in pages] == [3, 3, 1]
    assert [row["name"] for row in accounts.read(**asked, top=2)] == ["6", "5"]


def test_conditions_and_expanded_rows(client: DataverseClient, accounts: DataverseEntity, mark: str) -> None:
    first, second = (id_of(response) for response in accounts.create([{"name": n, "description": mark} for n in "AB"]))
    people = [
        {"lastname": name, "parentcustomerid_account@odata.bind": f"accounts({first})"} for name in ("Lee", "Roe")
    ]
    client.entity("contact").create(people, mode="batch")
    expand = "contact_customer_accounts($select=lastname;$filter=startswith(lastname,'L')),primarycontactid"
    rows = accounts.read(select=["name"], filter=f"description eq '{mark}'", expand=expand, order_by="name")
    found = [[person["lastname"] for person in row["contact_customer_accounts"]] for row in rows]
    assert (found, rows[0]["primarycontactid"]) == ([["Lee"], []], None)
    with_people = f"contact_customer_accounts/any(c:c/lastname eq 'Roe') and description eq '{mark}'"
    assert [row["accountid"] for row in accounts.read(select=["name"], filter=with_people)] == [first]
    second_alone = f"Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=['{second}'])"
    assert [row["name"] for row in accounts.read(filter=second_alone)] == ["B"]


# Batches


def test_a_batch_of_ones_own(client: DataverseClient, accounts: DataverseEntity, mark: str) -> None:
    id = id_of(accounts.create([{"name": "A", "description": mark}])[0])
    commands = [
        BatchCommand("accounts", RequestMethod.POST, data={"name": "B", "description": mark}),
        BatchCommand(f"accounts({id})", RequestMethod.PUT, data={"telephone1": "555"}),
        BatchCommand(f"accounts({id})", RequestMethod.PATCH, data={"telephone2": "556"}),
        BatchCommand(f"accounts({id})?$select=telephone1,telephone2", RequestMethod.GET),
        BatchCommand(f"accounts?$filter=name eq 'A' and description eq '{mark}'&$select=name", RequestMethod.GET),
    ]
    (response,) = client.submit_batch(commands)
    assert response.status_code == 200
    assert response.text.count("HTTP/1.1 204 No Content") == 3
    assert '"telephone1":"555","telephone2":"556"' in response.text.replace(" ", "")
    assert described(accounts, mark, "telephone1") == [("A", "555"), ("B", None)]


def test_a_batch_ends_at_its_first_error(client: DataverseClient, accounts: DataverseEntity, mark: str) -> None:
    row = {"name": "A", "description": mark}
    rows = [row, {**row, "colour": "red"}, row]
    # The refusal of a batch is no JSON; the client takes it for that.
    with pytest.raises(requests.JSONDecodeError):
        accounts.create(rows, mode="batch")
    assert described(accounts, mark) == [("A",)]


# Refusals


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"colour": "red"}, 400, "colour"),
        ({"name": "x" * 161}, 400, "name"),
        ({"numberofemployees": "x"}, 400, "numberofemployees"),
    ],
)
def test_a_refused_row(accounts: DataverseEntity, values: dict[str, Any], status: int, said: str) -> None:
    (response,) = accounts.create([values])
    assert response.status_code == status
    assert said in response.json()["error"]["message"]


def test_rows_that_are_missing_or_there_already(accounts: DataverseEntity) -> None:
    id = str(uuid4())
    assert statuses(accounts.delete(ids=[id])) == [404]
    accounts.create([{"accountid": id, "name": "A"}])
    assert statuses(accounts.create([{"accountid": id, "name": "A"}])) == [412]
    with pytest.raises(DataverseAPIError, match="colour"):
        accounts.read(filter="colour eq 'red'")


# Definitions


def test_definitions(client: DataverseClient) -> None:
    quote = client.get_entity_definition("quote")
    assert (quote.schema_name, quote.is_activity, quote.has_activities, quote.has_notes) == ("Quote", False, True, True)
    lines = client.get_relationship_definition("quote_details")
    assert lines.referencing_entity == "quotedetail"
    assert 1033 in client.get_language_codes()


def test_custom_columns(client: DataverseClient, accounts: DataverseEntity, mark: str) -> None:
    label = create_label(label="Own")
    accounts.add_attribute(StringAttributeMetadata(schema_name="new_ApiText", display_name=label, max_length=50))
    number = IntegerAttributeMetadata(schema_name="new_ApiNumber", display_name=label, min_value=0, max_value=9)
    accounts.add_attribute(number)
    accounts.create([{"name": "A", "description": mark, "new_apitext": "x", "new_apinumber": 9}])
    assert described(accounts, mark, "new_apitext", "new_apinumber") == [("A", "x", 9)]
    assert statuses(accounts.create([{"name": "A", "new_apinumber": 10}])) == [400]
    for name in ("new_apitext", "new_apinumber"):
        accounts.remove_attribute(logical_name=name)
    with pytest.raises(DataverseAPIError, match="new_apitext"):
        accounts.read(select=["new_apitext"])


def cascade_of(relationship: Any) -> Any:
    """What a relationship that the client has read says of deletions."""
    told = relationship.model_dump(mode="json")["cascade_configuration"]
    return told.get("Delete") or told.get("delete")


def test_custom_lookups(client: DataverseClient) -> None:
    lookup = LookupAttributeMetadata(schema_name="new_ApiReferee", display_name=create_label(label="Referee"))
    relationship = define_relationship("new_account_contact_api", "account", "contact", lookup)
    client.create_relationship(relationship)  # the client's own default: everything cascades
    found = client.get_relationship_definition("new_account_contact_api")
    assert found.referenced_entity == "contact"
    assert cascade_of(found) == "Cascade"
    alone = dict.fromkeys(("assign", "delete", "merge", "reparent", "share", "unshare"), CascadeType.NO_CASCADE)
    lookup = LookupAttributeMetadata(schema_name="new_ApiWitness", display_name=create_label(label="Witness"))
    relationship = define_relationship("new_account_contact_api2", "account", "contact", lookup)
    relationship.cascade_configuration = CascadeConfiguration(**alone)
    client.create_relationship(relationship)
    found = client.get_relationship_definition("new_account_contact_api2")
    assert cascade_of(found) == "RemoveLink"  # no id is left that leads nowhere
    assert "new_ApiReferee" in client.entity("account").relationships.single_valued


def test_custom_tables_are_refused(client: DataverseClient) -> None:
    name = StringAttributeMetadata(schema_name="new_Name", is_primary_name=True)
    with pytest.raises(DataverseAPIError, match="Tables cannot be added"):
        client.create_entity(define_entity("new_Colour", [name]))


# From an opportunity to a paid invoice


class Api:
    """The calls of `chain.py`. The client has no actions: these go through its HTTP helper, with all headers."""

    def __init__(self, client: DataverseClient) -> None:
        self.client = client
        definitions = client._api_call(RequestMethod.GET, "EntityDefinitions?$select=EntitySetName,LogicalName").json()
        self.names = {table["EntitySetName"]: table["LogicalName"] for table in definitions["value"]}
        self.entities: dict[str, DataverseEntity] = {}

    def entity(self, entity_set: str) -> DataverseEntity:
        if entity_set not in self.entities:
            self.entities[entity_set] = self.client.entity(self.names[entity_set])
        return self.entities[entity_set]

    def create(self, entity_set: str, values: Mapping[str, Any]) -> str:
        (response,) = self.entity(entity_set).create([dict(values)])
        response.raise_for_status()
        return id_of(response)

    def update(self, entity_set: str, id: str, values: Mapping[str, Any]) -> None:
        entity = self.entity(entity_set)
        (response,) = entity.upsert([{entity.primary_id_attr: id, **values}])
        response.raise_for_status()

    def rows(self, entity_set: str, condition: str, *columns: str) -> list[dict[str, Any]]:
        return self.entity(entity_set).read(select=columns, filter=condition)

    def act(self, message: str, parameters: Mapping[str, Any], on: str = "") -> Any:
        response = self.client._api_call(RequestMethod.POST, "/".join(filter(None, (on, message))), json=parameters)
        return response.json() if response.content else None


def test_the_chain(client: DataverseClient) -> None:
    sell(Api(client))


def test_what_comes_to_nothing(client: DataverseClient) -> None:
    give_up(Api(client))
