/**
 * Throw-away objects under a prefix of the run: what a case may change, so that nothing declared ever is. Everything that was
 * made is removed at the end, in reverse order, whatever happened.
 */

import { randomBytes, randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { type AuthMethod, GRANT } from "../grants.ts";
import { isObject, type Json } from "../http.ts";
import { publicPart } from "../jwt.ts";
import type { Client } from "../oauth.ts";
import type { Admin } from "./admin.ts";
import { configPath, managedPath, section } from "./snapshot.ts";

export type RigUser = { readonly id: string; readonly userName: string; readonly password: string };
export type RigAgent = Client & { readonly identity: string };
export type SigningKey = { readonly kid: string; readonly privateKey: JWK; readonly publicKey: JWK };

export type Rig = {
  readonly realm: string;
  /** In the subjects of `delegate`'s privilege. */
  readonly member: RigUser;
  /** In nobody's subjects. */
  readonly stranger: RigUser;
  /** An application with scopes `openid`, `read` and `write`; authenticates in the form. */
  readonly application: Client;
  /** An application for which only `autonomous` has a privilege, for `member`; authenticates by Basic, exchanges in vain. */
  readonly other: Client;
  /** Acts for itself at `application`; scope `own`, permission `read`. */
  readonly autonomous: RigAgent;
  readonly autonomousPrivilege: string;
  /** Acts for `member` at `application`; scope `own`, permission `read`. */
  readonly delegate: RigAgent;
  readonly delegatePrivilege: string;
  /** An agent of the same name as `autonomous`, with the same secret, in the other realm. */
  readonly namesake: Client;
  readonly namesakeRealm: string;
  /** Signs CIBA requests with either of two keys. */
  readonly signer: Client;
  readonly keys: readonly [SigningKey, SigningKey];
  /** Removes all of it. @returns paths of what could not be removed */
  dispose(): Promise<string[]>;
};

const OVERRIDES = {
  providerOverridesEnabled: true,
  statelessTokensEnabled: true,
  acceptAudienceParametersInTokenExchangeRequests: true,
};

/**
 * Makes the objects. When one cannot be made, those before it are removed again.
 *
 * @throws {VerifyError} `ERR_VERIFY_ADMIN` for what the tenant refuses to make
 */
export async function createRig(admin: Admin, realm: string): Promise<Rig> {
  const prefix = `ping-agents-verify-${randomBytes(4).toString("hex")}`;
  const namesakeRealm = realm === "alpha" ? "bravo" : "alpha";
  const made: string[] = [];
  const make = async (path: string, body: unknown) => {
    // Noted first: an answer may be lost although the object was made.
    made.push(path);
    await admin.write("PUT", path, body);
  };
  const dispose = async () => {
    const left: string[] = [];
    for (const path of made.splice(0).reverse()) if (!(await isRemoved(admin, path))) left.push(path);
    return left;
  };

  const user = async (name: string): Promise<RigUser> => {
    const id = randomUUID();
    const userName = `${prefix}-${name}`;
    const password = secretText();
    const profile = { givenName: "Throw", sn: "Away", mail: `${userName}@example.com`, accountStatus: "active" };
    await make(`${managedPath(realm, "user")}/${id}`, { _id: id, userName, password, ...profile });
    return { id, userName, password };
  };
  const client = async (
    name: string,
    authMethod: AuthMethod,
    scopes: string[],
    grantTypes: string[],
    more: Json = {},
  ) => {
    const clientId = `${prefix}-${name}`;
    const secret = secretText();
    await make(`${configPath(realm)}/agents/OAuth2Client/${clientId}`, {
      coreOAuth2ClientConfig: { clientType: "Confidential", status: "Active", scopes, userpassword: secret },
      advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: authMethod },
      ...more,
    });
    return { clientId, secret, authMethod };
  };
  const application = async ({ clientId }: Client) => {
    const id = randomUUID();
    const link = { templateName: "web", templateVersion: "1.0", ssoEntities: { oidcId: clientId } };
    await make(`${managedPath(realm, "application")}/${id}`, { _id: id, name: clientId, description: prefix, ...link });
    return id;
  };
  const agent = async (name: string, where = realm, secret = secretText()): Promise<RigAgent> => {
    const clientId = `${prefix}-${name}`;
    const identity = randomUUID();
    await make(`${configPath(where)}/agents/AIAgent/${clientId}`, {
      coreOAuth2ClientConfig: { clientType: "Confidential", status: "Active", scopes: ["own"], userpassword: secret },
      advancedOAuth2ClientConfig: {
        grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
        tokenEndpointAuthMethod: "client_secret_post",
      },
      overrideOAuth2ClientConfig: OVERRIDES,
      aiAgentIdentityAttributes: { _id: identity, oauth2ClientId: clientId, name: clientId, description: prefix },
      aiAgentIdentityUid: identity,
    });
    return { clientId, secret, authMethod: "client_secret_post", identity };
  };
  const privilege = async (identity: string, resource: string, subjects: RigUser[]) => {
    const id = randomUUID();
    const path = `${managedPath(realm, "aiagentprivilege")}/${id}`;
    const permissions = [{ type: "scopes", values: ["read"] }];
    await make(path, { _id: id, description: prefix, permissions, agent: reference(realm, "aiagent", identity) });
    await relate(admin, path, "resource", reference(realm, "application", resource));
    const users = subjects.map((one) => reference(realm, "user", one.id));
    if (users.length) await relate(admin, path, "subjects", users);
    return path;
  };

  try {
    const member = await user("member");
    const stranger = await user("stranger");
    const scopes = ["openid", "read", "write"];
    const web = await client("application", "client_secret_post", scopes, [GRANT.password, GRANT.refreshToken]);
    const other = await client(
      "other",
      "client_secret_basic",
      ["openid", "read"],
      [GRANT.clientCredentials, GRANT.tokenExchange, GRANT.refreshToken, GRANT.ciba],
      { overrideOAuth2ClientConfig: OVERRIDES },
    );
    const webId = await application(web);
    const otherId = await application(other);
    const autonomous = await agent("autonomous");
    const autonomousPrivilege = await privilege(autonomous.identity, webId, []);
    await privilege(autonomous.identity, otherId, [member]);
    const delegate = await agent("delegate");
    const delegatePrivilege = await privilege(delegate.identity, webId, [member]);
    const namesake = await agent("autonomous", namesakeRealm, autonomous.secret);
    const keys = [await signingKey(), await signingKey()] as const;
    const signer = await client(
      "signer",
      "client_secret_basic",
      ["openid", "read"],
      [GRANT.ciba, GRANT.clientCredentials],
      {
        signEncOAuth2ClientConfig: {
          publicKeyLocation: "jwks",
          jwkSet: jwkSet(keys.map(({ publicKey }) => publicKey)),
        },
      },
    );
    return {
      realm,
      member,
      stranger,
      application: web,
      other,
      autonomous,
      autonomousPrivilege,
      delegate,
      delegatePrivilege,
      namesake,
      namesakeRealm,
      signer,
      keys,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Also when the tenant does not answer the rest has to be tried. */
async function isRemoved(admin: Admin, path: string): Promise<boolean> {
  try {
    const { status } = await admin.attempt("DELETE", path);
    return status < 300 || status === 404;
  } catch {
    return false;
  }
}

/** Path of a throw-away client. */
export const clientPath = (realm: string, { clientId }: Client) =>
  `${configPath(realm)}/agents/OAuth2Client/${clientId}`;
/** Path of a throw-away agent. */
export const agentPath = (realm: string, { clientId }: Client) => `${configPath(realm)}/agents/AIAgent/${clientId}`;
/** Path of the realm's OAuth 2.0 provider. */
export const providerPath = (realm: string) => `${configPath(realm)}/services/oauth-oidc`;

/** The text in which AM keeps a key set. */
export const jwkSet = (keys: readonly JWK[]) => JSON.stringify({ keys });

/** A new signing key whose kid is its thumbprint (oauth-flows §7.1). */
export async function signingKey(): Promise<SigningKey> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const privateKey = await exportJWK(pair.privateKey);
  return { kid: await calculateJwkThumbprint(privateKey), privateKey, publicKey: await publicPart(privateKey) };
}

/**
 * Changes one attribute of a configuration object while `act` runs, and puts it back whatever happens. Reads the object again
 * for that, so that what others changed meanwhile stays.
 */
export async function withAttribute<Result>(
  admin: Admin,
  path: string,
  [name, attribute]: readonly [section: string, attribute: string],
  edit: (before: unknown) => unknown,
  act: () => Promise<Result>,
): Promise<Result> {
  const read = async () => plain((await admin.get(path)) ?? {});
  const put = async (value: unknown) => {
    const body = await read();
    await admin.write("PUT", path, { ...body, [name]: { ...section(body, name), [attribute]: value } });
  };
  const before = section(await read(), name)[attribute];
  try {
    await put(edit(before));
    return await act();
  } finally {
    await put(before);
  }
}

/** Deactivates a throw-away user while `act` runs. */
export async function whileInactive<Result>(
  admin: Admin,
  realm: string,
  { id }: RigUser,
  act: () => Promise<Result>,
): Promise<Result> {
  const path = `${managedPath(realm, "user")}/${id}`;
  const set = (value: string) => admin.write("PATCH", path, [{ operation: "replace", field: "/accountStatus", value }]);
  try {
    await set("inactive");
    return await act();
  } finally {
    await set("active");
  }
}

/** Sets a relation of a managed object (aic §3.4). */
async function relate(admin: Admin, path: string, field: string, value: unknown): Promise<void> {
  await admin.write("PATCH", path, [{ operation: "replace", field: `/${field}`, value }]);
}

/** A reference of IDM (aic §3.2). */
function reference(realm: string, type: string, id: string): Json {
  const collection = `managed/${realm}_${type}`;
  return { _ref: `${collection}/${id}`, _refResourceCollection: collection, _refResourceId: id };
}

/** A body that can be written back: unwrapped, and without what belongs to the server (aic §2.4). */
function plain({ _id, _rev, _type, ...body }: Json): Json {
  const unwrap = (value: unknown): unknown => (isObject(value) && "inherited" in value ? (value.value ?? null) : value);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const inner = unwrap(value);
      if (name.startsWith("aiAgentIdentity") && isObject(inner)) return [name, withoutRevision(inner)];
      if (!isObject(inner)) return [name, inner];
      return [name, Object.fromEntries(Object.entries(inner).map(([key, of]) => [key, unwrap(of)]))];
    }),
  );
}

function withoutRevision({ _rev, ...rest }: Json): Json {
  return rest;
}

/** Base64url, so that no client has to encode it, with every class of character that a password policy may ask for. */
function secretText(): string {
  return `Aa1-${randomBytes(24).toString("base64url")}`;
}
