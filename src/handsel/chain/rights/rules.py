"""Which rights cover the tables of rights themselves, and what is deleted along with their rows."""

from __future__ import annotations

from handsel.chain.party.merge import after_merge
from handsel.chain.rights.column_rules import (
    check_members,
    check_permission,
    check_secured,
    forget_secured,
    keep_permission,
    keep_profile,
)
from handsel.chain.rights.default_teams import (
    change_default_teams,
    join_default_teams,
    make_default_teams,
    protect_default_teams,
    rename_default_teams,
)
from handsel.chain.rights.giving import check_role_of_team, check_role_of_user
from handsel.chain.rights.membership import check_deleted_memberships, check_member, check_new_memberships
from handsel.chain.rights.moves import move_principals
from handsel.chain.rights.record_teams import check_templates
from handsel.chain.rights.role_rules import check_new_roles, check_roles, fill_roles, protect_roles
from handsel.chain.rights.sharing import PRINCIPALS, move_shares, shared_tables
from handsel.chain.rights.team_rules import check_team_types
from handsel.chain.rights.unit_rules import check_changes, check_deleted, give_roles
from handsel.chain.rights.user_columns import (
    check_deleted_teams,
    check_deleted_users,
    check_new_users,
    check_users,
)
from handsel.engine.crud.hooks import fill, forbid_links, link_rule, rule
from handsel.engine.execute import before_writing
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
cover_wholly(
    "FieldSecurityProfile",
    *("fieldpermission", "systemuserprofiles", "teamprofiles", "hs_roleprofiles", "hs_securedcolumn"),
)

forbid("privilege", DERIVED, "create", "update", "delete")
_BY_ROLE = BY_MESSAGE.format("AddPrivilegesRole, ReplacePrivilegesRole or RemovePrivilegeRole")
forbid("roleprivileges", _BY_ROLE, "create", "update", "delete")
for _table in ("role", "privilege"):
    forbid_links("roleprivileges_association", _table, _BY_ROLE)
for _holder in ("systemuser", "team"):
    _by_link = BY_MESSAGE.format(f"{_holder}roles_association/$ref, or Associate and Disassociate,")
    forbid(f"{_holder}roles", _by_link, "create", "update", "delete")
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

before_writing(check_members)
rule("create", "hs_securedcolumn")(check_secured)
rule("delete", "hs_securedcolumn")(forget_secured)
rule("create", "fieldpermission")(check_permission)
rule("update", "fieldpermission")(check_permission)
rule("delete", "fieldpermission")(keep_permission)
rule("update", "fieldsecurityprofile")(keep_profile)
rule("delete", "fieldsecurityprofile")(keep_profile)

cascade("role", "roleprivileges", "roleid", PART)
cascade("role", "role", "parentrootroleid", PART)
cascade("businessunit", "role", "businessunitid", PART)
cascade("businessunit", "team", "businessunitid", PART)
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

fill("role")(fill_roles)
rule("create", "role")(check_new_roles)
rule("update", "role")(check_roles)
rule("delete", "role")(protect_roles)
link_rule("systemuserroles")(check_role_of_user)
link_rule("teamroles")(check_role_of_team)

link_rule("teammembership")(check_member)
rule("create", "teammembership")(check_new_memberships)
rule("delete", "teammembership")(check_deleted_memberships)

rule("create", "businessunit")(give_roles)
rule("create", "businessunit")(make_default_teams)
rule("update", "businessunit")(check_changes)
rule("update", "businessunit")(give_roles)
rule("update", "businessunit")(rename_default_teams)
rule("delete", "businessunit")(check_deleted)

rule("create", "systemuser")(check_new_users)
rule("create", "systemuser")(join_default_teams)
rule("update", "systemuser")(check_users)
rule("update", "systemuser")(move_principals)
rule("update", "systemuser")(change_default_teams)
rule("delete", "systemuser")(check_deleted_users)

rule("update", "team")(protect_default_teams)
rule("update", "team")(check_team_types)
rule("update", "team")(move_principals)
rule("delete", "team")(check_deleted_teams)
