/** What the demo tells of each platform: the stack, a change that somebody proposes, and what an administrator in a hurry does. */

import { aicSettings } from "../../src/admin-api/aic/settings.ts";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { pingOneSettings } from "../../src/admin-api/pingone/settings.ts";
import { connectPingOne } from "../../src/admin-api/pingone/tenant.ts";
import type { PlatformName } from "../../src/platforms.ts";

type Variables = Record<string, string>;
type Properties = Record<string, unknown>;

/** A platform's part of the demo. */
export type Story = {
  /** The stack, and with it the declaration `stacks/<stack>.yaml`. */
  readonly stack: string;
  /** What a pull request adds to a list of the declaration, by the keys that lead there. */
  readonly proposal: { readonly path: readonly (string | number)[]; readonly adds: string };
  /** Changes the tenant as a person does in the admin console. */
  readonly changeByHand: (variables: Variables) => Promise<void>;
};

/** A wider scope on the agent, a permission that nobody reviewed, a grant type taken away. */
async function changeAic(variables: Variables): Promise<void> {
  const realm = "alpha";
  const agent = "digital-assistant-ai-agent";
  const { am: realms, idm } = connectAic(aicSettings(variables));
  const am = realms(realm);
  const { _id, _rev, _type, ...document }: Properties = (await am.get("AIAgent", agent)) ?? {};
  (document.coreOAuth2ClientConfig as { scopes: { value: string[] } }).scopes.value = ["admin-action"];
  await am.put("AIAgent", agent, document);
  const [privilege] = await idm.query(`managed/${realm}_aiagentprivilege`, `agentOAuth2ClientId eq "${agent}"`);
  const permissions = [{ type: "scopes", values: ["read-data", "write-data"] }];
  const operation = { operation: "replace" as const, field: "/permissions", value: permissions };
  await idm.patch(`managed/${realm}_aiagentprivilege`, privilege?._id ?? "", [operation]);
  const { _rev: _revision, ...provider }: Properties = (await am.getOAuth2Provider()) ?? {};
  const oauth2 = provider.advancedOAuth2Config as { grantTypes: string[] };
  oauth2.grantTypes = oauth2.grantTypes.filter((type) => !type.endsWith(":token-exchange"));
  await am.putOAuth2Provider(provider);
}

/** An agent switched off, a scope granted that nobody reviewed. */
async function changePingOne(variables: Variables): Promise<void> {
  const environment = connectPingOne(pingOneSettings(variables)).environment();
  const applications = await environment.applications.list();
  const named = (name: string) => applications.find((row) => row.name === name);
  const watcher = named("Stock Watcher");
  if (watcher) await environment.applications.replace(watcher.id, { ...watcher, enabled: false });
  const orders = (await environment.resources.list()).find(({ name }) => name === "Orders API");
  const grants = environment.below(named("Support Agent")?.id ?? "", "grants");
  const grant = (await grants.list()).find(({ resource }) => (resource as { id: string }).id === orders?.id);
  const scopes = (await environment.scopes(orders?.id ?? "").list()).map(({ id }) => ({ id }));
  if (grant) await grants.replace(grant.id, { resource: grant.resource, scopes });
}

/** Story by platform. */
export const stories: Readonly<Record<PlatformName, Story>> = {
  aic: {
    stack: "dev",
    proposal: { path: ["agents", "digital-assistant-ai-agent", "access", 0, "scopes"], adds: "write-data" },
    changeByHand: changeAic,
  },
  pingone: {
    stack: "pingone-dev",
    proposal: { path: ["agents", "refund-agent", "access", 0, "scopes"], adds: "orders:read" },
    changeByHand: changePingOne,
  },
};
