// What tables and columns there are, and custom columns.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, mark, refused } from "./connection.mjs";

const api = connect();
const quote = "LogicalName='quote'";
const crm = (kind) => `Microsoft.Dynamics.CRM.${kind}`;

test("tables", async () => {
    const all = await api.retrieveEntities({ select: ["LogicalName", "EntitySetName"] });
    assert.ok(all.value.some((table) => table.EntitySetName === "opportunities"));
    const some = await api.retrieveEntities({ filter: "IsActivity eq true and LogicalName ne 'quoteclose'" });
    assert.ok(some.value.some((table) => table.LogicalName === "orderclose"));
    assert.ok(!some.value.some((table) => table.LogicalName === "quoteclose"));
    const expand = [{ property: "Attributes", select: ["LogicalName"], filter: "LogicalName eq 'quotenumber'" }];
    const table = await api.retrieveEntity({ key: quote, select: ["PrimaryIdAttribute"], expand });
    assert.equal(table.PrimaryIdAttribute, "quoteid");
    assert.deepEqual(table.Attributes.map((column) => column.LogicalName), ["quotenumber"]);
    assert.equal((await api.retrieveEntity({ key: table.MetadataId })).LogicalName, "quote");
    await refused(api.retrieveEntity({ key: "LogicalName='colour'" }), 404, "0x80040217", /colour/);
});

test("columns and what their choices are called", async () => {
    const columns = await api.retrieveAttributes({ entityKey: quote, select: ["LogicalName", "AttributeType"] });
    assert.equal(columns.value.find((column) => column.LogicalName === "totalamount").AttributeType, "Money");
    const texts = await api.retrieveAttributes({ entityKey: quote, castType: crm("StringAttributeMetadata") });
    assert.ok(texts.value.every((column) => column.MaxLength > 0));
    const name = await api.retrieveAttribute({ entityKey: quote, attributeKey: "LogicalName='name'" });
    assert.equal(name["@odata.type"], "#Microsoft.Dynamics.CRM.StringAttributeMetadata");
    const status = await api.retrieveAttribute({
        entityKey: quote,
        attributeKey: "LogicalName='statuscode'",
        castType: crm("StatusAttributeMetadata"),
        select: ["LogicalName"],
        expand: [{ property: "OptionSet", select: ["Options"] }],
    });
    const won = status.OptionSet.Options.find((option) => option.Value === 4);
    assert.deepEqual([won.Label.UserLocalizedLabel.Label, won.State], ["Won", 2]);
});

test("relationships", async () => {
    const all = await api.retrieveRelationships({ castType: crm("OneToManyRelationshipMetadata") });
    const lines = all.value.find((relationship) => relationship.SchemaName === "quote_details");
    assert.deepEqual([lines.ReferencedEntity, lines.ReferencingEntity], ["quote", "quotedetail"]);
    const one = await api.retrieveRelationship({ key: lines.MetadataId, castType: crm("OneToManyRelationshipMetadata") });
    assert.equal(one.ReferencingAttribute, "quoteid");
});

test("global choices", async () => {
    const all = await api.retrieveGlobalOptionSets();
    for (const { MetadataId, Name } of all.value.slice(0, 3)) {
        assert.equal((await api.retrieveGlobalOptionSet({ key: MetadataId })).Name, Name);
        assert.equal((await api.retrieveGlobalOptionSet({ key: `Name='${Name}'` })).MetadataId, MetadataId);
    }
});

test("$metadata", async () => {
    const document = await api.retrieveCsdlMetadata();
    assert.match(document, /<edmx:Edmx[^>]*Version="4.0"/);
    assert.match(document, /<EntitySet Name="quotes"/);
    assert.match(await api.retrieveCsdlMetadata({ addAnnotations: true }), /<EntitySet Name="quotes"/);
});

test("what changed in the definitions", async () => {
    const query = {
        Criteria: {
            FilterOperator: "And",
            Conditions: [
                { PropertyName: "LogicalName", ConditionOperator: "Equals", Value: { Type: "System.String", Value: "quote" } },
            ],
        },
        Properties: { AllProperties: false, PropertyNames: ["LogicalName"] },
    };
    const found = await api.callFunction({ name: "RetrieveMetadataChanges", parameters: { Query: query } });
    assert.deepEqual(found.EntityMetadata.map((table) => table.LogicalName), ["quote"]);
});

const label = (text) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });

test("a custom column, and its values", async () => {
    const data = {
        "@odata.type": crm("StringAttributeMetadata"),
        SchemaName: "new_NodeWord",
        DisplayName: label("Word"),
        RequiredLevel: { Value: "None" },
        MaxLength: 50,
        FormatName: { Value: "Text" },
    };
    const id = await api.createAttribute({ entityKey: "LogicalName='account'", data });
    const made = await api.retrieveAttribute({ entityKey: "LogicalName='account'", attributeKey: id });
    assert.equal(made.LogicalName, "new_nodeword");
    const word = mark();
    await api.create({ collection: "accounts", data: { name: "A", new_nodeword: word } });
    const found = await api.retrieveMultiple({ collection: "accounts", filter: `new_nodeword eq '${word}'` });
    assert.equal(found.value.length, 1);
    await assert.rejects(api.createAttribute({ entityKey: "LogicalName='account'", data }), /new_nodeword/);
    const longer = { ...made, MaxLength: 60, DisplayName: label("Longer") };
    await api.updateAttribute({ entityKey: "LogicalName='account'", data: longer, mergeLabels: true });
    const changed = await api.retrieveAttribute({
        entityKey: "LogicalName='account'",
        attributeKey: "LogicalName='new_nodeword'",
        castType: crm("StringAttributeMetadata"),
    });
    assert.deepEqual([changed.MaxLength, changed.DisplayName.UserLocalizedLabel.Label], [60, "Longer"]);
});

test("a custom lookup", async () => {
    const data = {
        "@odata.type": crm("OneToManyRelationshipMetadata"),
        SchemaName: "new_contact_account_node",
        ReferencedEntity: "contact",
        ReferencingEntity: "account",
        Lookup: {
            "@odata.type": crm("LookupAttributeMetadata"),
            SchemaName: "new_NodeReferee",
            DisplayName: label("Referee"),
        },
    };
    const key = await api.createRelationship({ data });
    const column = await api.retrieveAttribute({
        entityKey: "LogicalName='account'",
        attributeKey: "LogicalName='new_nodereferee'",
        castType: crm("LookupAttributeMetadata"),
    });
    assert.deepEqual(column.Targets, ["contact"]);
    assert.equal((await api.retrieveRelationship({ key })).SchemaName, "new_contact_account_node");
    await api.deleteRelationship({ key });
    await assert.rejects(api.retrieveRelationship({ key }), { status: 404 });
});

test("custom tables are refused", async () => {
    await assert.rejects(api.createEntity({ data: { SchemaName: "new_Colour" } }), { status: 501 });
});
