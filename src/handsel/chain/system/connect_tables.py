"""The tables that clients look into while connecting: roles, views, messages, background jobs. Minimal columns.

Their standard rows come from `connect_rows`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from handsel.chain.system.connect_options import JobState, JobStatus, JobType, RoleInheritance
from handsel.chain.system.options import ActiveState, ActiveStatus
from handsel.tables.columns import (
    BigInt,
    Boolean,
    Choice,
    DateTime,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    State,
    Status,
    Text,
)
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Ownership, Table, TableFacts, split_check

_LONGEST_XML = 1_073_741_823


class Role(Audited, Imported, Table):
    """A security role: what its holders may do. A role that is made in a unit has a copy in each unit below."""

    table = TableFacts(
        "Role",
        "roles",
        "Security Role",
        "name",
        object_type_code=1036,
        plural_label="Security Roles",
    )

    role_id = Key("Role")
    name = Text(100, "Name", required=Required.SYSTEM)
    business_unit = Lookup(
        "businessunit",
        "Business Unit",
        collection="business_unit_roles",
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    parent_role = Lookup("role", "Parent Role", collection="role_parent_role", writable=Writable.NEVER)
    parent_root_role = Lookup("role", "Parent Root Role", collection="role_parent_root_role", writable=Writable.NEVER)
    role_template_id = Guid("Role Template", writable=Writable.NEVER)
    is_inherited = Choice(RoleInheritance, "Member's Privilege Inheritance", default=RoleInheritance.DIRECT_AND_TEAM)
    is_managed = Boolean("State", writable=Writable.NEVER, default=False)
    description = Memo(2000, "Description")
    hs_shipped_privileges = Memo(
        _LONGEST_XML, "Privileges As Shipped", schema="hs_ShippedPrivileges", writable=Writable.NEVER
    )

    class Meta:
        db_table = "role"


class SavedQuery(Audited, Table):
    """A view that everyone sees: `GET accounts?savedQuery=<id>` runs its FetchXML."""

    table = TableFacts(
        "SavedQuery",
        "savedqueries",
        "View",
        "name",
        object_type_code=1039,
        plural_label="Views",
    )

    saved_query_id = Key("View")
    name = Text(200, "Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)
    returned_type_code = Text(64, "Entity Name", kind="EntityName", required=Required.SYSTEM, writable=Writable.CREATE)
    query_type = Integer("Query Type", required=Required.SYSTEM, writable=Writable.CREATE, default=0)
    fetch_xml = Memo(_LONGEST_XML, "Fetch XML")
    layout_xml = Memo(_LONGEST_XML, "Layout XML")
    description = Memo(2000, "Description")
    is_default = Boolean("Default View", required=Required.SYSTEM, default=False)
    is_quick_find_query = Boolean("Is Quick Find Query", default=False)
    is_user_defined = Boolean("User Defined", required=Required.SYSTEM, default=False)
    is_managed = Boolean("State", writable=Writable.NEVER, default=False)

    class Meta:
        db_table = "savedquery"


class UserQuery(Owned, Audited, Table):
    """A view of one person: `GET accounts?userQuery=<id>` runs its FetchXML."""

    table = TableFacts(
        "UserQuery",
        "userqueries",
        "Saved View",
        "name",
        ownership=Ownership.USER,
        object_type_code=4230,
        plural_label="Saved Views",
    )

    user_query_id = Key("Saved View")
    name = Text(200, "Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)
    returned_type_code = Text(64, "Entity Name", kind="EntityName", required=Required.SYSTEM, writable=Writable.CREATE)
    query_type = Integer("Query Type", required=Required.SYSTEM, writable=Writable.CREATE, default=0)
    fetch_xml = Memo(_LONGEST_XML, "Fetch XML", required=Required.SYSTEM)
    layout_xml = Memo(_LONGEST_XML, "Layout XML")
    description = Memo(2000, "Description")

    class Meta:
        db_table = "userquery"
        constraints = [split_check("userquery", "owner", "owning_user", "owning_team")]


class SdkMessage(Audited, Table):
    """A message that tables may support, such as CreateMultiple."""

    table = TableFacts(
        "SdkMessage",
        "sdkmessages",
        "Sdk Message",
        "name",
        object_type_code=4606,
        plural_label="Sdk Messages",
    )

    sdk_message_id = Key("Sdk Message")
    name = Text(256, "Name", required=Required.SYSTEM)
    category_name = Text(25, "Category Name")
    is_active = Boolean("Is Active", default=True)
    is_private = Boolean("Is Private", required=Required.SYSTEM, default=False)

    class Meta:
        db_table = "sdkmessage"


class SdkMessageFilter(Audited, Table):
    """A table that supports a message: here clients look up whether they may send many rows at once."""

    table = TableFacts(
        "SdkMessageFilter",
        "sdkmessagefilters",
        "Sdk Message Filter",
        "name",
        object_type_code=4607,
        plural_label="Sdk Message Filters",
    )

    sdk_message_filter_id = Key("Sdk Message Filter")
    name = Text(256, "Name")
    sdk_message = Lookup(
        "sdkmessage",
        "SDK Message",
        collection="sdkmessageid_sdkmessagefilter",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    primary_object_type_code = Text(64, "Primary Object Type Code", kind="EntityName", writable=Writable.CREATE)
    secondary_object_type_code = Text(64, "Secondary Object Type Code", kind="EntityName", writable=Writable.CREATE)
    is_visible = Boolean("Is Visible", writable=Writable.NEVER, default=True)

    class Meta:
        db_table = "sdkmessagefilter"
        constraints = [
            models.UniqueConstraint(fields=["sdk_message", "primary_object_type_code"], name="sdkmessagefilter_pair"),
        ]


class StringMap(Table):
    """The label of one value of a choice column. The rows follow from the columns and are read only."""

    table = TableFacts(
        "StringMap",
        "stringmaps",
        "String Map",
        "value",
        ownership=Ownership.NONE,
        object_type_code=1043,
        plural_label="String Maps",
    )

    string_map_id = Key("String Map")
    value = Text(4000, "Value", writable=Writable.NEVER)
    object_type_code = Text(64, "Object Type", kind="EntityName", writable=Writable.NEVER)
    attribute_name = Text(100, "Attribute Name", writable=Writable.NEVER)
    attribute_value = Integer("Attribute Value", writable=Writable.NEVER)
    display_order = Integer("Display Order", writable=Writable.NEVER)
    lang_id = Integer("Language", writable=Writable.NEVER)
    organization_id = Guid("Organization", writable=Writable.NEVER)

    class Meta:
        db_table = "stringmap"
        indexes: ClassVar = [models.Index(fields=["object_type_code", "attribute_name"], name="stringmap_column")]


class AsyncOperation(Owned, Audited, Table):
    """A background job, such as a bulk deletion; clients poll its state."""

    table = TableFacts(
        "AsyncOperation",
        "asyncoperations",
        "System Job",
        "name",
        ownership=Ownership.USER,
        object_type_code=4700,
        plural_label="System Jobs",
    )

    async_operation_id = Key("System Job")
    name = Text(256, "System Job Name")
    state_code = State(JobState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=JobState.READY)
    status_code = Status(JobStatus, "Status Reason", default=JobStatus.WAITING_FOR_RESOURCES)
    operation_type = Choice(JobType, "System Job Type", required=Required.SYSTEM, writable=Writable.CREATE)
    message = Memo(_LONGEST_XML, "Message", writable=Writable.NEVER)
    friendly_message = Memo(_LONGEST_XML, "Friendly Message", writable=Writable.ALWAYS)
    message_name = Text(160, "Message Name", writable=Writable.CREATE)
    primary_entity_type = Text(64, "Primary Entity Type", kind="EntityName", writable=Writable.CREATE)
    correlation_id = Guid("Correlation Id", writable=Writable.CREATE)
    data = Memo(_LONGEST_XML, "Data", writable=Writable.CREATE)
    error_code = Integer("Error Code", writable=Writable.NEVER)
    sequence = BigInt("Sequence", writable=Writable.NEVER)
    postpone_until = DateTime("Postpone Until")
    started_on = DateTime("Started On", writable=Writable.NEVER)
    completed_on = DateTime("Completed On", writable=Writable.NEVER)

    class Meta:
        db_table = "asyncoperation"
        constraints = [split_check("asyncoperation", "owner", "owning_user", "owning_team")]
