/** Access on PingOne as a declaration says it and as a refresh shows it: what `allow` calls it, with a sentence. */

import { listedScopes } from "./pingone.ts";

type Entry = readonly [access: string, sentence: string];

/** Scopes of a resource that an application may ask for; `openid` is implicit. */
export const grantEntry = (resource: string, scopes: readonly string[]): Entry => [
  `grant/${resource}`,
  `scopes of ${resource}: ${listedScopes(resource, scopes).toSorted().join(", ") || "none"}`,
];

/** A claim about the user, or of access tokens. */
export const claimEntry = (claim: string, value: string): Entry => [`claim/${claim}`, `claim ${claim} = ${value}`];

/** A policy by which users sign on. */
export const policyEntry = (policy: string): Entry => [`policy/${policy}`, `policy ${policy}`];

/** A scope, of a grant or of a resource itself. */
export const scopeEntry = (scope: string): Entry => [`scope/${scope}`, `scope ${scope}`];

/** The role of an owner. */
export const OWNER_ROLE = "Application Owner";

/** @param holder user name, or `group NAME` */
export const ownerEntry = (holder: string, role = OWNER_ROLE): Entry =>
  role === OWNER_ROLE
    ? [`owner/${holder}`, `owner ${holder}`]
    : [`owner/${holder}/${role}`, `${holder} has the role ${role}`];
