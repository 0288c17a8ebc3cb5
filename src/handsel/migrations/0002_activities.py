"""Activities."""

import django.db.models.deletion
from django.db import migrations, models

import handsel.tables.exact


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityPointer",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                ("owner", models.UUIDField(blank=True, db_column="ownerid", null=True)),
                (
                    "activity_id",
                    models.UUIDField(blank=True, db_column="activityid", primary_key=True, serialize=False),
                ),
                ("subject", models.CharField(blank=True, db_column="subject", max_length=200, null=True)),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "activity_additional_params",
                    models.CharField(blank=True, db_column="activityadditionalparams", max_length=8192, null=True),
                ),
                (
                    "actual_duration_minutes",
                    models.IntegerField(blank=True, db_column="actualdurationminutes", null=True),
                ),
                ("actual_end", models.DateTimeField(blank=True, db_column="actualend", null=True)),
                ("actual_start", models.DateTimeField(blank=True, db_column="actualstart", null=True)),
                ("category", models.CharField(blank=True, db_column="category", max_length=250, null=True)),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_billed", models.BooleanField(blank=True, db_column="isbilled", null=True)),
                ("is_regular_activity", models.BooleanField(blank=True, db_column="isregularactivity", null=True)),
                ("is_workflow_created", models.BooleanField(blank=True, db_column="isworkflowcreated", null=True)),
                ("left_voice_mail", models.BooleanField(blank=True, db_column="leftvoicemail", null=True)),
                ("priority_code", models.IntegerField(blank=True, db_column="prioritycode", null=True)),
                ("scheduled_end", models.DateTimeField(blank=True, db_column="scheduledend", null=True)),
                ("scheduled_start", models.DateTimeField(blank=True, db_column="scheduledstart", null=True)),
                ("sort_date", models.DateTimeField(blank=True, db_column="sortdate", null=True)),
                ("subcategory", models.CharField(blank=True, db_column="subcategory", max_length=250, null=True)),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                (
                    "scheduled_duration_minutes",
                    models.IntegerField(blank=True, db_column="scheduleddurationminutes", null=True),
                ),
                (
                    "activity_type_code",
                    models.CharField(blank=True, db_column="activitytypecode", max_length=64, null=True),
                ),
                (
                    "regarding_object",
                    models.UUIDField(blank=True, db_column="regardingobjectid", db_index=True, null=True),
                ),
                (
                    "hs_regarding_object_type",
                    models.CharField(blank=True, db_column="hs_regardingobjecttype", max_length=64, null=True),
                ),
            ],
            options={
                "db_table": "activitypointer",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ActivityParty",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "activity_party_id",
                    models.UUIDField(blank=True, db_column="activitypartyid", primary_key=True, serialize=False),
                ),
                ("activity", models.UUIDField(blank=True, db_column="activityid", db_index=True, null=True)),
                ("party", models.UUIDField(blank=True, db_column="partyid", db_index=True, null=True)),
                ("address_used", models.CharField(blank=True, db_column="addressused", max_length=320, null=True)),
                (
                    "address_used_email_column_number",
                    models.IntegerField(blank=True, db_column="addressusedemailcolumnnumber", null=True),
                ),
                ("do_not_email", models.BooleanField(blank=True, db_column="donotemail", null=True)),
                ("do_not_fax", models.BooleanField(blank=True, db_column="donotfax", null=True)),
                ("do_not_phone", models.BooleanField(blank=True, db_column="donotphone", null=True)),
                ("do_not_postal_mail", models.BooleanField(blank=True, db_column="donotpostalmail", null=True)),
                ("effort", models.FloatField(blank=True, db_column="effort", null=True)),
                (
                    "exchange_entry_id",
                    models.CharField(blank=True, db_column="exchangeentryid", max_length=1024, null=True),
                ),
                ("is_party_deleted", models.BooleanField(blank=True, db_column="ispartydeleted", null=True)),
                (
                    "participation_type_mask",
                    models.IntegerField(blank=True, db_column="participationtypemask", null=True),
                ),
                ("scheduled_end", models.DateTimeField(blank=True, db_column="scheduledend", null=True)),
                ("scheduled_start", models.DateTimeField(blank=True, db_column="scheduledstart", null=True)),
                (
                    "hs_activity_type",
                    models.CharField(blank=True, db_column="hs_activitytype", max_length=64, null=True),
                ),
                ("hs_party_type", models.CharField(blank=True, db_column="hs_partytype", max_length=64, null=True)),
            ],
            options={
                "db_table": "activityparty",
            },
        ),
        migrations.AddField(
            model_name="opportunity",
            name="msdyn_forecast_category",
            field=models.IntegerField(blank=True, db_column="msdyn_forecastcategory", null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="step_name",
            field=models.CharField(blank=True, db_column="stepname", max_length=200, null=True),
        ),
        migrations.CreateModel(
            name="StringMap",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "string_map_id",
                    models.UUIDField(blank=True, db_column="stringmapid", primary_key=True, serialize=False),
                ),
                ("value", models.CharField(blank=True, db_column="value", max_length=4000, null=True)),
                (
                    "object_type_code",
                    models.CharField(blank=True, db_column="objecttypecode", max_length=64, null=True),
                ),
                ("attribute_name", models.CharField(blank=True, db_column="attributename", max_length=100, null=True)),
                ("attribute_value", models.IntegerField(blank=True, db_column="attributevalue", null=True)),
                ("display_order", models.IntegerField(blank=True, db_column="displayorder", null=True)),
                ("lang_id", models.IntegerField(blank=True, db_column="langid", null=True)),
                ("organization_id", models.UUIDField(blank=True, db_column="organizationid", null=True)),
            ],
            options={
                "db_table": "stringmap",
                "indexes": [models.Index(fields=["object_type_code", "attribute_name"], name="stringmap_column")],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                ("owner", models.UUIDField(blank=True, db_column="ownerid", null=True)),
                (
                    "activity_id",
                    models.UUIDField(blank=True, db_column="activityid", primary_key=True, serialize=False),
                ),
                ("subject", models.CharField(blank=True, db_column="subject", max_length=200, null=True)),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "activity_additional_params",
                    models.CharField(blank=True, db_column="activityadditionalparams", max_length=8192, null=True),
                ),
                (
                    "actual_duration_minutes",
                    models.IntegerField(blank=True, db_column="actualdurationminutes", null=True),
                ),
                ("actual_end", models.DateTimeField(blank=True, db_column="actualend", null=True)),
                ("actual_start", models.DateTimeField(blank=True, db_column="actualstart", null=True)),
                ("category", models.CharField(blank=True, db_column="category", max_length=250, null=True)),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_billed", models.BooleanField(blank=True, db_column="isbilled", null=True)),
                ("is_regular_activity", models.BooleanField(blank=True, db_column="isregularactivity", null=True)),
                ("is_workflow_created", models.BooleanField(blank=True, db_column="isworkflowcreated", null=True)),
                ("left_voice_mail", models.BooleanField(blank=True, db_column="leftvoicemail", null=True)),
                ("scheduled_end", models.DateTimeField(blank=True, db_column="scheduledend", null=True)),
                ("scheduled_start", models.DateTimeField(blank=True, db_column="scheduledstart", null=True)),
                ("sort_date", models.DateTimeField(blank=True, db_column="sortdate", null=True)),
                ("subcategory", models.CharField(blank=True, db_column="subcategory", max_length=250, null=True)),
                ("priority_code", models.IntegerField(blank=True, db_column="prioritycode", null=True)),
                (
                    "scheduled_duration_minutes",
                    models.IntegerField(blank=True, db_column="scheduleddurationminutes", null=True),
                ),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                (
                    "activity_type_code",
                    models.CharField(blank=True, db_column="activitytypecode", max_length=64, null=True),
                ),
                (
                    "regarding_object",
                    models.UUIDField(blank=True, db_column="regardingobjectid", db_index=True, null=True),
                ),
                (
                    "hs_regarding_object_type",
                    models.CharField(blank=True, db_column="hs_regardingobjecttype", max_length=64, null=True),
                ),
                (
                    "global_object_id",
                    models.CharField(blank=True, db_column="globalobjectid", max_length=300, null=True),
                ),
                ("is_all_day_event", models.BooleanField(blank=True, db_column="isalldayevent", null=True)),
                ("is_online_meeting", models.BooleanField(blank=True, db_column="isonlinemeeting", null=True)),
                ("location", models.CharField(blank=True, db_column="location", max_length=200, null=True)),
                ("original_start_date", models.DateTimeField(blank=True, db_column="originalstartdate", null=True)),
                ("outlook_owner_appt_id", models.IntegerField(blank=True, db_column="outlookownerapptid", null=True)),
                ("subscription_id", models.UUIDField(blank=True, db_column="subscriptionid", null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "created_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "owning_business_unit",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningbusinessunit",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.businessunit",
                    ),
                ),
                (
                    "owning_team",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningteam",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.team",
                    ),
                ),
                (
                    "owning_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="owninguser",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "transaction_currency",
                    models.ForeignKey(
                        blank=True,
                        db_column="transactioncurrencyid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.transactioncurrency",
                    ),
                ),
            ],
            options={
                "db_table": "appointment",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner__isnull", True), ("owning_team__isnull", True), ("owning_user__isnull", True)
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", True),
                                ("owning_user__isnull", False),
                                ("owner", models.F("owning_user")),
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", False),
                                ("owning_user__isnull", True),
                                ("owner", models.F("owning_team")),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneCall",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                ("owner", models.UUIDField(blank=True, db_column="ownerid", null=True)),
                (
                    "activity_id",
                    models.UUIDField(blank=True, db_column="activityid", primary_key=True, serialize=False),
                ),
                ("subject", models.CharField(blank=True, db_column="subject", max_length=200, null=True)),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "activity_additional_params",
                    models.CharField(blank=True, db_column="activityadditionalparams", max_length=8192, null=True),
                ),
                (
                    "actual_duration_minutes",
                    models.IntegerField(blank=True, db_column="actualdurationminutes", null=True),
                ),
                ("actual_end", models.DateTimeField(blank=True, db_column="actualend", null=True)),
                ("actual_start", models.DateTimeField(blank=True, db_column="actualstart", null=True)),
                ("category", models.CharField(blank=True, db_column="category", max_length=250, null=True)),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_billed", models.BooleanField(blank=True, db_column="isbilled", null=True)),
                ("is_regular_activity", models.BooleanField(blank=True, db_column="isregularactivity", null=True)),
                ("is_workflow_created", models.BooleanField(blank=True, db_column="isworkflowcreated", null=True)),
                ("left_voice_mail", models.BooleanField(blank=True, db_column="leftvoicemail", null=True)),
                ("scheduled_end", models.DateTimeField(blank=True, db_column="scheduledend", null=True)),
                ("scheduled_start", models.DateTimeField(blank=True, db_column="scheduledstart", null=True)),
                ("sort_date", models.DateTimeField(blank=True, db_column="sortdate", null=True)),
                ("subcategory", models.CharField(blank=True, db_column="subcategory", max_length=250, null=True)),
                ("priority_code", models.IntegerField(blank=True, db_column="prioritycode", null=True)),
                (
                    "scheduled_duration_minutes",
                    models.IntegerField(blank=True, db_column="scheduleddurationminutes", null=True),
                ),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                (
                    "activity_type_code",
                    models.CharField(blank=True, db_column="activitytypecode", max_length=64, null=True),
                ),
                (
                    "regarding_object",
                    models.UUIDField(blank=True, db_column="regardingobjectid", db_index=True, null=True),
                ),
                (
                    "hs_regarding_object_type",
                    models.CharField(blank=True, db_column="hs_regardingobjecttype", max_length=64, null=True),
                ),
                ("direction_code", models.BooleanField(blank=True, db_column="directioncode", null=True)),
                ("phone_number", models.CharField(blank=True, db_column="phonenumber", max_length=200, null=True)),
                ("subscription_id", models.UUIDField(blank=True, db_column="subscriptionid", null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "created_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "owning_business_unit",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningbusinessunit",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.businessunit",
                    ),
                ),
                (
                    "owning_team",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningteam",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.team",
                    ),
                ),
                (
                    "owning_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="owninguser",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "transaction_currency",
                    models.ForeignKey(
                        blank=True,
                        db_column="transactioncurrencyid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.transactioncurrency",
                    ),
                ),
            ],
            options={
                "db_table": "phonecall",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner__isnull", True), ("owning_team__isnull", True), ("owning_user__isnull", True)
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", True),
                                ("owning_user__isnull", False),
                                ("owner", models.F("owning_user")),
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", False),
                                ("owning_user__isnull", True),
                                ("owner", models.F("owning_team")),
                            ),
                            _connector="OR",
                        ),
                        name="phonecall_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                ("owner", models.UUIDField(blank=True, db_column="ownerid", null=True)),
                (
                    "activity_id",
                    models.UUIDField(blank=True, db_column="activityid", primary_key=True, serialize=False),
                ),
                ("subject", models.CharField(blank=True, db_column="subject", max_length=200, null=True)),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "activity_additional_params",
                    models.CharField(blank=True, db_column="activityadditionalparams", max_length=8192, null=True),
                ),
                (
                    "actual_duration_minutes",
                    models.IntegerField(blank=True, db_column="actualdurationminutes", null=True),
                ),
                ("actual_end", models.DateTimeField(blank=True, db_column="actualend", null=True)),
                ("actual_start", models.DateTimeField(blank=True, db_column="actualstart", null=True)),
                ("category", models.CharField(blank=True, db_column="category", max_length=250, null=True)),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_billed", models.BooleanField(blank=True, db_column="isbilled", null=True)),
                ("is_regular_activity", models.BooleanField(blank=True, db_column="isregularactivity", null=True)),
                ("is_workflow_created", models.BooleanField(blank=True, db_column="isworkflowcreated", null=True)),
                ("left_voice_mail", models.BooleanField(blank=True, db_column="leftvoicemail", null=True)),
                ("scheduled_end", models.DateTimeField(blank=True, db_column="scheduledend", null=True)),
                ("scheduled_start", models.DateTimeField(blank=True, db_column="scheduledstart", null=True)),
                ("sort_date", models.DateTimeField(blank=True, db_column="sortdate", null=True)),
                ("subcategory", models.CharField(blank=True, db_column="subcategory", max_length=250, null=True)),
                ("priority_code", models.IntegerField(blank=True, db_column="prioritycode", null=True)),
                (
                    "scheduled_duration_minutes",
                    models.IntegerField(blank=True, db_column="scheduleddurationminutes", null=True),
                ),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                (
                    "activity_type_code",
                    models.CharField(blank=True, db_column="activitytypecode", max_length=64, null=True),
                ),
                (
                    "regarding_object",
                    models.UUIDField(blank=True, db_column="regardingobjectid", db_index=True, null=True),
                ),
                (
                    "hs_regarding_object_type",
                    models.CharField(blank=True, db_column="hs_regardingobjecttype", max_length=64, null=True),
                ),
                (
                    "crm_task_assigned_unique_id",
                    models.UUIDField(blank=True, db_column="crmtaskassigneduniqueid", null=True),
                ),
                ("percent_complete", models.IntegerField(blank=True, db_column="percentcomplete", null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "created_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "owning_business_unit",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningbusinessunit",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.businessunit",
                    ),
                ),
                (
                    "owning_team",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningteam",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.team",
                    ),
                ),
                (
                    "owning_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="owninguser",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "transaction_currency",
                    models.ForeignKey(
                        blank=True,
                        db_column="transactioncurrencyid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.transactioncurrency",
                    ),
                ),
            ],
            options={
                "db_table": "task",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner__isnull", True), ("owning_team__isnull", True), ("owning_user__isnull", True)
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", True),
                                ("owning_user__isnull", False),
                                ("owner", models.F("owning_user")),
                            ),
                            models.Q(
                                ("owner__isnull", False),
                                ("owning_team__isnull", False),
                                ("owning_user__isnull", True),
                                ("owner", models.F("owning_team")),
                            ),
                            _connector="OR",
                        ),
                        name="task_owner",
                    )
                ],
            },
        ),
    ]
