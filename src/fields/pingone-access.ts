/** Access on PingOne: what `allow` calls it, and the sentence that a refresh shows. */

import { listedScopes } from "./pingone.ts";

/** Access by its name, with its sentence. */
export type AccessEntry = readonly [access: string, sentence: string];

/** What the name of an access begins with: `grant` of `grant/Orders API`. */
export const sortOf = (access: string) => access.slice(0, access.indexOf("/"));

/** Scopes of a resource that an application may ask for; `openid` is implicit. */
export const grantEntry = (resource: string, scopes: readonly string[]): AccessEntry => [
  `grant/${resource}`,
  `scopes of ${resource}: ${listedScopes(resource, scopes).toSorted().join(", ")}`,
];

/** A claim about the user, or of access tokens. */
export const claimEntry = (claim: string, value: string): AccessEntry => [
  `claim/${claim}`,
  `claim ${claim} = ${value}`,
];

/** A policy by which users sign on. */
export const policyEntry = (policy: string): AccessEntry => [`policy/${policy}`, `policy ${policy}`];

/** A scope, of a grant or of a resource itself. */
export const scopeEntry = (scope: string): AccessEntry => [`scope/${scope}`, `scope ${scope}`];

/** The role of an owner (pingone §5.7). */
export const OWNER_ROLE = "Application Owner";

/** A role on an application. @param holder user name, or `group NAME` */
export const ownerEntry = (holder: string, role = OWNER_ROLE): AccessEntry =>
  role === OWNER_ROLE
    ? [`owner/${holder}`, `owner ${holder}`]
    : [`owner/${holder}/${role}`, `${holder} has the role ${role}`];
