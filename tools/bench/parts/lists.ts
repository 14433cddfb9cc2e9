/** What a page of each list of a large local tenant costs: time, and for how long it keeps all others waiting. */

import { startTenant } from "../engine/tenant.ts";
import { load } from "./load.ts";

const ROWS = 10_000;
const PAGE = 1_000;
const AGENTS = "/am/json/realms/root/realms/alpha/realm-config/agents";
const VERSIONS = { AIAgent: "protocol=2.1,resource=2.0", OAuth2Client: "protocol=2.1,resource=1.0" };

/** What a page took. */
export type ListCost = {
  readonly what: string;
  readonly rows: number;
  readonly milliseconds: number;
  /** Longest time in which the tenant served nobody, in milliseconds. */
  readonly longestBlock: number;
};

type Loaded = { readonly path: string; readonly body: object };

const reference = (path: string) => ({ _ref: `managed/alpha_${path}` });
const many = (row: (id: string) => Loaded): Loaded[] =>
  Array.from({ length: ROWS }, (_one, index) => row(`many-${index}`));
const relations = "description,permissions,resourceData,agentOAuth2ClientId,agent,resource,subjects,subjectGroups";

/** Rows that all name the same few objects, as in real life. */
function aicObjects(): Loaded[] {
  const managed = (kind: string, _id: string, body: object): Loaded => ({
    path: `/openidm/managed/alpha_${kind}/${_id}`,
    body: { _id, ...body },
  });
  const client = (type: string, _id: string) => ({
    path: `${AGENTS}/${type}/${_id}`,
    body: { _id, coreOAuth2ClientConfig: { status: "Active", scopes: ["read"] } },
  });
  const people = { subjects: [reference("user/user")], subjectGroups: [reference("group/group")] };
  return [
    managed("user", "user", { userName: "user" }),
    managed("group", "group", { name: "group" }),
    managed("application", "app", { name: "app" }),
    managed("aiagent", "agent", { oauth2ClientId: "agent" }),
    ...many((id) => managed("user", id, { userName: id, mail: `${id}@example.com` })),
    ...many((id) => managed("application", id, { name: id, owners: [reference("user/user")] })),
    ...many((id) => managed("aiagent", id, { oauth2ClientId: id, owners: [reference("user/user")] })),
    ...many((id) =>
      managed("aiagentprivilege", id, {
        ...{ permissions: [], agent: reference("aiagent/agent"), resource: reference("application/app"), ...people },
      }),
    ),
    ...many((id) => client("AIAgent", id)),
    ...many((id) => client("OAuth2Client", id)),
  ];
}

function pingOneObjects(environment: string): Loaded[] {
  const place = (name: string, id: string, body: object) => ({
    path: `/v1/environments/${environment}/${name}/${id}`,
    body: { id, name: id, ...body },
  });
  const application = { type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true };
  return [
    ...many((id) => place("applications", id, application)),
    ...many((id) => place("resources", id, { type: "CUSTOM", audience: id })),
    ...many((id) => place("users", id, { username: id })),
    ...many((id) => place("groups", id, {})),
  ];
}

/** The lists, by the address of a page in their midst. */
function addresses(environment: string): Record<string, readonly [path: string, version?: string]> {
  const managed = (kind: string, fields: string) =>
    [`/openidm/managed/alpha_${kind}?_queryFilter=true&_pageSize=${PAGE}&_fields=${fields}`] as const;
  const agents = (type: keyof typeof VERSIONS) =>
    [`${AGENTS}/${type}?_queryFilter=true&_pageSize=${PAGE}`, VERSIONS[type]] as const;
  const rows = (name: string) => [`/v1/environments/${environment}/${name}?limit=100`] as const;
  return {
    users: managed("user", "_id,userName,mail"),
    "applications with owners": managed("application", "_id,name,owners"),
    "identities of agents with owners": managed("aiagent", "_id,oauth2ClientId,owners"),
    "privileges with all relations": managed("aiagentprivilege", `_id,${relations}`),
    "privileges in order": [
      `/openidm/managed/alpha_aiagentprivilege?_queryFilter=true&_sortKeys=-_id&_pageSize=${PAGE}&_fields=_id,${relations}`,
    ],
    "privileges by a filter": [
      `/openidm/managed/alpha_aiagentprivilege?_queryFilter=${encodeURIComponent('_id sw "many-9"')}&_pageSize=${PAGE}&_fields=_id,${relations}`,
    ],
    "agents of AM": agents("AIAgent"),
    "OAuth 2.0 clients of AM": agents("OAuth2Client"),
    "PingOne applications": rows("applications"),
    "PingOne resources": rows("resources"),
    "PingOne users": rows("users"),
    "PingOne groups": rows("groups"),
  };
}

/** The cost of a page of each list, the better of two: what is compiled at first is no matter of the list. */
export async function costsOfLists(): Promise<ListCost[]> {
  const tenant = await startTenant();
  const { url, environmentId, variables } = tenant;
  try {
    const controlToken = variables.PING_AGENTS_SANDBOX_CONTROL_TOKEN ?? "";
    await load({ url, controlToken }, [...aicObjects(), ...pingOneObjects(environmentId)]);
    const tokens = { aic: await tenant.token("aic"), pingone: await tenant.token("pingone") };
    const costs: ListCost[] = [];
    for (const [what, [path, version]] of Object.entries(addresses(environmentId))) {
      const token = path.startsWith("/v1/") ? tokens.pingone : tokens.aic;
      const headers = { authorization: `Bearer ${token}`, ...(version && { "accept-api-version": version }) };
      const look = async (): Promise<ListCost> => {
        await tenant.noted();
        const started = performance.now();
        const response = await fetch(url + path, { headers });
        const text = await response.text();
        const milliseconds = performance.now() - started;
        const { longestBlock } = await tenant.noted();
        return { what, rows: rowsIn(what, response, text), milliseconds, longestBlock };
      };
      costs.push(better(await look(), await look()));
    }
    return costs;
  } finally {
    tenant.stop();
  }
}

function rowsIn(what: string, response: Response, text: string): number {
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text}`);
  const { result, size } = JSON.parse(text) as { result?: unknown[]; size?: number };
  return result?.length ?? size ?? 0;
}

const better = (one: ListCost, other: ListCost): ListCost => ({
  ...one,
  milliseconds: Math.min(one.milliseconds, other.milliseconds),
  longestBlock: Math.min(one.longestBlock, other.longestBlock),
});
