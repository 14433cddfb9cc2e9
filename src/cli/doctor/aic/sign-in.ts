/** Whether the tenant takes the service account, and which of the scopes that the kit needs it was granted. */

import { SCOPES } from "../../../admin-api/aic/service-account.ts";
import type { AicSettings } from "../../../admin-api/aic/settings.ts";
import { type AicTenant, connectAic } from "../../../admin-api/aic/tenant.ts";
import { AdminApiError } from "../../../admin-api/http/errors.ts";
import { type Check, type Known, known } from "../sheet.ts";
import { QUICK } from "../wing.ts";

/** A connection, and why scopes are refused, by scope. */
type Account = { readonly tenant: AicTenant; readonly refused: ReadonlyMap<string, AdminApiError> };

/** One scope that was not granted fails the whole request (aic §11.1): only then each is asked for alone. */
export const signIn: Check<AicSettings, Account> = {
  id: "credentials",
  title: "credentials",
  look: async (settings) => {
    const found = `the tenant takes the service account ${settings.serviceAccountId}`;
    const whole = connectAic(settings, QUICK);
    if (!(await refusal(whole))) return { found, fact: { tenant: whole, refused: new Map() } };
    const refused = new Map<string, AdminApiError>();
    for (const scope of Object.keys(SCOPES)) {
      const error = await refusal(connectAic(settings, { ...QUICK, scopes: [scope] }));
      if (error) refused.set(scope, error);
    }
    const scopes = Object.keys(SCOPES).filter((scope) => !refused.has(scope));
    return { found, fact: { tenant: connectAic(settings, { ...QUICK, scopes }), refused } };
  },
};

/** Why scopes are refused; undefined where they were granted. @throws AdminApiError where the account itself is not taken */
async function refusal(tenant: AicTenant): Promise<AdminApiError | undefined> {
  try {
    await tenant.signIn();
    return undefined;
  } catch (error) {
    if (error instanceof AdminApiError && error.code === "ERR_API_FORBIDDEN") return error;
    throw error;
  }
}

/** A row for each scope. */
export const scopeChecks = Object.entries(SCOPES).map(
  ([scope, purpose]): Check<Account> => ({
    id: `scope ${scope}`,
    title: `scope ${scope}`,
    look: ({ refused }) => {
      const { code, hint: next = "" } = refused.get(scope) ?? {};
      if (code) return { failures: [{ found: `not granted; for ${purpose}`, next, code }] };
      return { found: `granted; for ${purpose}`, fact: undefined };
    },
  }),
);

/** The connection where every scope is granted: what calls would lack is told already. */
export function granted(account: Known<Account>): Known<AicTenant> {
  if ("lacks" in account) return account;
  const { tenant, refused } = account.value;
  const [first] = refused.keys();
  return first === undefined ? known(tenant) : { lacks: `scope ${first}` };
}
