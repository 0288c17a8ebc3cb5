"""The roles that Handsel ships: what each grants, and how far (security 6).

A depth is written as its letter: own rows (B), the unit (L), the unit and those below (D), the organization (G), a dash
for none. A privilege that cannot be had at a depth is granted at the nearest deeper one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from handsel.chain.system.connect_rows import ADMINISTRATOR
from handsel.engine.rights.grants import ADMINISTRATOR_TEMPLATE
from handsel.engine.rights.privileges import Depth, Privilege, all_privileges

_IDS = UUID("6d1c1ad5-6a2d-5d0f-9a15-8f0d8a0a7c11")
CUSTOMIZER_TEMPLATE = UUID("119f245c-3cc8-4b62-b31c-d1a046ced15d")

_LETTERS = {"B": Depth.BASIC, "L": Depth.LOCAL, "D": Depth.DEEP, "G": Depth.GLOBAL}
_ALL_VERBS = tuple(verb.value for verb in Privilege)
_PARTIES = ("Account", "Contact")
_PIPELINE = ("Lead", "Opportunity")
_DOCUMENTS = ("Quote", "Order", "Invoice")
_OVERRIDES = tuple(f"prvOverridePriceEngine{stem}" for stem in ("Opportunity", *_DOCUMENTS))
_EVERYBODY: Mapping[str, str] = {
    "User": "-G--GG--",
    "Team": "-G--GG--",
    "BusinessUnit": "-G---G--",
    "TransactionCurrency": "-G---G--",
    "UserQuery": "BBBBBBBB",
    "Query": "-G------",
    "Organization": "-G---G--",
    "EntityMap": "-G------",
    "AttributeMap": "-G------",
    "AsyncOperation": "BBBBBBBB",
}
"""What every shipped role grants besides: names of people, currencies, views, own views and jobs."""


@dataclass(frozen=True, slots=True)
class StandardRole:
    """One shipped role. `depths` has one letter for each verb, in the order Create … Share, by stem."""

    name: str
    description: str
    depths: Mapping[str, str] = field(default_factory=dict)
    further: Sequence[str] = ()
    """Privileges of no table."""
    template: UUID | None = None
    reads_everything: bool = False

    @property
    def id(self) -> UUID:
        """The same in every organization."""
        return ADMINISTRATOR if self.template == ADMINISTRATOR_TEMPLATE else uuid5(_IDS, self.name)

    def privileges(self) -> Mapping[str, Depth]:
        """What it grants, by privilege, as far as there is such a privilege."""
        if self.template == ADMINISTRATOR_TEMPLATE:
            return {}  # it has everything there is, and everything that comes
        wanted: dict[str, Depth] = {}
        for stem, letters in {**_EVERYBODY, **self.depths}.items():
            for verb, letter in zip(_ALL_VERBS, letters, strict=True):
                if letter in _LETTERS:
                    wanted[f"prv{verb}{stem}"] = _LETTERS[letter]
        wanted.update(dict.fromkeys(self.further, Depth.GLOBAL))
        if self.reads_everything:
            wanted.update(
                {each.name: Depth.GLOBAL for each in all_privileges() if each.right == Privilege.READ.right and
                 Depth.GLOBAL in each.depths and each.name != "prvReadUserQuery"}
            )  # fmt: skip
        return {
            each.name: min(depth for depth in each.depths if depth >= min(wanted[each.name], max(each.depths)))
            for each in all_privileges()
            if each.name in wanted
        }


def _of(stems: Sequence[str], letters: str) -> dict[str, str]:
    return dict.fromkeys(stems, letters)


#                       Create Read Write Delete Append AppendTo Assign Share
_SALESPERSON = {
    **_of(_PARTIES, "BGGBGGBB"),
    **_of(_PIPELINE, "BGGBGGBB"),
    **_of(_DOCUMENTS, "BGLBLLBB"),
    "Product": "-G--GG--",
    "Competitor": "-G--GG--",
    "Activity": "BGBBGGBB",
    "Note": "BGBBGGBB",
    "Team": "-G--LL--",
    "User": "-G--LL--",
    "Role": "-L------",
    "DuplicateRule": "-G------",
}
_MANAGER = {
    **_of(_PARTIES, "LGGLGGLL"),
    **_of(_PIPELINE, "LGGLGGLL"),
    **_of(_DOCUMENTS, "LGLLLLLL"),
    "Product": "GGGGGG--",
    "Competitor": "GGGGGG--",
    "Activity": "LGLLGGLL",
    "Note": "LGBLGGLL",
    "Team": "LGLLDD--",
    "User": "LGL-DD--",
    "Role": "-G----L-",
    "DuplicateRule": "-G------",
}
_VICE_PRESIDENT = {
    **_of(_PARTIES, "DGGDGGDD"),
    **_of(_PIPELINE, "DGGDGGDD"),
    **_of(_DOCUMENTS, "DGDDDDDD"),
    "Product": "GGGGGG--",
    "Competitor": "GGGGGG--",
    "Activity": "DGDDGGDD",
    "Note": "DGBDGGDD",
    "Team": "DGDDDD--",
    "User": "DGD-DD--",
    "Role": "DGDD--D-",
    "DuplicateRule": "GGGG----",
}
_EVERYTHING = "GGGGGGGG"
_OPERATIONS = {
    **_of((*_PARTIES, *_PIPELINE, *_DOCUMENTS), _EVERYTHING),
    "Product": "GGGGGG--",
    "Competitor": "GGGGGG--",
    "TransactionCurrency": "GGGGGG--",
    "Activity": _EVERYTHING,
    "Note": _EVERYTHING,
    "Role": "-G------",
    "DuplicateRule": "GGGGGG--",
    "Query": "GGGGGG--",
}
_FINANCE = {
    **_of(_PARTIES, "-GG-GG--"),
    **_of(_PIPELINE, "-G---G--"),
    "Quote": "-G---G--",
    **_of(("Order", "Invoice"), "GGG-GGGG"),
    "Product": "-G--GG--",
    "Competitor": "-G------",
    "Activity": "GGB-GG--",
    "Note": "GGB-GG--",
    "Role": "-G------",
}
_INTEGRATION = {
    **_of((*_PARTIES, *_PIPELINE, *_DOCUMENTS), "GGG-GGG-"),
    "Product": "GGG-GG--",
    "Competitor": "GGG-GG--",
    "TransactionCurrency": "GGG-GG--",
    "Activity": "GGG-GGG-",
    "Note": "GGG-GGG-",
    "hs_Connector": "-G------",
    "hs_Coupling": "-G------",
    "Role": "-G------",
}
_CUSTOMIZER = {
    **_of((*_PARTIES, *_PIPELINE, *_DOCUMENTS, "Activity", "Note"), "BBBBBBBB"),
    "Product": "-G--GG--",
    "Competitor": "-G--GG--",
    "Organization": "-GG--G--",
    "Customization": "GGGGGG--",
    "EntityMap": "GGGGGG--",
    "Query": "GGGGGG--",
    "FieldSecurityProfile": "GGGGGG--",
    "TeamTemplate": "GGGGGG--",
    "DuplicateRule": "GGGGGG--",
    "Role": "-G------",
}

STANDARD_ROLES: Sequence[StandardRole] = (
    StandardRole("System Administrator", "May do everything. It cannot be changed.", template=ADMINISTRATOR_TEMPLATE),
    StandardRole(
        "System Customizer",
        "Adds columns, views and rules; of the sales rows only their own.",
        _CUSTOMIZER,
        ("prvCreateAttribute", "prvPublishDuplicateRule"),
        CUSTOMIZER_TEMPLATE,
    ),
    StandardRole("Salesperson", "Sells: own deals and those of the unit; reads all of sales.", _SALESPERSON),
    StandardRole(
        "Sales Manager",
        "Leads a unit: its deals, its catalog and its prices.",
        _MANAGER,
        (*_OVERRIDES, "prvAssignManager"),
    ),
    StandardRole(
        "Vice President of Sales",
        "Leads a unit and those below it.",
        _VICE_PRESIDENT,
        (*_OVERRIDES, "prvAssignManager", "prvMerge", "prvQOIOverrideDelete", "prvPublishDuplicateRule"),
    ),
    StandardRole(
        "Sales Operations",
        "Keeps catalog, prices and data in order, in the whole organization.",
        _OPERATIONS,
        (
            *_OVERRIDES,
            "prvMerge",
            "prvQOIOverrideDelete",
            "prvBulkDelete",
            "prvPublishDuplicateRule",
            "prvOverrideCreatedOnCreatedBy",
        ),
    ),
    StandardRole("Finance", "Orders and invoices of the whole organization; reads the rest.", _FINANCE),
    StandardRole(
        "Integration",
        "A program that exchanges orders and invoices with another system.",
        _INTEGRATION,
        (
            *_OVERRIDES,
            "prvActOnBehalfOfAnotherUser",
            "prvOverrideCreatedOnCreatedBy",
            "prvWithdrawSubmittedOrder",
        ),
    ),
    StandardRole("Read only", "Reads everything, changes nothing but own views.", reads_everything=True),
)


def shipped_role(name: str) -> UUID:
    """The id of the shipped role with a name; given to users of other units, it means the copy there."""
    [found] = [role.id for role in STANDARD_ROLES if role.name == name]
    return found
