"""The rows that the pipeline refers to: accounts, products, and agents with their managers, teams and regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from files import BadFile, Record, records

import handsel

PRICE_LIST = "CRM pipeline list prices"
NOT_STATED = "Not stated"
"""The account of deals that name none."""


@dataclass(frozen=True, slots=True)
class Masters:
    """The rows that deals refer to, by their names in the files."""

    accounts: Mapping[str, handsel.Reference]
    products: Mapping[str, UUID]
    agents: Mapping[str, handsel.Reference]
    price_list: UUID


def load_masters(session: handsel.Session, directory: Path, repaired: Counter[str]) -> Masters:
    """Create all rows that deals refer to."""
    # The price list comes first: it marks a database that holds this import, even an interrupted one.
    price_list = session.execute(handsel.Create("pricelevel", {"name": PRICE_LIST})).id
    accounts = list(records(directory / "accounts.csv", repaired))
    products = list(records(directory / "products.csv", repaired))
    agents = list(records(directory / "sales_teams.csv", repaired))
    return Masters(
        accounts=load_accounts(session, accounts),
        products=load_products(session, products, price_list),
        agents=load_agents(session, agents),
        price_list=price_list,
    )


def load_accounts(session: handsel.Session, rows: Sequence[Record]) -> dict[str, handsel.Reference]:
    """An account each below its parent, and one for deals that name none. Sector and year go to custom columns."""
    session.execute_many(
        [
            handsel.AddColumn("account", "crm_sector", "text", label="Sector", max_length=50),
            handsel.AddColumn("account", "crm_established", "integer", label="Year established"),
        ]
    )
    names = [row["account"] for row in rows] + [NOT_STATED]
    values = [account(row) for row in rows] + [{"name": NOT_STATED}]
    accounts = session.execute_many([handsel.Create("account", value) for value in values])
    found = {name: account.reference for name, account in zip(names, accounts, strict=True)}
    session.execute_many(
        [
            handsel.Update(
                "account", found[row["account"]].id, {"parentaccountid": known(found, row, "subsidiary_of").id}
            )
            for row in rows
            if row["subsidiary_of"]
        ]
    )
    return found


def account(row: Record) -> dict[str, Any]:
    """A customer. The file gives revenue in millions."""
    return {
        "name": row["account"],
        "crm_sector": row["sector"] or None,
        "crm_established": int(row["year_established"]) if row["year_established"] else None,
        "revenue": Decimal(row["revenue"]) * 1_000_000 if row["revenue"] else None,
        "numberofemployees": int(row["employees"]) if row["employees"] else None,
        "address1_country": row["office_location"] or None,
    }


def load_products(session: handsel.Session, rows: Sequence[Record], price_list: UUID) -> dict[str, UUID]:
    """Products with their list prices, published, each in the family of its series."""
    group = session.execute(handsel.Create("uomschedule", {"name": "CRM pipeline units"}))
    piece = session.execute(handsel.Create("uom", {"name": "Piece", "quantity": 1, "uomscheduleid": group.id}))
    unit = {"defaultuomscheduleid": group.id, "defaultuomid": piece.id, "quantitydecimal": 0}
    series = sorted({row["series"] for row in rows})
    families = session.execute_many([handsel.Create("product", family(name)) for name in series])
    session.execute_many([handsel.Update("product", row.id, {"statecode": 0}) for row in families])
    family_ids = {name: family.id for name, family in zip(series, families, strict=True)}
    products = session.execute_many(
        [
            handsel.Create("product", {**product(row), **unit, "parentproductid": family_ids[row["series"]]})
            for row in rows
        ]
    )
    pairs = list(zip(rows, products, strict=True))
    item = {"pricelevelid": price_list, "uomid": piece.id}
    session.execute_many(
        [
            handsel.Create("productpricelevel", {**item, "productid": product.id, "amount": row["sales_price"]})
            for row, product in pairs
        ]
    )
    session.execute_many([handsel.Update("product", product.id, {"statecode": 0}) for product in products])
    return {row["product"]: product.id for row, product in pairs}


def family(series: str) -> dict[str, Any]:
    """A series as a product family."""
    return {"name": series, "productnumber": f"CRM-FAMILY-{series}", "productstructure": 2}


def product(row: Record) -> dict[str, Any]:
    """A product; it starts as a draft."""
    number = row["product"].upper().replace(" ", "-")
    return {"name": row["product"], "productnumber": f"CRM-{number}", "price": row["sales_price"]}


def load_agents(session: handsel.Session, rows: Sequence[Record]) -> dict[str, handsel.Reference]:
    """Business units for regions, users for managers and their agents, a team for each manager."""
    regions = sorted({row["regional_office"] for row in rows})
    units = session.execute_many([handsel.Create("businessunit", {"name": f"Region {name}"}) for name in regions])
    unit_ids = {name: unit.id for name, unit in zip(regions, units, strict=True)}
    region_of = {row["manager"]: row["regional_office"] for row in rows}
    managers = session.execute_many(
        [handsel.Create("systemuser", user(name, "Manager", unit_ids[region])) for name, region in region_of.items()]
    )
    manager_ids = {name: manager.id for name, manager in zip(region_of, managers, strict=True)}
    agents = session.execute_many(
        [
            handsel.Create("systemuser", {
                **user(row["sales_agent"], "Sales agent", unit_ids[row["regional_office"]]),
                "parentsystemuserid": manager_ids[row["manager"]],
            })
            for row in rows
        ]
    )  # fmt: skip
    found = {row["sales_agent"]: agent.reference for row, agent in zip(rows, agents, strict=True)}
    for role, people in (("Sales Manager", managers), ("Salesperson", agents)):
        given = next(session.rows("role", f"name eq '{role}' and parentroleid eq null")).reference
        session.execute_many(
            [handsel.Associate("systemuser", each.id, "systemuserroles_association", given) for each in people]
        )
    teams = session.execute_many(
        [
            handsel.Create("team", {
                "name": f"Team of {name}",
                "administratorid": manager_ids[name],
                "businessunitid": unit_ids[region],
            })
            for name, region in region_of.items()
        ]
    )  # fmt: skip
    session.execute_many(
        [
            handsel.AddMembersTeam(team.id, [found[row["sales_agent"]] for row in rows if row["manager"] == name])
            for team, name in zip(teams, region_of, strict=True)
        ]
    )
    return found


def user(name: str, title: str, business_unit: UUID) -> dict[str, Any]:
    """A person of the sales force; the last word of the name is the last name."""
    first, _, last = name.rpartition(" ")
    return {
        "domainname": f"{name.replace(' ', '.')}@pipeline.example".lower(),
        "firstname": first or None,
        "lastname": last,
        "title": title,
        "businessunitid": business_unit,
    }


def known(found: Mapping[str, Any], row: Record, column: str) -> Any:
    """The rows that a row refers to. Raises BadFile if the files do not have them."""
    if row[column] not in found:
        what = row.get("opportunity_id") or row.get("account")
        raise BadFile(f"{what} names {column} '{row[column]}', which its file lacks.")
    return found[row[column]]
