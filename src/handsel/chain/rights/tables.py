"""Privileges and which roles have them, shares, templates of access teams, secured columns (security 1, 3 and 7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handsel.chain.party.users import Team
from handsel.chain.rights.options import ColumnPermission
from handsel.tables.columns import Boolean, Choice, DateTime, Guid, Integer, Key, Lookup, Memo, Text
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Ownership, Table, TableFacts, add_column


class Privilege(Table):
    """Something that a role can grant. The rows follow from the declared tables; nobody changes them."""

    table = TableFacts(
        "Privilege",
        "privileges",
        "Privilege",
        "name",
        ownership=Ownership.NONE,
        object_type_code=1023,
        plural_label="Privileges",
    )

    privilege_id = Key("Privilege")
    name = Text(100, "Name", required=Required.SYSTEM, writable=Writable.NEVER)
    access_right = Integer("Access Right", required=Required.SYSTEM, writable=Writable.NEVER)
    can_be_basic = Boolean("Can Be Basic", required=Required.SYSTEM, writable=Writable.NEVER, default=False)
    can_be_local = Boolean("Can Be Local", required=Required.SYSTEM, writable=Writable.NEVER, default=False)
    can_be_deep = Boolean("Can Be Deep", required=Required.SYSTEM, writable=Writable.NEVER, default=False)
    can_be_global = Boolean("Can Be Global", required=Required.SYSTEM, writable=Writable.NEVER, default=False)

    class Meta:
        db_table = "privilege"
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="privilege_name")]


class RolePrivileges(Table):
    """A privilege of a role, and how far it reaches. Only the original of a role has rows; its copies share them."""

    table = TableFacts(
        "RolePrivileges",
        "roleprivilegescollection",
        "Role Privilege",
        "roleprivilegeid",
        ownership=Ownership.NONE,
        object_type_code=12,
        plural_label="Role Privileges",
    )

    role_privilege_id = Key("Role Privilege")
    role = Lookup("role", "Role", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER)
    privilege = Lookup(
        "privilege", "Privilege", kind="Uniqueidentifier", index=True, required=Required.SYSTEM, writable=Writable.NEVER
    )
    privilege_depth_mask = Integer(
        "Privilege Depth Mask", minimum=1, maximum=8, required=Required.SYSTEM, writable=Writable.NEVER
    )

    class Meta:
        db_table = "roleprivileges"
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "privilege"], name="roleprivileges_pair")]


class PrincipalObjectAccess(Table):
    """A row that was shared with a user or team, with which rights. Rights that follow from it are not stored."""

    table = TableFacts(
        "PrincipalObjectAccess",
        "principalobjectaccessset",
        "Share",
        "principalobjectaccessid",
        ownership=Ownership.NONE,
        object_type_code=11,
        plural_label="Shares",
    )

    principal_object_access_id = Key("Share")
    principal_id = Guid("Principal", required=Required.SYSTEM, writable=Writable.NEVER)
    principal_type_code = Text(64, "Principal Type", required=Required.SYSTEM, writable=Writable.NEVER)
    object_id = Guid("Object", required=Required.SYSTEM, writable=Writable.NEVER)
    object_type_code = Text(64, "Object Type", required=Required.SYSTEM, writable=Writable.NEVER)
    access_rights_mask = Integer("Access Rights", required=Required.SYSTEM, writable=Writable.NEVER)
    changed_on = DateTime("Changed On", required=Required.SYSTEM, writable=Writable.NEVER)

    class Meta:
        db_table = "principalobjectaccess"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["object_id", "principal_id"], name="principalobjectaccess_pair"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["principal_id", "object_type_code", "object_id"], name="principalobjectaccess_of"),
        ]


class TeamTemplate(Audited, Table):
    """What the members of access teams that are made from it may do with the row that the team is for."""

    table = TableFacts(
        "TeamTemplate",
        "teamtemplates",
        "Team Template",
        "teamtemplatename",
        ownership=Ownership.NONE,
        object_type_code=92,
        plural_label="Team Templates",
    )

    team_template_id = Key("Team Template")
    team_template_name = Text(100, "Name", required=Required.SYSTEM)
    object_type_code = Integer("Entity", minimum=0, maximum=100_000, required=Required.SYSTEM)
    default_access_rights_mask = Integer("Access Rights", required=Required.SYSTEM)
    description = Memo(2000, "Description")
    is_system = Boolean("Is System", required=Required.SYSTEM, writable=Writable.NEVER, default=False)

    class Meta:
        db_table = "teamtemplate"


add_column(
    Team,
    "team_template",
    Lookup("teamtemplate", "Team Template Identifier", collection="teamtemplate_Teams", index=True),
)


class FieldSecurityProfile(Audited, Table):
    """Who may see and write secured columns: users and teams, and their permissions."""

    table = TableFacts(
        "FieldSecurityProfile",
        "fieldsecurityprofiles",
        "Column Security Profile",
        "name",
        object_type_code=1200,
        plural_label="Column Security Profiles",
    )

    field_security_profile_id = Key("Column Security Profile")
    name = Text(100, "Name", required=Required.SYSTEM)
    description = Memo(2000, "Description")

    class Meta:
        db_table = "fieldsecurityprofile"


class FieldPermission(Table):
    """What the members of a profile may do with one secured column."""

    table = TableFacts(
        "FieldPermission",
        "fieldpermissions",
        "Column Permission",
        "fieldpermissionid",
        object_type_code=1201,
        plural_label="Column Permissions",
    )

    field_permission_id = Key("Column Permission")
    field_security_profile = Lookup(
        "fieldsecurityprofile",
        "Profile",
        collection="lk_fieldpermission_fieldsecurityprofileid",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    entity_name = Text(64, "Table", required=Required.SYSTEM, writable=Writable.CREATE)
    attribute_logical_name = Text(64, "Column", required=Required.SYSTEM, writable=Writable.CREATE)
    can_read = Choice(ColumnPermission, "Can Read", default=ColumnPermission.NOT_ALLOWED)
    can_create = Choice(ColumnPermission, "Can Create", default=ColumnPermission.NOT_ALLOWED)
    can_update = Choice(ColumnPermission, "Can Update", default=ColumnPermission.NOT_ALLOWED)

    class Meta:
        db_table = "fieldpermission"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["field_security_profile", "entity_name", "attribute_logical_name"],
                name="fieldpermission_column",
            ),
        ]


class SystemUserProfiles(Table):
    """A user in a column security profile."""

    table = TableFacts(
        "SystemUserProfiles",
        "systemuserprofilescollection",
        "User in Profile",
        "systemuserprofileid",
        ownership=Ownership.NONE,
        object_type_code=1202,
        plural_label="Users in Profiles",
    )

    system_user_profile_id = Key("User in Profile")
    system_user = Lookup(
        "systemuser", "User", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER
    )
    field_security_profile = Lookup(
        "fieldsecurityprofile",
        "Profile",
        kind="Uniqueidentifier",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )

    class Meta:
        db_table = "systemuserprofiles"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system_user", "field_security_profile"], name="systemuserprofiles_pair"),
        ]


class TeamProfiles(Table):
    """A team in a column security profile."""

    table = TableFacts(
        "TeamProfiles",
        "teamprofilescollection",
        "Team in Profile",
        "teamprofileid",
        ownership=Ownership.NONE,
        object_type_code=1203,
        plural_label="Teams in Profiles",
    )

    team_profile_id = Key("Team in Profile")
    team = Lookup("team", "Team", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER)
    field_security_profile = Lookup(
        "fieldsecurityprofile",
        "Profile",
        kind="Uniqueidentifier",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )

    class Meta:
        db_table = "teamprofiles"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "field_security_profile"], name="teamprofiles_pair"),
        ]


class RoleProfiles(Table):
    """A role whose holders are in a column security profile, directly or through a team: a table of ours."""

    table = TableFacts(
        "hs_RoleProfiles",
        "hs_roleprofilescollection",
        "Role in Profile",
        "hs_roleprofileid",
        ownership=Ownership.NONE,
        object_type_code=10_031,
        plural_label="Roles in Profiles",
    )

    hs_role_profile_id = Key("Role in Profile", schema="hs_RoleProfileId")
    role = Lookup("role", "Role", kind="Uniqueidentifier", required=Required.SYSTEM, writable=Writable.NEVER)
    field_security_profile = Lookup(
        "fieldsecurityprofile",
        "Profile",
        kind="Uniqueidentifier",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )

    class Meta:
        db_table = "hs_roleprofiles"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "field_security_profile"], name="hs_roleprofiles_pair"),
        ]


class SecuredColumn(Table):
    """A column that only members of a profile and administrators may read or write: `IsSecured` of the metadata."""

    table = TableFacts(
        "hs_SecuredColumn",
        "hs_securedcolumns",
        "Secured Column",
        "hs_securedcolumnid",
        object_type_code=10_021,
        plural_label="Secured Columns",
    )

    hs_secured_column_id = Key("Secured Column", schema="hs_SecuredColumnId")
    entity_name = Text(64, "Table", required=Required.SYSTEM, writable=Writable.CREATE)
    attribute_logical_name = Text(64, "Column", required=Required.SYSTEM, writable=Writable.CREATE)

    class Meta:
        db_table = "hs_securedcolumn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entity_name", "attribute_logical_name"], name="hs_securedcolumn_column"),
        ]
