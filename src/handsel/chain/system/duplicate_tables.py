"""The tables of duplicate detection: rules, and the conditions of a rule."""

from __future__ import annotations

from handsel.chain.system.duplicate_options import DuplicateOperator, DuplicateRuleState, DuplicateRuleStatus
from handsel.tables.columns import Boolean, Choice, Integer, Key, Lookup, Memo, State, Status, Text
from handsel.tables.facts import Required, Writable
from handsel.tables.table import Audited, Table, TableFacts


class DuplicateRule(Audited, Table):
    """Which rows of one table are duplicates of rows of another, or the same, table: all its conditions hold."""

    table = TableFacts(
        "DuplicateRule",
        "duplicaterules",
        "Duplicate Detection Rule",
        "name",
        object_type_code=4414,
        plural_label="Duplicate Detection Rules",
        takes_notes=True,
    )

    duplicate_rule_id = Key("Duplicate Detection Rule")
    name = Text(160, "Name", required=Required.SYSTEM)
    state_code = State(
        DuplicateRuleState,
        "Status",
        required=Required.SYSTEM,
        writable=Writable.UPDATE,
        default=DuplicateRuleState.ACTIVE,
    )
    status_code = Status(DuplicateRuleStatus, "Status Reason", default=DuplicateRuleStatus.PUBLISHED)
    base_entity_name = Text(64, "Base Record Type", kind="EntityName", required=Required.SYSTEM)
    matching_entity_name = Text(64, "Matching Record Type", kind="EntityName", required=Required.SYSTEM)
    description = Memo(2000, "Description")
    is_case_sensitive = Boolean("Case Sensitive", default=False)
    exclude_inactive_records = Boolean("Exclude Inactive Records", default=False)

    class Meta:
        db_table = "duplicaterule"


class DuplicateRuleCondition(Audited, Table):
    """One condition of a rule: a column of each of the two rows, and how their values compare."""

    table = TableFacts(
        "DuplicateRuleCondition",
        "duplicateruleconditions",
        "Duplicate Rule Condition",
        "baseattributename",
        object_type_code=4416,
        plural_label="Duplicate Rule Conditions",
    )

    duplicate_rule_condition_id = Key("Duplicate Rule Condition")
    base_attribute_name = Text(64, "Base Column", required=Required.SYSTEM)
    matching_attribute_name = Text(64, "Matching Column", required=Required.SYSTEM)
    operator_code = Choice(
        DuplicateOperator, "Operator Code", required=Required.SYSTEM, default=DuplicateOperator.EXACT_MATCH
    )
    operator_param = Integer("Number of Characters", minimum=1, maximum=4000)
    ignore_blank_values = Boolean("Ignore Blank Values", default=True)
    regarding_object = Lookup(
        "duplicaterule",
        "Regarding",
        schema="RegardingObjectId",
        navigation="regardingobjectid",
        collection="DuplicateRule_DuplicateRuleConditions",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )

    class Meta:
        db_table = "duplicaterulecondition"
