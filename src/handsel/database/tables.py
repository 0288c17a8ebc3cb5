"""The engine's own tables: audit, outbox, counters, idempotency keys, custom columns and keys, tombstones.

They are not business tables: no message addresses them and they are written by the engine alone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class AuditEntry(models.Model):
    """What one message did to one root document, its lines inside (architecture 4)."""

    audit_id: Any = models.UUIDField(primary_key=True, db_column="hs_auditid")
    created_on: Any = models.DateTimeField(db_column="createdon")
    user_id: Any = models.UUIDField(null=True, db_column="userid")
    on_behalf_of_id: Any = models.UUIDField(null=True, db_column="callinguserid")
    message: Any = models.CharField(max_length=100)
    action: Any = models.CharField(max_length=10)
    table_name: Any = models.CharField(max_length=64, db_column="objecttypecode")
    row_id: Any = models.UUIDField(db_column="objectid")
    version_number: Any = models.BigIntegerField(db_column="versionnumber")
    changes: Any = models.TextField()

    class Meta:
        app_label = "handsel"
        db_table = "hs_audit"
        indexes: ClassVar = [
            models.Index(fields=["row_id", "version_number"], name="hs_audit_row"),
            models.Index(fields=["created_on", "audit_id"], name="hs_audit_createdon"),
        ]


class OutboxEvent(models.Model):
    """One event per root document and message, written in the business transaction, delivered at least once.

    `transaction_id` orders events so that a reader never passes one that commits late (PostgreSQL: the id of the
    writing transaction; SQLite: the row version, since writers are serial there).
    """

    event_id: Any = models.UUIDField(primary_key=True, db_column="hs_outboxid")
    transaction_id: Any = models.BigIntegerField(db_column="transactionid")
    occurred_on: Any = models.DateTimeField(db_column="createdon")
    user_id: Any = models.UUIDField(null=True, db_column="userid")
    message: Any = models.CharField(max_length=100)
    action: Any = models.CharField(max_length=10)
    table_name: Any = models.CharField(max_length=64, db_column="objecttypecode")
    row_id: Any = models.UUIDField(db_column="objectid")
    version_number: Any = models.BigIntegerField(db_column="versionnumber")
    payload: Any = models.TextField()

    class Meta:
        app_label = "handsel"
        db_table = "hs_outbox"
        indexes: ClassVar = [models.Index(fields=["transaction_id", "event_id"], name="hs_outbox_order")]


class Counter(models.Model):
    """A number that only grows: on SQLite the row version and every document number; on PostgreSQL sequences do it."""

    name: Any = models.CharField(max_length=64, primary_key=True)
    value: Any = models.BigIntegerField()

    class Meta:
        app_label = "handsel"
        db_table = "hs_counter"


class IdempotencyKey(models.Model):
    """The first result of a message or HTTP request that carried an idempotency key; `key` is a digest."""

    key: Any = models.CharField(max_length=200, primary_key=True)
    fingerprint: Any = models.CharField(max_length=64)
    result: Any = models.TextField()
    created_on: Any = models.DateTimeField(db_column="createdon")

    class Meta:
        app_label = "handsel"
        db_table = "hs_idempotencykey"
        indexes: ClassVar = [models.Index(fields=["created_on"], name="hs_idempotencykey_createdon")]


class CustomColumn(models.Model):
    """The definition of an organization's custom column; its values live in `hs_custom` of the table's rows."""

    custom_column_id: Any = models.UUIDField(primary_key=True, db_column="hs_customcolumnid")
    table_name: Any = models.CharField(max_length=64, db_column="tablename")
    logical_name: Any = models.CharField(max_length=64, db_column="logicalname")
    schema_name: Any = models.CharField(max_length=64, db_column="schemaname")
    label: Any = models.CharField(max_length=200)
    kind: Any = models.CharField(max_length=20)
    definition: Any = models.TextField()

    class Meta:
        app_label = "handsel"
        db_table = "hs_customcolumn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table_name", "logical_name"], name="hs_customcolumn_name"),
        ]


class CustomKey(models.Model):
    """The definition of an organization's custom alternate key; an index of the database keeps it unique."""

    custom_key_id: Any = models.UUIDField(primary_key=True, db_column="hs_customkeyid")
    table_name: Any = models.CharField(max_length=64, db_column="tablename")
    logical_name: Any = models.CharField(max_length=100, db_column="logicalname")
    schema_name: Any = models.CharField(max_length=100, db_column="schemaname")
    label: Any = models.CharField(max_length=200)
    columns: Any = models.TextField()

    class Meta:
        app_label = "handsel"
        db_table = "hs_customkey"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table_name", "logical_name"], name="hs_customkey_name"),
        ]


class Tombstone(models.Model):
    """A deleted row, so that change tracking can report it."""

    row_id: Any = models.UUIDField(primary_key=True, db_column="objectid")
    table_name: Any = models.CharField(max_length=64, db_column="objecttypecode")
    version_number: Any = models.BigIntegerField(db_column="versionnumber")
    deleted_on: Any = models.DateTimeField(db_column="deletedon")

    class Meta:
        app_label = "handsel"
        db_table = "hs_tombstone"
        indexes: ClassVar = [models.Index(fields=["table_name", "version_number"], name="hs_tombstone_version")]
