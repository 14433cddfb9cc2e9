/** What a declaration of PingOne says of its clients, for the rules over access: patterns and types expanded. Pure. */

import type { Client, Declared } from "../../access/rules/rule.ts";
import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { OPENID } from "../../fields/pingone.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";
import { grantsOf } from "./delegation.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

/** Of a resource that says none (pingone §5.3). */
const HOUR = 3600;

/** Clients, and the tokens and scopes of resources. An environment has no tier. */
export function declaredClients(declaration: PingOneDeclaration): Omit<Declared, "written" | "warnings"> {
  const { applications = {}, agents = {}, resources = {} } = declaration;
  const entries = Object.entries(resources);
  return {
    tier: undefined,
    clients: [
      ...Object.entries(agents).map(([key, agent]) => ({
        ...clientOf(["agents", key], agent, agentSettings(agent), resources),
        acts: true,
        ...{ sponsor: agent.sponsor, expires: agent.expires },
      })),
      ...Object.entries(applications).map(([key, one]) => {
        const settings = applicationSettingsOf(one);
        const acts = settings.grantTypes.some((type) => type === CIBA || type === TOKEN_EXCHANGE);
        return { ...clientOf(["applications", key], one, settings, resources), acts };
      }),
    ],
    lifetimes: entries.map(([key, { name, accessTokenLifetime }]) => ({
      ...{ of: { id: key, name }, seconds: accessTokenLifetime ?? HOUR },
      path: ["resources", key, ...(accessTokenLifetime === undefined ? [] : ["accessTokenLifetime"])],
    })),
    offers: entries.flatMap(([key, { name, scopes = {} }]) =>
      Object.keys(scopes).map((scope) => ({ of: { id: key, name }, scope, path: ["resources", key, "scopes", scope] })),
    ),
  };
}

type Settings = ReturnType<typeof agentSettings> | ReturnType<typeof applicationSettingsOf>;

function clientOf(
  path: Client["path"],
  { name, owners = [], ...client }: PingOneAgent | PingOneApplication,
  settings: Settings,
  resources: NonNullable<PingOneDeclaration["resources"]>,
): Omit<Client, "acts"> {
  const { enabled = true, grantTypes = [], responseTypes = [], redirectUris = [], authMethod, keys } = settings;
  const [, id] = path;
  return {
    ...{ id, name, path, enabled, grantTypes, responseTypes, redirectUris, owners },
    hasRedirectPatterns: settings.authorization?.allowRedirectUriPatterns ?? false,
    authMethod: authMethod ?? "client_secret_basic",
    ...{ sponsor: undefined, expires: undefined },
    keys: keys?.jwks?.keys ?? [],
    entries: grantsOf(client, resources).flatMap(({ resource, scopes, path: at }) => {
      if (resource === OPENID) return [];
      const [key, found] =
        Object.entries(resources).find(([one, { name: its }]) => one === resource || its === resource) ?? [];
      return [
        {
          target: { id: key ?? resource, name: found?.name ?? resource },
          scopes,
          offered: found && Object.keys(found.scopes ?? {}),
          path: [...path, ...at, "scopes"],
        },
      ];
    }),
  };
}
