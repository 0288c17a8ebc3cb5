"""The progress of a bulk run: a row of `hs_job` that is updated in the transaction of the work it counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from handsel.database.context import Context, current, entered
from handsel.database.statements import key_value, mark, run
from handsel.database.storage import to_json
from handsel.errors import Conflict
from handsel.tables.keys import new_key


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of rows so far, by result."""

    converted: int = 0
    skipped: int = 0
    refused: int = 0
    unready: int = 0
    """Rows that are in no state for it."""

    @property
    def total(self) -> int:
        """All rows done."""
        return self.converted + self.skipped + self.refused + self.unready

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.converted + other.converted,
            self.skipped + other.skipped,
            self.refused + other.refused,
            self.unready + other.unready,
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A run as stored: the last key done and the counts up to there."""

    job_id: UUID
    position: UUID | None
    counts: Counts
    started_on: datetime
    is_resumed: bool


class JobTaken(Conflict):
    """Another process continues the same run."""


def fingerprint(*parts: Any) -> str:
    """The identity of a run: equal parts give an equal fingerprint."""
    return hashlib.sha256(to_json(parts).encode()).hexdigest()


def begin(context: Context, kind: str, mark: str, description: str, *, restart: bool = False) -> Checkpoint:
    """The unfinished run with this fingerprint, or a new one. `restart` discards the progress of an unfinished one."""
    with entered(context):
        if restart:
            run(_sql("UPDATE hs_job SET finishedon = ? WHERE fingerprint = ? AND finishedon IS NULL"), (_now(), mark))
        found = _unfinished(mark)
        if found is not None:
            return replace(found, is_resumed=True)
        run(
            _sql(
                "INSERT INTO hs_job (hs_jobid, kind, fingerprint, description, converted, skipped, refused, unready, "
                "userid, startedon, modifiedon) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?) ON CONFLICT DO NOTHING"
            ),
            (_key(new_key()), kind, mark, description, _key(context.actor.user_id), _now(), _now()),
        )
        made = _unfinished(mark)
        if made is None:
            raise JobTaken(
                "Another process finished the same run just now. Look at its result before you start it again."
            )
        return made


def advance(checkpoint: Checkpoint, position: UUID, added: Counts) -> Checkpoint:
    """Advance to `position`, in the transaction of the caller.

    Raises JobTaken if another process has advanced it meanwhile; the caller's transaction must then be rolled back.
    """
    same = current().dialect.is_same
    moved = run(
        _sql(
            "UPDATE hs_job SET position = ?, converted = converted + ?, skipped = skipped + ?, refused = refused + ?, "
            "unready = unready + ?, "
            f"modifiedon = ? WHERE hs_jobid = ? AND position {same} ? AND finishedon IS NULL RETURNING hs_jobid"
        ),
        (
            _key(position),
            added.converted,
            added.skipped,
            added.refused,
            added.unready,
            _now(),
            _key(checkpoint.job_id),
            _key(checkpoint.position),
        ),
    )
    if not moved:
        raise JobTaken("Another process carries on the same run. Let it finish; nothing was done twice.")
    return replace(checkpoint, position=position, counts=checkpoint.counts + added)


def finish(context: Context, checkpoint: Checkpoint) -> None:
    """Mark the run as finished."""
    with entered(context):
        run(
            _sql("UPDATE hs_job SET finishedon = ?, modifiedon = ? WHERE hs_jobid = ?"),
            (_now(), _now(), _key(checkpoint.job_id)),
        )


def _unfinished(mark: str) -> Checkpoint | None:
    found = run(
        _sql(
            "SELECT hs_jobid, position, converted, skipped, refused, unready, startedon FROM hs_job "
            "WHERE fingerprint = ? AND finishedon IS NULL"
        ),
        (mark,),
    )
    if not found:
        return None
    id, position, converted, skipped, refused, unready, started = found[0]
    return Checkpoint(
        _uuid(id),
        None if position is None else _uuid(position),
        Counts(converted, skipped, refused, unready),
        _moment(started),
        is_resumed=False,
    )


def _sql(text: str) -> str:
    return text.replace("?", mark())


def _key(value: UUID | None) -> UUID | str | None:
    return None if value is None else key_value(value)


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _now() -> datetime | str:
    return current().dialect.moment(datetime.now(UTC).replace(microsecond=0))


def _moment(value: datetime | str) -> datetime:
    """SQLite stores UTC without a zone."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
