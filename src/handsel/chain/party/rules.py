"""Which rules hold for customers, users, teams and business units, and what is deleted along with them."""

from __future__ import annotations

from handsel.chain.party.customer_rules import check_accounts, check_contacts, number_addresses
from handsel.chain.party.merge import Mergeable, mergeable
from handsel.chain.party.user_rules import (
    check_units,
    check_users,
    fill_teams,
    fill_units,
    fill_users,
    forbid_deleting_oneself,
    protect_default_teams,
    protect_root,
)
from handsel.engine.crud.hooks import fill, rule
from handsel.engine.rights.privileges import (
    Privilege,
    TablelessPrivilege,
    cover,
    cover_by_unit,
    cover_through,
    limit_verbs,
)
from handsel.tables.cascades import MERGED_ALONG, PARENTAL, PARENTAL_LINK, PART
from handsel.tables.intersects import intersect
from handsel.tables.referring import cascade, merges, restrict

rule("create", "account")(check_accounts)
rule("update", "account")(check_accounts)
rule("create", "contact")(check_contacts)
rule("update", "contact")(check_contacts)
fill("customeraddress")(number_addresses)

mergeable(Mergeable("account", "parentaccountid", "parentaccountid", 1, 2))
mergeable(Mergeable("contact", "parentcustomerid", "parentcontactid", 1, 2))

fill("businessunit")(fill_units)
rule("create", "businessunit")(check_units)
rule("update", "businessunit")(check_units)
rule("delete", "businessunit")(protect_root)

fill("team")(fill_teams)
rule("delete", "team")(protect_default_teams)

fill("systemuser")(fill_users)
rule("create", "systemuser")(check_users)
rule("update", "systemuser")(check_users)
rule("delete", "systemuser")(forbid_deleting_oneself)

merges("account", "contact")
restrict("businessunit")
cascade("account", "account", "parentaccountid", PARENTAL_LINK)
for party in ("account", "contact"):
    cascade(party, "contact", "parentcustomerid", PARENTAL)
    cascade(party, "customeraddress", "parentid", MERGED_ALONG)
cascade("team", "teammembership", "teamid", PART)
cascade("systemuser", "teammembership", "systemuserid", PART)

intersect("teammembership_association", "team", "teammembership", "teamid", "systemuserid", "systemuser")
intersect("teammembership_association", "systemuser", "teammembership", "systemuserid", "teamid", "team")

for holder, association in (("systemuser", "systemuserroles"), ("team", "teamroles")):
    cascade(holder, association, f"{holder}id", PART)
    cascade("role", association, "roleid", PART)
    navigation = f"{association}_association"
    intersect(navigation, holder, association, f"{holder}id", "roleid", "role")
    intersect(navigation, "role", association, "roleid", f"{holder}id", holder)

cover("User", "systemuser")
limit_verbs("User", Privilege.CREATE, Privilege.READ, Privilege.WRITE, Privilege.APPEND, Privilege.APPEND_TO)
cover_by_unit("Role", "role", "businessunitid")
limit_verbs("Role", *(verb for verb in Privilege if verb is not Privilege.SHARE))
cover_through("customeraddress", "parentid")
cover_through("teammembership", "teamid")
cover_through("systemuserroles", "systemuserid")
cover_through("teamroles", "teamid")

REPARENT_USER = TablelessPrivilege("prvReparentUser")
REPARENT_TEAM = TablelessPrivilege("prvReparentTeam")
REPARENT_UNIT = TablelessPrivilege("prvReparentBusinessUnit")
DISABLE_USER = TablelessPrivilege("prvDisableUser")
DISABLE_UNIT = TablelessPrivilege("prvDisableBusinessUnit")
ASSIGN_MANAGER = TablelessPrivilege("prvAssignManager")
