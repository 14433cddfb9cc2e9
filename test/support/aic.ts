/** A local AIC tenant for a test file, with the connections that a test needs. */

import { type AicTenant, connectAic } from "../../src/admin-api/aic/tenant.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import { passwordVariable } from "../../src/verify/index.ts";
import { GATHER, type KindTenant, testPlatform, testProvider } from "./kinds.ts";
import { startTenant, type Tenant } from "./tenant.ts";

/** A tenant in this process, in memory. */
export type LocalAic = Tenant &
  KindTenant & {
    /** The admin API, for what a person does by hand. */
    readonly admin: AicTenant;
    /** Environment variables with the passwords of the documentation's people. */
    readonly passwords: Readonly<Record<string, string>>;
    /** The dynamic providers of one run of the engine, by kind: they share a connection and what they know. */
    run(): (type: string) => DynamicProvider;
  };

/** Starts a tenant with the documentation's people; whoever starts it stops it. */
export async function startAic(options?: SandboxOptions): Promise<LocalAic> {
  const tenant = await startTenant(options);
  const { url, sandbox } = tenant;
  const { id: serviceAccountId, jwk } = sandbox.serviceAccount;
  const serviceAccountKey = JSON.stringify(jwk);
  const settings = { tenantUrl: url, serviceAccountId, serviceAccountKey };
  const admin = connectAic(settings);
  const runOn = (connection: AicTenant) => {
    const platform = testPlatform(aicContexts(connection, undefined, GATHER), url);
    return (type: string) => testProvider(type, aicKinds, platform);
  };
  return {
    ...tenant,
    admin,
    passwords: Object.fromEntries(
      Object.entries(sandbox.users).map(([userName, { password }]) => [passwordVariable(userName), password]),
    ),
    variables: (address = url) => ({
      AIC_TENANT_URL: address,
      AIC_SERVICE_ACCOUNT_ID: serviceAccountId,
      AIC_SERVICE_ACCOUNT_KEY: serviceAccountKey,
    }),
    provider(type, address) {
      const connection = address ? connectAic({ ...settings, tenantUrl: address }, { sleep: async () => {} }) : admin;
      return runOn(connection)(type);
    },
    run: () => runOn(admin),
  };
}
