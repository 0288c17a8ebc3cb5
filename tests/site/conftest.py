from handsel.site.start import start

start()  # test modules name what needs the tables
