"""The table of long work: the progress of each run, so that it can be continued."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models


class Job(models.Model):
    """One bulk run. `position` is the last key done; it moves in the transaction that did the page."""

    job_id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, db_column="hs_jobid")
    kind: models.CharField[str, str] = models.CharField(max_length=40)
    fingerprint: models.CharField[str, str] = models.CharField(max_length=64)
    description: models.TextField[str, str] = models.TextField()
    position: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True)
    converted: models.BigIntegerField[int, int] = models.BigIntegerField()
    skipped: models.BigIntegerField[int, int] = models.BigIntegerField()
    refused: models.BigIntegerField[int, int] = models.BigIntegerField()
    unready: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    user_id: models.UUIDField[UUID, UUID] = models.UUIDField(db_column="userid")
    started_on: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_column="startedon")
    modified_on: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_column="modifiedon")
    finished_on: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, db_column="finishedon"
    )

    class Meta:
        app_label = "handsel"
        db_table = "hs_job"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=models.Q(finished_on__isnull=True), name="hs_job_unfinished"
            ),
        ]
