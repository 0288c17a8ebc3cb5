// From token to posted invoice, with Node's own fetch.

import assert from "node:assert/strict";

const [tokenUrl, client_id, client_secret, root] = process.argv.slice(2);
const scope = "https://api.businesscentral.dynamics.com/.default";
const form = new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret, scope });
const { access_token } = await (await fetch(tokenUrl, { method: "POST", body: form })).json();
const headers = { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
const ask = async (url, options = {}) => {
    const answer = await fetch(url, { ...options, headers: { ...headers, ...options.headers } });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
};

const companies = await ask(`${root}/companies`);
const company = `${root}/companies(${companies.body.value[0].id})`;
const line = { lineType: "Item", lineObjectNumber: "I1", quantity: 2, unitOfMeasureCode: "BOX" };
const order = { customerNumber: "C1", externalDocumentNumber: "ORD-9", salesOrderLines: [line] };
const made = await ask(`${company}/salesOrders`, { method: "POST", body: JSON.stringify(order) });
assert.equal(made.status, 201);
assert.equal(made.body.totalAmountExcludingTax, 240);
const address = `${company}/salesOrders(${made.body.id})`;
const patch = { method: "PATCH", body: JSON.stringify({ discountAmount: 40 }), headers: { "If-Match": made.body["@odata.etag"] } };
assert.equal((await ask(address, patch)).body.totalAmountExcludingTax, 200);
assert.equal((await ask(address, patch)).status, 409);
assert.equal((await ask(`${address}/Microsoft.NAV.shipAndInvoice`, { method: "POST" })).status, 204);
assert.equal((await ask(address)).status, 404);
const filter = encodeURIComponent(`orderNumber eq '${made.body.number}'`);
const invoices = await ask(`${company}/salesInvoices?$filter=${filter}&$expand=salesInvoiceLines`);
assert.equal(invoices.body.value[0].salesInvoiceLines[0].quantity, 2);
