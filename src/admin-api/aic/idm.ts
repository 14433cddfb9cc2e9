/** IDM's managed objects: agent identities, privileges, applications, users, groups (aic §1.3, §3, §4, §10). */
import { AdminApiError } from "../http/errors.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";
import { type Query, segment, segments } from "../http/url.ts";
import { allPages } from "./pages.ts";

/** An IDM object. Relations are there only when asked for with `fields`. */
export type IdmObject = Record<string, unknown> & { _id: string; _rev?: string };

/** One step of a PATCH; `field` is a JSON pointer, e.g. `/owners`. */
export type PatchOperation = {
  readonly operation: "add" | "remove" | "replace" | "increment";
  readonly field: string;
  readonly value?: unknown;
};

export type FieldsOption = {
  /** Properties of the answer, relations included. @default what the schema returns by default: no relations */
  readonly fields?: readonly string[];
};

export type IdmQueryOptions = FieldsOption & {
  /** Rows per page. @default 1_000 */
  readonly pageSize?: number;
};

/** A client of `/openidm`. Collections are paths below it, e.g. `managed/alpha_application`. */
export class Idm {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The object, or `undefined` when there is none. */
  async get(collection: string, id: string, options: FieldsOption = {}): Promise<IdmObject | undefined> {
    const { status, body } = await this.#transport.request<IdmObject>({
      method: "GET",
      ...at(collection, id, options),
      accept: [404],
    });
    return status === 404 ? undefined : body;
  }

  /**
   * All rows of all pages. In a relation collection such as `managed/alpha_aiagent/{id}/privileges`, `_id` and `_rev` are those
   * of the edge (aic §3.6).
   */
  query(collection: string, filter = "true", { pageSize = 1_000, fields }: IdmQueryOptions = {}): Promise<IdmObject[]> {
    const query = { _queryFilter: filter, _pageSize: pageSize, ...fieldsQuery({ ...(fields && { fields }) }) };
    return allPages(this.#transport, { path: `/openidm/${segments(collection)}`, query });
  }

  /**
   * Creates an object under an id of our choice.
   *
   * @throws AdminApiError `ERR_API_PRECONDITION` when the id is taken; with `attempts` above 1 possibly by ourselves
   */
  create(collection: string, id: string, body: object, options: FieldsOption = {}): Promise<IdmObject> {
    return this.#write({ method: "PUT", ...at(collection, id, options), headers: { "if-none-match": "*" }, body });
  }

  /** Creates an object or replaces its plain properties; relations that the body leaves out stay (aic §3.7). */
  put(collection: string, id: string, body: object, options: FieldsOption = {}): Promise<IdmObject> {
    return this.#write({ method: "PUT", ...at(collection, id, options), body });
  }

  /** Changes single properties or relations. Repeated after a failure only when that makes no difference. */
  patch(
    collection: string,
    id: string,
    operations: readonly PatchOperation[],
    options: FieldsOption = {},
  ): Promise<IdmObject> {
    const safeToRepeat = operations.every(({ operation }) => operation === "replace" || operation === "remove");
    return this.#write({ method: "PATCH", ...at(collection, id, options), body: operations, safeToRepeat });
  }

  /** Deletes the object; `false` when there was none. */
  async delete(collection: string, id: string): Promise<boolean> {
    const { status } = await this.#transport.request({ method: "DELETE", ...at(collection, id), accept: [404] });
    return status !== 404;
  }

  async #write(request: ApiRequest): Promise<IdmObject> {
    const { body } = await this.#transport.request<IdmObject>(request);
    return body;
  }
}

function at(collection: string, id: string, options: FieldsOption = {}): { path: string; query: Query } {
  return { path: `/openidm/${segments(collection)}/${segment(id)}`, query: fieldsQuery(options) };
}

function fieldsQuery({ fields }: FieldsOption): Query {
  return { _fields: fields?.join(",") };
}

/** A value that a filter can compare with. */
export type FilterValue = string | number | boolean;

/**
 * `field eq "value"`, quoted so that no value can become part of the filter; for AM too. Servers may ignore case: compare the rows again (aic §1.3).
 *
 * @param field name or path, e.g. `userName` or `ssoEntities/oidcId`
 * @throws AdminApiError `ERR_API_BAD_REQUEST` for a field that is not a plain name
 */
export function eq(field: string, value: FilterValue): string {
  return comparison(field, "eq", value);
}

/** `field sw "value"`: the values that begin so. */
export function startsWith(field: string, value: string): string {
  return comparison(field, "sw", value);
}

function comparison(field: string, operator: "eq" | "sw", value: FilterValue): string {
  if (!/^[\w/.-]+$/.test(field)) {
    throw new AdminApiError("ERR_API_BAD_REQUEST", `"${field}" cannot be a field of a query filter`);
  }
  return `${field} ${operator} ${typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : value}`;
}

/** True for objects whose field has one of the values; for none when there are no values. The filter is part of a URL: send tens, not thousands. */
export function anyOf(field: string, values: readonly FilterValue[]): string {
  return values.length ? `(${values.map((value) => eq(field, value)).join(" or ")})` : "false";
}
