"""Django settings of Handsel. It has no databases: sessions register theirs by URL."""

from __future__ import annotations

USE_TZ = True
TIME_ZONE = "UTC"
INSTALLED_APPS = ["handsel.site.apps.HandselConfig"]
AUTH_USER_MODEL = "handsel.SystemUser"
DATABASES: dict[str, object] = {}
DATABASE_ROUTERS = ["handsel.database.context.ContextRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGGING_CONFIG = None
HANDSEL = True
