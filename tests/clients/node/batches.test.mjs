// Several operations in one request.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { connect, mark } from "./connection.mjs";

const api = connect();
const count = (word) => api.count({ collection: "accounts", filter: `name eq '${word}'` });

test("writes of a change set that refer to each other, then reads", async () => {
    const word = mark();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word }, contentId: "1" });
    const parent = { "parentcustomerid_account@odata.bind": "$1" };
    api.create({ collection: "contacts", data: { lastname: word, ...parent }, contentId: "2" });
    api.update({ contentId: "$1", data: { telephone1: "1" } });
    api.associateSingleValued({ contentId: "$1", navigationProperty: "primarycontactid", relatedKey: "$2" });
    api.retrieveMultiple({
        collection: "accounts",
        filter: `name eq '${word}'`,
        select: ["telephone1"],
        expand: [
            { property: "contact_customer_accounts", select: ["lastname"] },
            { property: "primarycontactid", select: ["lastname"] },
        ],
    });
    api.count({ collection: "transactioncurrencies" });
    api.callFunction("WhoAmI");
    const results = await api.executeBatch();
    assert.equal(results.length, 7);
    const [account, contact, , , found, currencies, caller] = results;
    assert.deepEqual(
        found.value.map((row) => [row.accountid, row.telephone1, row.primarycontactid.contactid]),
        [[account, "1", contact]],
    );
    assert.deepEqual(found.value[0].contact_customer_accounts.map((row) => row.lastname), [word]);
    assert.equal(currencies, 1);
    assert.match(caller.UserId, /^[0-9a-f-]{36}$/);
});

test("rows come back from a batch when asked for", async () => {
    const word = mark();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word }, returnRepresentation: true, select: ["name"] });
    const [made] = await api.executeBatch();
    assert.equal(made.name, word);
    api.startBatch();
    const data = { description: `{"{--batchresponse_": "Zoë"}` };
    api.update({ collection: "accounts", key: made.accountid, data });
    api.updateSingleProperty({ collection: "accounts", key: made.accountid, fieldValuePair: { telephone1: "1" } });
    api.retrieve({ collection: "accounts", key: made.accountid, select: ["telephone1"] });
    api.deleteRecord({ collection: "accounts", key: made.accountid });
    const results = await api.executeBatch();
    assert.equal(results[2].telephone1, "1");
    assert.equal(await count(word), 0);
});

test("a change set that fails leaves nothing, and its error comes back", async () => {
    const word = mark();
    const missing = randomUUID();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word } });
    api.update({ collection: "accounts", key: missing, data: { name: word } });
    await assert.rejects(api.executeBatch(), (errors) => {
        assert.deepEqual(errors.map((part) => [part.status, part.error.code]), [[404, "0x80040217"]]);
        assert.match(errors[0].error.message, new RegExp(missing));
        return true;
    });
    assert.equal(await count(word), 0);
});

test("with continue-on-error the others are done", async () => {
    const word = mark();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word }, inChangeSet: false });
    api.create({ collection: "accounts", data: { colour: "red" }, inChangeSet: false });
    api.create({ collection: "accounts", data: { name: word }, inChangeSet: false });
    const results = await api.executeBatch({ continueOnError: true });
    assert.deepEqual([results[1].status, results[1].error.code], [400, "0x80048d19"]);
    assert.match(results[1].error.message, /colour/);
    assert.equal(await count(word), 2);
});

test("without it the first error is the last", async () => {
    const word = mark();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word }, inChangeSet: false });
    api.retrieve({ collection: "accounts", key: randomUUID() });
    api.create({ collection: "accounts", data: { name: word }, inChangeSet: false });
    await assert.rejects(api.executeBatch(), (results) => {
        assert.equal(results.length, 2);
        assert.equal(results[1].status, 404);
        return true;
    });
    assert.equal(await count(word), 1);
});

test("actions in a batch", async () => {
    const word = mark();
    api.startBatch();
    api.create({ collection: "accounts", data: { name: word }, contentId: "7" });
    const data = { name: word, "customerid_account@odata.bind": "$7" };
    api.create({ collection: "opportunities", data, contentId: "8" });
    const [, opportunity] = await api.executeBatch();
    api.startBatch();
    const lost = { subject: "Lost", "opportunityid@odata.bind": `/opportunities(${opportunity})` };
    api.callAction({ actionName: "LoseOpportunity", action: { OpportunityClose: lost, Status: -1 } });
    api.retrieve({ collection: "opportunities", key: opportunity, select: ["statecode"] });
    const results = await api.executeBatch();
    assert.equal(results[1].statecode, 2);
});
