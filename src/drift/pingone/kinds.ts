/** What the kinds of PingOne say about drift. Pure. */

import { type Bearings, credential, guard, label, ladder, limit, reach } from "../bearing.ts";
import {
  authMethods,
  clientSets,
  enabled,
  identity,
  keyAddress,
  keySet,
  life,
  postLogout,
  pushedRequests,
  text,
  undeclared,
} from "../common.ts";
import type { Verdict } from "../finding.ts";
import type { DriftKinds } from "../kind.ts";

const place = { environmentId: identity } satisfies Bearings;
const signOnPage = guard("users are led to another page");

const settings: Bearings = {
  ...place,
  ...text,
  ...clientSets,
  icon: label(),
  enabled,
  authMethod: ladder(
    ["none", ["client_secret_post", "client_secret_basic"], "client_secret_jwt", "private_key_jwt"],
    ...authMethods,
  ),
  corsOrigins: reach("scripts of further sites may call", "scripts of fewer sites may call", { absent: "most" }),
  keys: { jwks: { "*": keySet }, jwksUri: keyAddress },
  tokens: {
    refreshTokenLifetime: reach("its refresh tokens live longer", "its refresh tokens end sooner"),
    refreshTokenRollingLifetime: reach("its refresh tokens can be renewed longer", "its refresh tokens end sooner"),
    refreshTokenGracePeriod: reach(
      "refresh tokens that were replaced work longer",
      "refresh tokens that were replaced end sooner",
    ),
    refreshTokenReplayProtection: limit(
      "refresh tokens can be used twice unnoticed",
      "refresh tokens are watched more closely",
    ),
    refreshTokenFormat: guard("its refresh tokens have another form"),
    includeX5t: label("its tokens have another header"),
    includeTyp: label("its tokens have another header"),
  },
  authorization: {
    pkce: ladder(
      ["optional", "required", "s256_required"],
      "authorization codes that were stolen can be used",
      "authorization requests need a stronger proof",
    ),
    requirePushedAuthorizationRequests: pushedRequests,
    pushedAuthorizationRequestLifetime: reach("pushed requests work longer", "pushed requests end sooner"),
    requestObject: ladder(
      ["allow_unsigned", "default", "require_signed"],
      "request objects may come from anybody",
      "request objects need a signature",
    ),
    allowRedirectUriPatterns: reach(
      "a redirect URI may stand for many addresses",
      "a redirect URI stands for one address",
    ),
    initiateLoginUri: signOnPage,
    targetLinkUri: signOnPage,
    homePageUrl: label("the portal leads to another page"),
    loginPageUrl: signOnPage,
    multipleResources: reach(
      "one request may ask for scopes of several resources",
      "a request may ask for one resource",
    ),
  },
  device: {
    pathId: signOnPage,
    verificationUri: signOnPage,
    codeLifetime: reach("device codes work longer", "device codes end sooner"),
    pollingInterval: label("devices ask more or less often"),
  },
  logout: {
    postLogoutRedirectUris: postLogout,
    byIdToken: guard("whoever has an ID token can, or cannot, end the session"),
    sessionManagement: label("pages can, or cannot, ask for the session"),
  },
  userAccess: {
    portalDisplay: label("the portal shows it, or does not"),
    adminOnly: limit("not only administrators may use it", "administrators alone may use it", { class: "widened" }),
    groups: {
      match: ladder(["any", "all"], "members of one of the groups may use it", "only members of all groups may use it"),
      names: reach("members of further groups may use it", "members of fewer groups may use it", { absent: "most" }),
    },
  },
  keyRotationPolicy: guard("its tokens are signed with other keys"),
  extra: { "*": guard("a setting that has no name here is another one") },
  declaredAccess: { "*": label("the note of what is declared below it is another one") },
  undeclared,
};

const child: Bearings = {
  ...place,
  application: guard("it hangs below another application"),
  applicationId: guard("it hangs below another application"),
};

const signOn: Verdict = { class: "weakened", means: "users sign on by other policies, or by none" };

export const pingOneDrift: DriftKinds = {
  "pingone:AiAgent": { noun: "agent", fields: { ...settings, ...life } },
  "pingone:Application": {
    noun: "application",
    fields: { ...settings, type: identity },
  },
  "pingone:Resource": {
    noun: "resource",
    fields: {
      ...place,
      ...text,
      audience: guard("its tokens are for another audience: who takes them is no longer as declared"),
      accessTokenLifetime: reach("access tokens for it live longer", "access tokens for it end sooner"),
      introspectionAuthMethod: ladder(
        ["none", "client_secret_post", "client_secret_basic"],
        "whoever has a token may ask what it holds",
        "asking for a token's content needs a secret",
      ),
      permissionsClaim: reach("access tokens for it name permissions", "access tokens for it name no permissions"),
      scopes: {
        "*": (_was, is) =>
          is === undefined
            ? { class: "narrowed", means: "the scope is gone: nobody gets it" }
            : { class: "cosmetic", means: "people read something else" },
      },
      claims: {
        "*": guard("a claim of its access tokens is another one: who may act with them is no longer as declared"),
      },
      undeclared,
    },
  },
  "pingone:ScopeGrant": {
    noun: "grant",
    fields: {
      ...child,
      resource: guard("the grant is for another resource"),
      resourceId: guard("the grant is for another resource"),
      scopes: reach("it may ask for further scopes", "it may ask for fewer scopes"),
      undeclared,
    },
  },
  "pingone:PolicyAssignments": {
    noun: "assignment of policies",
    field: (path) => (path[0] === "policies" ? path.slice(1) : path),
    fields: { ...child, policies: { "*": () => signOn }, undeclared },
    gone: signOn,
  },
  "pingone:AttributeMapping": {
    noun: "claim",
    fields: {
      ...child,
      name: guard("the claim has another name"),
      value: guard("the claim says something else: who decides by it may decide otherwise"),
      idToken: reach("ID tokens have the claim", "ID tokens have no such claim"),
      userInfo: reach("the UserInfo endpoint shows the claim", "the UserInfo endpoint does not show the claim"),
      scopes: reach("the claim comes with further scopes", "the claim comes with fewer scopes"),
      required: limit("users without a value get tokens", "users without a value get no token"),
    },
  },
  "pingone:Secret": {
    noun: "secret",
    fields: {
      ...child,
      rotation: credential(
        "the secret is another one: what signs in by the old one fails, whoever has the new one does not",
      ),
    },
    gone: { class: "replaced", means: "it has no secret any more" },
  },
  "pingone:Owner": {
    noun: "owner",
    fields: {
      ...child,
      user: guard("somebody else may manage it"),
      group: guard("somebody else may manage it"),
      role: guard("its owner may do something else"),
    },
    gone: { class: "narrowed", means: "the owner may manage it no more" },
  },
  "pingone:Group": { noun: "group", fields: { ...place, name: identity } },
  "pingone:Population": {
    noun: "population",
    fields: { ...place, name: identity },
  },
  "pingone:Agreement": {
    noun: "agreement",
    fields: {
      ...place,
      ...text,
      reconsentPeriodDays: reach("users are asked again later", "users are asked again sooner", { class: "weakened" }),
    },
  },
};
