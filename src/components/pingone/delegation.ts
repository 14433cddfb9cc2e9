/**
 * What `delegates` of agents and applications, and `actsForUsersOf`, stand for: whom the tokens of a resource name as actors, what
 * tokens say of who acts and for whom, and what clients may ask for (decision 0015, delegation §1). Pure.
 */

import { LOGIN } from "../../access/pingone/facts.ts";
import { CIBA } from "../../fields/grant-types.ts";
import { type Claim, claimOf, shortClaim } from "../../fields/pingone.ts";
import { named } from "../../named.ts";
import { mapValues } from "../settings.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

type Client = PingOneAgent | PingOneApplication;
type Resources = Readonly<Record<string, { readonly name: string }>>;
type Path = readonly (string | number)[];

/** Scopes of a resource that a client may ask for, and where that is written, from its entry on. */
export type Grant = {
  /** As the first of its entries calls it. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Keys of the resources with whose tokens it is declared; undefined where the file does not tell them apart. */
  readonly with: readonly string[] | undefined;
  readonly path: Path;
  readonly pathOf: (scope: string) => Path;
};

/**
 * What a client may ask for: its access, and the targets of the tokens that it may exchange. A resource has one grant.
 *
 * @param resources by the keys under which the client may name them
 */
export function grantsOf(client: Partial<Client>, resources: Resources = {}): Grant[] {
  const { access = [], delegates = [] } = client;
  const ofUsers = ("actsForUsersOf" in client && client.actsForUsersOf) || [];
  const entries = Object.entries({ access, delegates }).flatMap(([field, all]) =>
    all.map((entry, index) => {
      const { resource, scopes } = entry;
      return { resource, scopes, with: "with" in entry ? [entry.with] : [], path: [field, index] as const };
    }),
  );
  const byName = Map.groupBy(entries, ({ resource }) => named(resources, resource)?.name ?? resource);
  return [...byName.values()].flatMap((those) => {
    const [first] = those;
    if (!first) return [];
    const { resource, path } = first;
    const pathOf = (scope: string) => {
      const entry = those.find(({ scopes }) => scopes.includes(scope)) ?? first;
      return [...entry.path, "scopes", scope];
    };
    const sources = [...ofUsers, ...those.flatMap((entry) => entry.with)];
    const scopes = [...new Set(those.flatMap((entry) => entry.scopes))];
    return [{ resource, path, pathOf, scopes, with: delegates.length > 0 ? sources : undefined }];
  });
}

/** What follows for a resource. */
export type Delegation = {
  /** Keys of the clients that may exchange its tokens: `may_act` names them. */
  readonly actors: readonly string[];
  /** Whether these are tokens of people alone, so that `may_act` names nobody in those that clients get for themselves. */
  readonly isForUsers: boolean;
  /** Claims of its tokens that say who acts, and for whom. */
  readonly claims: Readonly<Record<string, Claim>>;
  /** Where it is written that its tokens must say who acts; undefined where nobody says so. */
  readonly requiredAt: Path | undefined;
};

/** A claim that tokens of a resource must have, and where that is written. */
export type RequiredClaim = { readonly claim: string; readonly resource: string; readonly path: Path };

/** The claims that must have a value, those that follow among them. */
export function requiredClaims(declaration: PingOneDeclaration): RequiredClaim[] {
  const delegated = delegations(declaration);
  return Object.entries(declaration.resources ?? {}).flatMap(([key, { name, claims: own = {} }]) => {
    const { claims, requiredAt = [] } = named(delegated, key) ?? {};
    const all = { ...claims, ...mapValues(own, (_claim, declared) => claimOf(declared)) };
    const required = Object.entries(all).filter(([, one]) => one.required);
    return required.map(([claim]) => {
      const path = Object.hasOwn(own, claim) ? ["resources", key, "claims", claim] : requiredAt;
      return { claim, resource: name, path };
    });
  });
}

/** What follows for each resource of a declaration, by its key. */
export function delegations(declaration: PingOneDeclaration): Record<string, Delegation> {
  const { resources = {}, agents = {}, applications = {} } = declaration;
  const onBehalf = Object.values(agents).filter(({ pattern }) => pattern === "on-behalf-of");
  const entries = Object.entries({ agents, applications }).flatMap(([section, clients]) =>
    Object.entries<Client>(clients).flatMap(([key, { delegates = [] }]) =>
      delegates.map((entry, index) => ({ ...entry, key, path: [section, key, "delegates", index] })),
    ),
  );
  return mapValues(resources, (key) => {
    const into = entries.filter(({ resource }) => resource === key);
    const required = into.find((entry) => entry.required ?? true);
    const isReached = onBehalf.some((agent) => grantsOf(agent, resources).some(({ resource }) => resource === key));
    const acting = Object.entries(agents).filter(([, { actsForUsersOf = [] }]) => actsForUsersOf.includes(key));
    const from = entries.filter((entry) => entry.with === key);
    const holders = from.length > 0 ? holdersOf(key, declaration) : [];
    return {
      isForUsers: acting.length === 0 && holders.length > 0 && holders.every((one) => one === "person"),
      actors: [...new Set([...acting, ...from.map((entry) => [entry.key])].map(([actor = ""]) => actor))],
      claims: {
        ...(isReached && { act: { value: ACT_EXPRESSION, required: false } }),
        ...(into.length > 0 && {
          act: { value: CHAIN_EXPRESSION, required: required !== undefined },
          sub: { value: subjectFrom(into, declaration), required: false },
        }),
      },
      requiredAt: required?.path,
    };
  });
}

/** The claims that follow for a resource, but for `may_act`, as they are declared. */
export const claimsFrom = ({ claims = {} }: Partial<Delegation>) =>
  mapValues(claims, (_name, claim) => shortClaim(claim));

const REQUEST = "#root.context.requestData";
const IS_OWN = `${REQUEST}.grantType == "client_credentials"`;
const expression = (text: string) => ["$", `{${text}}`].join("");

/**
 * The claim `act` of an exchanged token: the agent, when the subject's token allows it and the actor is the agent. A third
 * party saw this expression at work on a tenant; PingOne documents the variables (pingone §5.6).
 */
export const ACT_EXPRESSION = expression(
  [
    `(${REQUEST}.actorToken != null`,
    ` and ${REQUEST}.subjectToken.may_act != null`,
    ` and ${REQUEST}.subjectToken.may_act.sub == ${REQUEST}.actorToken.client_id)`,
    ` ? ${REQUEST}.subjectToken.may_act : null`,
  ].join(""),
);

/** The same with those who acted before inside of it; a client's own token says that nobody acts, so that there is one (delegation §1.3). */
export const CHAIN_EXPRESSION = expression(
  [
    `(${IS_OWN}) ? "noActor"`,
    ` : ((${REQUEST}.subjectToken.may_act.sub == ${REQUEST}.actorToken.client_id)`,
    ` ? {"sub": ${REQUEST}.actorToken.client_id, "act": ${REQUEST}.subjectToken.act} : null)`,
  ].join(""),
);

/** For whom an exchanged token is: a person, or the client whose own token was exchanged, which has no `sub` (delegation §1.2, §1.3). */
function subjectFrom(into: readonly { readonly with: string }[], declaration: PingOneDeclaration): string {
  const holders = into.flatMap((entry) => holdersOf(entry.with, declaration));
  const [person, client] = [`${REQUEST}.subjectToken.sub`, `${REQUEST}.subjectToken.client_id`];
  const isOnly = (who: Holder) => holders.length > 0 && holders.every((one) => one === who);
  const either = `(${person} != null ? ${person} : ${client})`;
  const subject = isOnly("person") ? person : isOnly("client") ? client : either;
  return expression(`(${IS_OWN}) ? "no-subject" : ${subject}`);
}

type Holder = "person" | "client";

/** Whose tokens of a resource there are, as far as the file says: those of an exchange have a `sub`, as a person's have. */
function holdersOf(key: string, { resources = {}, agents = {}, applications = {} }: PingOneDeclaration): Holder[] {
  return Object.values<Client>({ ...applications, ...agents }).flatMap((client): Holder[] => {
    const { access = [], delegates = [] } = client;
    const isThis = (one: string) => one === key || one === named(resources, key)?.name;
    if (delegates.some(({ resource }) => resource === key)) return ["person"];
    if (!access.some(({ resource }) => isThis(resource))) return [];
    const isPerson = "actsForUsersOf" in client || signsIn(client);
    return [isPerson ? "person" : "client"];
  });
}

/** Whether people get tokens through a client. */
const signsIn = (client: Client) =>
  ("pattern" in client ? agentSettings(client) : applicationSettingsOf(client)).grantTypes.some(
    (type) => type === CIBA || LOGIN.includes(type),
  );

/**
 * The claim `may_act` that names clients: one by its id, of several whoever got the token (delegation §1.1). Each of several signs its
 * users in itself. In which order they are declared makes no difference.
 *
 * @param clientIds of the clients
 * @param isForUsers names nobody in a token that a client gets for itself, in the words of delegation §1.1
 */
export function mayActOf(
  clientIds: readonly string[],
  isForUsers: boolean,
): string | { readonly sub: string } | undefined {
  const ids = clientIds.toSorted();
  const [sub, ...others] = ids;
  if (sub === undefined) return undefined;
  if (others.length === 0)
    return isForUsers ? expression(`(${IS_OWN}) ? null : ({"sub": ${JSON.stringify(sub)}})`) : { sub };
  const asking = "#root.context.appConfig.clientId";
  const isOne = ids.map((id) => `${asking} == ${JSON.stringify(id)}`).join(" or ");
  return expression(`(${REQUEST}.grantType != "client_credentials" and (${isOne})) ? ({"sub": ${asking}}) : null`);
}
