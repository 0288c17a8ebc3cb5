"""Roles in units: the original, its copies, what may be changed (security 2.3)."""

from collections.abc import Callable

import handsel
from handsel.chain.rights.role_copies import copy_id
from handsel.chain.rights.tests.conftest import ADMINISTRATOR, Organization
from handsel.errors import Code


def test_a_role_is_copied_to_every_unit_below_its_own(organization: Organization) -> None:
    role = organization.company.create("role", name="Buyer", businessunitid=organization.north)
    [copy] = organization.company.all("role", name="Buyer", businessunitid=organization.oslo)
    assert copy.id == copy_id(role, organization.oslo)
    assert (copy["parentroleid"], copy["parentrootroleid"], copy["ismanaged"]) == (role, role, False)
    assert organization.company.columns("role", role, "parentrootroleid", "parentroleid", "isinherited") == (
        role,
        None,
        1,
    )
    assert "Buyer" not in organization.role_names(organization.south) | organization.role_names(organization.root)
