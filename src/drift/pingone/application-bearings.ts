/** How what agents and other applications of PingOne have in common bears on security. Pure. */

import { type Bearings, guard, label, ladder, limit, reach } from "../bearing.ts";
import {
  authMethods,
  clientSets,
  enabled,
  identity,
  keyAddress,
  keySet,
  postLogout,
  pushedRequests,
  text,
  undeclared,
} from "../shared-bearings.ts";

const signOnPage = guard("users are led to another page");

export const applicationBearings: Bearings = {
  environmentId: identity,
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
