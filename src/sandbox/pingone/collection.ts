/** A collection of PingOne objects: its routes, what may be done there, and how the control plane loads it. */
import type { Answer, Call, Route } from "../http.ts";
import { type JsonObject, without } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { mapped } from "../turns.ts";
import type { Evidence } from "./dialect.ts";
import {
  collectionOf,
  type Document,
  eachListed,
  found,
  insert,
  listed,
  ONLY,
  removeTree,
  replace,
} from "./documents.ts";
import { created, list, one } from "./hal.ts";

/** The management API of the environment, as its routes are declared. */
export type Management = {
  readonly route: Route;
  readonly tenant: Tenant;
  readonly environmentId: string;
  /** `/v1/environments/<id>` */
  readonly base: string;
};

/** A write as a collection judges it. Nothing is looked up before it is asked for, so that the first error is the caller's. */
export type Write = {
  readonly call: Call;
  /** The object to which the collection belongs. @throws {PingOneError} 404 */
  readonly owner: () => Document;
  /** The other objects of the collection. @throws {PingOneError} 404 when their owner is not there */
  readonly others: () => Document[];
};

export type Collection = {
  /** Last part of the path: `grants`. */
  readonly name: string;
  /** The collection of the objects to which it belongs: `applications`, `agreements/:agreement/languages`. @default the environment's own */
  readonly of?: string;
  /** What errors call one object. @default the name without its last letter */
  readonly item?: string;
  /** Attributes that a filter may name, each with how that is known. @default none */
  readonly filters?: Readonly<Record<string, Evidence>>;
  /** Whether an object shows a reference to its owner: `application: { id }`. @default false */
  readonly showsOwner?: boolean;
  /** Body of a new object. @default none can be made or deleted */
  readonly create?: (write: Write) => JsonObject;
  /** Makes what comes with a new object. @returns the object as it is then. @default nothing comes with it */
  readonly complete?: (document: Document) => Document;
  /** Body of an object that is replaced. @default none can be */
  readonly replace?: (write: Write, live: Document) => JsonObject;
  /** Throws when an object may not be deleted. @default all may, with everything below them */
  readonly checkDelete?: (live: Document, place: string) => void;
  /** What a read shows of an object, where that is not what is stored. @param place path of the collection below the environment */
  readonly shows?: (document: Document, place: string) => Document;
};

const singular = (name: string) => (name.endsWith("ies") ? `${name.slice(0, -3)}y` : name.slice(0, -1));

/** The path with the ids that an address has in the place of its parameters. */
const filled = (path: string, params: Call["params"]) => path.replaceAll(/:(\w+)/g, (_, key) => params[key] ?? "");

/** Declares the routes of a collection. */
export function collectionRoutes(management: Management, collection: Collection): void {
  const { route, tenant, environmentId, base } = management;
  const { store } = tenant;
  const { name, of, item = singular(name), filters, showsOwner = false, checkDelete } = collection;
  const { shows = (document) => document } = collection;
  const path = of === undefined ? name : `${of}/:owner/${name}`;
  const [all, single] = [`${base}/${path}`, `${base}/${path}/:id`];

  const ownerItem = singular(of?.slice(of.lastIndexOf("/") + 1) ?? "");
  const owner = ({ params }: Call) => found(store, filled(of ?? "", params), params.owner, ownerItem);
  const place = (call: Call) => (of === undefined ? name : `${filled(of, call.params)}/${owner(call).id}/${name}`);
  const existing = (call: Call) => found(store, place(call), call.params.id, item);
  const writeOf = (call: Call, live?: Document): Write => ({
    call,
    owner: () => owner(call),
    others: () => listed(store, place(call)).filter(({ id }) => id !== live?.id),
  });
  const withOwner = (reference: () => unknown, body: JsonObject): JsonObject =>
    showsOwner ? { [ownerItem]: reference(), ...body } : body;

  const shown = (call: Call, document: Document) => shows(document, place(call));
  route("GET", all, (call) =>
    list(
      call,
      mapped(eachListed(store, place(call)), (document) => shown(call, document)),
      filters,
    ),
  );
  route("GET", single, (call) => one(call, shown(call, existing(call))));
  loadable(management, path);

  const { create, complete = (document) => document, replace: bodyAfter } = collection;
  if (create) {
    route("POST", all, (call): Answer => {
      const body = create(writeOf(call));
      const whole = withOwner(() => ({ id: owner(call).id }), body);
      return created(call, shown(call, complete(insert(tenant, place(call), environmentId, whole))));
    });
    route("DELETE", single, (call): Answer => {
      const live = existing(call);
      checkDelete?.(live, place(call));
      removeTree(store, place(call), live.id);
      return { status: 204 };
    });
  }
  if (bodyAfter) {
    route("PUT", single, (call): Answer => {
      const live = existing(call);
      const whole = withOwner(() => live[ownerItem], bodyAfter(writeOf(call, live), live));
      return one(call, shown(call, replace(tenant, place(call), live, whole)));
    });
  }
}

/** Base of paths to load: the environment of a recording need not be the sandbox's own. */
const ANY_ENVIRONMENT = "/v1/environments/:environment";

/** Lets the control plane load the objects of a collection. @param path below the environment, `:owner` in it */
export function loadable({ tenant: { store, loaders } }: Management, path: string): void {
  loaders.declare(`${ANY_ENVIRONMENT}/${path}/:id`, ({ id = "", ...params }, body) =>
    store.put(collectionOf(filled(path, params)), id, { id, ...without(body, "_links") }),
  );
}

/** Lets the control plane load an object of which its owner has one. @param path below the environment, `:owner` in it */
export function loadableOnly({ tenant: { store, loaders } }: Management, path: string): void {
  loaders.declare(`${ANY_ENVIRONMENT}/${path}`, (params, body) =>
    store.put(collectionOf(filled(path, params)), ONLY, without(body, "_links", "environment")),
  );
}
