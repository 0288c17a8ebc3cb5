"""A server that stands in for Business Central, for tests of programs that speak to its API v2.0.

    with businesscentral.serve() as bc:
        bc.add_customer(number="C1", display_name="Sample customer")
        token = requests.post(bc.token_url, data={"grant_type": "client_credentials", "client_id": bc.client_id,
            "client_secret": bc.client_secret, "scope": "https://api.businesscentral.dynamics.com/.default"})
        requests.get(f"{bc.company_url}/customers", headers={"Authorization": f"Bearer …"})

It is a process of its own; other languages start `python -m handsel.testing.businesscentral`. What it does, and where
that is known from, is told in `docs/facts/erp.md`.

    running ── the process: books, secrets, server
        └── application ── tokens, failures, the log
              ├── control ── what people do in Business Central, and how it shall fail
              └── service ── addresses to rows, over `resources` and `querying`
                    ├── drafts ── documents that are not posted; lines by `line_values`, `subjects`, `arithmetic`
                    ├── posting, settling ── what becomes of them
                    └── books ── all rows in memory, kept by `state_file`
"""

from handsel.testing.businesscentral.client import BusinessCentral, serve

__all__ = ["BusinessCentral", "serve"]
