// Questions about rows: filters, pages, counts, aggregates, FetchXML.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { accounts, connect, mark, refused } from "./connection.mjs";

const api = connect();
const word = mark();
const described = `description eq '${word}'`;
const asked = { collection: "accounts", select: ["name", "numberofemployees"], filter: described, orderBy: ["name"] };
const names = (rows) => rows.map((row) => row.name);
const seven = Array.from({ length: 7 }, (_, number) => `${number} ${word}`);
let ids;

before(async () => {
    ids = await accounts(
        api,
        seven.map((name, number) => ({ name, description: word, numberofemployees: number, revenue: number * 10 })),
    );
    const parent = { "parentcustomerid_account@odata.bind": `accounts(${ids[2]})` };
    await api.create({ collection: "contacts", data: { firstname: "Ann", lastname: "Lee", ...parent } });
    await api.create({ collection: "contacts", data: { firstname: "Bob", lastname: "Roe", ...parent } });
});

test("pages, one by one and all at once", async () => {
    const first = await api.retrieveMultiple({ ...asked, maxPageSize: 3, count: true });
    assert.deepEqual([names(first.value), first.oDataCount], [seven.slice(0, 3), 7]);
    const second = await api.retrieveMultiple({ ...asked, maxPageSize: 3 }, first.oDataNextLink);
    assert.deepEqual(names(second.value), seven.slice(3, 6));
    const third = await api.retrieveMultiple({ ...asked, maxPageSize: 3 }, second.oDataNextLink);
    assert.deepEqual([names(third.value), third.oDataNextLink], [seven.slice(6), undefined]);
    assert.deepEqual(names((await api.retrieveAll({ ...asked, maxPageSize: 2 })).value), seven);
    assert.deepEqual(names((await api.retrieveMultiple({ ...asked, top: 2 })).value), seven.slice(0, 2));
});

test("counts", async () => {
    assert.equal(await api.count({ collection: "accounts", filter: described }), 7);
    assert.equal(await api.countAll({ collection: "accounts", filter: described, select: ["name"] }), 7);
    assert.equal(await api.count({ collection: "transactioncurrencies" }), 1);
    assert.equal(await api.count({ collection: "accounts", filter: `name eq '${mark()}'` }), 0);
});

const filters = {
    "numberofemployees ge 2 and numberofemployees lt 4": [2, 3],
    "not (startswith(name,'0') or endswith(name,'x') or numberofemployees gt 1)": [1],
    "contact_customer_accounts/any(c:c/lastname eq 'Lee' and contains(c/firstname,'n'))": [2],
    "contact_customer_accounts/all(c:c/lastname eq 'Lee') and numberofemployees lt 3": [0, 1],
    "Microsoft.Dynamics.CRM.In(PropertyName='numberofemployees',PropertyValues=['5','6'])": [5, 6],
    "Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=['30','40'])": [3, 4],
    "Microsoft.Dynamics.CRM.Today(PropertyName='createdon') and numberofemployees eq 0": [0],
    "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid') and numberofemployees eq 1": [1],
};
for (const [filter, expected] of Object.entries(filters)) {
    test(`the filter ${filter}`, async () => {
        const found = await api.retrieveMultiple({ ...asked, filter: `${described} and ${filter}` });
        assert.deepEqual(found.value.map((row) => row.numberofemployees), expected);
    });
}

test("parameters of a filter", async () => {
    const queryParams = [`@n='${encodeURIComponent(seven[4])}'`];
    const found = await api.retrieveMultiple({ ...asked, filter: "name eq @n", queryParams });
    assert.deepEqual(names(found.value), [seven[4]]);
});

test("expanded rows, with nested options", async () => {
    const people = { property: "contact_customer_accounts", select: ["lastname"], orderBy: ["lastname desc"], top: 1 };
    const nested = { property: "primarycontactid", select: ["lastname"], expand: [{ property: "owninguser" }] };
    const found = await api.retrieveMultiple({ ...asked, expand: [people, nested] });
    assert.deepEqual(found.value[2].contact_customer_accounts.map((contact) => contact.lastname), ["Roe"]);
    assert.deepEqual(found.value[1].contact_customer_accounts, []);
    assert.equal(found.value[1].primarycontactid, null);
});

test("what values are called", async () => {
    const select = ["statecode", "revenue", "_ownerid_value"];
    const row = await api.retrieve({ collection: "accounts", key: ids[1], select, includeAnnotations: "*" });
    assert.equal(row.statecode_Formatted, "Active");
    assert.equal(row.revenue_Formatted, "$10.00");
    assert.equal(row._ownerid_value_LogicalName, "systemuser");
    const page = await api.retrieveMultiple({ ...asked, includeAnnotations: "*", count: true });
    assert.equal(page["@Microsoft.Dynamics.CRM.totalrecordcount"], 7);
});

test("aggregates", async () => {
    const total = `filter(${described})/aggregate(revenue with sum as total,$count as rows)`;
    const [sums] = (await api.retrieveMultiple({ collection: "accounts", apply: total })).value;
    assert.deepEqual([sums.total, sums.rows], [210, 7]);
    const grouped = `filter(${described})/groupby((statecode),aggregate(numberofemployees with max as most))`;
    const groups = (await api.retrieveMultiple({ collection: "accounts", apply: grouped })).value;
    assert.deepEqual(groups.map((group) => [group.statecode, group.most]), [[0, 6]]);
});

const fetch = (more = "", inside = "") => `<fetch mapping="logical" ${more}><entity name="account">
    <attribute name="name"/>${inside}<order attribute="name"/>
    <filter><condition attribute="description" operator="eq" value="${word}"/></filter></entity></fetch>`;

test("FetchXML page by page", async () => {
    const first = await api.fetch({ collection: "accounts", fetchXml: fetch('count="3"'), includeAnnotations: "*" });
    assert.deepEqual([names(first.value), first.PagingInfo.nextPage], [seven.slice(0, 3), 2]);
    const second = await api.fetch({
        collection: "accounts",
        fetchXml: fetch('count="3"'),
        includeAnnotations: "*",
        pageNumber: first.PagingInfo.nextPage,
        pagingCookie: first.PagingInfo.cookie,
    });
    assert.deepEqual(names(second.value), seven.slice(3, 6));
});

test("all pages of FetchXML, to the end and no further", async () => {
    const all = (fetchXml) => api.fetchAll({ collection: "accounts", fetchXml });
    for (const count of [1, 3, 7, 100]) {
        assert.deepEqual(names((await all(fetch(`count="${count}"`))).value), seven, `pages of ${count}`);
    }
    assert.deepEqual((await all(fetch('count="2"').replace(word, mark()))).value, []);
});

test("FetchXML over linked rows and totals", async () => {
    const link = `<link-entity name="contact" from="parentcustomerid" to="accountid" alias="person">
        <attribute name="lastname"/><order attribute="lastname"/></link-entity>`;
    const joined = await api.fetch({ collection: "accounts", fetchXml: fetch("", link) });
    assert.deepEqual(joined.value.map((row) => row["person.lastname"]), ["Lee", "Roe"]);
    const sum = `<fetch aggregate="true"><entity name="account">
        <attribute name="revenue" aggregate="sum" alias="total"/>
        <filter><condition attribute="description" operator="eq" value="${word}"/></filter></entity></fetch>`;
    assert.equal((await api.fetch({ collection: "accounts", fetchXml: sum })).value[0].total, 210);
});

test("a query too long for an address goes as a batch of one", async () => {
    const filter = Array.from({ length: 100 }, (_, number) => `name eq '${number} ${word}'`).join(" or ");
    assert.deepEqual(names((await api.retrieveMultiple({ ...asked, filter })).value), seven);
});

test("what changed since the last look", async () => {
    const tracked = { collection: "competitors", select: ["name"], trackChanges: true };
    const gone = await api.create({ collection: "competitors", data: { name: "gone" } });
    const first = await api.retrieveAll(tracked);
    await api.deleteRecord({ collection: "competitors", key: gone });
    await api.create({ collection: "competitors", data: { name: word } });
    const next = await api.retrieveMultiple(tracked, first.oDataDeltaLink);
    const sent = next.value.map((row) => row.name ?? [row.id, row.reason]);
    assert.deepEqual(new Set(sent.flat()), new Set([word, gone, "deleted"]));
    assert.deepEqual((await api.retrieveMultiple(tracked, next.oDataDeltaLink)).value, []);
});

test("stored queries", async () => {
    const views = await api.retrieveMultiple({ collection: "savedqueries", filter: "name eq 'Active Accounts'" });
    const { savedqueryid } = views.value[0];
    const found = await api.retrieve({ collection: "accounts", savedQuery: savedqueryid });
    assert.ok(found.value.length >= 7);
});

test("a client that names tables instead of sets, in an older version", async () => {
    const named = connect({ useEntityNames: true, dataApi: { version: "9.0" } });
    const found = await named.retrieveMultiple({ ...asked, collection: "account", maxPageSize: 5 });
    assert.deepEqual(names(found.value), seven.slice(0, 5));
    assert.match(found.oDataNextLink, /\/api\/data\/v9\.0\//);
    assert.equal(named.Utility.getCollectionName("opportunity"), "opportunities");
    assert.deepEqual(names((await named.retrieveAll({ ...asked, collection: "account", maxPageSize: 5 })).value), seven);
});

test("what cannot be asked", async () => {
    const ask = (more) => api.retrieveMultiple({ collection: "accounts", ...more });
    await refused(ask({ select: ["colour"] }), 400, "0x80060888", /colour/);
    await refused(ask({ filter: "colour eq 'red'" }), 400, "0x80060888", /colour/);
    await refused(ask({ filter: "name eq" }), 400, "0x80060888", /./);
    await refused(api.fetch({ collection: "accounts", fetchXml: '<fetch><entity name="colour"/></fetch>' }), 400, "0x80041102", /colour/);
});
