"""The navigation between definitions: from tables to columns, keys and relationships, from columns to their options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handsel.engine.organization import Organization
from handsel.webapi.metadata.attributes import attributes
from handsel.webapi.metadata.definitions import entity_definitions
from handsel.webapi.metadata.evaluate import Kind, Navigation, Row
from handsel.webapi.metadata.keys import keys
from handsel.webapi.metadata.option_sets import global_option_set_of, global_option_sets, option_set_of
from handsel.webapi.metadata.reading import language_of
from handsel.webapi.metadata.relationships import many_to_many, many_to_one, one_to_many, relationships

PLAIN = Kind()


def roots(organization: Organization) -> dict[str, Navigation]:
    """The three collections that a path can start at."""
    tables = table_kind(organization)
    return {
        "EntityDefinitions": Navigation(lambda _row: entity_definitions(organization), tables),
        "RelationshipDefinitions": Navigation(lambda _row: relationships(organization), PLAIN),
        "GlobalOptionSetDefinitions": Navigation(lambda _row: global_option_sets(organization), PLAIN),
    }


def table_kind(organization: Organization) -> Kind:
    """Tables: the navigation properties of `EntityDefinitions`."""

    def of_table(find: Callable[[Organization, str], Any]) -> Callable[[Row], Any]:
        return lambda row: find(organization, str(row["LogicalName"]))

    return Kind(
        {
            "Attributes": Navigation(of_table(attributes), column_kind(organization)),
            "Keys": Navigation(of_table(keys), PLAIN),
            "OneToManyRelationships": Navigation(of_table(one_to_many), PLAIN),
            "ManyToOneRelationships": Navigation(of_table(many_to_one), PLAIN),
            "ManyToManyRelationships": Navigation(of_table(many_to_many), PLAIN),
        }
    )


def column_kind(organization: Organization) -> Kind:
    """Columns: those with options can be expanded by them."""
    return Kind(
        {
            "OptionSet": Navigation(lambda row: options_of_column(organization, row), PLAIN),
            "GlobalOptionSet": Navigation(lambda row: _global_options(organization, row), PLAIN),
        }
    )


def options_of_column(organization: Organization, row: Row) -> Row | None:
    """The option set of a column's definition."""
    info = organization.table(str(row["EntityLogicalName"]))
    column = info.columns.get(str(row["LogicalName"]))
    return None if column is None else option_set_of(info, column, language_of(organization))


def _global_options(organization: Organization, row: Row) -> Row | None:
    column = organization.table(str(row["EntityLogicalName"])).columns.get(str(row["LogicalName"]))
    return None if column is None else global_option_set_of(column, language_of(organization))
