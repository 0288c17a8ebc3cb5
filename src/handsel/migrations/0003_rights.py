"""Rights."""

import django.db.models.deletion
from django.db import migrations, models

import handsel.database.indexes


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0002_activities_duplicates_agreed_prices"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="hs_ownership_across_units",
            field=models.BooleanField(blank=True, db_column="hs_ownershipacrossunits", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_rights_version",
            field=models.BigIntegerField(blank=True, db_column="hs_rightsversion", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_tell_hidden_rows",
            field=models.BooleanField(blank=True, db_column="hs_tellhiddenrows", null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="description",
            field=models.TextField(blank=True, db_column="description", null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="hs_shipped_privileges",
            field=models.TextField(blank=True, db_column="hs_shippedprivileges", null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="is_inherited",
            field=models.IntegerField(blank=True, db_column="isinherited", null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="role_template_id",
            field=models.UUIDField(blank=True, db_column="roletemplateid", null=True),
        ),
        migrations.CreateModel(
            name="FieldSecurityProfile",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "field_security_profile_id",
                    models.UUIDField(blank=True, db_column="fieldsecurityprofileid", primary_key=True, serialize=False),
                ),
                ("name", models.CharField(blank=True, db_column="name", max_length=100, null=True)),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
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
            ],
            options={
                "db_table": "fieldsecurityprofile",
            },
        ),
        migrations.CreateModel(
            name="PrincipalObjectAccess",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "principal_object_access_id",
                    models.UUIDField(
                        blank=True, db_column="principalobjectaccessid", primary_key=True, serialize=False
                    ),
                ),
                ("principal_id", models.UUIDField(blank=True, db_column="principalid", null=True)),
                (
                    "principal_type_code",
                    models.CharField(blank=True, db_column="principaltypecode", max_length=64, null=True),
                ),
                ("object_id", models.UUIDField(blank=True, db_column="objectid", null=True)),
                (
                    "object_type_code",
                    models.CharField(blank=True, db_column="objecttypecode", max_length=64, null=True),
                ),
                ("access_rights_mask", models.IntegerField(blank=True, db_column="accessrightsmask", null=True)),
                ("changed_on", models.DateTimeField(blank=True, db_column="changedon", null=True)),
            ],
            options={
                "db_table": "principalobjectaccess",
                "indexes": [
                    models.Index(
                        fields=["principal_id", "object_type_code", "object_id"], name="principalobjectaccess_of"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("object_id", "principal_id"), name="principalobjectaccess_pair")
                ],
            },
        ),
        migrations.CreateModel(
            name="Privilege",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "privilege_id",
                    models.UUIDField(blank=True, db_column="privilegeid", primary_key=True, serialize=False),
                ),
                ("name", models.CharField(blank=True, db_column="name", max_length=100, null=True)),
                ("access_right", models.IntegerField(blank=True, db_column="accessright", null=True)),
                ("can_be_basic", models.BooleanField(blank=True, db_column="canbebasic", null=True)),
                ("can_be_local", models.BooleanField(blank=True, db_column="canbelocal", null=True)),
                ("can_be_deep", models.BooleanField(blank=True, db_column="canbedeep", null=True)),
                ("can_be_global", models.BooleanField(blank=True, db_column="canbeglobal", null=True)),
            ],
            options={
                "db_table": "privilege",
                "constraints": [models.UniqueConstraint(fields=("name",), name="privilege_name")],
            },
        ),
        migrations.CreateModel(
            name="SecuredColumn",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "hs_secured_column_id",
                    models.UUIDField(blank=True, db_column="hs_securedcolumnid", primary_key=True, serialize=False),
                ),
                ("entity_name", models.CharField(blank=True, db_column="entityname", max_length=64, null=True)),
                (
                    "attribute_logical_name",
                    models.CharField(blank=True, db_column="attributelogicalname", max_length=64, null=True),
                ),
            ],
            options={
                "db_table": "hs_securedcolumn",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity_name", "attribute_logical_name"), name="hs_securedcolumn_column"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamTemplate",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "team_template_id",
                    models.UUIDField(blank=True, db_column="teamtemplateid", primary_key=True, serialize=False),
                ),
                (
                    "team_template_name",
                    models.CharField(blank=True, db_column="teamtemplatename", max_length=100, null=True),
                ),
                ("object_type_code", models.IntegerField(blank=True, db_column="objecttypecode", null=True)),
                (
                    "default_access_rights_mask",
                    models.IntegerField(blank=True, db_column="defaultaccessrightsmask", null=True),
                ),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_system", models.BooleanField(blank=True, db_column="issystem", null=True)),
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
            ],
            options={
                "db_table": "teamtemplate",
            },
        ),
        migrations.AddField(
            model_name="team",
            name="team_template",
            field=models.ForeignKey(
                blank=True,
                db_column="teamtemplateid",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="handsel.teamtemplate",
            ),
        ),
        migrations.CreateModel(
            name="FieldPermission",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "field_permission_id",
                    models.UUIDField(blank=True, db_column="fieldpermissionid", primary_key=True, serialize=False),
                ),
                ("entity_name", models.CharField(blank=True, db_column="entityname", max_length=64, null=True)),
                (
                    "attribute_logical_name",
                    models.CharField(blank=True, db_column="attributelogicalname", max_length=64, null=True),
                ),
                ("can_read", models.IntegerField(blank=True, db_column="canread", null=True)),
                ("can_create", models.IntegerField(blank=True, db_column="cancreate", null=True)),
                ("can_update", models.IntegerField(blank=True, db_column="canupdate", null=True)),
                (
                    "field_security_profile",
                    models.ForeignKey(
                        blank=True,
                        db_column="fieldsecurityprofileid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.fieldsecurityprofile",
                    ),
                ),
            ],
            options={
                "db_table": "fieldpermission",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("field_security_profile", "entity_name", "attribute_logical_name"),
                        name="fieldpermission_column",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RolePrivileges",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "role_privilege_id",
                    models.UUIDField(blank=True, db_column="roleprivilegeid", primary_key=True, serialize=False),
                ),
                ("privilege_depth_mask", models.IntegerField(blank=True, db_column="privilegedepthmask", null=True)),
                (
                    "privilege",
                    models.ForeignKey(
                        blank=True,
                        db_column="privilegeid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.privilege",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        db_column="roleid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.role",
                    ),
                ),
            ],
            options={
                "db_table": "roleprivileges",
                "constraints": [models.UniqueConstraint(fields=("role", "privilege"), name="roleprivileges_pair")],
            },
        ),
        migrations.CreateModel(
            name="RoleProfiles",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "hs_role_profile_id",
                    models.UUIDField(blank=True, db_column="hs_roleprofileid", primary_key=True, serialize=False),
                ),
                (
                    "field_security_profile",
                    models.ForeignKey(
                        blank=True,
                        db_column="fieldsecurityprofileid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.fieldsecurityprofile",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        db_column="roleid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.role",
                    ),
                ),
            ],
            options={
                "db_table": "hs_roleprofiles",
                "constraints": [
                    models.UniqueConstraint(fields=("role", "field_security_profile"), name="hs_roleprofiles_pair")
                ],
            },
        ),
        migrations.CreateModel(
            name="SystemUserProfiles",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "system_user_profile_id",
                    models.UUIDField(blank=True, db_column="systemuserprofileid", primary_key=True, serialize=False),
                ),
                (
                    "field_security_profile",
                    models.ForeignKey(
                        blank=True,
                        db_column="fieldsecurityprofileid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.fieldsecurityprofile",
                    ),
                ),
                (
                    "system_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="systemuserid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
            ],
            options={
                "db_table": "systemuserprofiles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system_user", "field_security_profile"), name="systemuserprofiles_pair"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamProfiles",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                (
                    "team_profile_id",
                    models.UUIDField(blank=True, db_column="teamprofileid", primary_key=True, serialize=False),
                ),
                (
                    "field_security_profile",
                    models.ForeignKey(
                        blank=True,
                        db_column="fieldsecurityprofileid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.fieldsecurityprofile",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_column="teamid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.team",
                    ),
                ),
            ],
            options={
                "db_table": "teamprofiles",
                "constraints": [
                    models.UniqueConstraint(fields=("team", "field_security_profile"), name="teamprofiles_pair")
                ],
            },
        ),
        handsel.database.indexes.CreateListIndexes(
            indexes={
                "annotation_by_ownerid": ("annotation", "ownerid"),
                "annotation_by_owningbusinessunit": ("annotation", "owningbusinessunit"),
                "userquery_by_ownerid": ("userquery", "ownerid"),
                "userquery_by_owningbusinessunit": ("userquery", "owningbusinessunit"),
                "asyncoperation_by_ownerid": ("asyncoperation", "ownerid"),
                "asyncoperation_by_owningbusinessunit": ("asyncoperation", "owningbusinessunit"),
                "account_by_owningbusinessunit": ("account", "owningbusinessunit"),
                "contact_by_owningbusinessunit": ("contact", "owningbusinessunit"),
                "task_by_ownerid": ("task", "ownerid"),
                "task_by_owningbusinessunit": ("task", "owningbusinessunit"),
                "phonecall_by_ownerid": ("phonecall", "ownerid"),
                "phonecall_by_owningbusinessunit": ("phonecall", "owningbusinessunit"),
                "appointment_by_ownerid": ("appointment", "ownerid"),
                "appointment_by_owningbusinessunit": ("appointment", "owningbusinessunit"),
                "dynamicpropertyinstance_by_ownerid": ("dynamicpropertyinstance", "ownerid"),
                "dynamicpropertyinstance_by_owningbusinessunit": ("dynamicpropertyinstance", "owningbusinessunit"),
                "lead_by_owningbusinessunit": ("lead", "owningbusinessunit"),
                "opportunity_by_owningbusinessunit": ("opportunity", "owningbusinessunit"),
                "opportunityclose_by_ownerid": ("opportunityclose", "ownerid"),
                "opportunityclose_by_owningbusinessunit": ("opportunityclose", "owningbusinessunit"),
                "quote_by_owningbusinessunit": ("quote", "owningbusinessunit"),
                "quoteclose_by_ownerid": ("quoteclose", "ownerid"),
                "quoteclose_by_owningbusinessunit": ("quoteclose", "owningbusinessunit"),
                "salesorder_by_owningbusinessunit": ("salesorder", "owningbusinessunit"),
                "orderclose_by_ownerid": ("orderclose", "ownerid"),
                "orderclose_by_owningbusinessunit": ("orderclose", "owningbusinessunit"),
                "invoice_by_owningbusinessunit": ("invoice", "owningbusinessunit"),
            },
        ),
        migrations.RunSQL(
            "UPDATE role SET roletemplateid = '627090ff40a340538790584edc5be201', parentrootroleid = roleid, "
            "isinherited = 1, ismanaged = true"
        ),
    ]
