/** How what agents and OAuth 2.0 clients of AIC have in common bears on security. Pure. */

import { type Bearings, credential, guard, label, ladder, limit, reach } from "../bearing.ts";
import {
  authMethods,
  clientSets,
  enabled,
  identity,
  keyAddress,
  keySet,
  postLogout,
  pushedRequests,
} from "../shared-bearings.ts";

/** 0 is the lifetime of the realm's OAuth2 provider, -1 no end (aic §2.3). */
const lifetime = (what: string) => reach(`${what} may live longer`, `${what} end sooner`, { zeroIsElsewhere: true });

const certificate = credential("another certificate signs in as this client");
const signature = (what: string) => guard(`${what} are signed or encrypted in another way`);
const script = guard("another script decides what its tokens hold");

/** People who may manage a client. */
export const owners = reach("further people may manage it", "fewer people may manage it");

export const clientBearings: Bearings = {
  realm: identity,
  clientId: identity,
  addedGrantTypes: label("the note of the realm's grant types is another one"),
  ...clientSets,
  enabled,
  clientType: ladder(["Public", "Confidential"], "it signs in without a secret", "it has to sign in with a secret"),
  scopes: reach("it may ask for further scopes", "it may ask for fewer scopes"),
  defaultScopes: reach("a request that names no scope gets more", "a request that names no scope gets less"),
  authMethod: ladder(
    [
      ...["none", ["client_secret_post", "client_secret_basic"], "private_key_jwt"],
      ...["self_signed_tls_client_auth", "tls_client_auth"],
    ],
    ...authMethods,
  ),
  authentication: {
    "*": certificate,
    signingAlg: guard("the JWTs by which it signs in may be signed in another way"),
    secretLabel: credential("another secret signs in as this client"),
    tlsCertificateBoundAccessTokens: limit(
      "whoever gets hold of its tokens can use them",
      "its tokens are bound to its certificate",
    ),
  },
  keys: {
    location: keyAddress,
    jwks: { "*": keySet },
    jwksUri: keyAddress,
    jwksCacheTimeout: reach("a key that was taken back counts longer", "keys are fetched more often"),
    jwksCacheMissCacheTime: label("keys that were not found are asked for again sooner or later"),
    certificate,
  },
  tokens: {
    accessTokenLifetime: lifetime("its access tokens"),
    refreshTokenLifetime: lifetime("its refresh tokens"),
    authorizationCodeLifetime: lifetime("its authorization codes"),
    idTokenLifetime: lifetime("its ID tokens"),
    refreshTokenGracePeriod: lifetime("refresh tokens that were used"),
    exchangeAuthLevel: reach(
      "exchanged tokens pass for a stronger sign-on",
      "exchanged tokens pass for a weaker sign-on",
    ),
    updateAccessToken: guard("its access tokens may be changed after they were issued"),
    allowedAudiences: reach(
      "its exchanged tokens may be for further audiences",
      "its exchanged tokens may be for fewer audiences",
    ),
  },
  metadata: { "*": label(), customProperties: guard("scripts that decide by its properties may decide otherwise") },
  authorization: {
    impliedConsent: reach("no user is asked for consent", "users are asked for consent"),
    journey: guard("users sign on by another journey"),
    requirePushedAuthorizationRequests: pushedRequests,
    requestUris: reach(
      "request objects may come from further addresses",
      "request objects may come from fewer addresses",
    ),
    javascriptOrigins: reach("scripts of further sites may call", "scripts of fewer sites may call"),
    mixUpMitigation: limit("mix-up attacks are no longer prevented", "mix-up attacks are prevented"),
    loopbackRedirection: reach(
      "authorization codes may go to any port of the user's machine",
      "authorization codes go to the declared port alone",
    ),
    acceptedJwtIssuers: reach(
      "JWTs of further issuers are taken for a grant",
      "JWTs of fewer issuers are taken for a grant",
    ),
    responseSigningAlg: signature("authorization responses"),
    responseEncryptionAlg: signature("authorization responses"),
    responseEncryptionEnc: signature("authorization responses"),
    requestObjectSigningAlg: signature("request objects"),
    requestObjectEncryptionAlg: signature("request objects"),
    requestObjectEncryptionEnc: signature("request objects"),
  },
  idToken: {
    "*": signature("ID tokens"),
    encryptionEnabled: limit("whoever sees its ID tokens can read them", "its ID tokens are encrypted"),
    claims: reach("its ID tokens say more about users", "its ID tokens say less about users"),
    defaultAcrValues: guard("users sign on in another way where a request does not say how"),
    defaultMaxAge: reach("users sign on again later", "users sign on again sooner", { class: "weakened" }),
    defaultMaxAgeEnabled: limit("users need not sign on again", "users have to sign on again after a time"),
    subjectType: guard("tokens name users in another way"),
    sectorIdentifierUri: guard("tokens name users in another way"),
  },
  userinfo: { "*": signature("answers about users") },
  introspection: {
    "*": signature("answers about tokens"),
    policySets: guard("other policies decide what is told of a token"),
  },
  logout: {
    postLogoutRedirectUris: postLogout,
    backchannelLogoutUri: guard("another address is told of logouts, or none"),
    backchannelLogoutSessionRequired: label("logout tokens name the session, or do not"),
    clientSessionUri: guard("another address is told of sessions, or none"),
  },
  uma: {
    claimsRedirectionUris: reach(
      "requesting parties may be sent to further addresses",
      "requesting parties may be sent to fewer addresses",
    ),
  },
  overrides: {
    "*": guard("the realm's rules for its tokens are set aside in another way"),
    statelessTokensEnabled: guard("its tokens can, or cannot, be taken back before they end"),
    acceptAudienceParametersInTokenExchangeRequests: guard("its exchanged tokens are for another audience"),
    accessTokenMayActScript: guard("another script says who may act with its tokens"),
    oidcMayActScript: guard("another script says who may act with its tokens"),
    accessTokenModificationPluginType: script,
    accessTokenModificationScript: script,
    oidcClaimsPluginType: script,
    oidcClaimsScript: script,
    overrideableOIDCClaims: reach("scripts may replace further claims", "scripts may replace fewer claims"),
    clientsCanSkipConsent: reach("no user is asked for consent", "users are asked for consent"),
    issueRefreshToken: reach("it gets refresh tokens", "it gets no refresh tokens"),
    issueRefreshTokenOnRefreshedToken: reach(
      "each refresh brings a new refresh token",
      "a refresh brings no new refresh token",
    ),
    tlsClientCertificateChainValidationEnabled: limit(
      "certificates that nobody vouches for are taken",
      "the chain of certificates is validated",
    ),
    tokenEncryptionEnabled: limit("whoever sees its tokens can read them", "its tokens are encrypted"),
    useForceAuthnForMaxAge: limit("users need not sign on again", "users have to sign on again after a time"),
    usePolicyEngineForScope: limit("policies no longer decide about its scopes", "policies decide about its scopes"),
  },
  extra: { "*": guard("a setting that has no name here is another one") },
};
