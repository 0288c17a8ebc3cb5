"""Bulk work: pages, each one transaction with its checkpoint; a page that fails as a whole is halved until the row to
blame is alone.

    page of keys → those already done are skipped → one execute_many → checkpoint → commit

At whatever moment the process dies, a page is done and counted, or neither. The memory needed is that of one page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from handsel.database.context import Context, entered
from handsel.engine.execute import Refusal, execute_many
from handsel.engine.message import AnyMessage
from handsel.errors import DatabaseUnavailable, HandselError, PrivilegeDenied, SetupError
from handsel.jobs.checkpoint import Checkpoint, Counts, JobTaken, advance, finish

PAGE_SIZE = 100

_STOPPING = (
    DatabaseUnavailable,
    SetupError,
    PrivilegeDenied,
    JobTaken,
    OperationalError,
    InterfaceError,
    MemoryError,
)
"""Errors that say nothing about a single document, beside the driver's own: the run stops and can be continued."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not converted, and why."""

    key: UUID
    error: Exception

    @property
    def reason(self) -> str:
        """One sentence, with the documented code if there is one."""
        if isinstance(self.error, HandselError):
            return f"{self.error.message} ({self.error.code.text})"
        return f"Unexpected {type(self.error).__name__}: {self.error}"


@dataclass(frozen=True, slots=True)
class Task:
    """What a run does: its messages, by source key, and how to find what has been done already.

    pages      keys after a key, in key order, with a limit
    message    the message for one source row
    made       existing results of these sources: pairs of source key and result key
    skips_made whether sources with a result are skipped
    is_unready whether a refusal only says that a row is in no state for it: such rows are counted by themselves
    """

    pages: Callable[[UUID | None, int], Sequence[UUID]]
    message: Callable[[UUID], AnyMessage]
    made: Callable[[Collection[UUID]], Sequence[tuple[UUID, UUID]]]
    skips_made: bool = True
    is_unready: Callable[[Exception], bool] = lambda _error: False


@dataclass(frozen=True, slots=True)
class Listener:
    """Callbacks for the progress of a run, called after each page is committed."""

    converted: Callable[[UUID, Any], None] = lambda _key, _result: None
    skipped: Callable[[UUID], None] = lambda _key: None
    refused: Callable[[Refused], None] = lambda _refused: None
    unready: Callable[[UUID], None] = lambda _key: None
    page_done: Callable[[Counts], None] = lambda _counts: None


class _MadeMeanwhile(Exception):
    """Another caller converted a row of the page after the check and before the lock."""


def run_bulk(
    context: Context,
    task: Task,
    checkpoint: Checkpoint,
    *,
    page_size: int = PAGE_SIZE,
    listener: Listener | None = None,
) -> Counts:
    """Do everything after the checkpoint, and mark the run as finished. Returns the counts of the whole run.

    Raises Busy and other errors of the database as a whole; the same call continues from there later.
    """
    run = _Run(context, task, checkpoint, listener or Listener())
    while True:
        with entered(context):
            keys = task.pages(run.checkpoint.position, page_size)
        if not keys:
            break
        run.page(keys)
    finish(context, run.checkpoint)
    return run.checkpoint.counts


class _Run:
    def __init__(self, context: Context, task: Task, checkpoint: Checkpoint, listener: Listener) -> None:
        self.context, self.task, self.listener = context, task, listener
        self.checkpoint = checkpoint
        self.stopping: tuple[type[Exception], ...] = (*_STOPPING, *context.dialect.lost)

    def page(self, keys: Sequence[UUID]) -> None:
        """Do one page; on failure its halves."""
        while True:
            try:
                self._convert(keys)
                return
            except _MadeMeanwhile:
                continue  # the next check finds it
            except self.stopping:
                raise
            except Exception as error:
                if len(keys) > 1:
                    break
                self._refuse(keys[0], error)
                return
        middle = len(keys) // 2
        self.page(keys[:middle])
        self.page(keys[middle:])

    def _convert(self, keys: Sequence[UUID]) -> None:
        skipped = self._made(keys) if self.task.skips_made else set()
        fresh = [key for key in keys if key not in skipped]
        if fresh:
            results, done = self._execute(keys, fresh, len(skipped))
        else:
            results = []
            with entered(self.context), transaction.atomic(using=self.context.alias):
                done = advance(self.checkpoint, keys[-1], Counts(skipped=len(skipped)))
        self.checkpoint = done
        for key in skipped:
            self.listener.skipped(key)
        for key, result in zip(fresh, results, strict=True):
            if isinstance(result, Refusal) and self.task.is_unready(result.error):
                self.listener.unready(key)
            elif isinstance(result, Refusal):
                self.listener.refused(Refused(key, result.error))
            else:
                self.listener.converted(key, result)
        self.listener.page_done(done.counts)

    def _execute(self, keys: Sequence[UUID], fresh: Sequence[UUID], skipped: int) -> tuple[list[Any], Checkpoint]:
        moved: list[Checkpoint] = []

        def before_commit(results: list[Any]) -> None:
            if self.task.skips_made:
                self._require_alone(fresh, results)
            errors = [result.error for result in results if isinstance(result, Refusal)]
            unready = sum(map(self.task.is_unready, errors))
            added = Counts(len(results) - len(errors), skipped, len(errors) - unready, unready)
            moved.append(advance(self.checkpoint, keys[-1], added))

        messages = [self.task.message(key) for key in fresh]
        results = execute_many(self.context, messages, on_refusal="collect", before_commit=before_commit)
        return results, moved[-1]

    def _require_alone(self, fresh: Sequence[UUID], results: Sequence[Any]) -> None:
        """Raises _MadeMeanwhile if another caller converted a source since the check. The sources must be locked."""
        ours = {result.id for result in results if not isinstance(result, Refusal)}
        if any(made not in ours for _source, made in self.task.made(fresh)):
            raise _MadeMeanwhile

    def _made(self, keys: Sequence[UUID]) -> set[UUID]:
        with entered(self.context):
            return {source for source, _made in self.task.made(keys)}

    def _refuse(self, key: UUID, error: Exception) -> None:
        with entered(self.context), transaction.atomic(using=self.context.alias):
            done = advance(self.checkpoint, key, Counts(refused=1))
        self.checkpoint = done
        self.listener.refused(Refused(key, error))
        self.listener.page_done(done.counts)
