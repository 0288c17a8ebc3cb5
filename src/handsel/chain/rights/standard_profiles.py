"""Column security as it is shipped: which columns are secured, and whose roles read and write them (security 7).

A new database has all of this; later it is the administrator's, and an upgrade adds none of it but the profile of
administrators. So nobody loses sight of a column by an upgrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from handsel.chain.rights.options import ColumnPermission
from handsel.chain.rights.standard_roles import STANDARD_ROLES
from handsel.database.row import ColumnValue
from handsel.engine.rights.columns import ADMINISTRATOR_PROFILE

_IDS = UUID("c1d8f3c0-5b1e-5d5c-8f0e-0a8be1b7d6a2")

COSTS_AND_MARGINS = uuid5(_IDS, "Costs and margins")
"""The profile of those who may know what products cost."""

SECURED: tuple[tuple[str, str], ...] = (
    ("product", "currentcost"),
    ("product", "standardcost"),
    ("productpricelevel", "percentage"),
)
"""Secured in a new database. The percentage of a price list item is the markup or margin on a cost, which follows from
it and the price."""

KNOWING = ("Sales Manager", "Vice President of Sales", "Sales Operations", "Finance", "Integration")
"""The shipped roles whose holders read and write those columns."""


def fixed_profile_rows() -> Iterable[Mapping[str, ColumnValue]]:
    """The profile of administrators, which every database has."""
    yield {
        "fieldsecurityprofileid": ADMINISTRATOR_PROFILE,
        "name": "System Administrator",
        "description": "Holds every secured column. It cannot be changed.",
    }


def new_database_rows() -> Iterable[tuple[str, Mapping[str, ColumnValue]]]:
    """What a new database starts with besides, by table."""
    description = "Reads and writes what products cost, and the margins of price lists."
    profile = {"fieldsecurityprofileid": COSTS_AND_MARGINS}
    yield "fieldsecurityprofile", {**profile, "name": "Costs and margins", "description": description}
    for table, column in SECURED:
        names = {"entityname": table, "attributelogicalname": column}
        yield "hs_securedcolumn", names
        yield "fieldpermission", {**profile, **names, **dict.fromkeys(_VERBS, int(ColumnPermission.ALLOWED))}
    for role in STANDARD_ROLES:
        if role.name in KNOWING:
            yield "hs_roleprofiles", {**profile, "roleid": role.id}


_VERBS = ("canread", "cancreate", "canupdate")
