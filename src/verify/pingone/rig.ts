/** Throw-away agents of a local tenant, on which is tried what nobody may do to a declared one. All are removed at the end. */
import { Unprovable } from "../errors.ts";
import { isObject, type Json, textOf } from "../http.ts";
import type { Client } from "../oauth.ts";
import type { ThrowAways } from "../throw-away.ts";
import type { PingOneAdmin } from "./admin.ts";
import { pathOf } from "./housekeeping.ts";
import type { PingOneAccess } from "./plan.ts";

export type Rig = {
  /** An agent that has the scopes of the access, and every grant type that the cases need. The same one for the same access. */
  agent(access: PingOneAccess): Promise<Client>;
  /** Changes the application of a throw-away agent while `act` runs. */
  whileChanged<Result>(agent: Client, change: Json, act: () => Promise<Result>): Promise<Result>;
  /** Takes all grants of a throw-away agent while `act` runs. */
  whileNothingGranted<Result>(agent: Client, act: () => Promise<Result>): Promise<Result>;
};

const GRANT_TYPES = ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE", "CIBA", "AUTHORIZATION_CODE", "REFRESH_TOKEN"];
/** Where nobody waits: a code is taken from the redirect. */
export const REDIRECT_URI = "http://localhost/ping-agents-verify";

/**
 * Makes nothing yet. PingOne chooses ids, so that a throw-away agent is noted, and removed, by its name.
 *
 * @param prefix name of the run, and the mark of everything that it makes
 */
export function createRig(
  { admin, prefix }: { readonly admin: PingOneAdmin; readonly prefix: string },
  { note, once }: Pick<ThrowAways, "note" | "once">,
): Rig {
  const agents = new Map<string, () => Promise<Client>>();

  const make = async (access: PingOneAccess, name: string): Promise<Client> => {
    note(pathOf(name));
    const body = await admin.write("POST", "applications", {
      ...{ name, description: prefix, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
      ...{ grantTypes: GRANT_TYPES, responseTypes: ["CODE"], redirectUris: [REDIRECT_URI] },
      tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC",
    });
    const clientId = String(body.id);
    await admin.write("POST", `applications/${clientId}/grants`, await grantOf(admin, access));
    const secret = textOf((await admin.get(`applications/${clientId}/secret`)).secret) ?? "";
    return { clientId, secret, authMethod: "client_secret_basic" };
  };

  return {
    agent(access) {
      const key = JSON.stringify([access.resource, access.scopes]);
      const name = `${prefix}-${agents.size}`;
      const agent = agents.get(key) ?? once(() => make(access, name));
      agents.set(key, agent);
      return agent();
    },
    async whileChanged({ clientId }, change, act) {
      const path = `applications/${clientId}`;
      const before = await admin.get(path);
      try {
        await admin.write("PUT", path, { ...before, ...change });
        return await act();
      } finally {
        await admin.write("PUT", path, before);
      }
    },
    async whileNothingGranted({ clientId }, act) {
      const path = `applications/${clientId}/grants`;
      const grants = await admin.rows(path);
      try {
        for (const { id } of grants) await admin.write("DELETE", `${path}/${id}`);
        return await act();
      } finally {
        for (const { resource, scopes } of grants) await admin.write("POST", path, { resource, scopes });
      }
    },
  };
}

/** A grant names resource and scopes by their ids (pingone §5.2). */
async function grantOf(admin: PingOneAdmin, { resource: name, scopes }: PingOneAccess): Promise<Json> {
  const resource = (await admin.rows("resources")).find((row) => row.name === name);
  if (!resource) throw new Unprovable(`no resource ${name} in the environment: run pulumi up --refresh`);
  const rows = await admin.rows(`resources/${resource.id}/scopes`);
  const ids = rows.filter((row) => isObject(row) && scopes.includes(String(row.name))).map(({ id }) => ({ id }));
  if (ids.length < scopes.length) throw new Unprovable(`${name} lacks scopes of [${scopes}]: run pulumi up --refresh`);
  return { resource: { id: resource.id }, scopes: ids };
}
