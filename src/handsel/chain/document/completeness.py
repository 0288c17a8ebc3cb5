"""Incomplete documents are refused at start, in a sentence that names file, fact and what to write there."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey

from handsel.chain.document.kinds import DocumentKind, document_kinds
from handsel.chain.folders import Folder, folders
from handsel.engine.conversion import Conversion, conversions, declared_in
from handsel.engine.lifecycle import UPDATE, Lifecycle, lifecycle_of
from handsel.engine.message import message_names, message_type
from handsel.engine.parameters import parameters_of
from handsel.errors import SetupError
from handsel.tables.info import TableInfo, all_tables


def check_documents() -> None:
    """Raise SetupError for the first document, state or conversion that would fail when used."""
    for mistake in (*_unknown_targets(), *_taken_names(), *_unregistered(), *_words(), *_not_migrated()):
        raise SetupError(mistake)
    for kind in document_kinds().values():
        for mistake in _mistakes(kind):
            raise SetupError(mistake)
    for conversion in conversions().values():
        for mistake in _mistakes_of_route(conversion):
            raise SetupError(f"{declared_in(conversion)}: '{conversion.name}' {mistake}")


def _tables() -> dict[str, TableInfo]:
    return {info.logical_name: info for info in all_tables()}


def _folder_of(info: TableInfo) -> Folder:
    package = info.model.__module__.rpartition(".")[0]
    return next(folder for folder in folders() if folder.package == package)


def _unknown_targets() -> Iterator[str]:
    for info in all_tables():
        for column in info.columns.values():
            if isinstance(column.field, ForeignKey) and isinstance(column.field.remote_field.model, str):
                declared = info.model.__module__.replace(".", "/")
                yield (
                    f"{declared}.py: {info.logical_name}.{column.logical_name} refers to '{column.targets[0]}', which "
                    "no tables.py declares."
                )


def _taken_names() -> Iterator[str]:
    """Names that two tables give themselves, or two lookups their rows, of which one would hide the other."""
    known: dict[tuple[str, object], str] = {}
    for info in all_tables():
        names: list[tuple[str, object]] = [("entity set", info.entity_set)]
        if info.object_type_code:
            names.append(("object type code", info.object_type_code))
        for column in info.columns.values():
            names += [(f"collection at {target}", name) for target, name in column.collection.items()]
        for what, name in names:
            other = known.setdefault((what, name), info.logical_name)
            if other != info.logical_name:
                declared = info.model.__module__.replace(".", "/")
                here = info.logical_name
                yield f"{declared}.py: {here} and {other} have the same {what}, '{name}'. Give one another."


def _not_migrated() -> Iterator[str]:
    for folder in folders():
        if not folder.is_ours and folder.table_modules() and not list(folder.path.glob("migrations/[!_]*.py")):
            yield (
                f"{folder.file('migrations')} holds no migration, so no database has the tables of {folder.name}. "
                f"Write one by scripts/make-migration NAME --folder {folder.name}."
            )


def _unregistered() -> Iterator[str]:
    for info in all_tables():
        if info.line_tables and info.logical_name not in document_kinds():
            rules, lines = _folder_of(info).file("rules.py"), ", ".join(info.line_tables)
            yield (
                f"{rules}: {info.logical_name} has lines ({lines}), but is registered as no document. Write there "
                f'KIND = register_document(DocumentKind(table="{info.logical_name}", …)).'
            )


def _words() -> Iterator[str]:
    known: dict[str, DocumentKind] = {}
    for kind in document_kinds().values():
        if not kind.word:
            yield f"The document {kind.table} has no word. Give it the one that people type on the command line."
        other = known.setdefault(kind.word, kind)
        if other is not kind:
            yield f"The documents {other.table} and {kind.table} have the same word, '{kind.word}'. Give one another."


def _mistakes(kind: DocumentKind) -> Iterator[str]:
    tables = _tables()
    for table in (kind.table, kind.lines):
        if table not in tables:
            yield f"The document {kind.table} is registered with the table '{table}', which no tables.py declares."
            return
    info, folder = tables[kind.table], _folder_of(tables[kind.table])
    declared = folder.file(f"{info.model.__module__.rpartition('.')[2]}.py")
    yield from (f"{declared}: {mistake}" for mistake in _mistakes_of_lines(kind, tables[kind.lines]))
    yield from (f"{declared}: {mistake}" for mistake in _mistakes_of_columns(kind, info))
    lifecycle = lifecycle_of(kind.table)
    if lifecycle is None:
        yield (
            f"{folder.file('states.py')}: {kind.table} has a statecode, but no lifecycle. Write there "
            f'LIFECYCLE = lifecycle(Lifecycle(table="{kind.table}", …)).'
        )
        return
    yield from (f"{folder.file('states.py')}: {mistake}" for mistake in _mistakes_of_states(lifecycle, info))


def _mistakes_of_lines(kind: DocumentKind, lines: TableInfo) -> Iterator[str]:
    if lines.parent != kind.parent:
        yield f'{kind.lines} does not say whose lines it holds. Write parent="{kind.parent}" into its TableFacts.'
    elif lines.columns[kind.parent].targets != (kind.table,):
        yield f'{kind.lines}.{kind.parent} is no lookup to {kind.table}. Declare it as Lookup("{kind.table}", …).'


def _mistakes_of_columns(kind: DocumentKind, info: TableInfo) -> Iterator[str]:
    named = {"number": kind.number, "price_lock": kind.price_lock, "revision": kind.revision, "statecode": "statecode"}
    for what, column in named.items():
        if column is not None and column not in info.columns:
            yield f"{kind.table} has no column '{column}' ({what}). Declare it."
            return
    if info.columns[kind.number].numbering is None and kind.number != info.primary_name:
        yield f"{kind.table}.{kind.number} gives new rows no number. Declare it as DocumentNumber(…)."
    for column in info.announced:
        if column not in info.columns:
            yield f"{kind.table} announces '{column}', which it has not. Take it out of announced."
    if kind.number not in (info.primary_name, *info.announced):
        yield (
            f"an event about a row of {kind.table} would not tell its number. Write "
            f'announced=("{kind.number}", …) into its TableFacts.'
        )


def _mistakes_of_states(lifecycle: Lifecycle, info: TableInfo) -> Iterator[str]:
    states, reasons = info.columns["statecode"].labels, info.columns["statuscode"].labels
    ruled = {rule.value for rule in lifecycle.states}
    for value, label in states.items():
        if value not in ruled:
            yield f"state {value} {label} of {info.logical_name} has no rule. Write a StateRule for it."
    for rule in lifecycle.states:
        if rule.value not in states or not {rule.default_status, *rule.statuses} <= set(reasons):
            yield f"the rule of state {rule.label} names a state or a reason that {info.logical_name} has not."
        if rule.default_status not in rule.statuses:
            yield f"the default reason of state {rule.label} is none of its reasons."
    for step in lifecycle.transitions:
        if not {step.target, *step.sources} <= ruled:
            yield f"the step {step.name} leads from or to a state that has no rule."
        for message in step.via:
            if message != UPDATE and message not in message_names():
                yield f"the step {step.name} is done by {message}, and no messages.py declares such a message."
    for name in lifecycle.guards:
        if name not in {step.name for step in lifecycle.transitions}:
            yield f"a guard stands before the step '{name}', which {info.logical_name} has not."


def _mistakes_of_route(conversion: Conversion) -> Iterator[str]:
    source, target = conversion.header.source, conversion.header.target
    kinds, tables = document_kinds(), _tables()
    if source in kinds and target in kinds:
        pair = (conversion.lines.source, conversion.lines.target) if conversion.lines else None
        if pair != (kinds[source].lines, kinds[target].lines):
            yield f"has no map of lines from {kinds[source].lines} to {kinds[target].lines}."
    if not conversion.message:
        return
    if conversion.message not in message_names():
        yield f"is done by {conversion.message}, and no messages.py declares such a message."
        return
    parameters = [parameter.field for parameter in parameters_of(message_type(conversion.message))]
    if "column_set" not in parameters[1:]:
        yield f"is done by {conversion.message}, which needs the source's id as first parameter, and a column_set."
    link = tables[target].columns.get(conversion.link)
    if link is None or source not in link.targets:
        yield f"names the link '{conversion.link}', but {target} has no such lookup to {source}."
