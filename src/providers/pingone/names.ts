/** Names to ids and back. Declarations name applications, resources, groups and people; PingOne knows ids (decision 0005). */

import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment, scimEq } from "../../admin-api/pingone/environment.ts";
import type { Where } from "../../errors.ts";
import { Expected } from "../expected.ts";
import { nearestOf, onlyOne } from "../only-one.ts";
import { UNKNOWN } from "../pulumi-values.ts";
import { together } from "../together.ts";

/** Collections that are small enough to be read as a whole: which names a filter finds is known for few of them (pingone §8 G7). */
export type Named =
  | "applications"
  | "resources"
  | "groups"
  | "populations"
  | "signOnPolicies"
  | "flowPolicies"
  | "agreements"
  | "roles";

/** Users above which nobody looks for the one that may be meant. */
const FEW = 200;

/** What messages call one object of a collection. */
const SINGULAR: Readonly<Record<Named, string>> = {
  applications: "application",
  resources: "resource",
  groups: "group",
  populations: "population",
  signOnPolicies: "sign-on policy",
  flowPolicies: "DaVinci flow policy",
  agreements: "agreement",
  roles: "role",
};

/** What the scopes of a resource are kept under. */
const scopesOf = (resource: string) => `scopes ${resource}`;

/**
 * Resolves names in exactly their spelling: PingOne's own look-ups ignore case and so find the wrong object (Terraform
 * provider issue 1127). Lives as long as one run of the engine; what was found is kept, what was not is asked again.
 */
export class Names {
  readonly #environment: PingOneEnvironment;
  readonly #lists = new Map<string, Promise<readonly PingOneObject[]>>();
  readonly #relists = new Map<string, Promise<readonly PingOneObject[]>>();
  readonly #users = new Map<string, Promise<readonly PingOneObject[]>>();
  #few: Promise<readonly PingOneObject[] | undefined> | undefined;
  /** In a preview, what the run is going to make: such a name leads to an id that is not known. */
  readonly expected = new Expected();

  constructor(environment: PingOneEnvironment) {
    this.#environment = environment;
  }

  /**
   * The id of the one object with this name.
   *
   * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
   */
  async idOf(collection: Named, name: string, where: Where): Promise<string> {
    if (this.expected.has(collection, name)) return UNKNOWN;
    return (await this.objectOf(collection, name, where)).id;
  }

  /** {@link idOf} with the whole object. */
  async objectOf(collection: Named, name: string, where: Where): Promise<PingOneObject> {
    const named = hasName(name);
    let rows = await this.#list(collection, this.#environment[collection]);
    if (rows.filter(named).length !== 1) rows = await this.#relist(collection, this.#environment[collection]);
    const known = rows.map((row) => String(row.name));
    const what = `${SINGULAR[collection]} with the name "${name}"`;
    return onlyOne(rows.filter(named), what, where, nearestOf(name, known));
  }

  /** {@link idOf} of several names, whose mistakes are told together. */
  idsOf(collection: Named, names: readonly string[], where: Where): Promise<string[]> {
    const field = (index: number) => ({ ...where, field: `${where.field}[${index}]` });
    return together(names.map((name, index) => this.idOf(collection, name, field(index))));
  }

  /** The names behind ids, in their order; an id whose object is gone stands for itself. */
  async namesOf(collection: Named, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const all = this.#environment[collection];
    const known = new Set((await this.#list(collection, all)).map(({ id }) => id));
    const rows = ids.every((id) => known.has(id)) ? this.#list(collection, all) : this.#relist(collection, all);
    const names = new Map((await rows).map(({ id, name }) => [id, String(name)]));
    return ids.map((id) => names.get(id) ?? id);
  }

  /** The id of the user with exactly this user name. @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS */
  async userId(username: string, where: Where): Promise<string> {
    const rows = (await this.#usersNamed(username)).filter((row) => row.username === username);
    if (rows.length !== 1) this.#users.delete(username);
    const nearest = rows.length === 0 ? nearestOf(username, await this.#someUsers()) : "";
    return onlyOne(rows, `user with the user name "${username}"`, where, nearest).id;
  }

  #usersNamed(username: string): Promise<readonly PingOneObject[]> {
    const known = this.#users.get(username);
    if (known) return known;
    const rows = this.#environment.users.list(scimEq("username", username));
    this.#users.set(username, rows);
    rows.catch(() => this.#users.delete(username));
    return rows;
  }

  /** The user names of an environment where they are few. */
  async #someUsers(): Promise<string[]> {
    this.#few ??= this.#environment.users.listUpTo(FEW);
    return ((await this.#few) ?? []).map((row) => String(row.username));
  }

  /**
   * The object with this name as it is now, or undefined.
   *
   * @throws AdminApiError
   */
  async find(collection: Named, name: string): Promise<PingOneObject | undefined> {
    const all = this.#environment[collection];
    const known = (await this.#lists.get(collection))?.find(hasName(name));
    const live = known && (await all.get(known.id));
    return live?.name === name ? live : (await this.#relist(collection, all)).find(hasName(name));
  }

  /**
   * The scopes of a resource, by name. A scope that was made anew has another id: what this run changes has to be forgotten.
   *
   * @param names those that are looked for
   */
  async scopeIds(resource: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const [key, all] = [scopesOf(resource), this.#environment.scopes(resource)];
    const idsIn = (rows: readonly PingOneObject[]) => new Map(rows.map(({ name, id }) => [String(name), id]));
    const known = idsIn(await this.#list(key, all));
    return names.every((name) => known.has(name)) ? known : idsIn(await this.#relist(key, all));
  }

  /** Asks anew for what this run has changed. */
  forget(collection: Named): void {
    this.#lists.delete(collection);
  }

  /** {@link forget} for the scopes of a resource. */
  forgetScopes(resource: string): void {
    this.#lists.delete(scopesOf(resource));
  }

  #list(key: string, collection: PingOneCollection): Promise<readonly PingOneObject[]> {
    return this.#lists.get(key) ?? this.#relist(key, collection);
  }

  /** Lists anew, once for all who ask meanwhile. */
  #relist(key: string, collection: PingOneCollection): Promise<readonly PingOneObject[]> {
    const rows = this.#relists.get(key) ?? collection.list();
    this.#relists.set(key, rows);
    this.#lists.set(key, rows);
    const settled = () => this.#relists.delete(key);
    rows.then(settled, () => settled() && this.#lists.delete(key));
    return rows;
  }
}
