/** What a new tenant holds: default services, its service account, the documentation's people, and things of others. */
import { randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { JsonObject } from "../json.ts";
import { emptyPingOne, seedPingOne } from "../pingone/seed.ts";
import type { Store } from "../store.ts";
import { OWN_ACCOUNTS, REALMS, SETTINGS } from "../tenant.ts";
import { agentsCollection } from "./am/agents.ts";
import { AGENT_TYPES, filledIn } from "./am/client-attributes.ts";
import { nodesCollection } from "./am/node-routes.ts";
import { nodeType, outcomesOf } from "./am/node-types.ts";
import { toWrapped } from "./am/representation.ts";
import { defaultProvider, servicesCollection } from "./am/service-routes.ts";
import { treesCollection } from "./am/tree-routes.ts";
import { managedType } from "./idm/types.ts";
import { create } from "./idm/write.ts";

/** The service account that the start-up message hands out. */
export type ServiceAccount = { readonly id: string; readonly jwk: JWK };

/** What a data folder keeps for itself across resets. */
export type Identity = {
  readonly controlToken: string;
  readonly serviceAccount: ServiceAccount;
  /** Passwords of the seeded users by user name. */
  readonly users: Readonly<Record<string, { readonly password: string }>>;
};

const PEOPLE = [
  { userName: "barbara.jensen", givenName: "Barbara", sn: "Jensen", mail: "barbara.jensen@example.com" },
  { userName: "end.user", givenName: "End", sn: "User", mail: "end.user@example.com" },
  { userName: "demo.owner", givenName: "Demo", sn: "Owner", mail: "demo.owner@example.com" },
] as const;

const SCOPES = ["fr:am:*", "fr:idm:*", "fr:idc:esv:*"];
const CUSTOMERS = ["barbara.jensen", "end.user"];
const SUCCESS = "70e691a5-1e33-4ac3-a356-e7b6d60d92e0";
const FAILURE = "e301438c-0bd0-429c-ab0c-66126501069a";

/** Reads the identity of a data folder, or makes one: random tokens and passwords, and a 2048-bit RSA key. */
export async function identityOf(store: Store): Promise<Identity> {
  const known = store.get<Identity>(SETTINGS, "identity");
  if (known) return known;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true, modulusLength: 2048 });
  const jwk: JWK = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: randomUUID() };
  const password = () => randomBytes(18).toString("base64url");
  const identity: Identity = {
    controlToken: randomBytes(32).toString("base64url"),
    serviceAccount: { id: randomUUID(), jwk },
    users: Object.fromEntries(PEOPLE.map(({ userName }) => [userName, { password: password() }])),
  };
  store.put(SETTINGS, "identity", identity);
  // Outside of the tenant, so that it can log in when an emptied tenant has no service account.
  store.put(OWN_ACCOUNTS, identity.serviceAccount.id, { body: accountBody(identity.serviceAccount) });
  return identity;
}

/** Empties the tenant down to its default services; realms and types stay, and its service account can still log in. */
export function empty(store: Store): void {
  store.transaction(() => {
    for (const collection of store.collections().filter((name) => !name.startsWith("sandbox/"))) {
      for (const { id } of store.list(collection)) store.delete(collection, id);
    }
    for (const realm of REALMS) store.put(servicesCollection(realm), "oauth-oidc", defaultProvider(realm, true));
    emptyPingOne(store);
  });
}

/** Empties the tenant and puts in what every demonstration needs. */
export function seed(store: Store, identity: Identity): void {
  store.transaction(() => {
    empty(store);
    seedPingOne(store, identity.users);
    put(store, "svcacct", identity.serviceAccount.id, accountBody(identity.serviceAccount));
    for (const realm of REALMS) {
      const people = new Map(PEOPLE.map(({ userName }) => [userName as string, randomUUID() as string]));
      for (const person of PEOPLE) {
        const password = identity.users[person.userName]?.password;
        put(store, `${realm}_user`, people.get(person.userName) ?? "", {
          ...person,
          accountStatus: "active",
          password,
        });
      }
      const members = CUSTOMERS.map((name) => ({ _ref: `managed/${realm}_user/${people.get(name)}` }));
      put(store, `${realm}_group`, "customers", { name: "customers", description: "Customers", members });
      seedForeign(store, realm, people.get("demo.owner") ?? "");
      seedLogin(store, realm);
    }
  });
}

/** The service account as a managed object. */
function accountBody({ jwk: { kty, n, e, alg, use, kid } }: ServiceAccount): JsonObject {
  return {
    name: "sandbox",
    description: "The service account of the local tenant",
    accountStatus: "Active",
    scopes: SCOPES,
    jwks: JSON.stringify({ keys: [{ kty, n, e, alg, use, kid }] }),
  };
}

function put(store: Store, name: string, id: string, body: JsonObject): void {
  const type = managedType(name);
  if (type) create(store, type, id, body);
}

/** An application with its client that nobody declared, to be left alone. */
function seedForeign(store: Store, realm: string, owner: string): void {
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
    owners: [{ _ref: `managed/${realm}_user/${owner}` }],
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
