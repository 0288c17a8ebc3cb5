"""Tables of the server itself. They are not business tables: no message addresses them."""

from __future__ import annotations

from typing import Any

from django.db import models


class Token(models.Model):
    """A bearer token of a user. Only its hash is stored, so that a copy of the database gives no access.

    `client_id` names the client that got it at the token endpoint; a token made with `handsel token` has none.
    """

    token_id: Any = models.UUIDField(primary_key=True, db_column="hs_tokenid")
    hash: Any = models.CharField(max_length=64, unique=True)
    user_id: Any = models.UUIDField(db_column="userid")
    client_id: Any = models.UUIDField(null=True, db_index=True, db_column="clientid")
    name: Any = models.CharField(max_length=100)
    created_on: Any = models.DateTimeField(db_column="createdon")
    expires_on: Any = models.DateTimeField(null=True, db_column="expireson")

    class Meta:
        app_label = "handsel"
        db_table = "hs_token"


class Client(models.Model):
    """A program that gets its tokens at the token endpoint, as a user. Only the hash of its secret is stored."""

    client_id: Any = models.UUIDField(primary_key=True, db_column="hs_clientid")
    hash: Any = models.CharField(max_length=64)
    user_id: Any = models.UUIDField(db_column="userid")
    name: Any = models.CharField(max_length=100)
    created_on: Any = models.DateTimeField(db_column="createdon")
    expires_on: Any = models.DateTimeField(null=True, db_column="expireson")

    class Meta:
        app_label = "handsel"
        db_table = "hs_client"
