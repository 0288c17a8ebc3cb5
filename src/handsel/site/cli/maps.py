"""`handsel maps`: which columns a conversion copies, and mappings added by administrators."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handsel.engine.conversion import ColumnMap
    from handsel.site.session import Session

HELP = """Show which columns travel from one document to the next, or add a mapping.

  handsel maps                                            every map, in short
  handsel maps quote.salesorder                           one map, every column
  handsel maps --add quote.salesorder new_project new_project"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "map", nargs="?", metavar="SOURCE.TARGET", help="show this map in full, for example quote.salesorder"
    )
    parser.add_argument(
        "--add",
        nargs=3,
        metavar=("SOURCE.TARGET", "source_column", "target_column"),
        help="also copy source_column into target_column; custom columns and further ones",
    )


def run(options: argparse.Namespace) -> int:
    """Show or add."""
    from handsel.site.cli.opening import opened

    with opened(options, writes=bool(options.add)) as session:
        if options.add:
            return _add(session, *options.add)
        added = added_pairs(session)
        if options.map is None:
            _print_overview(added)
        else:
            _print_map(options.map, added)
    return 0


def added_pairs(session: Session) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The mappings that administrators added: (source table, target table) → (source column, target column)."""
    maps = {row.pk: (row.source_entity_name, row.target_entity_name) for row in session.queryset("entitymap")}
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in session.queryset("attributemap").exclude(is_system=True).order_by("attribute_map_id"):
        pair = (row.source_attribute_name, row.target_attribute_name)
        found.setdefault(maps[row.entity_map_id], []).append(pair)
    return found


def _add(session: Session, between: str, source_column: str, target_column: str) -> int:
    from handsel.engine.crud.messages import Create
    from handsel.engine.organization import read_settings

    column_map = _found(between)
    with session.entered():
        organization = read_settings(session.context)
    _require_column(organization.table(column_map.source), source_column)
    _require_column(organization.table(column_map.target), target_column)
    parent = session.queryset("entitymap").filter(
        source_entity_name=column_map.source, target_entity_name=column_map.target
    )
    map_id = parent.values_list("pk", flat=True).first()
    if map_id is None:
        values = {"sourceentityname": column_map.source, "targetentityname": column_map.target}
        map_id = session.execute(Create("entitymap", values)).id
    session.execute(
        Create(
            "attributemap",
            {
                "entitymapid": map_id,
                "sourceattributename": source_column.lower(),
                "targetattributename": target_column.lower(),
            },
        )
    )
    print(f"From now on {column_map.source}.{source_column} becomes {column_map.target}.{target_column}.")
    return 0


def _require_column(info: Any, name: str) -> None:
    from handsel.errors import UnknownColumn

    if name.lower() not in info.columns:
        raise UnknownColumn(f"{info.label} ({info.logical_name}) has no column '{name}'.", column=name)


def _found(between: str) -> ColumnMap:
    from handsel.engine.conversion import all_maps
    from handsel.engine.values import table_named
    from handsel.errors import InvalidArgument

    source, dot, target = between.partition(".")
    known = {(column_map.source, column_map.target): column_map for column_map in all_maps()}
    if dot:
        found = known.get((table_named(source).logical_name, table_named(target).logical_name))
        if found is not None:
            return found
    listed = ", ".join(sorted(f"{source}.{target}" for source, target in known))
    raise InvalidArgument(f"There is no map '{between}'. The maps are {listed}.")


def _print_overview(added: dict[tuple[str, str], list[tuple[str, str]]]) -> None:
    from handsel.engine.conversion import all_maps
    from handsel.site.cli.display import columns, console

    numbers = ("same", "renamed", "fixed", "computed", "left blank", "added")
    shown = columns("Map", *numbers, right=numbers)
    for column_map in {(entry.source, entry.target): entry for entry in all_maps()}.values():
        shown.add_row(
            f"{column_map.source}.{column_map.target}",
            *(str(len(part)) for part in _parts(column_map)),
            str(len(added.get((column_map.source, column_map.target), ()))),
        )
    console().print(shown)
    print("handsel maps SOURCE.TARGET shows every column of one.")


def _parts(column_map: ColumnMap) -> Iterable[Any]:
    return column_map.same, column_map.renamed, column_map.fixed, column_map.computed, column_map.left_blank


def _print_map(between: str, added: dict[tuple[str, str], list[tuple[str, str]]]) -> None:
    from handsel.site.cli.display import columns, console

    column_map = _found(between)
    shown = columns("Target column", "How", "From", title=f"{column_map.source} → {column_map.target}")
    for name in column_map.same:
        shown.add_row(name, "same", name)
    for target, source in column_map.renamed.items():
        shown.add_row(target, "renamed", source)
    for target, value in column_map.fixed.items():
        shown.add_row(target, "fixed", str(value.value if hasattr(value, "value") else value))
    for name in sorted(column_map.computed):
        shown.add_row(name, "computed", "")
    for name in sorted(column_map.left_blank):
        shown.add_row(name, "left blank", "")
    for source, target in added.get((column_map.source, column_map.target), ()):
        shown.add_row(target, "added", source)
    console().print(shown)
