/** An exchange with a tenant as it may be kept: no secret, no person, nothing of others, ids replaced. */

import { redact } from "../../src/admin-api/http/redaction.ts";
import type { Exchange } from "../../src/admin-api/http/transport.ts";

/** JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What is kept of an exchange. */
export type Recorded = {
  /** What was done, e.g. `aic:AiAgent create`. */
  readonly step: string;
  readonly method: string;
  /** The path with ids replaced, e.g. `/am/json/realms/root/realms/alpha/realm-config/agents/AIAgent/{own}`. */
  readonly route: string;
  readonly status: number;
  readonly sent?: Json;
  readonly answer?: Json;
};

/** With the count that follows it in ids of relations. */
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?:-\d+)?/gi;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g;
/** Names of members that hold secrets, and of those that hold people. */
const SECRET = /secret|password|passphrase|^valueBase64$|privateKey|^d$/i;
const PERSON =
  /^(?:userName|username|mail|email|givenName|sn|cn|given|family|formatted|\w+By|_createdBy|effectiveRoles)$/;
const REVISION = /^_rev$/;
/** What lists say of all their rows, those of others among them. */
const TOTAL = /^(?:count|size|resultCount|totalPagedResults|remainingPagedResults|pagedResultsCookie|_links)$/;
/** Milliseconds since 1970, as some servers write times. */
const EPOCH_MS = 1e12;

/** Sanitises what one run sees: it knows the run's own names, and learns its own ids. */
export class Sanitiser {
  readonly #prefix: string;
  readonly #origin: string;
  readonly #own = new Set<string>();

  /** @param prefix what the run's own names begin with. @param origin of the tenant */
  constructor(prefix: string, origin: string) {
    this.#prefix = prefix;
    this.#origin = origin;
  }

  recorded(step: string, { method, path, body, status, answer }: Exchange): Recorded {
    const received = parsed(answer);
    if (method !== "GET" && status < 300) this.#learn(received, path);
    const whole = this.#isOwn(decodeURIComponent(path));
    return {
      ...{ step, method, route: this.#route(path), status },
      ...(body !== undefined && { sent: this.#clean(body as Json) }),
      ...(received !== undefined && { answer: this.#clean(whole ? received : this.#ownRows(received)) }),
    };
  }

  /** Ids of what the run makes. */
  #learn(received: Json | undefined, path: string): void {
    const last = decodeURIComponent(path.split("/").at(-1) ?? "");
    if (isObject(received))
      for (const id of [received._id, received.id]) if (typeof id === "string" && id) this.#own.add(id);
    if (last.match(UUID)) this.#own.add(last);
  }

  #isOwn(text: string): boolean {
    return text.includes(this.#prefix) || [...this.#own].some((id) => text.includes(id));
  }

  #route(path: string): string {
    const part = (one: string) => {
      const text = decodeURIComponent(one);
      return text.replaceAll(UUID, "{id}").replaceAll(new RegExp(`${this.#prefix}[\\w. -]*`, "g"), "{own}");
    };
    return path.split("/").map(part).join("/");
  }

  /** Rows of lists that are the run's own: those of others are nobody's business. */
  #ownRows(value: Json): Json {
    if (Array.isArray(value)) return value.filter((row) => !isObject(row) || this.#isOwn(JSON.stringify(row)));
    if (!isObject(value)) return value;
    const isList = "result" in value || "_embedded" in value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !(isList && TOTAL.test(name)))
        .map(([name, inner]) => [
          name,
          /^(?:result|_embedded)$/.test(name) || !isObject(inner) ? this.#ownRows(inner) : inner,
        ]),
    );
  }

  #clean(value: Json, name = ""): Json {
    if (REVISION.test(name)) return "{revision}";
    if (SECRET.test(name) && value !== null && typeof value !== "boolean") return "{secret}";
    if (PERSON.test(name) && value !== null) return "{person}";
    if (Array.isArray(value)) return value.map((inner) => this.#clean(inner, name));
    // A step of a PATCH says elsewhere what its value is of.
    if (isObject(value) && typeof value.field === "string" && value.value !== undefined)
      return { ...value, value: this.#clean(value.value, value.field.split("/")[1]) };
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.text(key), this.#clean(inner, key)]));
    if (typeof value === "number" && value > EPOCH_MS) return "{time}";
    return typeof value === "string" ? this.text(value) : value;
  }

  /** A text without secrets, ids and times. */
  text(text: string): string {
    return redact(text)
      .replaceAll(this.#origin, "{tenant}")
      .replaceAll(this.#prefix, "{run}")
      .replaceAll(UUID, "{id}")
      .replaceAll(TIME, "{time}");
  }
}

export const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return "{no JSON}";
  }
}
