/** Names to ids and back. Declarations name users, groups and applications; the tenant knows ids (decision 0005). */

import DataLoader from "dataloader";
import { anyOf, type Idm, type IdmObject, startsWith } from "../../admin-api/aic/idm.ts";
import type { Where } from "../../errors.ts";
import { Expected } from "../expected.ts";
import { nearestOf, onlyOne } from "../only-one.ts";
import { UNKNOWN } from "../pulumi-values.ts";
import { together } from "../together.ts";
import { managed } from "./relations.ts";

/** Names or ids in one query: keeps the URL well below the length that gateways take. */
export const BATCH = 40;
/** Milliseconds in which look-ups are gathered: the engine starts operations of one run in separate ticks. */
const GATHER = 5;

/** Characters in which a name and those that may be meant agree. */
const ALIKE = 2;

type Lookup = { readonly collection: string; readonly property: string; readonly value: string };
const keyOf = ({ collection, property, value }: Lookup) => JSON.stringify([collection, property, value]);

/** An application by the OAuth 2.0 client it is linked with. */
export type LinkedApplication = { readonly id: string; readonly clientId: string };

/** Resolves names in batches. Lives as long as one run of the engine; what was found is kept, what was not is asked again. */
export class Names {
  readonly #idm: Idm;
  readonly #rows: DataLoader<Lookup, readonly IdmObject[], string>;
  readonly #alike: DataLoader<Lookup, readonly string[], string>;
  readonly #applications = new Map<string, Promise<readonly LinkedApplication[]>>();
  /** In a preview, what the run is going to make: such a name leads to an id that is not known. */
  readonly expected = new Expected();

  constructor(idm: Idm) {
    this.#idm = idm;
    const batches = {
      cacheKeyFn: keyOf,
      maxBatchSize: BATCH,
      batchScheduleFn: (run: () => void) => setTimeout(run, GATHER),
    };
    this.#rows = new DataLoader((keys: readonly Lookup[]) => this.#load(keys), batches);
    this.#alike = new DataLoader((keys: readonly Lookup[]) => this.#loadAlike(keys), { ...batches, cache: false });
  }

  /**
   * The id of the one object with exactly this name: the look-up ignores case, the match does not (aic §1.3).
   *
   * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
   */
  async idOf(collection: string, property: string, value: string, where: Where): Promise<string> {
    if (this.expected.has(`${collection} ${property}`, value)) return UNKNOWN;
    const key = { collection, property, value };
    const rows = (await this.#rows.load(key)).filter((row) => row[property] === value);
    if (rows.length !== 1) this.#rows.clear(key);
    const nearest = rows.length === 0 ? nearestOf(value, await this.#alike.load(key)) : "";
    return onlyOne(rows, `${collection} with ${property} "${value}"`, where, nearest)._id;
  }

  /** {@link idOf} of several names, whose mistakes are told together. */
  async idsOf(collection: string, property: string, values: readonly string[], where: Where): Promise<string[]> {
    const field = (index: number) => ({ ...where, field: `${where.field}[${index}]` });
    return together(values.map((value, index) => this.idOf(collection, property, value, field(index))));
  }

  /** The names behind ids, sorted; an id whose object is gone stands for itself. */
  async namesOf(collection: string, property: string, ids: readonly string[]): Promise<string[]> {
    const name = async (id: string) => {
      const [row] = await this.#rows.load({ collection, property: "_id", value: id });
      return typeof row?.[property] === "string" ? row[property] : id;
    };
    return (await Promise.all(ids.map(name))).sort();
  }

  /**
   * The managed application that is linked with an OAuth 2.0 client. Reads the collection, since no filter on the link is
   * known to work on a tenant (aic §4).
   *
   * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
   */
  async applicationOf(realm: string, clientId: string, where: Where): Promise<string> {
    if (this.expected.has(`${managed(realm, "application")} oidcId`, clientId)) return UNKNOWN;
    const known = this.#applications.get(realm);
    const linked = (list: readonly LinkedApplication[]) => list.filter((row) => row.clientId === clientId);
    let all = known ? await known : [];
    if (linked(all).length !== 1) {
      const fresh = this.#listApplications(realm);
      this.#applications.set(realm, fresh);
      fresh.catch(() => this.#applications.delete(realm));
      all = await fresh;
    }
    const clientIds = all.map((row) => row.clientId);
    const nearest = nearestOf(clientId, clientIds);
    return onlyOne(linked(all), `${realm}_application linked with the OAuth 2.0 client "${clientId}"`, where, nearest)
      .id;
  }

  async #listApplications(realm: string): Promise<LinkedApplication[]> {
    const rows = await this.#idm.query(managed(realm, "application"), "true", {
      fields: ["_id", "name", "ssoEntities"],
    });
    return rows.flatMap(({ _id, ssoEntities }) => {
      const clientId = (ssoEntities as { oidcId?: unknown } | null | undefined)?.oidcId;
      return typeof clientId === "string" ? [{ id: _id, clientId }] : [];
    });
  }

  /** The names of a collection that begin like others: one query per collection and property. */
  async #loadAlike(keys: readonly Lookup[]): Promise<string[][]> {
    const groups = Map.groupBy(keys, ({ collection, property }) => `${collection} ${property}`);
    const answers = new Map<string, string[]>();
    const ask = async ([group, wanted]: [string, Lookup[]]) => {
      const [{ collection, property }] = wanted as [Lookup];
      const beginnings = new Set(wanted.map(({ value }) => value.slice(0, ALIKE)));
      const filter = [...beginnings].map((text) => startsWith(property, text)).join(" or ");
      const rows = await this.#idm.query(collection, filter, { fields: [property] });
      answers.set(
        group,
        rows.map((row) => String(row[property])),
      );
    };
    await Promise.all([...groups].map(ask));
    return keys.map(({ collection, property }) => answers.get(`${collection} ${property}`) ?? []);
  }

  /** One query per collection and property; the rows of each look-up, exact in nothing but the batch. */
  async #load(keys: readonly Lookup[]): Promise<IdmObject[][]> {
    const groups = Map.groupBy(keys, ({ collection, property }) => `${collection} ${property}`);
    const answers = new Map<string, IdmObject[]>();
    const ask = async ([group, wanted]: [string, Lookup[]]) => {
      const [{ collection, property }] = wanted as [Lookup];
      const filter = anyOf(
        property,
        wanted.map(({ value }) => value),
      );
      const fields = ["_id", ...(property === "_id" ? ["userName", "name"] : [property])];
      answers.set(group, await this.#idm.query(collection, filter, { fields }));
    };
    await Promise.all([...groups].map(ask));
    // Who looked a name up soon reads the object back and needs the way from the id to the name, too.
    for (const { collection, property } of keys) {
      for (const row of answers.get(`${collection} ${property}`) ?? []) {
        if (property !== "_id") this.#rows.prime({ collection, property: "_id", value: row._id }, [row]);
      }
    }
    const same = (row: IdmObject, { property, value }: Lookup) =>
      String(row[property]).toLowerCase() === value.toLowerCase();
    return keys.map((key) => (answers.get(`${key.collection} ${key.property}`) ?? []).filter((row) => same(row, key)));
  }
}
