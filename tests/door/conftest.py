"""The tests here read declarations, so Django must know all tables before a test module is imported."""

from handsel.site.start import start

start()
