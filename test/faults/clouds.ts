/** What the tests of faults are told with: a tenant, the stack that it gets, and what of it must be the same after any faults. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import type { CallOptions } from "../../src/admin-api/http/transport.ts";
import { connectPingOne } from "../../src/admin-api/pingone/tenant.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { connectedPlatform } from "../../src/providers/coalescing.ts";
import type { AnyKind, Platform } from "../../src/providers/kind.ts";
import { lifecycle } from "../../src/providers/lifecycle.ts";
import { pingOneContexts } from "../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { comparable, comparablePingOne, type Dump } from "../support/dump.ts";
import { GATHER } from "../support/kinds.ts";
import { startTenant, type Tenant } from "../support/tenant.ts";
import type { Connected } from "./local-stack.ts";
import { type Planned, planOf } from "./plan.ts";

type Json = Record<string, unknown>;

/** Declarations of `stacks/`: those of the demonstration, and a published one of each cloud, with the kinds that these lack. */
export const STACKS = [
  "dev",
  "pingone-dev",
  "examples/aic-autonomous-tool",
  "examples/pingone-signs-users-in",
] as const;
export type StackName = (typeof STACKS)[number];
export const isPublished = (stack: StackName) => stack.startsWith("examples/");

/** A cloud with a stack to try. */
export type Cloud = {
  readonly name: "aic" | "pingone";
  readonly stack: StackName;
  readonly tenant: Tenant;
  readonly declaration: Json;
  readonly plan: readonly Planned[];
  /** The same with a change of an agent and of all that has a text, a scope more, and an agent that is gone. */
  readonly changed: readonly Planned[];
  /** What a run of the engine has. @param url of a proxy. @default the tenant's */
  connect(options?: CallOptions, url?: string): Connected;
  /** Everything that the tenant holds, but for what two runs cannot have in common. */
  content(): Promise<unknown>;
  /** What no output may show. */
  readonly secrets: readonly string[];
  /** Environment variables for the kit. */
  variables(): Record<string, string>;
};

const read = (name: StackName): Json => parse(readFileSync(join(projectRoot, "stacks", `${name}.yaml`), "utf8"));

/** A change as people make them. */
function edited(declaration: Json): Json {
  const copy = structuredClone(declaration);
  const agents = copy.agents as Record<string, Json>;
  const [first = "", second = ""] = Object.keys(agents);
  // One agent has another text, another one goes; rules over access that name it are not looked at here.
  agents[first] = { ...agents[first], description: "Changed" };
  delete agents[second];
  delete copy.accessPolicy;
  if (agents[first].audience !== undefined) agents[first].audience = "changed";
  for (const { languages } of Object.values((copy.agreements ?? {}) as Record<string, Json>)) {
    for (const language of Object.values(languages as Record<string, Json>)) language.text = "Changed";
  }
  for (const resource of Object.values((copy.resources ?? {}) as Record<string, Json>)) {
    resource.scopes = { ...(resource.scopes as object), "one:more": "One more" };
  }
  for (const application of Object.values((copy.applications ?? {}) as Record<string, Json>)) {
    if (Array.isArray(application.scopes)) application.scopes.push("one-more");
  }
  return copy;
}

/** Starts a tenant with what its stack needs; whoever starts it stops it. */
export async function startCloud(stack: StackName): Promise<Cloud> {
  const declaration = read(stack);
  // A stack that makes its people itself finds none, so that what is left in the end is what nobody else had.
  const tenant = await startTenant({ people: declaration.users === undefined });
  const name = declaration.platform as Cloud["name"];
  const cloud = name === "aic" ? aic(tenant) : pingone(tenant);
  Object.assign(process.env, cloud.passwords);
  const plan = await planOf(declaration);
  const changed = await planOf(edited(declaration));
  return { name, stack, tenant, declaration, plan, changed, ...cloud };
}

const secretsOf = ({ sandbox }: Tenant) => Object.values(sandbox.users).map(({ password }) => password);
const passwordsOf = ({ sandbox }: Tenant) =>
  Object.fromEntries(
    Object.entries(sandbox.users).map(([user, { password }]) => [
      `PING_AGENTS_PASSWORD_${user.toUpperCase().replaceAll(/\W/g, "_")}`,
      password,
    ]),
  );

function connected<C>(kinds: readonly AnyKind<C>[], platform: Platform<C>): Connected {
  return {
    identity: () => platform.identity({}),
    provider(type) {
      const kind = kinds.find((one) => one.type === type);
      if (!kind) throw new Error(`no kind ${type}`);
      return lifecycle(kind, async () => platform);
    },
  };
}

type Wing = Pick<Cloud, "connect" | "content" | "secrets" | "variables"> & {
  readonly passwords: Readonly<Record<string, string>>;
};

function aic(tenant: Tenant): Wing {
  const { sandbox, url: own } = tenant;
  const { id, jwk } = sandbox.serviceAccount;
  const settings = { tenantUrl: own, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
  return {
    passwords: passwordsOf(tenant),
    secrets: [String(jwk.d), ...secretsOf(tenant)],
    variables: () => ({
      AIC_TENANT_URL: own,
      AIC_SERVICE_ACCOUNT_ID: id,
      AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(jwk),
    }),
    connect(options, url = own) {
      const connection = connectAic({ ...settings, tenantUrl: url }, options);
      const identity = async () => String(await connection.identity());
      const common = { origin: own, adopt: "never", bindTo: undefined, identity } as const;
      return connected(aicKinds, connectedPlatform(aicContexts(connection, undefined, GATHER), common));
    },
    content: async () => {
      const hide = (key: string, value: unknown) => (key === "jwkSet" ? "a key" : value);
      return JSON.parse(JSON.stringify(comparable(await tenant.dump()) as Dump, hide));
    },
  };
}

function pingone(tenant: Tenant): Wing {
  const { sandbox, url: own } = tenant;
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = sandbox.pingone;
  return {
    passwords: {},
    secrets: [clientSecret, ...secretsOf(tenant)],
    variables: () => ({
      ...{ PINGONE_ENVIRONMENT_ID: environmentId, PINGONE_CLIENT_ID: clientId, PINGONE_CLIENT_SECRET: clientSecret },
      ...{ PINGONE_API_URL: `${own}/v1`, PINGONE_AUTH_URL: own },
    }),
    connect(options, url = own) {
      const settings = { environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url };
      const connection = connectPingOne(settings, options);
      const identity = async () => environmentId;
      const common = { origin: own, adopt: "never", bindTo: undefined, identity } as const;
      return connected(pingOneKinds, connectedPlatform(pingOneContexts(connection, undefined, GATHER), common));
    },
    content: async () => comparablePingOne(await tenant.dump()),
  };
}
