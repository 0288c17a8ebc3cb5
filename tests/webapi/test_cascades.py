"""Deleting and assigning through the Web API follows the relationships that the metadata tell (tables 10)."""

from typing import Any

import pytest

from tests.webapi.client import Api

CRM = "Microsoft.Dynamics.CRM"


def cascades(api: Api, name: str) -> dict[str, str]:
    [found] = api.get(f"RelationshipDefinitions?$filter=SchemaName eq '{name}'").rows
    told: dict[str, str] = found["CascadeConfiguration"]
    return told


# Security 3.3 row by row: Assign, Share, Reparent, Delete, Merge.
C, NO = "Cascade", "NoCascade"
TOLD = {
    "opportunity_customer_accounts": (C, C, C, C, C),
    "opportunity_customer_contacts": (C, C, C, C, C),
    "order_customer_accounts": (C, C, C, "Restrict", C),
    "order_customer_contacts": (C, C, C, "Restrict", C),
    "quote_customer_accounts": (C, C, C, "Restrict", C),
    "invoice_customer_contacts": (C, C, C, "Restrict", C),
    "opportunity_parent_account": (NO, NO, NO, "RemoveLink", C),
    "opportunity_parent_contact": (NO, NO, NO, "RemoveLink", C),
    "opportunity_originating_lead": (NO, NO, NO, "RemoveLink", C),
    "opportunity_quotes": (C, NO, NO, C, NO),
    "opportunity_sales_orders": (C, NO, NO, "Restrict", NO),
    "opportunity_invoices": (NO, NO, NO, "Restrict", NO),
    "quote_orders": (NO, NO, NO, "Restrict", NO),
    "order_invoices": (NO, NO, NO, "Restrict", NO),
    "quote_details": (C, NO, NO, C, NO),
    "product_opportunities": (NO, NO, NO, C, NO),
    "order_details": (NO, NO, NO, C, NO),
    "invoice_details": (NO, NO, NO, C, NO),
    "Opportunity_OpportunityClose": (C, C, C, C, NO),
    "Quote_QuoteClose": (C, C, C, C, NO),
    "SalesOrder_OrderClose": (C, C, C, C, NO),
    "Account_Annotation": (C, C, C, C, C),
    "Quote_Annotation": (C, C, C, C, C),
    "Account_CustomerAddress": (NO, NO, NO, C, C),
    "price_level_quotes": (NO, NO, NO, "RemoveLink", NO),
    "transactioncurrency_quote": (NO, NO, NO, "Restrict", NO),
    "transactioncurrency_account": (NO, NO, NO, "Restrict", NO),
    "contact_customer_accounts": (C, C, C, C, C),
    "account_parent_account": (C, C, C, "RemoveLink", C),
    "account_primary_contact": (NO, NO, NO, "RemoveLink", C),
    "lead_customer_accounts": (C, C, C, C, C),
    "opportunity_products": (NO, NO, NO, "Restrict", NO),
}


def test_the_metadata_tell_what_happens(one_api: Api) -> None:
    rows = one_api.get("RelationshipDefinitions").rows
    found = {row["SchemaName"]: row["CascadeConfiguration"] for row in rows if "CascadeConfiguration" in row}
    verbs = ("Assign", "Share", "Reparent", "Delete", "Merge")
    assert {name: tuple(found[name][verb] for verb in verbs) for name in TOLD} == TOLD
    assert all(told["Share"] == told["Unshare"] for told in found.values())


def test_a_deletion_does_what_the_metadata_tell(api: Api) -> None:
    account = api.made("accounts", {"name": "A"})
    contact = api.made("contacts", {"lastname": "C", "parentcustomerid_account@odata.bind": f"/accounts({account})"})
    other = api.made("accounts", {"name": "B", "primarycontactid@odata.bind": f"/contacts({contact})"})
    deal = {"name": "D", "customerid_account@odata.bind": f"/accounts({account})"}
    opportunity = api.made("opportunities", deal)
    order = api.made("salesorders", {**deal, "ordernumber": "O-1"})
    reply = api.delete(f"accounts({account})")
    assert (reply.status, reply.code) == (405, "0x80040227")
    assert reply.message == ("Account 'A' cannot be deleted: Order O-1 refers to it. Delete or change that first.")
    assert api.delete(f"salesorders({order})").status == 204
    assert api.delete(f"accounts({account})").status == 204
    assert api.get(f"opportunities({opportunity})").status == 404
    assert api.get(f"contacts({contact})").status == 404
    assert api.get(f"accounts({other})?$select=_primarycontactid_value").json["_primarycontactid_value"] is None


def test_change_tracking_reports_the_rows_deleted_along(api: Api) -> None:
    account = api.made("accounts", {"name": "A"})
    contact = api.made("contacts", {"lastname": "C", "parentcustomerid_account@odata.bind": f"/accounts({account})"})
    other = api.made("accounts", {"name": "B", "parentaccountid@odata.bind": f"/accounts({account})"})
    links = {
        table: api.get(f"{table}?$select={column}", Prefer="odata.track-changes").json["@odata.deltaLink"]
        for table, column in (("accounts", "name"), ("contacts", "lastname"))
    }
    assert api.delete(f"accounts({account})").status == 204

    def changed(table: str) -> list[dict[str, Any]]:
        return api.get(links[table].removeprefix("http://sales.example/api/data/v9.2/")).rows

    assert [(row["id"], row["reason"]) for row in changed("contacts")] == [(contact, "deleted")]
    assert {row.get("id") or row["accountid"] for row in changed("accounts")} == {account, other}


def relate(api: Api, name: str, **told: str) -> str:
    body = {
        "@odata.type": f"{CRM}.OneToManyRelationshipMetadata",
        "SchemaName": name,
        "ReferencedEntity": "account",
        "ReferencingEntity": "lead",
        "CascadeConfiguration": told,
        "Lookup": {"@odata.type": f"{CRM}.LookupAttributeMetadata", "SchemaName": "new_Site"},
    }
    reply = api.post("RelationshipDefinitions", body)
    assert reply.status == 204, reply.body
    return reply.id


def test_a_relationship_of_ones_own_and_its_change(api: Api) -> None:
    id = relate(api, "new_site_lead", Delete="Cascade", Assign="Active")
    assert cascades(api, "new_site_lead") == {
        **dict.fromkeys(("Archive", "Merge", "Reparent", "RollupView", "Share", "Unshare"), NO),
        "Delete": C,
        "Assign": "Active",
    }

    def made() -> tuple[str, str]:
        site = api.made("accounts", {"name": "S"})
        return site, api.made("leads", {"lastname": "L", "new_Site@odata.bind": f"/accounts({site})"})

    site, lead = made()
    assert api.delete(f"accounts({site})").status == 204
    assert api.get(f"leads({lead})").status == 404
    change = {"CascadeConfiguration": {"Delete": "Restrict"}}
    reply = api("PUT", f"RelationshipDefinitions({id})", change)
    assert reply.status == 204, reply.body
    told = cascades(api, "new_site_lead")
    assert (told["Delete"], told["Assign"]) == ("Restrict", "Active")
    site, lead = made()
    reply = api.delete(f"accounts({site})")
    assert (reply.status, reply.code) == (405, "0x80040227")
    assert "Lead 'L'" in reply.message


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        ({"Delete": "Perhaps"}, 400, "Delete of a relationship is one of"),
        ({"Assign": "Restrict"}, 400, "Assign of a relationship is one of"),
        ({"RollupView": "Cascade"}, 501, "RollupView"),
        ({"Vanish": "Cascade"}, 400, "not 'Vanish'"),
    ],
)
def test_what_a_relationship_cannot_say(one_api: Api, told: dict[str, str], status: int, said: str) -> None:
    id = relate(one_api, "new_site_lead")
    reply = one_api("PUT", f"RelationshipDefinitions({id})", {"CascadeConfiguration": told})
    assert reply.status == status
    assert said in reply.message


def test_the_relationships_of_handsel_stay(one_api: Api) -> None:
    [found] = one_api.get("RelationshipDefinitions?$filter=SchemaName eq 'opportunity_quotes'").rows
    change = {"CascadeConfiguration": {"Delete": "Restrict"}}
    reply = one_api("PUT", f"RelationshipDefinitions({found['MetadataId']})", change)
    assert reply.status == 400
    assert "belongs to Handsel" in reply.message
