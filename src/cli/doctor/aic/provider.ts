/** Whether the realm is there, has AI agents, and offers by its OAuth2 provider what the clients of the declaration need. */

import type { AmDocument } from "../../../admin-api/aic/am.ts";
import type { AicTenant } from "../../../admin-api/aic/tenant.ts";
import type { AicDeclaration } from "../../../components/aic/declaration.ts";
import { actorsOf } from "../../../components/aic/delegation.ts";
import { agentSettings, clientSettings } from "../../../components/aic/patterns.ts";
import type { ProviderSettingName } from "../../../fields/aic-provider.ts";
import { CIBA, grantTypeName, TOKEN_EXCHANGE } from "../../../fields/grant-types.ts";
import { aiAgentsDisabled, hasAiAgents } from "../../../providers/aic/feature.ts";
import { grantTypesOf, mappingOf, readProvider, section, settingOf } from "../../../providers/aic/oauth2-provider.ts";
import type { Declared } from "../declaration.ts";
import type { Check, Failure } from "../sheet.ts";

/** The OAuth2 provider of the realm, and the tenant that it is of. */
type Provider = { readonly document: AmDocument; readonly origin: string };
type Given = { readonly provider: Provider; readonly declared: Declared<"aic"> };

/** A realm that is mistyped has no provider either: nothing else of it is told then. */
export const realm: Check<{ readonly tenant: AicTenant; readonly declared: Declared<"aic"> }, Provider> = {
  id: "realm",
  title: "realm",
  look: async ({ tenant, declared: { declaration } }) => {
    const document = await readProvider({ tenant }, declaration.realm);
    return { found: `${declaration.realm}, with its OAuth2 provider`, fact: { document, origin: tenant.origin } };
  },
};

export const aiAgents: Check<Given> = {
  id: "ai-agents",
  title: "AI agents",
  look: ({ provider: { document, origin }, declared: { declaration } }) => {
    const { realm, agents = {} } = declaration;
    if (hasAiAgents(document)) return { found: `switched on in realm ${realm}`, fact: undefined };
    if (Object.keys(agents).length > 0) throw aiAgentsDisabled(realm, origin);
    return { found: "not switched on; no agent is declared", fact: undefined };
  },
};

/** A client with what its pattern or type gives it. */
type Client = { readonly entry: string; readonly grantTypes: readonly string[]; readonly acr: readonly string[] };

const clientsIn = ({ agents = {}, applications = {} }: AicDeclaration): Client[] => [
  ...Object.entries(agents).map(([id, agent]) => clientOf(`agents.${id}`, agentSettings(agent))),
  ...Object.entries(applications).map(([id, one]) => clientOf(`applications.${id}`, clientSettings(one))),
];

type Settings = {
  readonly grantTypes: readonly string[];
  readonly idToken?: { readonly defaultAcrValues?: readonly string[] | undefined } | undefined;
};

const clientOf = (entry: string, { grantTypes, idToken }: Settings): Client => ({
  ...{ entry, grantTypes },
  acr: idToken?.defaultAcrValues ?? [],
});

/** What the declaration adds to the realm by itself: in development only (decision 0006). */
const added = <T>({ tier }: AicDeclaration, entries: readonly T[] = []): readonly T[] =>
  tier === "development" ? entries : [];

/** How a realm gets an entry of its provider that it lacks. */
const wayTo = ({ tier }: AicDeclaration, field: string, entry: string, origin: string) =>
  tier === "development"
    ? `add ${entry} to ${field}`
    : `add ${entry} to ${field} in development, and promote it to ${origin}`;

export const grantTypes: Check<Given> = {
  id: "grant-types",
  title: "grant types",
  look: ({ provider: { document, origin }, declared: { declaration } }) => {
    const offered = [...grantTypesOf(document), ...added(declaration, declaration.provider?.grantTypes)];
    const failures = clientsIn(declaration).flatMap(({ entry, grantTypes: needed }) =>
      needed
        .filter((type) => !offered.includes(type))
        .map(
          (type): Failure => ({
            found: `${entry} needs ${grantTypeName(type)}, and realm ${declaration.realm} does not offer it`,
            next: wayTo(declaration, "provider.grantTypes", grantTypeName(type), origin),
          }),
        ),
    );
    if (failures.length > 0) return { failures };
    return { found: "the realm offers, or is going to, those of every agent and application", fact: undefined };
  },
};

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const NATIVE = "in the admin console under Native Consoles, Access Management, Services, OAuth2 Provider, Advanced";

/** What an exchange of access tokens needs of the realm, by the attribute that lists it (aic §6.3). */
const EXCHANGE = {
  tokenExchangeClasses: { begins: `${ACCESS_TOKEN}=>${ACCESS_TOKEN}|`, is: "exchanger of access tokens" },
  tokenValidatorClasses: { begins: `${ACCESS_TOKEN}|`, is: "validator of access tokens" },
} as const;

export const exchange: Check<Given> = {
  id: "token-exchange",
  title: "token exchange",
  look: ({ provider: { document }, declared: { declaration } }) => {
    const clients = clientsIn(declaration).filter(({ grantTypes: types }) => types.includes(TOKEN_EXCHANGE));
    if (clients.length === 0) return { found: "nobody declared exchanges tokens", fact: undefined };
    const settings = section(document, "advancedOAuth2Config");
    const failures = Object.entries(EXCHANGE).flatMap(([attribute, { begins, is }]): Failure[] => {
      const classes = settings[attribute];
      if (Array.isArray(classes) && classes.some((one) => String(one).startsWith(begins))) return [];
      const found = `realm ${declaration.realm} has no ${is}, and ${clients[0]?.entry} exchanges them`;
      return [{ found, next: `put the entry ${begins}… back into ${attribute}, ${NATIVE}` }];
    });
    return failures.length > 0 ? { failures } : { found: "the realm exchanges access tokens", fact: undefined };
  },
};

/** What the exchange by an application rests on (delegation §1.5, §2.2). */
export const delegation: Check<Given> = {
  id: "delegation",
  title: "delegation",
  look: ({ provider: { document, origin }, declared: { declaration } }) => {
    const { realm, provider, applications = {} } = declaration;
    const acting = Object.entries(applications).flatMap(([id, one]) =>
      one.delegates?.length ? [{ id, ...clientSettings(one, actorsOf(declaration).get(id)) }] : [],
    );
    if (acting.length === 0) return { found: "nobody declared acts with tokens of others", fact: undefined };
    const effective = (setting: ProviderSettingName) =>
      added(declaration, [provider?.[setting]])[0] ?? settingOf(document, setting);
    const failures = acting.flatMap(({ id, overrides }): Failure[] => {
      const accepts = overrides?.enabled === true ? overrides[ACCEPT] : effective(ACCEPT);
      if (accepts === true) return [];
      const found = `realm ${realm} ignores audiences, and those of applications.${id}.delegates reach nobody`;
      return [{ found, next: wayTo(declaration, "provider", `${ACCEPT}: true`, origin) }];
    });
    if (failures.length > 0) return { failures };
    const algorithm = String(effective("tokenSigningAlgorithm") ?? "HS256");
    const found = `the realm takes the audiences of delegates, and signs by ${algorithm}`;
    if (!algorithm.startsWith("HS")) return { found, fact: undefined };
    const way = wayTo(declaration, "provider", "tokenSigningAlgorithm: RS256", origin);
    return {
      ...{ found: `${found}, which no key set can check`, fact: undefined },
      open: `whoever takes the tokens has to introspect them; else ${way}`,
    };
  },
};

const ACCEPT = "acceptAudienceParametersInTokenExchangeRequests";

export const acr: Check<Given> = {
  id: "acr",
  title: "acr values",
  look: ({ provider: { document, origin }, declared: { declaration } }) => {
    const declared = Object.keys(declaration.provider?.acr ?? {});
    const mapped = [...Object.keys(mappingOf(document)), ...added(declaration, declared)];
    const clients = clientsIn(declaration);
    const missing = clients.flatMap(({ entry, acr: values }) =>
      values.filter((value) => !mapped.includes(value)).map((value) => ({ entry, value })),
    );
    const asking = clients.find(({ grantTypes: types }) => types.includes(CIBA));
    const failures = [
      ...missing.map(({ entry, value }): Failure => {
        const found = `${entry} asks for the acr value ${value}, which starts no journey in realm ${declaration.realm}`;
        return { found, next: wayTo(declaration, "provider.acr", `${value}: JOURNEY`, origin) };
      }),
      ...(asking && mapped.length === 0 ? [noJourney(declaration, asking.entry, origin)] : []),
    ];
    if (failures.length > 0) return { failures };
    return {
      found: asking ? `start a journey: ${[...new Set(mapped)].join(", ")}` : "nobody declared asks users",
      fact: undefined,
    };
  },
};

const noJourney = (declaration: AicDeclaration, entry: string, origin: string): Failure => ({
  found: `${entry} asks users by the journey of an acr value, and realm ${declaration.realm} has none`,
  next: wayTo(declaration, "provider.acr", "ACR: JOURNEY", origin),
});
