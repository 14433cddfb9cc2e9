/** Who the client is and which grants it has: the C cases that need nothing changed. */

import { createHash } from "node:crypto";
import type { Negative } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import type { Flow } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { basic, type Client, type Form, grant, rawBasic } from "../../oauth.ts";
import { ownScopes } from "../flows.ts";
import type { AgentPlan } from "../plan.ts";
import type { World } from "../world.ts";

/** A request that works, to be sent by a client that authenticates in another way. */
type Request = { readonly flow: Flow; readonly client: () => Promise<Client>; readonly form: () => Promise<Form> };

/** The cases of the way in which the client authenticates: in the form, or by Basic. */
export function authenticationCases({ oauth }: World, method: Client["authMethod"], request: Request): Negative[] {
  const send = async (change: (client: Client) => Client = (client) => client): Promise<Observation> =>
    oauth.post("access_token", change(await request.client()), await request.form());
  const withHeader = async (header: (client: Client) => string): Promise<Observation> => {
    const form = new URLSearchParams((await request.form()) as Record<string, string>);
    const headers = { authorization: header(await request.client()) };
    return oauth.raw("access_token", { method: "POST", headers, body: form });
  };
  const { flow } = request;
  const inForm = method === "client_secret_post";
  const wrong: Negative = { id: inForm ? "C01" : "C02", flow, twin: () => send(), provoke: () => send(wrongSecret) };
  const other = inForm ? "client_secret_basic" : "client_secret_post";
  const otherMethod: Negative = {
    id: "C03",
    variant: inForm ? "by Basic" : "in the form",
    flow,
    twin: () => send(),
    provoke: () => send((client) => ({ ...client, authMethod: other })),
    exact: { status: inForm ? 401 : 400 },
  };
  if (inForm) return [wrong, otherMethod];
  const rawPercent: Negative = {
    id: "C09",
    flow,
    twin: () => withHeader(basic),
    provoke: () => withHeader(({ clientId, secret }) => rawBasic(`${clientId}:${secret}%`)),
  };
  return [wrong, otherMethod, rawPercent];
}

/** A request without a grant, and one in another content type. */
export function formCases({ oauth }: World, { flow, client, form }: Request): Negative[] {
  const send = async (change: Form = {}) =>
    oauth.post("access_token", await client(), { ...(await form()), ...change });
  const asJson = async () => {
    const { clientId, secret } = await client();
    const body = JSON.stringify({ ...(await form()), client_id: clientId, client_secret: secret });
    return oauth.raw("access_token", { method: "POST", headers: { "content-type": "application/json" }, body });
  };
  return [
    { id: "C08", variant: "no grant_type", flow, twin: send, provoke: () => send({ grant_type: undefined }) },
    { id: "C08", variant: "JSON body", flow, twin: send, provoke: asJson },
  ];
}

/** An agent that asks for an application's scope with its own grant (oauth-flows §4). */
export function ownScopeCases(world: World, agent: AgentPlan): Negative[] {
  const foreign = agent.access
    .flatMap(({ application }) => application.scopes)
    .find((scope) => scope !== "openid" && !agent.scopes.includes(scope));
  if (foreign === undefined) return [];
  const send = async (scopes: readonly string[]) =>
    world.oauth.post("access_token", await clientOf(world, agent), grant.clientCredentials(scopes));
  return [
    {
      id: "C07",
      flow: "client-credentials",
      twin: () => send(ownScopes(agent)),
      provoke: () => send([...ownScopes(agent), foreign]),
      forbidden: { scope: foreign },
    },
  ];
}

/** As long as the right one, and never the right one. */
function wrongSecret(client: Client): Client {
  return { ...client, secret: createHash("sha256").update(client.secret).digest("base64url") };
}
