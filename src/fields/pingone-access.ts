/** What the words of `allow` call access on PingOne. */

/** Scopes of a resource that an application may ask for. */
export const grantAccess = (resource: string) => `grant/${resource}`;

/** A claim about the user, or of access tokens. */
export const claimAccess = (claim: string) => `claim/${claim}`;

/** A policy by which users sign on. */
export const policyAccess = (policy: string) => `policy/${policy}`;

/** A scope, of a grant or of a resource itself. */
export const scopeAccess = (scope: string) => `scope/${scope}`;

/** The role of an owner (pingone §5.7). */
export const OWNER_ROLE = "Application Owner";

/** @param holder user name, or `group NAME` */
export const ownerAccess = (holder: string, role = OWNER_ROLE) =>
  role === OWNER_ROLE ? `owner/${holder}` : `owner/${holder}/${role}`;
