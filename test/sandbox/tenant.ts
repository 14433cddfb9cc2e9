/** A local tenant in memory for tests: logs in as its service account and calls it without a network. */
import { randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { rsaKeys } from "../support/keys.ts";

const ORIGIN = "http://127.0.0.1:8080";
export const TOKEN_PATH = "/am/oauth2/access_token";
export const CONFIG = "/am/json/realms/root/realms/alpha/realm-config";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const ALL_SCOPES = "fr:am:* fr:idm:* fr:idc:esv:*";

/** An answer; tests look into its body at will. */
export type Reply = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

export type TestTenant = Sandbox & {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  control(name: string, body?: unknown): Promise<Reply>;
  load(path: string, body: object): Promise<Reply>;
};

export async function assertion(
  { serviceAccount: { id, jwk } }: Pick<Sandbox, "serviceAccount">,
  claims: Record<string, unknown> = {},
  alg = "RS256",
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: id, sub: id, aud: ORIGIN + TOKEN_PATH, exp: now + 170, jti: randomUUID(), ...claims };
  return new SignJWT(body).setProtectedHeader({ alg }).sign(await importJWK({ ...jwk, alg }, alg));
}

/** The form as tools send it: not percent-encoded (aic §11.4). */
export function tokenForm(jwt: string, scope = ALL_SCOPES): string {
  return `client_id=service-account&grant_type=${GRANT}&assertion=${jwt}&scope=${scope}`;
}

export async function send(sandbox: Pick<Sandbox, "app">, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await sandbox.app.request(ORIGIN + path, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export async function login(sandbox: Pick<Sandbox, "app" | "serviceAccount">, scope?: string): Promise<string> {
  const { body } = await send(sandbox, TOKEN_PATH, {
    method: "POST",
    body: tokenForm(await assertion(sandbox), scope),
  });
  return body.access_token;
}

export async function testTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  const sandbox = await createSandbox({ keys: rsaKeys(), ...options });
  const token = await login(sandbox);
  const raw = (body: unknown) => (body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = raw(body);
    const init = {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(text !== undefined && { body: text }),
    };
    return send(sandbox, path, init as RequestInit);
  };
  const control = (name: string, body?: unknown) =>
    send(sandbox, `/__sandbox/${name}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${sandbox.controlToken}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const load = (path: string, body: object) => control("load", { objects: [{ path, body }] });
  return { ...sandbox, call, control, load };
}

/** The smallest body that makes an agent (aic §2.2). */
export function minimalAgent(id: string, uid: string): object {
  return {
    aiAgentIdentityAttributes: { _id: uid, oauth2ClientId: id, name: `Agent ${id}`, description: "For tests" },
    aiAgentIdentityUid: uid,
  };
}

/** Id of a seeded user. */
export async function userId({ call }: TestTenant, userName: string): Promise<string> {
  const { body } = await call("GET", `/openidm/managed/alpha_user?_queryFilter=userName+eq+"${userName}"&_fields=_id`);
  return body.result[0]._id;
}
