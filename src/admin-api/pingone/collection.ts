/** A collection of PingOne's management API: list, get, create, replace, delete (pingone §3.1). */
import { AdminApiError } from "../http/errors.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";
import { type Query, segment } from "../http/url.ts";
import { allLinked } from "./hal.ts";
import type { Settling } from "./settling.ts";

/** An object as PingOne shows it. Properties that are not named here may be there, and new ones may come (pingone §3.2). */
export type PingOneObject = { readonly [property: string]: unknown; readonly id: string };

/** A body for PingOne, sent as it is. */
export type PingOneBody = Readonly<Record<string, unknown>>;

/** Pauses before a create is repeated, in milliseconds. */
const PAUSES_MS = [500, 2_000, 5_000];

/** Where a collection is, and below which object. */
export type CollectionPlace = {
  /** Path below the base of the API. */
  readonly path: string;
  /** Name of the rows in `_embedded`. */
  readonly embedded: string;
  /** Id of the object that the collection belongs to. */
  readonly parent?: string;
};

/** Objects below one path. */
export class PingOneCollection {
  readonly #transport: Transport;
  readonly #settling: Settling;
  readonly #place: CollectionPlace;

  constructor(transport: Transport, settling: Settling, place: CollectionPlace) {
    this.#transport = transport;
    this.#settling = settling;
    this.#place = place;
  }

  /**
   * All objects, to the last page. Below an object that is gone there is nothing.
   *
   * @param filter SCIM filter; which attributes it may name differs by collection
   */
  async list(filter?: string): Promise<PingOneObject[]> {
    return (await this.#rows(filter)) ?? [];
  }

  /** All objects where they are few, `undefined` where there are more; no more pages are read than that takes. */
  listUpTo(most: number): Promise<PingOneObject[] | undefined> {
    return this.#rows(undefined, most);
  }

  async #rows(filter: string | undefined, most?: number): Promise<PingOneObject[] | undefined> {
    const { path, embedded, parent } = this.#place;
    const query: Query | undefined = filter === undefined ? undefined : { filter };
    const rows = this.#settling.below(parent, () =>
      allLinked<PingOneObject>(this.#transport, { path, embedded, query }, most),
    );
    return rows.catch((error: unknown) => {
      if (parent !== undefined && error instanceof AdminApiError && error.code === "ERR_API_NOT_FOUND") return [];
      throw error;
    });
  }

  /** The object, or `undefined` when there is none. */
  get(id: string): Promise<PingOneObject | undefined> {
    return this.#settling.below(this.#place.parent, () => this.#maybe(`${this.#place.path}/${segment(id)}`));
  }

  /**
   * Creates an object; the server chooses its id. PingOne has no idempotency key, so where the answer is lost what the call may
   * have made is looked for, by what tells it from others; it is repeated where there is nothing (pingone §3.4).
   *
   * @param find what the call may have made. @default nobody can tell: not repeated
   */
  async create(body: PingOneBody, find?: () => Promise<PingOneObject | undefined>): Promise<PingOneObject> {
    const { path, parent } = this.#place;
    const made = await this.#once(
      () => this.#settling.below(parent, () => this.#ask({ method: "POST", path, body })),
      find,
    );
    this.#settling.created(made.id);
    return made;
  }

  async #once(
    create: () => Promise<PingOneObject>,
    find: (() => Promise<PingOneObject | undefined>) | undefined,
  ): Promise<PingOneObject> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await create();
      } catch (error) {
        // What is taken when the call is repeated was made by the one before, and shown late.
        if (!find || !(wasLost(error) || (attempt > 0 && isTaken(error)))) throw error;
        // Who cannot look does not know: nothing is repeated.
        const found = await find().catch(() => error);
        if (found instanceof Error) throw error;
        if (found !== undefined) return found as PingOneObject;
        const pause = PAUSES_MS[attempt];
        if (pause === undefined || !wasLost(error)) throw error;
        await this.#settling.pause(pause);
      }
    }
  }

  /** Replaces the object as a whole: a property that the body lacks is reset (pingone §3.1). */
  replace(id: string, body: PingOneBody): Promise<PingOneObject> {
    return this.#ask({ method: "PUT", path: `${this.#place.path}/${segment(id)}`, body });
  }

  /** Deletes the object; `false` when there was none. */
  async delete(id: string): Promise<boolean> {
    const path = `${this.#place.path}/${segment(id)}`;
    const { status } = await this.#transport.request({ method: "DELETE", path, accept: [404], mayBeEmpty: true });
    return status !== 404;
  }

  async #ask(request: ApiRequest): Promise<PingOneObject> {
    return (await this.#transport.request<PingOneObject>(request)).body;
  }

  async #maybe(path: string): Promise<PingOneObject | undefined> {
    const { status, body } = await this.#transport.request<PingOneObject>({ method: "GET", path, accept: [404] });
    return status === 404 ? undefined : body;
  }
}

const isTaken = (error: unknown) => error instanceof AdminApiError && error.code === "ERR_API_CONFLICT";

/** True when a call failed so that nobody can tell whether the server carried it out. */
export function wasLost(error: unknown): boolean {
  const codes = ["ERR_API_UNREACHABLE", "ERR_API_TIMEOUT", "ERR_API_OUTAGE", "ERR_API_UNEXPECTED", "ERR_API_TOO_LARGE"];
  return error instanceof AdminApiError && codes.includes(error.code);
}
