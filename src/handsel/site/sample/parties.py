"""Whom the sample company sells to: customers with addresses and contacts, leads; and a competitor."""

from __future__ import annotations

from typing import Any

from handsel.chain.party.options import AddressType
from handsel.chain.system.options import PaymentTerms, ShippingMethod
from handsel.site.sample.maker import Maker

CITIES = {
    "sampleton": {"city": "Sampleton", "stateorprovince": "CA", "postalcode": "90001", "country": "USA"},
    "demoville": {"city": "Demoville", "stateorprovince": "NY", "postalcode": "10002", "country": "USA"},
    "mocktown": {"city": "Mocktown", "stateorprovince": "TX", "postalcode": "73301", "country": "USA"},
    "musterstadt": {"city": "Musterstadt", "postalcode": "12345", "country": "Germany"},
    "exempleville": {"city": "Exempleville", "postalcode": "75000", "country": "France"},
}

# key: name, street, street for deliveries, city, price list, payment terms
ACCOUNTS: dict[str, tuple[str, str, str, str, str, PaymentTerms]] = {
    "bakery": ("Example Bakery", "1 Sample Street", "1b Sample Street", "sampleton", "standard", PaymentTerms.NET_30),
    "school": ("Example School", "22 Test Avenue", "24 Test Avenue", "demoville", "standard", PaymentTerms.NET_60),
    "clinic": ("Example Clinic", "5 Mock Road", "Gate 2, 5 Mock Road", "mocktown", "standard", PaymentTerms.NET_45),
    "lawyers": ("Example & Partners", "30 Invented Plaza", "Dock 4", "sampleton", "standard", PaymentTerms.NET_30),
    "studio": ("Beispiel Studio", "Musterstraße 7", "Musterstraße 9", "musterstadt", "export", PaymentTerms.NET_30),
    "museum": ("Musée Exemple", "3 rue Exemple", "5 rue Exemple", "exempleville", "export", PaymentTerms.NET_45),
}

CONTACTS = {
    "bakery": ("Sample", "Baker"),
    "school": ("Sample", "Teacher"),
    "clinic": ("Sample", "Doctor"),
    "lawyers": ("Sample", "Partner"),
    "studio": ("Muster", "Frau"),
    "museum": ("Exemple", "Conservateur"),
}

LEADS = {
    "gym": ("Sample", "Trainer", "Example Gym", "Lockers and front desk"),
    "cafe": ("Sample", "Barista", "Example Café", "Stools for the terrace"),
    "garage": ("Sample", "Mechanic", "Example Garage", "Paper for two printers"),
}


def make_parties(maker: Maker) -> None:
    """Make customers, leads and the competitor."""
    sellers = [maker.of("systemuser", "one"), maker.of("systemuser", "two")]
    maker.make("account", {key: _account(maker, key, sellers[index % 2]) for index, key in enumerate(ACCOUNTS)})
    maker.make("customeraddress", {key: _delivery(maker, key) for key in ACCOUNTS})
    maker.make(
        "contact",
        {
            key: {
                "firstname": first,
                "lastname": last,
                "parentcustomerid": maker.of("account", key),
                "emailaddress1": f"{first}.{last}@example.com".lower(),
                "ownerid": sellers[index % 2],
            }
            for index, (key, (first, last)) in enumerate(CONTACTS.items())
        },
    )
    maker.change("account", [(key, {"primarycontactid": maker.of("contact", key)}) for key in CONTACTS])
    maker.make(
        "lead",
        {
            key: {
                "firstname": first,
                "lastname": last,
                "companyname": f"{company} (sample data)",
                "subject": subject,
                "ownerid": sellers[0],
            }
            for key, (first, last, company, subject) in LEADS.items()
        },
    )
    maker.make(
        "competitor", {"rival": {"name": "Example Rival Stationers (sample data)", "strengths": "Opens at six."}}
    )


def _account(maker: Maker, key: str, owner: Any) -> dict[str, Any]:
    name, street, _delivery, index, price_list, terms = ACCOUNTS[key]
    full_name = f"{name} (sample data)"
    return {
        "name": full_name,
        "ownerid": owner,
        "defaultpricelevelid": maker.of("pricelevel", price_list),
        "paymenttermscode": int(terms),
        "emailaddress1": f"{key}@example.com",
        "telephone1": "555-0100",
        "address1_addresstypecode": int(AddressType.BILL_TO),
        "address1_name": full_name,
        "address1_line1": street,
        "address1_shippingmethodcode": int(ShippingMethod.UPS),
        **{f"address1_{part}": value for part, value in CITIES[index].items()},
    }


def _delivery(maker: Maker, key: str) -> dict[str, Any]:
    name, _street, delivery, index, _price_list, _terms = ACCOUNTS[key]
    return {
        "parentid": maker.of("account", key),
        "objecttypecode": "account",
        "addresstypecode": int(AddressType.SHIP_TO),
        "name": f"{name}, deliveries",
        "line1": delivery,
        **CITIES[index],
    }
