"""What happens to the rows that refer to a row when it is deleted or assigned (tables 10)."""

from uuid import UUID, uuid4

import pytest

import handsel
from handsel import Reference
from handsel.database.statements import counted_statements, run
from handsel.engine.execute import Refusal
from handsel.errors import Code
from tests.people import make_administrator
from tests.scenarios.company import LINES, Company, audit, audit_of, events, line, write_in


def buried(company: Company) -> set[tuple[str, UUID]]:
    """The rows that change tracking reports as deleted."""
    with company.session.entered():
        rows = run("SELECT objecttypecode, objectid FROM hs_tombstone")
    return {(table, id if isinstance(id, UUID) else UUID(id)) for table, id in rows}


def note(company: Company, table: str, id: UUID) -> UUID:
    return company.create("annotation", subject="Note", objectid=Reference(table, id))


def account(company: Company, name: str, **values: object) -> UUID:
    return company.create("account", name=name, **values)


def counts(company: Company, *tables: str) -> list[int]:
    return [company.session.count(table) for table in tables]


# Deleting


def test_a_primary_contact_is_unlinked(company: Company):
    company.update("account", company.acme, primarycontactid=company.ann)
    before = company.columns("account", company.acme, "versionnumber")
    company.delete("contact", company.ann)
    assert company.columns("account", company.acme, "primarycontactid") == (None,)
    assert company.columns("account", company.acme, "versionnumber") > before  # change tracking sends it


def test_an_account_takes_its_contacts_leads_addresses_and_notes_and_leaves_its_children(company: Company):
    parent = account(company, "Parent")
    child = account(company, "Child", parentaccountid=parent)
    contact = company.create("contact", lastname="Bo", parentcustomerid=Reference("account", parent))
    below = company.create("contact", lastname="Cy", parentcustomerid=Reference("contact", contact))
    lead = company.create("lead", lastname="Di", customerid=Reference("account", parent))
    address = company.create("customeraddress", parentid=Reference("account", parent), city="Bern")
    named = company.opportunity(parentaccountid=parent, parentcontactid=contact)
    notes = [note(company, "account", parent), note(company, "contact", below)]
    company.delete("account", parent)
    gone = {("account", parent), ("contact", contact), ("contact", below), ("lead", lead)}
    assert buried(company) == gone | {("customeraddress", address)} | {("annotation", id) for id in notes}
    assert company.columns("account", child, "parentaccountid") == (None,)
    assert company.columns("opportunity", named, "parentaccountid", "parentcontactid") == (None, None)
    assert [row.id for row in company.all("contact")] == [company.ann]


def test_a_deep_chain_goes_as_a_whole(company: Company):
    """Account → opportunity → quote → lines, close activities and notes."""
    top = Reference("account", account(company, "Top"))
    opportunity = company.opportunity(line(company.lamp), customerid=top)
    deal = Reference("opportunity", opportunity)
    draft = company.quote(line(company.lamp), write_in("Work", 5), customerid=top, opportunityid=deal)
    closed = company.quote(line(company.lamp), customerid=top, opportunityid=deal, state=3)
    [close] = company.all("quoteclose")
    notes = [note(company, "opportunity", opportunity), note(company, "quote", draft)]
    notes.append(note(company, "quoteclose", close.id))
    lines = [row.id for row in (*company.lines("quote", draft), *company.lines("quote", closed))]
    [own] = company.lines("opportunity", opportunity)
    company.delete("account", top.id)
    assert buried(company) == {
        ("account", top.id),
        ("opportunity", opportunity),
        ("opportunityproduct", own.id),
        ("quote", draft),
        ("quote", closed),
        ("quoteclose", close.id),
        *(("quotedetail", id) for id in lines),
        *(("annotation", id) for id in notes),
    }
    tables = ("opportunity", "opportunityproduct", "quote", "quotedetail", "quoteclose", "annotation")
    assert counts(company, *tables) == [0] * 6


def test_a_lost_opportunity_goes_with_its_close_activity(company: Company):
    opportunity = company.opportunity(customerid=Reference("account", account(company, "Top")))
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity}))
    company.delete("account", company.all("account", name="Top")[0].id)
    assert counts(company, "opportunity", "opportunityclose") == [0, 0]


def test_each_row_deleted_along_has_its_own_event_and_history(company: Company):
    opportunity = company.opportunity(line(company.lamp))
    quote = company.quote(write_in("Work", 5), opportunityid=opportunity, name="Roof")
    written = note(company, "quote", quote)
    audited, announced = len(audit(company)), len(events(company))
    company.delete("opportunity", opportunity)
    expected = {("opportunity", opportunity), ("quote", quote), ("annotation", written)}
    assert {(event.table, event.row_id) for event in events(company)[announced:]} == expected
    entries = audit(company)[audited:]
    assert {(entry.table, entry.row_id) for entry in entries} == expected
    assert {(entry.message, entry.action) for entry in entries} == {("Delete", "delete")}
    content = audit_of(company, quote)[-1].content
    assert [change["table"] for change in content] == ["quote", "quotedetail"]
    assert content[0]["values"]["name"] == "Roof"


@pytest.mark.parametrize(("table", "generate"), [("salesorder", "SalesOrder"), ("invoice", "Invoice")])
def test_orders_and_invoices_restrict_and_are_named(company: Company, table, generate):
    opportunity = company.opportunity(line(company.lamp), name="Roof")
    made = company.do(getattr(handsel, f"Generate{generate}FromOpportunity")(opportunity)).id
    [number] = company.columns(table, made, "ordernumber" if table == "salesorder" else "invoicenumber")
    company.quote(opportunityid=opportunity)
    refused = handsel.Delete("opportunity", opportunity)
    company.refuses(refused, Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Opportunity 'Roof'", number, "refers to it")
    # The same through the customer, with the row in between.
    company.refuses(handsel.Delete("account", company.acme), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, number, "'Acme'")
    company.delete(table, made)
    company.delete("opportunity", opportunity)


def test_a_quote_without_an_opportunity_keeps_its_customer(company: Company):
    for number in range(7):
        company.quote(quotenumber=f"Q-{number}")
    error = company.refuses(handsel.Delete("account", company.acme), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Acme")
    assert error.message == (
        "Account 'Acme' cannot be deleted: Quote Q-0, Quote Q-1, Quote Q-2, Quote Q-3, Quote Q-4, and 2 more rows "
        "refer to it. Delete or change those first."
    )


@pytest.mark.parametrize("state", [1, 2])
def test_a_live_or_won_quote_refuses_the_whole_deletion(company: Company, state):
    opportunity = company.opportunity(line(company.lamp))
    company.quote(line(company.lamp), opportunityid=opportunity)
    stays = company.quote(line(company.lamp), opportunityid=opportunity, state=state, quotenumber="Q-1")
    company.refuses(handsel.Delete("opportunity", opportunity), Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY, "Q-1", "Deal")
    company.update("quote", stays, statecode=0)
    company.delete("opportunity", opportunity)
    assert counts(company, "quote", "quotedetail") == [0, 0]


def test_a_price_list_is_unlinked_from_documents_and_takes_its_prices(company: Company):
    quote = company.quote(line(company.lamp, 2))
    paid = company.invoice(line(company.lamp), state=2)
    company.update("account", company.acme, defaultpricelevelid=company.price_list)
    company.delete("pricelevel", company.price_list)
    assert company.columns("account", company.acme, "defaultpricelevelid") == (None,)
    assert company.columns("quote", quote, "pricelevelid", "totalamount")[0] is None
    assert str(company.total("quote", quote)) == "39.9800"
    assert company.columns("invoice", paid, "pricelevelid") == (None,)
    assert company.all("productpricelevel", pricelevelid=company.price_list) == []


def test_master_data_and_currencies_are_needed(company: Company):
    opportunity = company.opportunity(line(company.lamp))
    for table, id in (
        ("uom", company.dozen),
        ("product", company.lamp),
        ("uomschedule", company.group),
        ("transactioncurrency", company.dollar),
        ("transactioncurrency", company.euro),
    ):
        company.refuses(handsel.Delete(table, id), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION)
    error = company.refuses(handsel.Delete("product", company.lamp), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION)
    assert "Opportunity 'Deal'" in error.message  # a line is named by its document
    company.delete("opportunity", opportunity)
    company.delete("product", company.lamp)


def test_a_competitor_leaves_its_opportunities(company: Company):
    opportunity = company.opportunity()
    competitor = company.create("competitor", name="Rival")
    link = handsel.Associate(
        "opportunity", opportunity, "opportunitycompetitors_association", Reference("competitor", competitor)
    )
    company.do(link)
    written = note(company, "competitor", competitor)
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity, "competitorid": competitor}))
    company.delete("competitor", competitor)
    assert counts(company, "opportunity", "opportunitycompetitors", "competitor", "annotation") == [1, 0, 0, 0]
    assert ("annotation", written) in buried(company)
    assert [row["competitorid"] for row in company.all("opportunityclose")] == [None]


def test_a_close_activity_goes_with_what_it_is_about(company: Company):
    """Both of its lookups count: the one of its own and the polymorphic one."""
    other = account(company, "Other")
    opportunity = company.opportunity()
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity}))
    [close] = company.all("opportunityclose")
    company.update("opportunityclose", close.id, regardingobjectid=Reference("account", other))
    company.delete("account", other)
    assert counts(company, "opportunityclose", "opportunity") == [0, 1]


def test_the_same_id_in_two_tables_is_two_rows(company: Company):
    shared = uuid4()
    account(company, "Twin", accountid=shared)
    company.create("contact", lastname="Twin", contactid=shared)
    kept = company.opportunity(customerid=Reference("contact", shared))
    written = note(company, "contact", shared)
    company.delete("account", shared)
    assert company.columns("opportunity", kept, "customerid") == (shared,)
    assert company.columns("annotation", written, "objectid") == (shared,)


def test_rows_that_refer_to_each_other_go_together(company: Company):
    one = account(company, "One")
    contact = company.create("contact", lastname="Bo", parentcustomerid=Reference("account", one))
    company.update("account", one, primarycontactid=contact)
    loop = company.create("contact", lastname="Cy", parentcustomerid=Reference("contact", contact))
    company.delete("account", one)
    assert {("account", one), ("contact", contact), ("contact", loop)} <= buried(company)


def test_a_list_refuses_what_is_needed_and_deletes_the_rest(company: Company):
    """What one message takes along does not stand in the way of another; what a refused one keeps does."""
    free, kept, busy = (account(company, name) for name in ("Free", "Kept", "Busy"))
    company.opportunity(customerid=Reference("account", free))
    # Busy's order keeps Busy, and with it the opportunity; a quote of that opportunity keeps its customer, Kept.
    company.order(customerid=Reference("account", busy), ordernumber="O-1")
    deal = company.opportunity(customerid=Reference("account", busy))
    company.quote(customerid=Reference("account", kept), opportunityid=deal, quotenumber="Q-1")
    messages = [handsel.Delete("account", id) for id in (free, kept, busy)]
    results = company.session.execute_many(messages, on_refusal="collect")
    assert results[0] is None
    assert [type(result) for result in results[1:]] == [Refusal, Refusal]
    assert "Q-1" in results[1].error.message
    assert "O-1" in results[2].error.message
    assert {row["name"] for row in company.all("account")} == {"Acme", "Kept", "Busy"}
    company.do(handsel.Delete("salesorder", company.all("salesorder")[0].id))
    assert company.session.execute_many(messages[1:]) == [None, None]
    assert counts(company, "quote", "opportunity", "account") == [0, 0, 1]


def test_a_line_goes_with_its_parts_and_its_document_is_priced(company: Company):
    quote = company.quote(line(company.lamp), write_in("Work", 5))
    first, _second = company.lines("quote", quote)
    company.delete("quotedetail", first.id)
    assert str(company.total("quote", quote)) == "5.0000"
    assert audit_of(company, quote)[-1].action == "update"


def test_what_a_user_may_not_delete_is_not_deleted_along(company: Company):
    """A custom lookup that takes rows along takes none that have a reason to stay."""
    company.do(handsel.AddColumn("quote", "new_site", "lookup", target="account", cascades={"Delete": "Cascade"}))
    company.do(
        handsel.AddColumn("quotedetail", "new_maker", "lookup", target="account", cascades={"Delete": "Cascade"})
    )
    company.do(handsel.AddColumn("systemuser", "new_firm", "lookup", target="account", cascades={"Delete": "Cascade"}))
    site, maker, firm = (account(company, name) for name in ("Site", "Maker", "Firm"))
    active = company.quote(write_in("Work", 5), new_site=site, state=1, quotenumber="Q-1")
    refused = Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY
    company.refuses(handsel.Delete("account", site), refused, "Account 'Site' cannot be deleted", "Q-1")
    company.update("quote", active, statecode=0)
    quote = company.quote(write_in("Work", 5, new_maker=maker), write_in("Trip", 3))
    company.update("quote", quote, statecode=1)
    company.refuses(handsel.Delete("account", maker), Code.PARENT_READ_ONLY, "Maker")
    company.update("quote", quote, statecode=0)
    company.delete("account", maker)
    assert str(company.total("quote", quote)) == "3.0000"
    company.update("systemuser", company.session.user.user_id, new_firm=firm)
    company.refuses(handsel.Delete("account", firm), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "delete yourself")


def test_the_number_of_statements_depends_on_the_tables_alone(company: Company):
    def made(count: int) -> UUID:
        id = account(company, f"With {count}")
        customer = Reference("account", id)
        contacts = [{"lastname": f"{n}", "parentcustomerid": customer} for n in range(count)]
        company.create_many("contact", *contacts)
        deals = company.create_many(
            "opportunity",
            *({"name": f"{n}", "customerid": customer, "pricelevelid": company.price_list} for n in range(count)),
        )
        quote = {"name": "Q", "customerid": customer, "pricelevelid": company.price_list}
        lines = {"quote_details": [line(company.lamp), write_in("Work", 1)]}
        company.create_many("quote", *({**quote, **lines, "opportunityid": deal} for deal in deals))
        company.create_many(
            "annotation", *({"subject": "n", "objectid": Reference("opportunity", deal)} for deal in deals)
        )
        company.create_many("account", *({"name": f"{n}", "parentaccountid": id} for n in range(count)))
        return id

    sent = []
    for count in (2, 60):
        id = made(count)
        with counted_statements() as statements:
            company.delete("account", id)
        sent.append(len(statements))
    assert sent[0] == sent[1] < 45


def test_a_chain_of_one_table_takes_one_statement_however_deep(company: Company):
    sent = []
    for depth in (2, 40):
        top = below = company.create("contact", lastname="Top")
        for level in range(depth):
            below = company.create("contact", lastname=f"{level}", parentcustomerid=Reference("contact", below))
        with counted_statements() as statements:
            company.delete("contact", top)
        sent.append(len(statements))
    assert sent[0] == sent[1]
    assert [row["fullname"] for row in company.all("contact")] == ["Ann Lee"]


# Assigning


def seller(company: Company, name: str = "seller") -> UUID:
    return make_administrator(company.session, name)


def owners(company: Company, *rows: tuple[str, UUID]) -> list[UUID]:
    return [company.columns(table, id, "ownerid")[0] for table, id in rows]


def test_what_belongs_to_a_row_is_assigned_along(company: Company):
    new, me = seller(company), company.session.user.user_id
    top = account(company, "Top")
    customer = Reference("account", top)
    contact = company.create("contact", lastname="Bo", parentcustomerid=customer)
    child = account(company, "Child", parentaccountid=top)
    deal = company.opportunity(line(company.lamp), customerid=customer)
    quote = company.quote(line(company.lamp), opportunityid=deal, state=3)
    order = company.order(opportunityid=deal)
    invoice = company.invoice(opportunityid=deal)
    [close] = company.all("quoteclose")
    written = note(company, "quote", quote)
    company.update("account", top, ownerid=Reference("systemuser", new))
    follow = [("account", top), ("contact", contact), ("account", child), ("opportunity", deal), ("quote", quote)]
    follow += [("salesorder", order), ("quoteclose", close.id), ("annotation", written)]
    assert owners(company, *follow) == [new] * len(follow)
    assert owners(company, ("invoice", invoice)) == [me]  # opportunity → invoice does not cascade, nor Acme's rows
    [detail] = company.lines("quote", quote)
    assert company.columns("quotedetail", detail.id, "ownerid") == (new,)
    row = company.row("quote", quote)
    assert (row["owninguser"], row["owningteam"]) == (new, None)
    assert row["owningbusinessunit"] == company.row("systemuser", new)["businessunitid"]
    assert audit_of(company, quote)[-1].action == "update"


def test_assigning_to_the_same_owner_changes_nothing(company: Company):
    new = seller(company)
    contact = company.create("contact", lastname="Bo", parentcustomerid=Reference("account", company.acme))
    company.update("contact", contact, ownerid=Reference("systemuser", new))
    company.update("account", company.acme, ownerid=Reference("systemuser", company.session.user.user_id))
    assert owners(company, ("contact", contact)) == [new]


def test_a_team_becomes_owner_of_all(company: Company):
    unit = company.all("businessunit")[0].id
    team = company.create("team", name="Sales", businessunitid=unit, administratorid=company.session.user.user_id)
    contact = company.create("contact", lastname="Bo", parentcustomerid=Reference("account", company.acme))
    company.update("account", company.acme, ownerid=Reference("team", team))
    row = company.row("contact", contact)
    assert (row["ownerid"], row["owninguser"], row["owningteam"]) == (team, None, team)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [("Cascade", "draft active foreign"), ("Active", "active"), ("UserOwned", "draft active"), ("NoCascade", "")],
)
def test_whom_an_assignment_reaches(company: Company, reach, expected):
    """Active is state 0, of quotes 1; UserOwned what the old owner of the parent owns."""
    new, other = seller(company), seller(company, "other")
    company.do(handsel.AddColumn("quote", "new_site", "lookup", target="account", cascades={"Assign": reach}))
    site = account(company, "Site")
    made = {
        "draft": company.quote(new_site=site),
        "active": company.quote(new_site=site, state=1),
        "foreign": company.quote(new_site=site, ownerid=Reference("systemuser", other)),
    }
    company.update("account", site, ownerid=Reference("systemuser", new))
    assert {name for name, id in made.items() if owners(company, ("quote", id)) == [new]} == set(expected.split())


def test_assigning_many_costs_no_more_statements(company: Company):
    new, sent = seller(company), []
    for count in (2, 60):
        top = account(company, f"{count}")
        company.create_many(
            "contact", *({"lastname": f"{n}", "parentcustomerid": Reference("account", top)} for n in range(count))
        )
        with counted_statements() as statements:
            company.update("account", top, ownerid=Reference("systemuser", new))
        sent.append(len(statements))
    assert sent[0] == sent[1]


# Custom lookups


@pytest.mark.parametrize(
    ("cascades", "required", "outcome"),
    [
        (None, False, "unlinked"),
        (None, True, "refused"),
        ({"Delete": "RemoveLink"}, False, "unlinked"),
        ({"Delete": "NoCascade"}, False, "unlinked"),
        ({"Delete": "Cascade"}, False, "gone"),
        ({"Delete": "Cascade"}, True, "gone"),
        ({"Delete": "Restrict"}, False, "refused"),
        ({"Assign": "Cascade"}, True, "refused"),
    ],
)
def test_a_custom_lookup_does_what_its_relationship_says(company: Company, cascades, required, outcome):
    column = handsel.AddColumn("lead", "new_site", "lookup", target="account", cascades=cascades, required=required)
    company.do(column)
    site = account(company, "Site")
    lead = company.create("lead", lastname="Bo", new_site=site)
    if outcome == "refused":
        company.refuses(handsel.Delete("account", site), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Bo", "Site")
        return
    company.delete("account", site)
    if outcome == "gone":
        assert ("lead", lead) in buried(company)
    else:
        assert company.columns("lead", lead, "new_site") == (None,)


def test_a_custom_lookup_to_its_own_table(company: Company):
    company.do(handsel.AddColumn("account", "new_top", "lookup", target="account", cascades={"Delete": "Cascade"}))
    top = below = account(company, "Top")
    for level in range(5):
        below = account(company, f"{level}", new_top=below)
    company.update("account", top, new_top=below)  # a circle
    company.delete("account", top)
    assert [row["name"] for row in company.all("account")] == ["Acme"]


@pytest.mark.parametrize(
    ("table", "cascades", "said"),
    [
        ("lead", {"Delete": "Vanish"}, "one of NoCascade, RemoveLink, Cascade, Restrict"),
        ("lead", {"Assign": "RemoveLink"}, "one of NoCascade, Cascade, Active, UserOwned"),
        ("lead", {"Erase": "Cascade"}, "not 'Erase'"),
        ("organization", {"Delete": "Cascade"}, "cannot be deleted along"),
    ],
)
def test_what_a_relationship_cannot_say(company: Company, table, cascades, said):
    column = handsel.AddColumn(table, "new_site", "lookup", target="account", cascades=cascades)
    company.refuses(column, Code.INVALID_ARGUMENT, said)


def test_a_required_lookup_cannot_lose_its_link(company: Company):
    cascades = {"Delete": "RemoveLink"}
    column = handsel.AddColumn("lead", "new_site", "lookup", target="account", required=True, cascades=cascades)
    company.refuses(column, Code.INVALID_ARGUMENT, "Restrict or Cascade")


def test_a_lookup_that_becomes_required_cannot_lose_its_link(company: Company):
    cascades = {"Delete": "RemoveLink"}
    company.do(handsel.AddColumn("lead", "new_site", "lookup", target="account", cascades=cascades))
    company.refuses(handsel.ChangeColumn("lead", "new_site", required=True), Code.INVALID_ARGUMENT, "Restrict or")
    company.do(handsel.ChangeColumn("lead", "new_site", required=True, cascades={"Delete": "Restrict"}))
    site = account(company, "Site")
    company.create("lead", lastname="Bo", new_site=site)
    company.refuses(handsel.Delete("account", site), Code.CANNOT_DELETE_DUE_TO_ASSOCIATION, "Bo", "Site")


@pytest.mark.parametrize("table", LINES)
def test_a_document_is_deleted_by_few_statements(company: Company, table):
    sent = []
    for count in (3, 60):
        document = company.document(table, *(write_in(f"{n}", 1) for n in range(count)))
        with counted_statements() as statements:
            company.delete(table, document)
        sent.append(len(statements))
    assert sent[0] == sent[1] < 25
