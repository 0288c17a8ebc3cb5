"""Tests of the database layer work on the declared tables."""

from handsel.site.start import start

start()
