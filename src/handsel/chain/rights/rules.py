"""Which rights cover the tables of rights themselves, and what is deleted along with their rows."""

from __future__ import annotations

from handsel.chain.party.merge import after_merge
from handsel.chain.rights.record_teams import check_templates
from handsel.chain.rights.sharing import PRINCIPALS, move_shares, shared_tables
from handsel.engine.crud.hooks import rule
from handsel.engine.forbidding import forbid
from handsel.engine.rights.privileges import cover_through, cover_wholly, open_to_readers
from handsel.engine.rights.sharing import SHARES
from handsel.tables.cascades import PART, Cascades, OnDelete, Reach
from handsel.tables.info import all_tables, table_info
from handsel.tables.intersects import intersect
from handsel.tables.referring import cascade, names_rows

DERIVED = "Privileges follow from the tables that there are; nobody makes, changes or deletes them."
BY_MESSAGE = "Use {0} instead."

open_to_readers("Privilege", "privilege")
cover_through("roleprivileges", "roleid")
cover_wholly("PrincipalObjectAccess", "principalobjectaccess")
open_to_readers("TeamTemplate", "teamtemplate")
cover_wholly("FieldSecurityProfile", "fieldpermission", "systemuserprofiles", "teamprofiles", "hs_securedcolumn")

forbid("privilege", DERIVED, "create", "update", "delete")
forbid(SHARES, BY_MESSAGE.format("GrantAccess, ModifyAccess and RevokeAccess"), "create", "update", "delete")

rule("create", "teamtemplate")(check_templates)
rule("update", "teamtemplate")(check_templates)
cascade("teamtemplate", "team", "teamtemplateid", PART)
for _info in all_tables():
    if _info.logical_name in table_info("team").columns["regardingobjectid"].targets:
        cascade(_info.logical_name, "team", "regardingobjectid", PART)

# Shares die with the row and with the user or team; where rows are merged they move.
_SHARED = Cascades(OnDelete.CASCADE, merge=Reach.CASCADE, is_part=True)
names_rows(SHARES, "objectid", "objecttypecode", shared_tables, _SHARED)
names_rows(SHARES, "principalid", "principaltypecode", lambda: PRINCIPALS, PART)
after_merge(move_shares)

cascade("role", "roleprivileges", "roleid", PART)
cascade("fieldsecurityprofile", "fieldpermission", "fieldsecurityprofileid", PART)
for holder, association in (("systemuser", "systemuserprofiles"), ("team", "teamprofiles")):
    cascade(holder, association, f"{holder}id", PART)
    cascade("fieldsecurityprofile", association, "fieldsecurityprofileid", PART)
    navigation = f"{association}_association"
    intersect(navigation, holder, association, f"{holder}id", "fieldsecurityprofileid", "fieldsecurityprofile")
    intersect(navigation, "fieldsecurityprofile", association, "fieldsecurityprofileid", f"{holder}id", holder)
intersect("roleprivileges_association", "role", "roleprivileges", "roleid", "privilegeid", "privilege")
intersect("roleprivileges_association", "privilege", "roleprivileges", "privilegeid", "roleid", "role")
