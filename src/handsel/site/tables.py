"""Tables of the server itself. They are not business tables: no message addresses them."""

from __future__ import annotations

from typing import Any

from django.db import models


class Token(models.Model):
    """A bearer token of a user. Only its hash is kept, so that a copy of the database opens no door."""

    token_id: Any = models.UUIDField(primary_key=True, db_column="hs_tokenid")
    hash: Any = models.CharField(max_length=64, unique=True)
    user_id: Any = models.UUIDField(db_column="userid")
    name: Any = models.CharField(max_length=100)
    created_on: Any = models.DateTimeField(db_column="createdon")
    expires_on: Any = models.DateTimeField(null=True, db_column="expireson")

    class Meta:
        app_label = "handsel"
        db_table = "hs_token"
