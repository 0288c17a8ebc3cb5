"""Lists by unit."""

from django.db import migrations

import handsel.database.indexes


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0003_rights"),
    ]

    operations = [
        handsel.database.indexes.DropListIndexes(
            indexes={
                "account_by_owningbusinessunit": ("account", "owningbusinessunit"),
                "contact_by_owningbusinessunit": ("contact", "owningbusinessunit"),
                "lead_by_owningbusinessunit": ("lead", "owningbusinessunit"),
                "opportunity_by_owningbusinessunit": ("opportunity", "owningbusinessunit"),
                "quote_by_owningbusinessunit": ("quote", "owningbusinessunit"),
                "salesorder_by_owningbusinessunit": ("salesorder", "owningbusinessunit"),
                "invoice_by_owningbusinessunit": ("invoice", "owningbusinessunit"),
            },
        ),
        handsel.database.indexes.CreateListIndexes(
            indexes={
                "account_by_owningbusinessunit_name": ("account", "owningbusinessunit", "lower(name)", "accountid"),
                "account_by_owningbusinessunit": ("account", "owningbusinessunit", "accountid"),
                "account_by_owningbusinessunit_createdon": ("account", "owningbusinessunit", "-createdon", "accountid"),
                "contact_by_owningbusinessunit_fullname": (
                    "contact",
                    "owningbusinessunit",
                    "lower(fullname)",
                    "contactid",
                ),
                "contact_by_owningbusinessunit": ("contact", "owningbusinessunit", "contactid"),
                "contact_by_owningbusinessunit_createdon": ("contact", "owningbusinessunit", "-createdon", "contactid"),
                "lead_by_owningbusinessunit_fullname": ("lead", "owningbusinessunit", "lower(fullname)", "leadid"),
                "lead_by_owningbusinessunit": ("lead", "owningbusinessunit", "leadid"),
                "lead_by_owningbusinessunit_createdon": ("lead", "owningbusinessunit", "-createdon", "leadid"),
                "opportunity_by_owningbusinessunit_name": (
                    "opportunity",
                    "owningbusinessunit",
                    "lower(name)",
                    "opportunityid",
                ),
                "opportunity_by_owningbusinessunit": ("opportunity", "owningbusinessunit", "opportunityid"),
                "opportunity_by_owningbusinessunit_createdon": (
                    "opportunity",
                    "owningbusinessunit",
                    "-createdon",
                    "opportunityid",
                ),
                "quote_by_owningbusinessunit_name": ("quote", "owningbusinessunit", "lower(name)", "quoteid"),
                "quote_by_owningbusinessunit": ("quote", "owningbusinessunit", "quoteid"),
                "quote_by_owningbusinessunit_createdon": ("quote", "owningbusinessunit", "-createdon", "quoteid"),
                "salesorder_by_owningbusinessunit_name": (
                    "salesorder",
                    "owningbusinessunit",
                    "lower(name)",
                    "salesorderid",
                ),
                "salesorder_by_owningbusinessunit": ("salesorder", "owningbusinessunit", "salesorderid"),
                "salesorder_by_owningbusinessunit_createdon": (
                    "salesorder",
                    "owningbusinessunit",
                    "-createdon",
                    "salesorderid",
                ),
                "invoice_by_owningbusinessunit_name": ("invoice", "owningbusinessunit", "lower(name)", "invoiceid"),
                "invoice_by_owningbusinessunit": ("invoice", "owningbusinessunit", "invoiceid"),
                "invoice_by_owningbusinessunit_createdon": ("invoice", "owningbusinessunit", "-createdon", "invoiceid"),
            },
        ),
    ]
