/** A tenant in the words of the documentation: names instead of ids, sections under short names, journeys as edges. */

import type { LocalAic } from "../support/aic.ts";

type Json = Record<string, unknown>;

/** The tenant in the terms of the tables: names instead of ids, sections under short names. */
export async function pictureOf({ admin, dump }: LocalAic) {
  const am = admin.am("alpha");
  const list = (type: string) => admin.idm.query(`managed/alpha_${type}`, "true", { fields: ["*", "*_ref"] });
  const [clients, agents, trees] = await Promise.all([
    ...([am.query("OAuth2Client"), am.query("AIAgent"), am.trees.query()] as const),
  ]);
  const [provider, stored] = await Promise.all([am.getOAuth2Provider(), dump()]);
  const [users, applications, identities, privileges] = await Promise.all(
    ["user", "application", "aiagent", "aiagentprivilege"].map(list),
  );
  const userNames = Object.fromEntries((users ?? []).map(({ _id, userName }) => [_id, userName]));
  const named = (edges: unknown) =>
    (edges as { _refResourceId: string }[]).map(({ _refResourceId: id }) => userNames[id] ?? id);
  const withNames = (row: Json) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) =>
        ["owners", "subjects", "subjectGroups"].includes(key) ? [key, named(value)] : [key, value],
      ),
    );
  const by = (rows: readonly Json[] | undefined, key: (row: Json) => unknown) =>
    Object.fromEntries((rows ?? []).map((row) => [String(key(row)), row]));
  const secretsOf = (type: string) =>
    Object.fromEntries(
      Object.entries(stored[`am/alpha/agents/${type}`] ?? {}).map(([id, row]) => [id, (row as Json).secret]),
    );
  const { advancedOAuth2Config, advancedOIDCConfig } = provider as Record<string, Json>;
  return {
    provider: { grantTypes: advancedOAuth2Config?.grantTypes, acr: advancedOIDCConfig?.loaMapping },
    clients: by(clients.map(shortened), ({ _id }) => _id),
    agents: by(agents.map(shortened), ({ _id }) => _id),
    applications: by(applications?.map(withNames), ({ ssoEntities }) => (ssoEntities as Json).oidcId),
    identities: by(identities?.map(withNames), ({ oauth2ClientId }) => oauth2ClientId),
    privileges: by(privileges?.map(withNames), ({ agentOAuth2ClientId }) => agentOAuth2ClientId),
    users: Object.values(userNames),
    journeys: Object.fromEntries(trees.map((tree) => [tree._id, edgesOf(tree)])),
    secrets: { OAuth2Client: secretsOf("OAuth2Client"), AIAgent: secretsOf("AIAgent") },
  };
}

const shortened = (document: Json): Json => ({
  _id: document._id,
  core: document.coreOAuth2ClientConfig,
  advanced: document.advancedOAuth2ClientConfig,
  signing: document.signEncOAuth2ClientConfig,
  overrides: document.overrideOAuth2ClientConfig,
});

/** A journey as lines `from, outcome → to`, by the titles of its nodes. */
function edgesOf({ entryNodeId, nodes }: Json): string[] {
  type Node = { displayName: string; connections: Record<string, string> };
  const all = nodes as Record<string, Node>;
  const ends: Record<string, string> = {
    "70e691a5-1e33-4ac3-a356-e7b6d60d92e0": "success",
    "e301438c-0bd0-429c-ab0c-66126501069a": "failure",
  };
  const title = (id: string) => all[id]?.displayName ?? ends[id] ?? id;
  const edges = Object.values(all).flatMap(({ displayName, connections }) =>
    Object.entries(connections).map(([outcome, next]) => `${displayName}, ${outcome} → ${title(next)}`),
  );
  return [`start → ${title(String(entryNodeId))}`, ...edges];
}

export type Picture = Awaited<ReturnType<typeof pictureOf>>;

/** The value at a path; client ids and names of journeys have no dots. */
export function at(picture: unknown, path: string): unknown {
  return path.split(".").reduce((value, key) => (value as Json | undefined)?.[key], picture);
}
