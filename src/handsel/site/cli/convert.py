"""`handsel convert`: one document, many by filter, or all."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from handsel.chain.document.routes import ConversionRoute
    from handsel.jobs.bulk import Refused
    from handsel.jobs.checkpoint import Counts
    from handsel.site.session import Session

HELP = """Convert documents to those that grow from them: opportunities to quotes, quotes to orders, orders to invoices.

  handsel convert opportunity --to quote 'Office move'
  handsel convert quote --to order QUO-01000 QUO-01001
  handsel convert opportunity --to quote --filter "statecode eq 1 and totalamount gt 1000"
  handsel convert order --to invoice --all

What has a target already is left alone, unless --again says otherwise. A run that was interrupted goes on where it
stopped when the same command is given again. What is made is named. The last line counts; exit status 1 says that
something was refused. Of documents chosen by --filter or --all, those whose state does not allow it, such as drafts and
closed quotes, are not ready: they are counted, not refused."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("source", metavar="SOURCE", help="which documents: opportunity, quote, order …")
    parser.add_argument("--to", required=True, metavar="TARGET", help="what they become: quote, order, invoice …")
    parser.add_argument("documents", nargs="*", metavar="NUMBER-or-ID", help="these documents")
    parser.add_argument("--filter", metavar="TEXT", help="all that match OData $filter text")
    parser.add_argument("--all", action="store_true", help="all there are")
    parser.add_argument("--again", action="store_true", help="convert also what has a target already")
    parser.add_argument(
        "--restart", action="store_true", help="forget how far an interrupted run came, look at everything again"
    )
    parser.add_argument(
        "--page-size", type=int, default=100, metavar="N", help="documents per transaction (default: 100)"
    )


def run(options: argparse.Namespace) -> int:
    """Convert."""
    ways = [bool(options.documents), options.filter is not None, options.all]
    if sum(ways) != 1:
        return _usage("name documents, or give --filter, or --all (one of them).")
    if not 1 <= options.page_size <= 10_000:
        return _usage("--page-size is 1 to 10000.")
    from handsel.site.cli.opening import opened
    from handsel.site.cli.records import kinds_by_word
    from handsel.site.start import start

    start()
    from handsel.chain.document.routes import conversion_routes

    kinds = kinds_by_word()
    for word in (options.source, options.to):
        if word not in kinds:
            return _usage(f"there are no documents called '{word}'. Take {', '.join(kinds)}.")
    with opened(options, writes=True) as session:
        route = conversion_routes().get((kinds[options.source].table, kinds[options.to].table))
        if route is None:
            return _usage(f"{options.source} cannot become {options.to}.")
        return _convert(session, route, options)


def _usage(text: str) -> int:
    print(f"handsel convert: {text} `handsel convert --help` tells more.", file=sys.stderr)
    return 2


def _convert(session: Session, route: ConversionRoute, options: argparse.Namespace) -> int:
    from handsel.jobs.bulk import Listener, run_bulk
    from handsel.jobs.checkpoint import begin, fingerprint
    from handsel.jobs.convert import KIND, conversion_task, pages_by_filter, pages_of
    from handsel.site.cli.progress import Progress

    keys, unknown = _named(session, route.source, options.documents)
    report = _Report(session, route, are_named=bool(options.documents))
    for text, error in unknown:
        report.unknown(text, error)
    pages = pages_of(keys) if options.documents else pages_by_filter(route.source, options.filter)
    total = len(set(keys)) if options.documents else session.count(route.source, options.filter)
    task = conversion_task(route, pages, again=options.again, counts_unready=not options.documents)
    selection = sorted(map(str, keys)) if options.documents else options.filter
    mark = fingerprint(route.source, route.target, selection, options.again, session.user.user_id)
    chosen = options.filter or ("all" if options.all else " ".join(options.documents))
    words = f"{options.source} to {options.to}: {chosen}"
    checkpoint = begin(session.context, KIND, mark, words, restart=options.restart)
    if checkpoint.is_resumed and checkpoint.counts.total:
        print(
            f"Going on with the run of {checkpoint.started_on:%Y-%m-%d %H:%M} UTC, {checkpoint.counts.total:,} "
            "documents done.",
            file=sys.stderr,
        )
    with Progress(f"{options.source} → {options.to}", total) as progress:

        def page_done(counts: Counts) -> None:
            report.tell()
            progress.at(counts.total, counts.refused)

        listener = Listener(report.converted, report.skipped, report.refused, page_done=page_done)
        counts = run_bulk(session.context, task, checkpoint, page_size=options.page_size, listener=listener)
    return report.ending(counts)


def _named(session: Session, table: str, texts: list[str]) -> tuple[list[UUID], list[tuple[str, Exception]]]:
    from handsel.errors import HandselError
    from handsel.site.cli.records import find_document, require_table

    info = require_table(session, table)
    keys: list[UUID] = []
    unknown: list[tuple[str, Exception]] = []
    for text in texts:
        try:
            keys.append(find_document(session, text, info).id)
        except HandselError as error:
            unknown.append((text, error))
    return keys, unknown


class _Report:
    """The printed report: what was made, every refusal, the counts; of named documents also those that were left."""

    def __init__(self, session: Session, route: ConversionRoute, *, are_named: bool) -> None:
        self.session, self.route, self.are_named = session, route, are_named
        self.unknown_count = 0
        self._lines: list[tuple[UUID, str, list[str]]] = []

    def converted(self, key: UUID, result: Any) -> None:
        """A document was converted."""
        notices = [
            f"{'Warning' if notice.is_warning else 'Note'}: {notice.message}"
            for notice in result.notices
            if notice.is_warning or self.are_named
        ]
        self._lines.append((key, f"→ {result[self.route.number]}", notices))

    def skipped(self, key: UUID) -> None:
        """A document had a target already."""
        if self.are_named:
            self._lines.append((key, "was converted before; --again converts it once more.", []))

    def tell(self) -> None:
        """Print what a page did; the names of its documents are read together."""
        names = self._names([key for key, _text, _notices in self._lines])
        for key, text, notices in self._lines:
            print(f"{names.get(key) or key} {text}", *notices, sep="\n")
        self._lines.clear()

    def refused(self, refused: Refused) -> None:
        """A document was refused."""
        name = self._names([refused.key]).get(refused.key) or refused.key
        print(f"Refused {name}: {' '.join(refused.reason.split())}")

    def unknown(self, text: str, error: Exception) -> None:
        """A name on the command line matched no document."""
        self.unknown_count += 1
        print(f"Refused {text}: {' '.join(str(error).split())}")

    def ending(self, counts: Counts) -> int:
        """The last line and the exit status."""
        refused = counts.refused + self.unknown_count
        unready = f" not ready {counts.unready:,}," if counts.unready else ""
        print(f"Converted {counts.converted:,}, already converted {counts.skipped:,},{unready} refused {refused:,}.")
        return 1 if refused else 0

    def _names(self, keys: list[UUID]) -> dict[UUID, str]:
        from handsel.chain.document.kinds import kind_of
        from handsel.tables.info import table_info

        column = table_info(self.route.source).attribute(kind_of(self.route.source).number)
        found = self.session.queryset(self.route.source).filter(pk__in=keys).values_list("pk", column)
        return dict(found) if keys else {}
