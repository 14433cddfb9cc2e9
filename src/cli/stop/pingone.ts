/** An AI agent of PingOne that is stopped: it is switched off first, then its application says so in the metadata (decision 0012). */

import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import { connectPingOne } from "../../admin-api/pingone/tenant.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { switchApplication } from "../../providers/pingone/agent-life.ts";
import { pingOneContexts } from "../../providers/pingone/context.ts";
import { stampLife, standingOf } from "../../providers/pingone/stamp.ts";
import type { Agent, Cloud, Lifetimes, Wanted } from "./agent.ts";

export const pingOneAgents: Cloud = {
  where: z.looseObject({ platform: z.literal("pingone"), environment: environmentIdSchema.optional() }),
  find,
};

/** Finds an agent by the name that its key is declared with, else by its client id. */
async function find({ agent: key, name, said }: Wanted): Promise<Agent | undefined> {
  const { env, config, declared } = said;
  const tenant = connectPingOne(pingOneSettings(env, config));
  const { fresh } = pingOneContexts(tenant);
  const environment = tenant.environment(declared?.environment);
  const agents = (await environment.applications.list()).filter(({ type }) => type === "AI_AGENT");
  const application = agents.find(name === undefined ? ({ clientId }) => clientId === key : hasName(name));
  if (!application) return undefined;
  const { mark, life } = await standingOf(fresh, environment, application);
  const { stopped, ...rest } = life;
  const stamped = { environment, id: application.id };
  return {
    what: `pingone:AiAgent ${String(application.name)}`,
    ...{ mark, isOn: application.enabled === true, stopped },
    ofTokens: "whether PingOne says of them before that they are not active is not known",
    async stop(since) {
      await switchApplication(environment, application, false);
      await stampLife(fresh, stamped, { ...rest, stopped: since });
    },
    async undo(enables) {
      await stampLife(fresh, stamped, rest);
      if (enables) await switchApplication(environment, application, true);
    },
    lifetimes: () => lifetimesOf(environment, application),
  };
}

/** Seconds that PingOne gives access tokens and ID tokens where nothing else is said (pingone §5.3, §8 G1), and refresh tokens. */
const HOUR = 3_600;
const REFRESH = 2_592_000;

/** Those of the resources that it may ask for scopes of. */
async function lifetimesOf(environment: PingOneEnvironment, application: PingOneObject): Promise<Lifetimes> {
  const grants = await environment.below(application.id, "grants").list();
  const granted = new Set(grants.map(({ resource }) => (resource as { id: string }).id));
  const resources = (await environment.resources.list()).filter(({ id }) => granted.has(id));
  const seconds = resources.map(({ accessTokenValiditySeconds }) => Number(accessTokenValiditySeconds ?? HOUR));
  const { grantTypes, refreshTokenDuration = REFRESH } = application;
  const isRenewed = Array.isArray(grantTypes) && grantTypes.includes("REFRESH_TOKEN");
  return {
    access: Math.max(HOUR, ...seconds),
    id: HOUR,
    refresh: isRenewed ? Number(refreshTokenDuration) : undefined,
  };
}
