/** A local tenant for a test file, with the connections that a test needs. */

import { type AicTenant, connectAic } from "../../src/admin-api/aic/tenant.ts";
import type { AicContext } from "../../src/providers/aic/context.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import type { AdoptPolicy } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle, type Platform } from "../../src/providers/lifecycle.ts";
import { startSandbox } from "../../src/sandbox/index.ts";

/** A tenant in this process, in memory. */
export type LocalTenant = {
  readonly url: string;
  /** Environment variables that point the kit at the tenant; `url` replaces its address, for a proxy. */
  variables(url?: string): Record<string, string>;
  /** The admin API, for what a person does by hand. */
  readonly admin: AicTenant;
  /** The dynamic provider of a kind, connected anew: nothing that an earlier operation read is remembered. */
  provider(type: string, adopt?: AdoptPolicy): DynamicProvider;
  /** A call of the control plane. */
  control(method: "GET" | "POST", name: string, body?: object): Promise<unknown>;
  dump(): Promise<unknown>;
  stop(): Promise<void>;
};

/** Starts a tenant with the documentation's people. */
export async function startTenant(): Promise<LocalTenant> {
  const { url, controlToken, serviceAccount, stop } = await startSandbox({});
  const key = JSON.stringify(serviceAccount.jwk);
  const settings = { tenantUrl: url, serviceAccountId: serviceAccount.id, serviceAccountKey: key };
  const admin = connectAic(settings);
  const control = async (method: "GET" | "POST", name: string, body?: object) => {
    const response = await fetch(`${url}/__sandbox/${name}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`/__sandbox/${name} answered ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  return {
    url,
    admin,
    control,
    stop,
    dump: () => control("GET", "dump"),
    variables: (address = url) => ({
      AIC_TENANT_URL: address,
      AIC_SERVICE_ACCOUNT_ID: serviceAccount.id,
      AIC_SERVICE_ACCOUNT_KEY: key,
    }),
    provider(type, adopt = "never") {
      const kind = aicKinds.find((candidate) => candidate.type === type);
      if (!kind) throw new Error(`no kind ${type}`);
      const platform: Platform<AicContext> = Object.assign(aicContexts(admin), { origin: url, adopt });
      return lifecycle(kind, async () => platform);
    },
  };
}
