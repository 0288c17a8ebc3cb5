"""An invented sample company: catalog, customers and deals, made with ordinary messages.

Importing this package is quick; `make_sample` loads what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handsel.site.session import Session

NAME = "Example Office Supply (sample data)"
"""The default name of the organization for `init --sample`."""


def has_sample(session: Session) -> bool:
    """Whether the database has the sample company already."""
    return session.count("account", "endswith(name,'(sample data)')") > 0


def make_sample(session: Session) -> str:
    """Make the sample company, all of it or nothing, and say what there is then."""
    from django.db import transaction

    from handsel.site.sample.catalog import make_catalog
    from handsel.site.sample.deals import make_deals
    from handsel.site.sample.maker import Maker
    from handsel.site.sample.parties import make_parties
    from handsel.site.sample.people import make_people, share_deal

    maker = Maker(session)
    with transaction.atomic(using=session.context.alias):
        make_people(maker)
        make_catalog(maker)
        make_parties(maker)
        make_deals(maker)
        share_deal(maker)
    counted = [(session.count(table), one, many) for table, one, many in _COUNTED]
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counted]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


_COUNTED = (
    ("product", "product", "products"),
    ("pricelevel", "price list", "price lists"),
    ("account", "account", "accounts"),
    ("contact", "contact", "contacts"),
    ("lead", "lead", "leads"),
    ("opportunity", "opportunity", "opportunities"),
    ("quote", "quote", "quotes"),
    ("salesorder", "order", "orders"),
    ("systemuser", "user", "users"),
)
