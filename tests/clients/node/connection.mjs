// How the tests reach the server that pytest started, and what they share.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DynamicsWebApi } from "dynamics-web-api";

const { HANDSEL_ADDRESS, HANDSEL_TOKEN } = process.env;

/** The client as its own documentation sets it up. */
export function connect(config = {}) {
    return new DynamicsWebApi({
        serverUrl: HANDSEL_ADDRESS,
        dataApi: { version: "9.2" },
        onTokenRefresh: async () => HANDSEL_TOKEN,
        ...config,
    });
}

/** A word that no other row holds. */
export const mark = () => randomUUID();

/** The promise must be rejected with the client's error, carrying our status, code and text. */
export async function refused(promise, status, code, text) {
    await assert.rejects(promise, (error) => {
        assert.equal(error.status, status, error.message);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, text);
        return true;
    });
}

/** Make accounts in one request and return their ids, in the order of the names. */
export async function accounts(api, rows) {
    const targets = rows.map((row) => ({ "@odata.type": "Microsoft.Dynamics.CRM.account", ...row }));
    const actionName = "Microsoft.Dynamics.CRM.CreateMultiple";
    const { Ids } = await api.callAction({ collection: "accounts", actionName, action: { Targets: targets } });
    return Ids;
}
