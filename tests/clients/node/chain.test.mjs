// From the opportunity to the paid invoice.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { connect, refused } from "./connection.mjs";

const api = connect({ returnRepresentation: false });
const ALL = { AllColumns: true };
const create = (collection, data) => api.create({ collection, data });
const read = (collection, key, ...select) => api.retrieve({ collection, key, select });
const change = (collection, key, data) => api.update({ collection, key, data });
const act = (actionName, action) => api.callAction({ actionName, action });
const actOn = (collection, key, name, action) =>
    api.callAction({ collection, key, actionName: `Microsoft.Dynamics.CRM.${name}`, action });
const sets = { opportunity: "opportunities", quote: "quotes", salesorder: "salesorders" };
const closing = (table, id, subject = "Done") => ({ subject, [`${table}id@odata.bind`]: `${sets[table]}(${id})` });

async function state(collection, key) {
    const row = await read(collection, key, "statecode", "statuscode");
    return [row.statecode, row.statuscode];
}

let catalog;

before(async () => {
    const filter = "isocurrencycode eq 'USD'";
    const [dollar] = (await api.retrieveMultiple({ collection: "transactioncurrencies", filter })).value;
    const currency = { "transactioncurrencyid@odata.bind": `transactioncurrencies(${dollar.transactioncurrencyid})` };
    const list = await create("pricelevels", { name: "Standard", ...currency });
    const group = await create("uomschedules", { name: "Pieces", baseuomname: "Piece" });
    const units = await api.retrieveMultiple({ collection: "uoms", filter: `_uomscheduleid_value eq ${group}` });
    const unit = units.value[0].uomid;
    const lamp = await create("products", {
        name: "Lamp",
        productnumber: "L-1",
        quantitydecimal: 0,
        "defaultuomid@odata.bind": `uoms(${unit})`,
        "defaultuomscheduleid@odata.bind": `uomschedules(${group})`,
    });
    const product = { "productid@odata.bind": `products(${lamp})`, "uomid@odata.bind": `uoms(${unit})` };
    await create("productpricelevels", { ...product, "pricelevelid@odata.bind": `pricelevels(${list})`, amount: 19.99 });
    await change("products", lamp, { statecode: 0 });
    catalog = { list, product };
});

/** Ten lamps from the catalog and two desks written in. */
async function opportunity() {
    const account = await create("accounts", { name: "Customer" });
    const written = { isproductoverridden: true, ispriceoverridden: true, productdescription: "Desk" };
    return create("opportunities", {
        name: "Deal",
        isrevenuesystemcalculated: true,
        "customerid_account@odata.bind": `accounts(${account})`,
        "pricelevelid@odata.bind": `pricelevels(${catalog.list})`,
        product_opportunities: [
            { ...catalog.product, quantity: 10 },
            { ...written, quantity: 2, priceperunit: 250 },
        ],
    });
}

test("sold: revised, won, fulfilled, paid", async () => {
    const deal = await opportunity();
    assert.equal((await read("opportunities", deal, "totalamount")).totalamount, 699.9);

    const draft = await act("GenerateQuoteFromOpportunity", { OpportunityId: deal, ColumnSet: ALL });
    assert.deepEqual([draft.totalamount, draft.revisionnumber], [699.9, 0]);
    await change("quotes", draft.quoteid, { statecode: 1, statuscode: -1 });
    await act("CloseQuote", { Status: 7, QuoteClose: closing("quote", draft.quoteid) });
    assert.deepEqual(await state("quotes", draft.quoteid), [3, 7]);
    const revised = await act("ReviseQuote", { QuoteId: draft.quoteid, ColumnSet: ALL });
    assert.deepEqual([revised.quotenumber, revised.revisionnumber], [draft.quotenumber, 1]);
    const row = { opportunityid: deal, "@odata.type": "Microsoft.Dynamics.CRM.opportunity" };
    await actOn("quotes", revised.quoteid, "GetQuoteProductsFromOpportunity", { Opportunity: row });
    assert.equal((await read("quotes", revised.quoteid, "totalamount")).totalamount, 1399.8);
    await change("quotes", revised.quoteid, { statecode: 1 });
    await act("WinQuote", { Status: -1, QuoteClose: closing("quote", revised.quoteid) });
    assert.deepEqual(await state("quotes", revised.quoteid), [2, 4]);

    const { salesorderid } = await act("ConvertQuoteToSalesOrder", { QuoteId: revised.quoteid, ColumnSet: ALL });
    await actOn("salesorders", salesorderid, "GetSalesOrderProductsFromOpportunity", { Opportunity: row });
    assert.equal((await read("salesorders", salesorderid, "totalamount")).totalamount, 2099.7);
    await actOn("salesorders", salesorderid, "UnlockSalesOrderPricing");
    await actOn("salesorders", salesorderid, "LockSalesOrderPricing");
    const { invoiceid } = await act("ConvertSalesOrderToInvoice", { SalesOrderId: salesorderid, ColumnSet: ALL });
    const fulfilled = { Status: -1, OrderClose: closing("salesorder", salesorderid) };
    await actOn("salesorders", undefined, "FulfillSalesOrder", fulfilled);
    assert.deepEqual(await state("salesorders", salesorderid), [3, 100001]);
    await actOn("invoices", invoiceid, "UnlockInvoicePricing");
    await actOn("invoices", invoiceid, "LockInvoicePricing");
    await actOn("invoices", invoiceid, "GetInvoiceProductsFromOpportunity", { Opportunity: row });
    await change("invoices", invoiceid, { statecode: 2, statuscode: 100001 });
    assert.deepEqual(await state("invoices", invoiceid), [2, 100001]);
    const paid = await read("invoices", invoiceid, "totalamount", "ispricelocked", "_opportunityid_value");
    assert.deepEqual([paid.totalamount, paid.ispricelocked, paid._opportunityid_value], [2799.6, true, deal]);
    const lines = await api.retrieveMultiple({
        collection: "invoicedetails",
        filter: `_invoiceid_value eq ${invoiceid}`,
        select: ["extendedamount"],
    });
    assert.equal(lines.value.length, 8);
});

test("given up: quote lost, order canceled, one opportunity lost and another won", async () => {
    const [lost, won] = [await opportunity(), await opportunity()];
    const columns = { AllColumns: false, Columns: ["quoteid", "statuscode"] };
    const quote = await act("GenerateQuoteFromOpportunity", { OpportunityId: lost, ColumnSet: columns });
    assert.equal(quote.totalamount, undefined);
    await change("quotes", quote.quoteid, { statecode: 1 });
    await act("CloseQuote", { Status: 5, QuoteClose: closing("quote", quote.quoteid) });
    assert.deepEqual(await state("quotes", quote.quoteid), [3, 5]);
    await act("LoseOpportunity", { Status: -1, OpportunityClose: closing("opportunity", lost) });
    assert.deepEqual(await state("opportunities", lost), [2, 4]);
    const order = await act("GenerateSalesOrderFromOpportunity", { OpportunityId: won, ColumnSet: ALL });
    const canceled = closing("salesorder", order.salesorderid);
    canceled["@odata.type"] = "Microsoft.Dynamics.CRM.orderclose";
    await act("CancelSalesOrder", { Status: -1, OrderClose: canceled });
    assert.deepEqual(await state("salesorders", order.salesorderid), [2, 4]);
    const invoice = await act("GenerateInvoiceFromOpportunity", { OpportunityId: won, ColumnSet: ALL });
    assert.equal(invoice.totalamount, 699.9);
    await act("WinOpportunity", { Status: 3, OpportunityClose: closing("opportunity", won) });
    assert.deepEqual(await state("opportunities", won), [1, 3]);
});

test("functions, bound and unbound", async () => {
    const { OrganizationId } = await api.callFunction("WhoAmI");
    const { Version } = await api.callFunction("RetrieveVersion");
    assert.match(Version, /^9\./);
    const counted = await api.callFunction({
        name: "RetrieveTotalRecordCount",
        parameters: { EntityNames: ["transactioncurrency"] },
    });
    assert.deepEqual(counted.EntityRecordCountCollection.Values, [1]);
    const AccessType = "Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
    const here = await api.callFunction({ name: "RetrieveCurrentOrganization", parameters: { AccessType } });
    assert.equal(here.Detail.OrganizationId, OrganizationId);
    const bound = { collection: "pricelevels", name: "Microsoft.Dynamics.CRM.GetDefaultPriceLevel" };
    const lists = await api.callFunction({ ...bound, parameters: { EntityName: "opportunity" } });
    assert.deepEqual(lists.value.map((list) => list.pricelevelid), [catalog.list]);
});

test("what the business refuses", async () => {
    const deal = await opportunity();
    const { quoteid } = await act("GenerateQuoteFromOpportunity", { OpportunityId: deal, ColumnSet: ALL });
    await refused(act("ConvertQuoteToSalesOrder", { QuoteId: quoteid, ColumnSet: ALL }), 400, "0x80040233", /draft/);
    await refused(act("ReviseQuote", { Quote: quoteid }), 400, "0x80040203", /Quote/);
    await refused(change("quotes", quoteid, { statecode: 1, statuscode: 7 }), 400, "0x80048408", /./);
    await change("quotes", quoteid, { statecode: 1 });
    await act("CloseQuote", { Status: 7, QuoteClose: closing("quote", quoteid) });
    await act("ReviseQuote", { QuoteId: quoteid, ColumnSet: ALL });
    await refused(act("ReviseQuote", { QuoteId: quoteid, ColumnSet: ALL }), 400, "0x80048d00", /./);
});
