/** What the tools of an agent need, held against what the agent has: grant types, scopes and access, missing or unused. Pure. */

import type { z } from "zod";
import { ACTING, grantTypes } from "../../fields/grant-types.ts";
import { clientsOf, list, type Mapping, mapping, mappings, type Refuse, type Rule, texts } from "./rule.ts";

type Path = readonly PropertyKey[];

/** The grant types that an agent or application has where it does not say them itself. */
export type GrantTypesOf<Pattern> = {
  readonly patterns: z.ZodType<Pattern>;
  readonly agent: (pattern: Pattern, hasAccess: boolean) => readonly string[];
  readonly application: (type: string) => readonly string[];
};

/** Scopes that a tool needs, of what, and where both stand. */
type Need = {
  readonly scopes: unknown;
  readonly at: Path;
  /** Of what: the agent itself (""), an application, resource or audience. */
  readonly from: string;
  readonly field: string;
  /** Where that is declared. @default "access" */
  readonly under?: "access" | "delegates";
};

/** Scopes that were granted at one place: one of a list, or all. */
type Granted = { readonly scopes: readonly string[]; readonly at: Path; readonly from: string };

/** What is different by platform: what tools need, and what an agent has. */
export type Tools = {
  /** Scopes that a tool needs. */
  readonly needsOf: (tool: Mapping, written: Mapping) => readonly Need[];
  /** The scopes that an agent has, in groups of which one has to do for a need; undefined where the file does not say. */
  readonly groupsOf: (client: Mapping, need: Need, written: Mapping) => readonly (readonly string[] | undefined)[];
  /** What to do about a scope that the agent does not have. */
  readonly missing: (id: string, need: Need, scope: string) => string;
  /** What the agent has, as far as a tool could need it. */
  readonly grantedTo: (client: Mapping, written: Mapping) => readonly Granted[];
};

/** Scopes of a list, without the text shown. */
export const scopesIn = (value: unknown) =>
  texts(value).map(([index, scope]) => [index, scope.replace(/\|.*/s, "")] as const);
export const namesIn = (value: unknown) => scopesIn(value).map(([, scope]) => scope);

/** Entries of `access`, each with its place. */
export const entriesOf = (client: Mapping) =>
  list(client.access).map((entry, index) => [mapping(entry), index] as const);

/** None where it is not written of what the scopes are. */
export const needs = ({ from, ...rest }: Omit<Need, "from"> & { readonly from: unknown }): Need[] =>
  typeof from === "string" ? [{ ...rest, from }] : [];
/** Tools that nothing grants what they need. */
export const toolNeeds =
  <Pattern>(cloud: Tools, grantTypesOf: GrantTypesOf<Pattern>): Rule =>
  (written, refuse) => {
    for (const { path, client, at, tool } of toolsOf(written)) {
      const [kind, id] = path;
      const grants = grantsOf(kind, client, grantTypesOf);
      if (grants) requireGrants(at, tool, { grants, id }, refuse);
      for (const need of isAuthorised(tool) ? cloud.needsOf(tool, written) : []) {
        const all = cloud.groupsOf(client, need, written);
        const groups = all.filter((group) => group !== undefined);
        if (groups.length < all.length) continue;
        const lacks = lacksOf(need, groups, (scope) => cloud.missing(id, need, scope));
        for (const [inside, message] of lacks) refuse([...at, ...need.at, ...inside], message);
      }
    }
  };

type Groups = readonly (readonly string[])[];

/** What is missing of a need, of which one group has to have all scopes: what the nearest one lacks. */
function lacksOf(
  { scopes, from, field, under = "access" }: Need,
  groups: Groups,
  missing: (scope: string) => string,
): [Path, string][] {
  const wanted = texts(scopes);
  const lacking = groups.map((group) => wanted.filter(([, scope]) => !group.includes(scope)));
  const [least] = lacking.toSorted((a, b) => a.length - b.length);
  if (!least) return [[[field], `there is no access to ${from}: name it under ${under}, with these scopes`]];
  const isSpread = least.length > 0 && wanted.every(([, scope]) => groups.flat().includes(scope));
  if (isSpread) return [[["scopes"], `one entry of access has to grant all of them: name them together for ${from}`]];
  return least.map(([index, scope]) => [["scopes", index], missing(scope)]);
}

/** Scopes that an agent has, and none of its tools needs; only where it has tools. */
export const unusedScopes =
  ({ needsOf, grantedTo }: Tools) =>
  (): Rule =>
  (written, refuse) => {
    for (const [path, client] of clientsOf(written)) {
      if (client.tools === undefined) continue;
      const needs = mappings(client.tools)
        .filter(([, tool]) => isAuthorised(tool))
        .flatMap(([, tool]) => needsOf(tool, written));
      for (const { scopes, at, from } of grantedTo(client, written)) {
        const needed = needs.filter((one) => one.from === from).flatMap((one) => namesIn(one.scopes));
        const spare = scopes.filter((scope) => !needed.includes(scope)).map((scope) => `"${scope}"`);
        if (spare.length === 0) continue;
        const them = spare.length === 1 ? "it" : "them";
        refuse([...path, ...at], `no tool needs ${spare.join(", ")}: take ${them} away, or say which tool does`);
      }
    }
  };

/** Every tool of agents and applications that is a mapping. */
const toolsOf = (written: Mapping) =>
  clientsOf(written).flatMap(([path, client]) =>
    mappings(client.tools).map(([name, tool]) => ({ path, client, tool, at: [...path, "tools", name] })),
  );

/** False for a public tool, and where it is not written how. */
const isAuthorised = ({ authorization }: Mapping) => wayOf(authorization) !== undefined;

/** The grant type behind a way to be authorised. */
const wayOf = (authorization: unknown) => grantTypes.safeParse([authorization]).data?.[0];

/** Undefined where the file does not say, or says something wrong. */
function grantsOf<Pattern>(
  kind: string,
  client: Mapping,
  grantTypesOf: GrantTypesOf<Pattern>,
): readonly string[] | undefined {
  if (client.grantTypes !== undefined) return grantTypes.safeParse(client.grantTypes).data;
  const pattern = grantTypesOf.patterns.safeParse(client.pattern).data;
  const acting = list(client.delegates).length > 0 ? ACTING : [];
  if (kind === "agents") return pattern && [...grantTypesOf.agent(pattern, list(client.access).length > 0), ...acting];
  return typeof client.type === "string" ? [...grantTypesOf.application(client.type), ...acting] : undefined;
}

type Holder = { readonly id: string; readonly grants: readonly string[] };

/** The way by which a tool is authorised is a grant type that the agent must have. */
function requireGrants(at: Path, { authorization, actor }: Mapping, { id, grants }: Holder, refuse: Refuse): void {
  const wanted = wayOf(authorization);
  const advice = "change its pattern, or add it to its grantTypes";
  if (wanted !== undefined && !grants.includes(wanted))
    refuse([...at, "authorization"], `${id} does not have the grant type ${authorization}: ${advice}`);
  if (actor !== undefined && !grants.includes("client_credentials"))
    refuse([...at, "actor"], `${id} does not have the grant type client_credentials: ${advice}`);
}
