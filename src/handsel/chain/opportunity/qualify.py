"""QualifyLead: a lead becomes an account, a contact and an opportunity (behaviour 3.12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.document.closing import Status
from handsel.chain.lead.states import LIFECYCLE as LEAD
from handsel.chain.lead.states import QUALIFIED
from handsel.chain.opportunity.conversions import TO_ACCOUNT, TO_CONTACT, TO_OPPORTUNITY
from handsel.database.row import Item, Reference, Row
from handsel.engine.added_maps import added_map
from handsel.engine.available import sendable
from handsel.engine.conversion import Conversion
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.permitting import permit_linked
from handsel.engine.edm import ROW, Many
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.listing import list_rows
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, RowElsewhere
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, InvalidArgument, InvalidState


@dataclass(frozen=True, slots=True)
class QualifyLead(Message[list[Reference]]):
    """Qualify an open lead; the result lists the created rows: account, contact, opportunity.

    `opportunity_customer_id` names an existing account or contact as the opportunity's customer; without one it is the
    created account, else the created contact. `status` is 3 Qualified or -1. With `suppress_duplicate_detection` False
    nothing is made where one of the rows would be a duplicate (0x80040333).
    """

    needs: ClassVar[Needs] = Needs(
        read=("lead",),
        create=("account", "contact", "opportunity"),
        write=("lead",),
        append=("account", "contact", "opportunity"),
        append_to=("lead", "account", "contact"),
        besides="Create and Append only of the tables of which it makes a row.",
        create_code=Code.QUALIFY_LEAD_CREATE_DENIED,
    )
    operation: ClassVar[Operation] = Operation(
        bound_to="lead",
        binding="lead_id",
        returns=Many(ROW),
        order=(
            *("create_account", "create_contact", "create_opportunity"),
            *("opportunity_currency_id", "opportunity_customer_id", "source_campaign_id"),
            *("status", "process_instance_id"),
        ),
    )

    lead_id: UUID
    create_account: bool
    create_contact: bool
    create_opportunity: bool
    status: Status = -1
    opportunity_currency_id: Annotated[
        UUID | None, Parameter(name="OpportunityCurrencyId", type="transactioncurrency")
    ] = None
    opportunity_customer_id: Reference | None = None
    source_campaign_id: Annotated[UUID | None, Parameter(type=ROW, is_elsewhere=True)] = None
    process_instance_id: RowElsewhere = None
    suppress_duplicate_detection: Annotated[bool, Parameter(is_documented=False)] = True

    def locks(self) -> Sequence[Reference]:
        return (Reference("lead", self.lead_id),)

    def takes(self) -> Needs:
        """Only of the tables of which it makes rows."""
        chosen = {
            "account": self.create_account,
            "contact": self.create_contact,
            "opportunity": self.create_opportunity,
        }
        made = tuple(table for table, is_made in chosen.items() if is_made)
        return replace(self.needs, create=made, append=made)


sendable("lead", QualifyLead, make=lambda row: QualifyLead(row.id, True, True, True))


@handles(QualifyLead)
def qualify_leads(work: Work, items: list[Item[QualifyLead]]) -> None:
    """Qualify leads: rows of each table are created for all leads at once."""
    leads = {item.index: _lead(work, item) for item in items}
    move(work, LEAD, [Move(item, leads[item.index], QUALIFIED, item.message.status) for item in items], "QualifyLead")
    made: dict[int, list[Row]] = {item.index: [] for item in items}
    accounts = _create(
        work, [item for item in items if item.message.create_account], leads, made, TO_ACCOUNT, lambda _item: {}
    )

    def company(item: Item[QualifyLead]) -> dict[str, Any]:
        account = accounts.get(item.index)
        parent = account.id if account is not None else leads[item.index].get("parentaccountid")
        return {"parentcustomerid": Reference("account", parent)} if parent is not None else {}

    contacts = _create(work, [item for item in items if item.message.create_contact], leads, made, TO_CONTACT, company)
    _link_primary_contact(work, items, accounts, contacts)

    def customer(item: Item[QualifyLead]) -> dict[str, Any]:
        return _opportunity_values(work, item, leads[item.index], accounts.get(item.index), contacts.get(item.index))

    opportunities = _create(
        work,
        [item for item in items if item.message.create_opportunity],
        leads,
        made,
        TO_OPPORTUNITY,
        customer,
        named=_named_by_caller,
    )
    for item in items:
        if item.refusal is None:
            lead = leads[item.index]
            _stamp_lead(
                work, item, lead, accounts.get(item.index), contacts.get(item.index), opportunities.get(item.index)
            )
            item.result = [row.reference for row in made[item.index]]


def _lead(work: Work, item: Item[QualifyLead]) -> Row:
    row = work.as_user.row("lead", item.message.lead_id)
    assert row is not None
    return row


def _create(
    work: Work,
    items: Sequence[Item[QualifyLead]],
    leads: Mapping[int, Row],
    made: dict[int, list[Row]],
    conversion: Conversion,
    more: Any,
    *,
    named: Callable[[QualifyLead], frozenset[str]] = lambda _message: frozenset(),
) -> dict[int, Row]:
    """Rows of one table, by item index, through the ordinary create with its rules."""
    live = [item for item in items if item.refusal is None]
    header = conversion.header
    added = added_map(work.context, work.organization, header.source, header.target)
    wanted = []
    owners = []
    for item in live:
        with work.refusing(item):
            lead = leads[item.index]
            copied = header.values(lead, added)
            values = {name: value for name, value in copied.items() if name in work.info(header.target).columns}
            values = {name: value for name, value in values.items() if work.info(header.target).columns[name].writable}
            if lead.get("owningteam") is not None:
                values["ownerid"] = Reference("team", lead["owningteam"])
            elif lead.get("owninguser") is not None:
                values["ownerid"] = Reference("systemuser", lead["owninguser"])
            values.update(more(item))
            wanted.append(Given(item, header.target, values, values.keys() - named(item.message)))
            owners.append(item)
    found: dict[int, Row] = {}
    created = create_rows(work, wanted)
    permit_linked(work, [(owners[position], row) for position, row in created.items()])
    for position, row in created.items():
        found[owners[position].index] = row
        made[owners[position].index].append(row)
    return found


def _opportunity_values(
    work: Work, item: Item[QualifyLead], lead: Row, account: Row | None, contact: Row | None
) -> dict[str, Any]:
    message = item.message
    values: dict[str, Any] = {}
    if message.opportunity_customer_id is not None:
        values["customerid"] = message.opportunity_customer_id
    elif account is not None:
        values["customerid"] = account.reference
    elif contact is not None:
        values["customerid"] = contact.reference
    else:
        values["customerid"] = _lead_customer(work, lead)
    if message.opportunity_currency_id is not None:
        values["transactioncurrencyid"] = message.opportunity_currency_id
    if message.source_campaign_id is not None:
        values["campaignid"] = message.source_campaign_id
    if account is not None:
        values["parentaccountid"] = account.reference
    if contact is not None:
        values["parentcontactid"] = contact.reference
    return values


def _named_by_caller(message: QualifyLead) -> frozenset[str]:
    """The lookups of an opportunity that the message names; all others follow from the lead."""
    named = {"customerid": message.opportunity_customer_id, "transactioncurrencyid": message.opportunity_currency_id}
    return frozenset(column for column, value in named.items() if value is not None)


def _called(work: Work, lead: Row) -> str:
    """How a refusal names a lead to its reader."""
    shown = work.shown(lead)
    return f"Lead '{shown.get('fullname') or shown.get('subject')}'"


def _lead_customer(work: Work, lead: Row) -> Reference:
    for table, column in (
        ("account", "accountid"),
        ("contact", "contactid"),
        ("account", "parentaccountid"),
        ("contact", "parentcontactid"),
    ):
        if lead.get(column) is not None:
            return Reference(table, lead[column])
    raise InvalidArgument(
        f"{_called(work, lead)} has no customer for the opportunity. Create an account or a contact with it, or give "
        "OpportunityCustomerId."
    )


def _link_primary_contact(
    work: Work, items: Sequence[Item[QualifyLead]], accounts: Mapping[int, Row], contacts: Mapping[int, Row]
) -> None:
    for item in items:
        account, contact = accounts.get(item.index), contacts.get(item.index)
        if item.refusal is None and account is not None and contact is not None:
            work.update(item, account, {"primarycontactid": contact.id})


def _stamp_lead(
    work: Work, item: Item[QualifyLead], lead: Row, account: Row | None, contact: Row | None, opportunity: Row | None
) -> None:
    values: dict[str, Any] = {}
    if account is not None:
        values["parentaccountid"] = account.id
    if contact is not None:
        values["parentcontactid"] = contact.id
    if opportunity is not None:
        values["qualifyingopportunityid"] = opportunity.id
    work.update(item, lead, values)


@LEAD.guard("Disqualify")
def no_opportunities(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """A lead from which an opportunity was made cannot be disqualified (behaviour 3.12)."""
    found = work.as_system.children("opportunity", "originatingleadid", [row.id for row in rows])
    return {
        row.id: InvalidState(
            f"{_called(work, row)} cannot be disqualified: "
            f"{list_rows(work, found[row.id], _opportunity_name)} came of it. Delete or close that opportunity first.",
            table="lead",
            id=str(row.id),
        )
        for row in rows
        if found[row.id]
    }


def _opportunity_name(row: Row) -> str:
    return f"opportunity '{row.get('name')}'"
