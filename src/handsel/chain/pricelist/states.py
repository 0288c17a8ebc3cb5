"""The lifecycles of price lists and discount lists: active or not, by plain update (behaviour 3.15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count

from handsel.chain.pricelist.options import PriceListStatus
from handsel.chain.system.options import ActiveState
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.lifecycle import UPDATE, Lifecycle, StateRule, Transition, lifecycle, statuses_of
from handsel.engine.work import Work
from handsel.errors import Code, HandselError, Refused
from handsel.tables.info import table_info

ACTIVE, INACTIVE = (int(state) for state in ActiveState)

DEFAULTS = (("product", "pricelevelid"), ("account", "defaultpricelevelid"), ("contact", "defaultpricelevelid"))
"""The columns that can name a price list as the default one."""


def _switched(table: str, label: str) -> Lifecycle:
    # An inactive list can still be changed, as in most tables (behaviour 8).
    return lifecycle(
        Lifecycle(
            table=table,
            label=label,
            number_column="name",
            states=tuple(
                StateRule(state, ActiveState(state).label, True, statuses_of(PriceListStatus, state), int(status))
                for state, status in ((ACTIVE, PriceListStatus.ACTIVE), (INACTIVE, PriceListStatus.INACTIVE))
            ),
            transitions=(
                Transition("Deactivate", (UPDATE,), (ACTIVE,), INACTIVE),
                Transition("Activate", (UPDATE,), (INACTIVE,), ACTIVE),
            ),
        )
    )


LIFECYCLE = _switched("pricelevel", "Price list")
DISCOUNT_LIST = _switched("discounttype", "Discount list")


@LIFECYCLE.guard("Deactivate")
def not_a_default(work: Work, rows: Sequence[Row]) -> Mapping[UUID, HandselError]:
    """The default price list of a product, account or contact cannot be deactivated (0x80043b04)."""
    ids = [row.id for row in rows]
    uses: dict[UUID, list[str]] = {id: [] for id in ids}
    for table, column in DEFAULTS:
        label = table_info(table).label.lower()
        for id, count in _counted(table, column, ids).items():
            uses[id].append(f"{count} {label}{'s' if count > 1 else ''}")
    return {
        row.id: Refused(
            f"{LIFECYCLE.name(row)} cannot be deactivated: it is the default price list of "
            f"{' and '.join(uses[row.id])}. Give those another one first.",
            Code.PRICE_LEVEL_IS_DEFAULT,
            table="pricelevel",
            id=str(row.id),
        )
        for row in rows
        if uses[row.id]
    }


def _counted(table: str, column: str, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The number of rows of a table that refer to each id, in one statement."""
    attribute = table_info(table).attribute(column)
    found = access.all_rows(table).filter(**{f"{attribute}__in": ids}).order_by()
    return dict(found.values_list(attribute).annotate(count=Count("pk")))
