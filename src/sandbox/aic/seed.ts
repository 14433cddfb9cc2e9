/** What a new tenant of AIC holds: default services, its service account, the documentation's people, and things of others. */
import { randomUUID } from "node:crypto";
import type { Seed } from "../cloud.ts";
import { PEOPLE, type Users } from "../identity.ts";
import type { JsonObject } from "../json.ts";
import type { Store } from "../store.ts";
import { agentsCollection } from "./am/agents.ts";
import { AGENT_TYPES, filledIn } from "./am/client-attributes.ts";
import { nodesCollection } from "./am/node-routes.ts";
import { nodeType, outcomesOf } from "./am/node-types.ts";
import { toWrapped } from "./am/representation.ts";
import { defaultProvider, servicesCollection } from "./am/service-routes.ts";
import { treesCollection } from "./am/tree-routes.ts";
import { managedType } from "./idm/types.ts";
import { create } from "./idm/write.ts";
import { REALMS } from "./realms.ts";
import { ownAccounts } from "./service-account.ts";

const CUSTOMERS = ["barbara.jensen", "end.user"];
const SUCCESS = "70e691a5-1e33-4ac3-a356-e7b6d60d92e0";
const FAILURE = "e301438c-0bd0-429c-ab0c-66126501069a";

/** Puts in the default services of the realms. */
export function setUpAic(store: Store): void {
  for (const realm of REALMS) store.put(servicesCollection(realm), "oauth-oidc", defaultProvider(realm, true));
}

/** Puts in the sandbox's own service account, and into each realm things of others, a journey, and maybe people and a group. */
export function seedAic(store: Store, { users, people }: Seed): void {
  for (const { id, body } of ownAccounts(store)) put(store, "svcacct", id, body);
  for (const realm of REALMS) {
    const ids = people ? seedPeople(store, realm, users) : undefined;
    seedForeign(store, realm, ids?.get("demo.owner"));
    seedLogin(store, realm);
  }
}

/** @returns the ids of the users */
function seedPeople(store: Store, realm: string, users: Users): ReadonlyMap<string, string> {
  const ids = new Map(PEOPLE.map(({ userName }) => [userName as string, randomUUID() as string]));
  for (const { userName, givenName, familyName: sn, mail } of PEOPLE) {
    const password = users[userName]?.password;
    const body = { userName, givenName, sn, mail, accountStatus: "active", password };
    put(store, `${realm}_user`, ids.get(userName) ?? "", body);
  }
  const members = CUSTOMERS.map((name) => ({ _ref: `managed/${realm}_user/${ids.get(name)}` }));
  put(store, `${realm}_group`, "customers", { name: "customers", description: "Customers", members });
  return ids;
}

function put(store: Store, name: string, id: string, body: JsonObject): void {
  const type = managedType(name);
  if (type) create(store, type, id, body);
}

/** An application with its client that nobody declared, to be left alone. */
function seedForeign(store: Store, realm: string, owner: string | undefined): void {
  const core = {
    clientName: ["Legacy Portal"],
    scopes: ["openid", "profile"],
    redirectionUris: ["https://portal.example.com/cb"],
  };
  const body = filledIn("OAuth2Client", { coreOAuth2ClientConfig: core });
  const client = { ...toWrapped(body), _id: "legacy-portal", _type: AGENT_TYPES.OAuth2Client };
  store.put(agentsCollection(realm, "OAuth2Client"), "legacy-portal", { body: client });
  put(store, `${realm}_application`, randomUUID(), {
    name: "Legacy Portal",
    description: "Was here before",
    templateName: "web",
    templateVersion: "1.0",
    ssoEntities: { oidcId: "legacy-portal" },
    owners: owner === undefined ? [] : [{ _ref: `managed/${realm}_user/${owner}` }],
  });
}

/** The journey `Login` of every realm, reduced to the page that asks for name and password. */
function seedLogin(store: Store, realm: string): void {
  const [page, decision, name, password] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const inner = [
    { _id: name, nodeType: "ValidatedUsernameNode", nodeVersion: "1.0", displayName: "Platform Username" },
    { _id: password, nodeType: "ValidatedPasswordNode", nodeVersion: "1.0", displayName: "Platform Password" },
  ];
  putNode(store, realm, "ValidatedUsernameNode", name);
  putNode(store, realm, "ValidatedPasswordNode", password);
  putNode(store, realm, "PageNode", page, { nodes: inner, pageHeader: { en: "Sign In" } });
  putNode(store, realm, "IdentityStoreDecisionNode", decision);
  const node = (nodeType: string, displayName: string, connections: JsonObject, x: number) => ({
    connections,
    displayName,
    nodeType,
    version: "1.0",
    x,
    y: 120,
  });
  const outcomes = { TRUE: SUCCESS, FALSE: FAILURE, LOCKED: FAILURE, CANCELLED: FAILURE, EXPIRED: FAILURE };
  store.put(treesCollection(realm), "Login", {
    _id: "Login",
    identityResource: `managed/${realm}_user`,
    uiConfig: { categories: '["Authentication"]' },
    entryNodeId: page,
    innerTreeOnly: false,
    mustRun: false,
    noSession: false,
    transactionalOnly: false,
    nodes: {
      [page]: node("PageNode", "Page Node", { outcome: decision }, 140),
      [decision]: node("IdentityStoreDecisionNode", "Identity Store Decision", outcomes, 380),
    },
    staticNodes: { startNode: { x: 50, y: 120 }, [SUCCESS]: { x: 640, y: 60 }, [FAILURE]: { x: 640, y: 200 } },
    description: "Platform Login Tree",
    enabled: true,
  });
}

function putNode(store: Store, realm: string, type: string, id: string, properties: JsonObject = {}): void {
  const known = nodeType(type, "1.0");
  if (!known) throw new Error(`unknown node type ${type}`);
  const node = JSON.parse(JSON.stringify({ ...known.properties, ...properties })) as JsonObject;
  const described = { _id: type, name: known.name, collection: true, version: "1.0" };
  store.put(nodesCollection(realm, type), id, {
    _id: id,
    ...node,
    _type: described,
    _outcomes: outcomesOf(known, node),
  });
}
