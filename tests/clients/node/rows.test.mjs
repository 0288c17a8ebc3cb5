// Rows: made, read, changed, joined and deleted.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { accounts, connect, mark, refused } from "./connection.mjs";

const api = connect();

test("a row from its creation to its end", async () => {
    const name = `Zoë's ${mark()} — "quoted" & 100 % + #1 你好`;
    const id = await api.create({ collection: "accounts", data: { name, revenue: 12.5, numberofemployees: 3 } });
    const row = await api.retrieve({ collection: "accounts", key: id, select: ["name", "revenue", "createdon"] });
    assert.deepEqual([row.name, row.revenue, row.accountid], [name, 12.5, id]);
    assert.ok(row.createdon instanceof Date, "the client reads exactly YYYY-MM-DDTHH:MM:SSZ as a date");
    assert.equal(await api.update({ collection: "accounts", key: id, data: { telephone1: "1" } }), true);
    await api.updateSingleProperty({ collection: "accounts", key: id, fieldValuePair: { telephone2: "2" } });
    const changed = await api.retrieve({ collection: "accounts", key: `{${id.toUpperCase()}}` });
    assert.deepEqual([changed.telephone1, changed.telephone2], ["1", "2"]);
    await api.deleteRecord({ collection: "accounts", key: id, property: "telephone1" });
    assert.equal((await api.retrieve({ collection: "accounts", key: id, select: ["telephone1"] })).telephone1, null);
    await api.deleteRecord({ collection: "accounts", key: id });
    await refused(api.retrieve({ collection: "accounts", key: id }), 404, "0x80040217", new RegExp(id));
});

test("what was written comes back when asked for", async () => {
    const select = ["name", "numberofemployees"];
    const data = { name: mark(), numberofemployees: 1 };
    const made = await api.create({ collection: "accounts", data, returnRepresentation: true, select });
    assert.deepEqual([made.name, made.numberofemployees], [data.name, 1]);
    const change = { collection: "accounts", key: made.accountid, returnRepresentation: true, select };
    assert.equal((await api.update({ ...change, data: { numberofemployees: 2 } })).numberofemployees, 2);
});

test("a row with its children, and a reference to one", async () => {
    const lastname = mark();
    const data = { name: mark(), contact_customer_accounts: [{ lastname }], primarycontactid: { lastname: "Main" } };
    const expand = [
        { property: "contact_customer_accounts", select: ["lastname"] },
        { property: "primarycontactid", select: ["lastname"] },
    ];
    const select = ["name"];
    const made = await api.create({ collection: "accounts", data, returnRepresentation: true, select, expand });
    assert.deepEqual(made.contact_customer_accounts.map((contact) => contact.lastname), [lastname]);
    assert.equal(made.primarycontactid.lastname, "Main");
    const reference = { collection: "accounts", key: made.accountid, select: ["primarycontactid/$ref"] };
    const found = await api.retrieve(reference);
    assert.deepEqual([found.collection, found.id], ["contacts", made.primarycontactid.contactid]);
    const through = { collection: "accounts", key: made.accountid, navigationProperty: "primarycontactid" };
    assert.equal((await api.retrieve({ ...through, select: ["lastname"] })).lastname, "Main");
});

test("an upsert makes or changes, as its conditions say", async () => {
    const key = randomUUID();
    const row = { collection: "accounts", key };
    await api.upsert({ ...row, data: { name: "made" } });
    assert.equal((await api.upsert({ ...row, data: { name: "changed" }, returnRepresentation: true })).name, "changed");
    assert.equal(await api.upsert({ ...row, data: { name: "again" }, ifnonematch: "*" }), null, "412: it is there");
    const missing = { collection: "accounts", key: randomUUID(), data: { name: "no" } };
    assert.equal(await api.upsert({ ...missing, ifmatch: "*" }), null, "404: it is not there");
    assert.equal((await api.retrieve({ ...row, select: ["name"] })).name, "changed");
});

test("an upsert by an alternate key", async () => {
    const number = `O'${mark()}/1 & more`;
    const key = `ordernumber='${encodeURIComponent(number.replaceAll("'", "''"))}'`;
    const customer = await api.create({ collection: "accounts", data: { name: mark() } });
    const data = { name: "made", "customerid_account@odata.bind": `accounts(${customer})` };
    await api.upsert({ collection: "salesorders", key, data });
    await api.upsert({ collection: "salesorders", key, data: { name: "changed" } });
    const found = await api.retrieve({ collection: "salesorders", key, select: ["name", "ordernumber"] });
    assert.deepEqual([found.name, found.ordernumber], ["changed", number]);
});

test("versions guard reading, changing and deleting", async () => {
    const key = await api.create({ collection: "accounts", data: { name: mark() } });
    const row = { collection: "accounts", key };
    const tag = (await api.retrieve({ ...row, select: ["name"] }))["@odata.etag"];
    assert.equal(await api.retrieve({ ...row, select: ["name"], ifnonematch: tag }), undefined, "304: not modified");
    assert.equal(await api.update({ ...row, data: { name: "new" }, ifmatch: tag }), true);
    assert.equal(await api.update({ ...row, data: { name: "stale" }, ifmatch: tag }), false, "412");
    assert.equal(await api.deleteRecord({ ...row, ifmatch: tag }), false, "412");
    const honest = connect({ propagateErrors: true });
    await refused(honest.update({ ...row, data: { name: "stale" }, ifmatch: tag }), 412, "0x80060882", /./);
    assert.equal((await api.retrieve({ ...row, select: ["name"] })).name, "new");
});

test("references to many rows and to one", async () => {
    const [account] = await accounts(api, [{ name: mark() }]);
    const contact = await api.create({ collection: "contacts", data: { lastname: mark() } });
    const many = { collection: "accounts", primaryKey: account, relationshipName: "contact_customer_accounts" };
    const one = { collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid" };
    const related = { relatedCollection: "contacts", relatedKey: contact };
    const people = async () => {
        const expand = [{ property: "contact_customer_accounts" }, { property: "primarycontactid" }];
        const row = await api.retrieve({ collection: "accounts", key: account, select: ["name"], expand });
        return [row.contact_customer_accounts.length, row.primarycontactid?.contactid ?? null];
    };
    await api.associate({ ...many, ...related });
    await api.associateSingleValued({ ...one, ...related });
    assert.deepEqual(await people(), [1, contact]);
    await api.disassociate({ ...many, relatedKey: contact });
    await api.disassociateSingleValued(one);
    assert.deepEqual(await people(), [0, null]);
});

test("many rows at once", async () => {
    const word = mark();
    const ids = await accounts(api, [{ name: `${word} 1` }, { name: `${word} 2` }]);
    const typed = (row) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", ...row });
    const act = (actionName, Targets) =>
        api.callAction({ collection: "accounts", actionName: `Microsoft.Dynamics.CRM.${actionName}`, action: { Targets } });
    await act("UpdateMultiple", ids.map((accountid) => typed({ accountid, telephone1: word })));
    await act("UpsertMultiple", [
        typed({ accountid: ids[0], telephone2: "2" }),
        typed({ "@odata.id": `accounts(${randomUUID()})`, name: `${word} 3`, telephone1: word }),
    ]);
    const rows = await api.retrieveMultiple({
        collection: "accounts",
        filter: `telephone1 eq '${word}'`,
        select: ["name", "telephone2"],
        orderBy: ["name"],
    });
    assert.deepEqual(rows.value.map((row) => row.telephone2), ["2", null, null]);
});

test("what is refused says why", async () => {
    const create = (data) => api.create({ collection: "accounts", data });
    await refused(create({ colour: "red" }), 400, "0x80048d19", /colour/);
    await refused(create({ name: "x".repeat(161) }), 400, "0x80044331", /name/);
    await refused(create({ "owner@odata.bind": "teams(1)" }), 400, "0x80048d19", /owner/);
    const accountid = await create({ name: mark() });
    await refused(create({ accountid, name: "twice" }), 412, "0x80040237", /./);
    await refused(api.create({ collection: "colours", data: {} }), 404, "0x8006088a", /colours/);
    const gone = { collection: "accounts", key: randomUUID() };
    await refused(api.update({ ...gone, data: { name: "x" } }), 404, "0x80040217", new RegExp(gone.key));
    await refused(api.deleteRecord(gone), 404, "0x80040217", new RegExp(gone.key));
    const stranger = connect({ onTokenRefresh: async () => "x" });
    await assert.rejects(stranger.create({ collection: "accounts", data: {} }), { status: 401 });
});

test("on behalf of another user", async () => {
    const { BusinessUnitId, UserId } = await api.callFunction("WhoAmI");
    const data = {
        firstname: "Ann",
        lastname: mark(),
        domainname: mark(),
        "businessunitid@odata.bind": `businessunits(${BusinessUnitId})`,
    };
    const user = await api.create({ collection: "systemusers", data });
    const roles = await api.retrieveMultiple({ collection: "roles", filter: "name eq 'System Administrator'" });
    await api.associate({
        collection: "systemusers",
        primaryKey: user,
        relationshipName: "systemuserroles_association",
        relatedCollection: "roles",
        relatedKey: roles.value[0].roleid,
    });
    const key = await api.create({ collection: "accounts", data: { name: mark() }, impersonate: user });
    const select = ["_ownerid_value", "_createdby_value", "_createdonbehalfby_value"];
    const row = await api.retrieve({ collection: "accounts", key, select });
    assert.deepEqual(select.map((column) => row[column]), [user, user, UserId]);
    const nobody = { collection: "accounts", data: { name: "x" }, impersonate: randomUUID() };
    await assert.rejects(api.create(nobody), { status: 403, code: "0x80072560" });
});
