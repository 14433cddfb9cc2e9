/** What a declaration of AIC says of its clients, for the rules over access: patterns and types expanded. Pure. */

import { actsAsAgent } from "../../access/aic/facts.ts";
import type { Client, Declared, Lifetime, Offer } from "../../access/rules/rule.ts";
import { secondsOf } from "../../fields/duration.ts";
import { named } from "../../named.ts";
import type { AicAgent, AicApplication, AicDeclaration } from "./declaration.ts";
import { agentSettings, clientSettings } from "./patterns.ts";

/** Of the realm's OAuth2 provider, where the client says none or 0. */
const HOUR = 3600;

const scopeName = (text: string) => text.replace(/\|.*/s, "");

/** Clients, how long their tokens live, and the scopes that agents have for themselves. */
export function declaredClients(
  declaration: Partial<Pick<AicDeclaration, "tier" | "applications" | "agents">>,
): Omit<Declared, "written" | "warnings"> {
  const { tier, applications = {}, agents = {} } = declaration;
  const all = [
    ...Object.entries(agents).map(([id, agent]) => ({
      ...clientOf(["agents", id], agent, agentSettings(agent)),
      acts: true,
      ...{ sponsor: agent.sponsor, expires: agent.expires },
      entries: entriesOf(id, agent, applications),
    })),
    ...Object.entries(applications).map(([id, one]) => {
      const settings = clientSettings(one);
      return { ...clientOf(["applications", id], one, settings), acts: actsAsAgent(settings.grantTypes ?? []) };
    }),
  ];
  return {
    tier,
    clients: all,
    lifetimes: all.flatMap(({ lifetime }) => lifetime),
    offers: all.filter(({ acts }) => acts).flatMap(({ offers }) => offers),
  };
}

type Settings = ReturnType<typeof agentSettings> | ReturnType<typeof clientSettings>;

function clientOf(
  path: Client["path"],
  { name, owners = [], ciba }: AicAgent | AicApplication,
  settings: Settings,
): Omit<Client, "acts"> & { readonly lifetime: Lifetime[]; readonly offers: Offer[] } {
  const [, id] = path;
  const {
    enabled = true,
    grantTypes = [],
    responseTypes = [],
    redirectUris = [],
    tokens,
    keys,
    scopes = [],
  } = settings;
  const published = typeof ciba?.keys === "object" ? ciba.keys.keys : [];
  const of = { id, name };
  return {
    ...{ id, name, path, enabled, grantTypes, responseTypes, redirectUris, owners },
    hasRedirectPatterns: false,
    authMethod: settings.authMethod ?? "client_secret_basic",
    ...{ sponsor: undefined, expires: undefined },
    keys: [...published, ...keysIn(keys?.jwks)],
    entries: [],
    lifetime: [
      { of, seconds: secondsOf(tokens?.accessTokenLifetime) || HOUR, path: tokens ? [...path, "tokens"] : path },
    ],
    // Every client asks for openid, and nobody gives it.
    offers: scopes
      .filter((text) => scopeName(text) !== "openid")
      .map((text) => ({ of, scope: scopeName(text), path: [...path, "scopes", text] })),
  };
}

const keysIn = (jwks: unknown): object[] =>
  typeof jwks === "object" && jwks !== null && "keys" in jwks && Array.isArray(jwks.keys) ? jwks.keys : [];

function entriesOf(
  agent: string,
  { access = [] }: AicAgent,
  applications: Readonly<Record<string, AicApplication>>,
): Client["entries"] {
  return access.map(({ application, scopes }, index) => ({
    target: { id: application, name: named(applications, application)?.name ?? application },
    scopes: scopes === "all" ? ("all" as const) : scopes,
    offered: named(applications, application)?.scopes?.map(scopeName),
    path: ["agents", agent, "access", index, "scopes"],
  }));
}
