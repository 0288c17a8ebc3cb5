"""The one migration. `scripts/make-migration` writes it anew."""
