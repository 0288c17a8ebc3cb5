"""The table of errors (Web API 11, behaviour 9) as far as this server raises them: status and code."""

TABLE = frozenset(
    {
        (400, "0x80048d19"),
        (400, "0x80060888"),
        (400, "0x80044331"),
        (400, "0x80044330"),
        (400, "0x80040203"),
        (400, "0x80048408"),
        (400, "0x80041102"),
        (400, "0x80041103"),
        (400, "0x8004e023"),
        (400, "0x80040265"),
        (400, "0x80048d00"),
        (400, "0x80048cf6"),
        (400, "0x80048cef"),
        (400, "0x80048cee"),
        (400, "0x80048ced"),
        (400, "0x80040200"),  # behaviour 9, like those below: codes that Web API 11 leaves at 400
        (400, "0x80040233"),
        (400, "0x8004022e"),
        (400, "0x80043b15"),
        (400, "0x80048cea"),
        (401, "0x0"),  # the table states no code
        (403, "0x80040220"),
        (403, "0x80072560"),
        (404, "0x80040217"),
        (404, "0x80060891"),
        (404, "0x8006088a"),
        (405, "0x80060888"),  # the table states none for 405, 413 and 501: what is wrong is the request itself
        (405, "0x80040227"),
        (412, "0x80060882"),
        (412, "0x80040237"),
        (412, "0x80060892"),
        (412, "0x80040333"),
        (413, "0x80060888"),
        (429, "0x80072322"),
        (429, "0x80072321"),
        (429, "0x80072326"),
        (501, "0x80060888"),
        (503, "0x80044150"),
        (503, "0x80044151"),
    }
)

NOT_HERE = {
    (403, "0x80040220"): "every user is System Administrator",
    (400, "0x8004e023"): "aggregates have no limit of rows",
    (400, "0x80048cee"): "an order takes the currency of its quote, whatever it is",
    (400, "0x80048ced"): "an invoice takes the currency of its order, whatever it is",
    (412, "0x80040333"): "there are no rules for duplicates",
    (413, "0x80060888"): "test_server",
    (429, "0x80072322"): "tests/serving",
    (429, "0x80072321"): "tests/serving",
    (429, "0x80072326"): "tests/serving",
    (503, "0x80044150"): "tests/webapi/test_errors",
    (503, "0x80044151"): "tests/serving/test_waits",
}
"""Rows of the table that no area covers, and why."""
