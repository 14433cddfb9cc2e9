/** The throw-away objects of a realm, which a case may change, so that nothing declared ever is: each is made when asked for. */
import { randomBytes, randomUUID } from "node:crypto";
import type { JWK } from "jose";
import { type AuthMethod, GRANT } from "../grants.ts";
import type { Json } from "../http.ts";
import type { Client } from "../oauth.ts";
import type { ThrowAways } from "../throw-away.ts";
import type { Admin } from "./admin.ts";
import { type SigningKey, signingKey } from "./signing-key.ts";
import { agentPath, clientPath, managedPath } from "./snapshot.ts";

export type RigUser = { readonly id: string; readonly userName: string; readonly password: string };
/** An application: its OAuth 2.0 client, and its id in IDM. */
export type RigApplication = Client & { readonly id: string };
export type RigAgent = Client & { readonly identity: string };
export type RigSigner = Client & { readonly retiring: SigningKey; readonly active: SigningKey };

/**
 * Each is made at the first call, and the same one at every call.
 *
 * @throws {VerifyError} `ERR_VERIFY_ADMIN` for what the tenant refuses to make
 */
export type Rig = {
  readonly realm: string;
  /** In the subjects of `delegate`'s privilege. */
  member(): Promise<RigUser>;
  /** In nobody's subjects. */
  stranger(): Promise<RigUser>;
  /** An application with scopes `openid`, `read` and `write`; authenticates in the form. */
  application(): Promise<RigApplication>;
  /** An application that authenticates by Basic and exchanges in vain; only {@link otherPrivilege} leads to it. */
  other(): Promise<RigApplication>;
  /** An agent that acts for itself; scope `own`. What it reaches, its privileges say. */
  autonomous(): Promise<RigAgent>;
  /** Path of the privilege of `autonomous` at `application`: permission `read`, no subjects. */
  autonomousPrivilege(): Promise<string>;
  /** Path of the privilege of `autonomous` at `other`, for `member`. */
  otherPrivilege(): Promise<string>;
  /** Acts for `member` at `application`; scope `own`, permission `read`. */
  delegate(): Promise<RigAgent>;
  /** An agent of the same name as `autonomous`, with the same secret, in the other realm: of a local tenant only. */
  namesake(): Promise<Client>;
  /** Signs CIBA requests with either of two keys. */
  signer(): Promise<RigSigner>;
};

const OVERRIDES = {
  providerOverridesEnabled: true,
  statelessTokensEnabled: true,
  acceptAudienceParametersInTokenExchangeRequests: true,
};

/** The realm in which the namesake of an agent is made. */
export const otherRealmOf = (realm: string) => (realm === "alpha" ? "bravo" : "alpha");

/**
 * Makes nothing yet.
 *
 * @param prefix name of the run, and the mark of everything that it makes
 */
export function createRig(
  { admin, prefix }: { readonly admin: Admin; readonly prefix: string },
  { note, once }: Pick<ThrowAways, "note" | "once">,
  realm: string,
): Rig {
  const make = async (path: string, body: unknown) => {
    note(path);
    await admin.write("PUT", path, body);
  };

  const user = async (name: string): Promise<RigUser> => {
    const id = randomUUID();
    const userName = `${prefix}-${name}`;
    const password = secretText();
    const profile = { givenName: "Throw", sn: "Away", mail: mailOf(userName), accountStatus: "active" };
    await make(`${managedPath(realm, "user")}/${id}`, { _id: id, userName, password, ...profile });
    return { id, userName, password };
  };
  const client = async (
    name: string,
    authMethod: AuthMethod,
    scopes: string[],
    grantTypes: string[],
    more: Json = {},
  ): Promise<Client> => {
    const clientId = `${prefix}-${name}`;
    const secret = secretText();
    await make(clientPath(realm, { clientId }), {
      coreOAuth2ClientConfig: { clientType: "Confidential", status: "Active", scopes, userpassword: secret },
      advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: authMethod, softwareIdentity: prefix },
      ...more,
    });
    return { clientId, secret, authMethod };
  };
  const application = async (client: Client): Promise<RigApplication> => {
    const id = randomUUID();
    const { clientId } = client;
    const link = { templateName: "web", templateVersion: "1.0", ssoEntities: { oidcId: clientId } };
    await make(`${managedPath(realm, "application")}/${id}`, { _id: id, name: clientId, description: prefix, ...link });
    return { ...client, id };
  };
  const agent = async (name: string, where = realm, secret = secretText()): Promise<RigAgent> => {
    const clientId = `${prefix}-${name}`;
    const identity = randomUUID();
    await make(agentPath(where, { clientId }), {
      coreOAuth2ClientConfig: { clientType: "Confidential", status: "Active", scopes: ["own"], userpassword: secret },
      advancedOAuth2ClientConfig: {
        grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
        tokenEndpointAuthMethod: "client_secret_post",
        softwareIdentity: prefix,
      },
      overrideOAuth2ClientConfig: OVERRIDES,
      aiAgentIdentityAttributes: { _id: identity, oauth2ClientId: clientId, name: clientId, description: prefix },
      aiAgentIdentityUid: identity,
    });
    return { clientId, secret, authMethod: "client_secret_post", identity };
  };
  const privilege = async ({ identity }: RigAgent, { id: resource }: RigApplication, subjects: RigUser[]) => {
    const id = randomUUID();
    const path = `${managedPath(realm, "aiagentprivilege")}/${id}`;
    const permissions = [{ type: "scopes", values: ["read"] }];
    await make(path, { _id: id, description: prefix, permissions, agent: reference(realm, "aiagent", identity) });
    await relate(admin, path, "resource", reference(realm, "application", resource));
    const users = subjects.map((one) => reference(realm, "user", one.id));
    if (users.length) await relate(admin, path, "subjects", users);
    return path;
  };

  const member = once(() => user("member"));
  const web = once(async () => {
    const scopes = ["openid", "read", "write"];
    return application(await client("application", "client_secret_post", scopes, [GRANT.password, GRANT.refreshToken]));
  });
  const other = once(async () => {
    const grantTypes = [GRANT.clientCredentials, GRANT.tokenExchange, GRANT.refreshToken, GRANT.ciba];
    const overrides = { overrideOAuth2ClientConfig: OVERRIDES };
    return application(await client("other", "client_secret_basic", ["openid", "read"], grantTypes, overrides));
  });
  const autonomous = once(() => agent("autonomous"));
  return {
    realm,
    member,
    stranger: once(() => user("stranger")),
    application: web,
    other,
    autonomous,
    autonomousPrivilege: once(async () => privilege(await autonomous(), await web(), [])),
    otherPrivilege: once(async () => privilege(await autonomous(), await other(), [await member()])),
    delegate: once(async () => {
      const delegate = await agent("delegate");
      await privilege(delegate, await web(), [await member()]);
      return delegate;
    }),
    namesake: once(async () => agent("autonomous", otherRealmOf(realm), (await autonomous()).secret)),
    signer: once(async () => {
      const [retiring, active] = [await signingKey(), await signingKey()];
      const grantTypes = [GRANT.ciba, GRANT.clientCredentials];
      const published = {
        publicKeyLocation: "jwks",
        jwkSet: jwkSet([retiring.publicKey, active.publicKey]),
      };
      const signing = { signEncOAuth2ClientConfig: published };
      const signer = await client("signer", "client_secret_basic", ["openid", "read"], grantTypes, signing);
      return { ...signer, retiring, active };
    }),
  };
}

/** Marks a throw-away user. */
export const mailOf = (userName: string) => `${userName}@example.com`;

/** The text in which AM keeps a key set. */
export const jwkSet = (keys: readonly JWK[]) => JSON.stringify({ keys });

/** Sets a relation of a managed object (aic §3.4). */
async function relate(admin: Admin, path: string, field: string, value: unknown): Promise<void> {
  await admin.write("PATCH", path, [{ operation: "replace", field: `/${field}`, value }]);
}

/** A reference of IDM (aic §3.2). */
function reference(realm: string, type: string, id: string): Json {
  const collection = `managed/${realm}_${type}`;
  return { _ref: `${collection}/${encodeURIComponent(id)}`, _refResourceCollection: collection, _refResourceId: id };
}

/** Base64url, so that no client has to encode it, with every class of character that a password policy may ask for. */
function secretText(): string {
  return `Aa1-${randomBytes(24).toString("base64url")}`;
}
