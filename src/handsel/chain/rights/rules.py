"""Which rights cover the tables of rights themselves, and what is deleted along with their rows."""

from __future__ import annotations

from handsel.chain.rights.column_rules import (
    check_members,
    check_permission,
    check_secured,
    forget_secured,
    keep_permission,
    keep_profile,
)
from handsel.engine.crud.hooks import rule
from handsel.engine.execute import before_writing
from handsel.engine.forbidding import forbid
from handsel.engine.rights.privileges import cover_through, cover_wholly, open_to_readers
from handsel.tables.cascades import PART
from handsel.tables.intersects import intersect
from handsel.tables.referring import cascade

DERIVED = "Privileges follow from the tables that there are; nobody makes, changes or deletes them."
BY_MESSAGE = "Use {0} instead."

open_to_readers("Privilege", "privilege")
cover_through("roleprivileges", "roleid")
cover_wholly("PrincipalObjectAccess", "principalobjectaccess")
cover_wholly(
    "FieldSecurityProfile",
    *("fieldpermission", "systemuserprofiles", "teamprofiles", "hs_roleprofiles", "hs_securedcolumn"),
)

forbid("privilege", DERIVED, "create", "update", "delete")

before_writing(check_members)
rule("create", "hs_securedcolumn")(check_secured)
rule("delete", "hs_securedcolumn")(forget_secured)
rule("create", "fieldpermission")(check_permission)
rule("update", "fieldpermission")(check_permission)
rule("delete", "fieldpermission")(keep_permission)
rule("update", "fieldsecurityprofile")(keep_profile)
rule("delete", "fieldsecurityprofile")(keep_profile)

cascade("role", "roleprivileges", "roleid", PART)
cascade("fieldsecurityprofile", "fieldpermission", "fieldsecurityprofileid", PART)
for holder, association in (
    ("systemuser", "systemuserprofiles"),
    ("team", "teamprofiles"),
    ("role", "hs_roleprofiles"),
):
    cascade(holder, association, f"{holder}id", PART)
    cascade("fieldsecurityprofile", association, "fieldsecurityprofileid", PART)
    navigation = f"{association}_association"
    intersect(navigation, holder, association, f"{holder}id", "fieldsecurityprofileid", "fieldsecurityprofile")
    intersect(navigation, "fieldsecurityprofile", association, "fieldsecurityprofileid", f"{holder}id", holder)
intersect("roleprivileges_association", "role", "roleprivileges", "roleid", "privilegeid", "privilege")
intersect("roleprivileges_association", "privilege", "roleprivileges", "privilegeid", "roleid", "role")
