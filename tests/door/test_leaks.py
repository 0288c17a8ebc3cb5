"""Rows that the seller may not see, asked for by every form of a query and through every door.

Each question is asked twice: with the rows there, and after they were removed from the database. Both answers are
equal, so nothing tells that they were there; and the first holds nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

import handsel
from handsel.database.statements import mark, run
from handsel.database.tables import AuditEntry
from handsel.engine.access import Depth
from handsel.engine.rights.privileges import all_privileges
from handsel.tables.info import table_info
from tests.door.office import Office
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token

SECRET = "Zebra"
AMOUNT = 987654


class Company(Office):
    """Beside visible rows, one hidden row of each kind. The seller reaches the unit; the hidden rows are in another."""

    def __init__(self, session: handsel.Session) -> None:
        super().__init__(session)
        self.everything = {each.name: min(max(each.depths), Depth.LOCAL) for each in all_privileges()}
        self.grant({name: max(depth, _least(name)) for name, depth in self.everything.items()})
        [currency] = session.rows("transactioncurrency")
        self.money = {"transactioncurrencyid": currency.id, "exchangerate": Decimal(1)}
        self.audits: dict[UUID, UUID] = {}
        self.hidden: dict[str, UUID] = {}
        self.visible: dict[str, UUID] = {}
        for kind, owner, unit, name in (
            (self.visible, "colleague", self.north, "Lion"),
            (self.hidden, "southerner", self.south, SECRET),
        ):
            self._document_chain(kind, self.users[owner], unit, name)
            self._record(kind, name)

    def _record(self, kind: dict[str, UUID], name: str) -> None:
        """An entry of the audit for each row that has one of its own."""
        shared = {"message": "Create", "action": "create", "version_number": 1, "created_on": datetime.now(UTC)}
        entries = []
        for table, id in kind.items():
            changes = json.dumps([{"table": table, "id": str(id), "action": "create", "values": {"name": name}}])
            entries.append(AuditEntry(audit_id=uuid4(), table_name=table, row_id=id, changes=changes, **shared))
            self.audits[id] = entries[-1].audit_id
        with self.session.entered():
            AuditEntry.objects.using(self.session.context.alias).bulk_create(entries)

    def _document_chain(self, kind: dict[str, UUID], owner: UUID, unit: UUID, name: str) -> None:
        owned = {"ownerid": owner, "owninguser": owner, "owningbusinessunit": unit, "statecode": 0, "statuscode": 1}
        amount = Decimal(AMOUNT if name == SECRET else 100)
        customer = self.visible.get("account") or uuid4()

        def put(table: str, **values: Any) -> UUID:
            id = values.pop("id", None) or uuid4()
            info = table_info(table)
            row = {info.primary_key: id, **(owned if "ownerid" in info.columns and not info.parent else {}), **values}
            names = self.session.context.dialect.storage(table).name_set
            self.write(table, [{column: value for column, value in row.items() if column in names}])
            kind[table] = id
            return id

        put("account", id=None if "account" in self.visible else customer, name=f"{name} Ltd", accountnumber=name)
        put("contact", lastname=name, fullname=name, parentcustomerid=customer, accountid=customer)
        sold = {"customerid": customer, "accountid": customer, "totalamount": amount, "name": f"{name} deal"}
        sold |= self.money
        put("opportunity", **sold, estimatedvalue=amount)
        put("quote", **sold, quotenumber=f"QUO-{name}", revisionnumber=0, opportunityid=self.visible["opportunity"])
        put("salesorder", **sold, ordernumber=f"ORD-{name}", opportunityid=self.visible["opportunity"])
        put("invoice", **sold, invoicenumber=f"INV-{name}", opportunityid=self.visible["opportunity"])
        of_line = {"productdescription": name, "extendedamount": amount, **self.money}
        for parent in ("quote", "salesorder", "invoice"):
            put(f"{parent}detail", **{f"{parent}id": kind[parent]}, **of_line)
        put("annotation", subject=name, notetext=name, objectid=self.visible["account"], objecttypecode="account")
        put("task", subject=name, regardingobjectid=self.visible["account"], hs_regardingobjecttype="account")

    def link_visible_to_hidden(self) -> None:
        """A visible task and contact that refer to hidden rows, as rows do whose parents went to another unit."""
        owner = self.users["colleague"]
        owned = {
            "ownerid": owner,
            "owninguser": owner,
            "owningbusinessunit": self.north,
            "statecode": 0,
            "statuscode": 1,
        }
        self.linked_task, self.linked_contact = uuid4(), uuid4()
        regarding = {"regardingobjectid": self.hidden["quote"], "hs_regardingobjecttype": "quote"}
        self.write("task", [{"activityid": self.linked_task, "subject": "Linked", **regarding, **owned}])
        customer = {"parentcustomerid": self.hidden["account"], "accountid": self.hidden["account"]}
        contact = {"contactid": self.linked_contact, "lastname": "Linked", "fullname": "Linked", **customer, **owned}
        self.write("contact", [contact])

    def new_own_account(self) -> UUID:
        """An account of the seller's."""
        id, owner = uuid4(), self.seller
        row = {"accountid": id, "name": "Own", "ownerid": owner, "owninguser": owner, "owningbusinessunit": self.north}
        self.write("account", [row])
        return id

    def remove_hidden(self) -> None:
        """Take the hidden rows out of the database, as if they had never been there."""
        key = self.session.context.dialect.key
        with self.session.entered():
            emptied = "parentcustomerid = NULL, accountid = NULL"
            run(f"UPDATE contact SET {emptied} WHERE contactid = {mark()}", [key(self.linked_contact)])
            for table in reversed(list(self.hidden)):
                info = table_info(table)
                run(f'DELETE FROM "{table}" WHERE "{info.primary_key}" = {mark()}', [key(self.hidden[table])])


def _least(name: str) -> Depth:
    """What has no smaller depth is granted wholly."""
    depths = next(each.depths for each in all_privileges() if each.name == name)
    return min(depths) if Depth.LOCAL not in depths else Depth.LOCAL


@pytest.fixture
def company(session: handsel.Session) -> Company:
    made = Company(session)
    made.link_visible_to_hidden()
    return made


@pytest.fixture
def seller(company: Company) -> Api:
    from handsel.site.wsgi import make_application

    url = company.session.url
    return Api(make_application(url), make_token(url, "seller"), url, {"prefer": 'odata.include-annotations="*"'})


TABLES = (
    "account",
    "contact",
    "opportunity",
    "quote",
    "salesorder",
    "invoice",
    "quotedetail",
    "salesorderdetail",
    "invoicedetail",
    "annotation",
    "task",
)


BELOW_ACCOUNTS = (
    "opportunity_customer_accounts",
    "quote_customer_accounts",
    "order_customer_accounts",
    "invoice_customer_accounts",
    "contact_customer_accounts",
    "Account_Tasks",
    "Account_Annotation",
)
LOOKUPS = {
    "quotes": "customerid_account",
    "tasks": "regardingobjectid_quote_task",
    "contacts": "parentcustomerid_account",
    "annotations": "objectid_account",
    "quotedetails": "quoteid",
}


def questions(company: Company) -> Iterator[str]:
    """Paths of GET requests."""
    for table in TABLES:
        yield from _of_a_table(company, table)
    yield from _of_relations(company)
    yield from _by_text(company)
    yield from _of_the_audit(company)
    names = json.dumps(list(TABLES))
    yield f"RetrieveTotalRecordCount(EntityNames=@p)?@p={names}"
    entity = json.dumps(
        {"@odata.type": "Microsoft.Dynamics.CRM.account", "name": f"{SECRET} Ltd", "accountnumber": SECRET}
    )
    yield f"RetrieveDuplicates(BusinessEntity=@e,MatchingEntityName='account',PagingInfo=@p)?@e={entity}&@p={{}}"


def _of_a_table(company: Company, table: str) -> Iterator[str]:
    info = table_info(table)
    rows, key, name = info.entity_set, info.primary_key, info.primary_name
    hidden, shown = company.hidden[table], company.visible[table]
    yield rows
    yield f"{rows}?$count=true&$orderby={name} desc&$select={name}"
    yield f"{rows}/$count"
    yield f"{rows}/$count?$filter={key} eq {hidden}"
    yield f"{rows}?$filter={key} eq {hidden}"
    yield f"{rows}?$filter=contains({name},'{SECRET}')&$count=true"
    yield f"{rows}?$filter=not contains({name},'Lion')&$count=true"
    yield f"{rows}?$filter={key} ne {shown}&$count=true"
    yield f"{rows}?$apply=aggregate($count as n)"
    yield f"{rows}?$apply=groupby(({name}),aggregate($count as n))"
    yield f"{rows}?$apply=filter({key} eq {hidden})/aggregate($count as n)"
    yield f"{rows}({hidden})"
    yield f"{rows}({hidden})?$select={name}"
    yield f"{rows}({hidden})/{name}"
    yield f"{rows}({hidden})/{name}/$value"
    yield f"{rows}({shown})"
    yield f"{rows}?$top=1&$orderby={name} desc"
    if "totalamount" in info.columns:
        for how in ("sum", "average", "max", "countdistinct"):
            yield f"{rows}?$apply=aggregate(totalamount with {how} as n)"
        yield f"{rows}?$filter=totalamount gt 500&$count=true"


def _of_the_audit(company: Company) -> Iterator[str]:
    yield "audits?$count=true"
    yield "audits?$apply=groupby((objecttypecode),aggregate($count as n))"
    yield "audits?$orderby=createdon desc&$select=_objectid_value"
    for table in ("account", "quote", "task"):
        id, info = company.hidden[table], table_info(table)
        address = f"{info.entity_set}({id})"
        target = quote(json.dumps({"@odata.id": address}))
        yield f"audits/$count?$filter=_objectid_value eq {id}"
        yield f"audits({company.audits[id]})"
        yield f"audits({company.audits[id]})/Microsoft.Dynamics.CRM.RetrieveAuditDetails"
        yield f"audits({company.audits[company.visible[table]]})/Microsoft.Dynamics.CRM.RetrieveAuditDetails"
        yield f"RetrieveRecordChangeHistory(Target=@t)?@t={target}"
        yield f"RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName='{info.primary_name}')?@t={target}"


def _of_relations(company: Company) -> Iterator[str]:
    account, opportunity = company.visible["account"], company.visible["opportunity"]
    for collection in BELOW_ACCOUNTS:
        yield f"accounts({account})/{collection}"
        yield f"accounts({account})/{collection}/$count"
        yield f"accounts({account})/{collection}/$ref"
        yield f"accounts({company.hidden['account']})/{collection}"
        yield f"accounts?$select=name&$expand={collection}"
        yield f"accounts({account})?$select=name&$expand={collection}($top=5)"
        yield f"accounts?$filter={collection}/any()&$select=name&$count=true"
    for term in (
        f"any(q:q/quoteid eq {company.hidden['quote']})",
        f"any(q:contains(q/name,'{SECRET}'))",
        "any(q:q/totalamount gt 500)",
        "all(q:q/totalamount lt 500)",
        "all(q:contains(q/name,'Lion'))",
        f"any(q:q/quote_details/any(d:d/extendedamount eq {AMOUNT}))",
    ):
        yield f"accounts?$filter=quote_customer_accounts/{term}&$select=name"
        yield f"accounts?$filter=not quote_customer_accounts/{term}&$select=name"
    yield f"opportunities({opportunity})?$expand=opportunity_quotes($select=name;$expand=quote_details)"
    yield f"opportunities({opportunity})/opportunity_quotes?$expand=quote_details"
    for path, lookup in LOOKUPS.items():
        yield f"{path}?$expand={lookup}"
    yield f"tasks({company.linked_task})?$expand=regardingobjectid_quote_task($expand=quote_details)"
    yield f"tasks({company.linked_task})/regardingobjectid_quote_task"
    yield f"tasks({company.linked_task})/regardingobjectid_quote_task/name"
    yield f"tasks({company.linked_task})/regardingobjectid_quote_task/quote_details"
    yield f"tasks?$filter=regardingobjectid_quote_task/name eq '{SECRET} deal'"
    yield "tasks?$filter=regardingobjectid_quote_task/totalamount gt 5&$count=true"
    yield "tasks?$orderby=regardingobjectid_quote_task/totalamount desc&$select=subject"
    yield "tasks?$apply=groupby((regardingobjectid_quote_task/name),aggregate($count as n))"
    yield f"quotes(quotenumber='QUO-{SECRET}',revisionnumber=0)"
    yield f"quotes(quotenumber='QUO-{SECRET}',revisionnumber=0)/name"
    yield "activitypointers?$select=subject&$count=true"
    yield f"activitypointers?$filter=contains(subject,'{SECRET}')"
    yield f"activitypointers({company.hidden['task']})"
    below = f"PropertyName='accountid',PropertyValue='{company.hidden['account']}'"
    yield f"accounts?$filter=Microsoft.Dynamics.CRM.Under({below})"


def _by_text(company: Company) -> Iterator[str]:
    link = '<link-entity name="{}" from="{}" to="{}" link-type="{}" alias="x">{}</link-entity>'
    shown = '<attribute name="name"/>'
    for kind in ("inner", "outer", "exists", "in", "any", "not any", "all", "not all", "matchfirstrowusingcrossapply"):
        inside = "" if kind in ("exists", "in", "any", "not any", "all", "not all") else "<all-attributes/>"
        filtered = f'<filter><condition attribute="name" operator="like" value="{SECRET}%"/></filter>'
        for condition in ("", filtered):
            linked = link.format("quote", "customerid", "accountid", kind, inside + condition)
            whole = f"<filter>{linked}</filter>" if kind in ("any", "not any", "all", "not all") else linked
            yield _fetch("accounts", f'<entity name="account">{shown}{whole}</entity>')
    to_hidden = link.format("quote", "quoteid", "regardingobjectid", "outer", "<all-attributes/>")
    yield _fetch("tasks", f'<entity name="task"><all-attributes/>{to_hidden}</entity>')
    yield _fetch("tasks", '<entity name="task"><attribute name="regardingobjectid"/></entity>')
    lines = '<link-entity name="quotedetail" from="quoteid" to="quoteid" alias="d"><all-attributes/></link-entity>'
    yield _fetch("quotes", f'<entity name="quote"><all-attributes/>{lines}</entity>')
    for how in ("sum", "avg", "min", "max", "count", "countcolumn"):
        amount = f'<attribute name="totalamount" aggregate="{how}" alias="n"/>'
        yield _fetch("quotes", f'<entity name="quote">{amount}</entity>', 'aggregate="true"')
    grouped = (
        '<attribute name="customerid" groupby="true" alias="c"/><attribute name="quoteid" aggregate="count" alias="n"/>'
    )
    yield _fetch("quotes", f'<entity name="quote">{grouped}</entity>', 'aggregate="true"')
    total = 'returntotalrecordcount="true" count="1"'
    yield _fetch("quotes", f'<entity name="quote">{shown}</entity>', total)
    yield _fetch("quotes", f'<entity name="quote">{shown}</entity>', 'distinct="true"')
    condition = f'<condition attribute="accountid" operator="{{}}" value="{company.hidden["account"]}"/>'
    for operator in ("under", "eq-or-under", "above", "eq-or-above", "eq", "ne"):
        filtered = f"<filter>{condition.format(operator)}</filter>"
        yield _fetch("accounts", f'<entity name="account">{shown}{filtered}</entity>')
    for sql in (
        "SELECT name FROM quote",
        "SELECT COUNT(*) AS n, SUM(totalamount) AS s FROM quote",
        f"SELECT name FROM quote WHERE name LIKE '{SECRET}%'",
        "SELECT a.name, q.name AS quoted FROM account AS a INNER JOIN quote AS q ON q.customerid = a.accountid",
        "SELECT a.name, q.name AS quoted FROM account AS a LEFT JOIN quote AS q ON q.customerid = a.accountid",
        "SELECT customerid, COUNT(*) AS n FROM quote GROUP BY customerid",
    ):
        yield f"{'accounts' if 'account AS a' in sql else 'quotes'}?sql={quote(sql)}"


def _fetch(path: str, entity: str, of: str = "") -> str:
    return f"{path}?fetchXml={quote(f'<fetch {of}>{entity}</fetch>')}"


def _answer(api: Api, path: str) -> tuple[int, str]:
    reply = api.get(path)
    # The address of the question is in the answer, so what it names is.
    return reply.status, reply.body.decode()


def _said(path: str, body: str, company: Company) -> list[str]:
    """What an answer says of the hidden rows beyond what was asked."""
    told = [SECRET, str(AMOUNT), *map(str, company.hidden.values())]
    linked = [str(company.hidden["quote"]), str(company.hidden["account"])]  # visible rows refer to these
    plain = path.replace("%", "")
    return [each for each in told if each in body and each not in plain and each not in linked]


def test_every_question_is_answered_as_if_the_rows_were_not_there(company: Company, seller: Api) -> None:
    paths = list(questions(company))
    before = {path: _answer(seller, path) for path in paths}
    unknown = {path: reply for path, reply in before.items() if reply[0] not in (200, 204, 404)}
    assert not unknown, list(unknown.items())[:5]
    leaking = {path: said for path, (_status, body) in before.items() if (said := _said(path, body, company))}
    assert not leaking, list(leaking.items())[:5]
    assert sum(status == 200 for status, _body in before.values()) > len(paths) * 0.6
    company.remove_hidden()
    for path in paths:
        if str(company.linked_contact) in before[path][1]:
            continue  # its customer had to be emptied
        assert _answer(seller, path) == before[path], path


def test_pages_end_where_the_visible_rows_end(company: Company, seller: Api) -> None:
    for table in TABLES:
        rows, key = table_info(table).entity_set, table_info(table).primary_key
        listed = {row[key] for row in seller.get(f"{rows}?$select={key}").rows}
        found, link = [], f"{rows}?$select={key}"
        while link:
            reply = seller.get(link, prefer="odata.maxpagesize=1")
            assert SECRET not in reply.body.decode()
            found += [row[key] for row in reply.rows]
            link = reply.json.get("@odata.nextLink", "").removeprefix(ROOT)
        assert len(found) == len(listed)
        assert set(found) == listed
        assert str(company.hidden[table]) not in found


def test_a_batch_tells_no_more(company: Company, seller: Api) -> None:
    paths = [path for path in questions(company) if "fetchXml" not in path and " " not in path]
    parts = "".join(
        f"--b\r\nContent-Type: application/http\r\n\r\nGET /api/data/v9.2/{path} HTTP/1.1\r\n\r\n\r\n" for path in paths
    )
    reply = seller.batch(f"{parts}--b--\r\n", prefer="odata.continue-on-error")
    assert reply.status == 200, reply.body
    body = reply.body.decode()
    assert body.count("HTTP/1.1 ") == len(paths) > 100
    assert f"{SECRET} " not in body
    assert str(AMOUNT) not in body


def test_nothing_tells_that_a_row_has_a_version(company: Company, seller: Api) -> None:
    """A condition on a hidden row is no oracle: neither 304 nor 412, whatever is guessed."""
    path = f"quotes({company.hidden['quote']})"
    for headers in ({"if-none-match": 'W/"1"'}, {"if-none-match": "*"}, {"if-match": 'W/"1"'}, {"if-match": 'W/"2"'}):
        assert seller("GET", path, None, headers).status == 404
    for headers in ({"if-match": 'W/"1"'}, {"if-match": 'W/"2"'}):
        assert seller("DELETE", path, None, headers).status == 404
        assert seller("PATCH", path, {"name": "New"}, headers).status == 404
