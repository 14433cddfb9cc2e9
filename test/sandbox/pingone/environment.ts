/** An environment with applications and resources for the token flows, asked over plain HTTP. */

import { connectPingOne } from "../../../src/admin-api/pingone/tenant.ts";
import { startTenant } from "../../support/tenant.ts";

export type Json = Record<string, unknown>;
/** As PingOne writes an expression. */
export const expression = (inner: string) => `$\{${inner}}`;

/** The value of a claim, or a claim that has to have one. */
export type Claim = string | { readonly value: string; readonly required: boolean };
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Json };

/** Starts an environment; the caller stops it. */
export async function startFlows() {
  const { url, stop, sandbox } = await startTenant();
  const { pingone, users, controlToken } = sandbox;
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = pingone;
  const tenant = connectPingOne({ environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url });
  const admin = tenant.environment();

  const reply = async (response: Response): Promise<Reply> => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  };
  const post = async (endpoint: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    reply(
      await fetch(`${url}/${environmentId}/as/${endpoint}`, {
        method: "POST",
        headers,
        body: new URLSearchParams(form),
      }),
    );
  /** The control plane, refusals and all: it is under test here, too. */
  const control = async (name: string, body?: Json) =>
    reply(
      await fetch(`${url}/__sandbox/${name}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  /** The management API without the kit's client. */
  const manage = async (method: string, path: string, body?: Json, token?: string) => {
    const bearer = token ?? (await workerToken());
    return reply(
      await fetch(`${url}/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}`, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  };
  const workerToken = async () => {
    const form = { grant_type: "client_credentials" };
    return String((await post("token", form, basic({ id: clientId, secret: clientSecret }))).body.access_token);
  };

  return {
    ...{ url, environmentId, admin, post, control, manage, stop },
    issuer: `${url}/${environmentId}/as`,
    worker: { id: clientId, secret: clientSecret },
    /** A person with the password that the sandbox chose. */
    person: (username: string) => ({ username, password: users[username]?.password ?? "" }),
    /** Makes an application, with its secret. */
    async application(name: string, body: Json = {}) {
      const { id } = await admin.applications.create({
        ...{ name, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
        ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", ...body },
      });
      return { id, secret: (await admin.secret(id))?.secret ?? "" };
    },
    /** Makes a custom resource with scopes and claims. `sub` is there, and is changed. */
    async resource(name: string, scopes: readonly string[], claims: Record<string, Claim> = {}, lifetime = 900) {
      const { id } = await admin.resources.create({
        name,
        audience: `https://${name}`,
        accessTokenValiditySeconds: lifetime,
      });
      for (const scope of scopes) await admin.scopes(id).create({ name: scope });
      const attributes = admin.resourceAttributes(id);
      const [sub] = await attributes.list();
      for (const [name, claim] of Object.entries(claims)) {
        const body = { name, ...(typeof claim === "string" ? { value: claim } : claim) };
        if (name === "sub") await attributes.replace(sub?.id ?? "", body);
        else await attributes.create(body);
      }
      return id;
    },
    /** Grants scopes by name. */
    async grant(application: { id: string }, resource: string, scopes: readonly string[]) {
      const rows = (await admin.scopes(resource).list()).filter(({ name }) => scopes.includes(String(name)));
      const ids = rows.map(({ id }) => ({ id }));
      await admin.below(application.id, "grants").create({ resource: { id: resource }, scopes: ids });
    },
  };
}

/** HTTP Basic credentials. */
export function basic({ id, secret }: { id: string; secret: string }) {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}
