"""Tables and messages are loaded before the test modules name them."""

from handsel.site.start import start

start()
