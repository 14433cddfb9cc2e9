/**
 * The floor of a creation: a plain client makes the writes that the kit made, as many at a time, on a new tenant. Ids that the tenant
 * chooses are others there; a read that told one to the kit is made, too.
 */

import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { CloudName } from "../../../src/tenants.ts";
import { isTokenCall } from "./calls.ts";
import { type Call, type Distance, startTenant } from "./tenant.ts";

/** As the kit's transport. */
const AT_A_TIME = 8;
const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
/** What is of the connection, and what names a version that is another one there. */
const NOT_SENT = /^(authorization|connection|host|content-length|accept-encoding|if-match)$/;

/** Where an id comes from: at a place among the ids in the answer to a call, or of the client, whose first write it is in. */
type Source = { readonly call: number; readonly place?: number };

/** Where the calls were made. */
type Where = { readonly cloud: CloudName; readonly environmentId: string; readonly distance: Distance };

/** Not one that was refused: names that are free, and rates. */
const isOfUse = (call: Call) => !isTokenCall(call) && call.status < 400;

/** How long the writes take without the kit. */
export type Floor = { readonly seconds: number; readonly calls: number };

/**
 * Makes the calls again.
 *
 * @param before calls that those build on: made first, and not counted
 * @throws Error where one is refused
 */
export async function floorOf(
  { cloud, environmentId, distance }: Where,
  before: readonly Call[],
  calls: readonly Call[],
): Promise<Floor> {
  const tenant = await startTenant();
  try {
    const [basis, counted] = [before, calls].map((some) => some.filter(isOfUse)) as [Call[], Call[]];
    const replay = new Replay([...basis, ...counted], {
      origin: tenant.url,
      token: await tenant.token(cloud),
      names: new Map([[environmentId, tenant.environmentId]]),
    });
    await replay.run(0, basis.length);
    tenant.move(distance);
    const started = performance.now();
    const made = await replay.run(basis.length, basis.length + counted.length);
    return { seconds: (performance.now() - started) / 1000, calls: made };
  } finally {
    tenant.stop();
  }
}

type Answered = { readonly status: number; readonly answer: string };

/** Where they are made again. */
type To = {
  readonly origin: string;
  readonly token: string;
  /** What is called otherwise there from the start. */
  readonly names: ReadonlyMap<string, string>;
};

/** Calls that are made again, each when those are answered whose ids it names. */
class Replay {
  readonly #calls: readonly Call[];
  readonly #to: To;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #sources = new Map<string, Source>();
  readonly #needed: ReadonlySet<number>;
  /** The ids in the new answers, by the numbers of their calls. */
  readonly #answers = new Map<number, Promise<readonly string[]>>();

  constructor(calls: readonly Call[], to: To) {
    [this.#calls, this.#to] = [calls, to];
    const asked = new Set(to.names.keys());
    for (const [number, call] of calls.entries()) {
      for (const id of idsIn(sent(call))) {
        asked.add(id);
        if (call.method !== "GET" && !this.#sources.has(id)) this.#sources.set(id, { call: number });
      }
      for (const [place, id] of idsIn(call.answer).entries())
        if (!asked.has(id) && !this.#sources.has(id)) this.#sources.set(id, { call: number, place });
    }
    this.#needed = this.#all();
  }

  /** The writes, and the reads that tell what they name. */
  #all(): Set<number> {
    const needed = new Set<number>();
    const add = (number: number) => {
      if (needed.has(number)) return;
      needed.add(number);
      for (const { call } of this.#sourcesOf(number)) add(call);
    };
    for (const [number, { method }] of this.#calls.entries()) if (method !== "GET") add(number);
    return needed;
  }

  #sourcesOf(number: number): Source[] {
    const call = this.#calls[number];
    const found = call ? idsIn(sent(call)).map((id) => this.#sources.get(id)) : [];
    return found.filter((source) => source !== undefined && source.call < number) as Source[];
  }

  /** Makes those with numbers from `first` up to `end`. @returns how many they were */
  async run(first: number, end: number): Promise<number> {
    const waiting = [...this.#needed].filter((number) => number >= first && number < end).sort((a, b) => a - b);
    const count = waiting.length;
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const answer = this.#make(next);
        this.#answers.set(next, answer);
        await answer;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    return count;
  }

  async #make(number: number): Promise<readonly string[]> {
    const call = this.#calls[number] as Call;
    const names = new Map(this.#to.names);
    for (const id of idsIn(sent(call))) {
      const source = this.#sources.get(id);
      if (!source || source.call >= number) continue;
      const told = await this.#answers.get(source.call);
      if (source.place !== undefined) names.set(id, told?.[source.place] ?? id);
    }
    const renamed = (part: string) => part.replace(ID, (id) => names.get(id) ?? id);
    const { method, path, query, headers, body } = call;
    const kept = Object.entries(headers).filter(([name]) => !NOT_SENT.test(name));
    const own = { ...Object.fromEntries(kept), authorization: `Bearer ${this.#to.token}` };
    const address = new URL(renamed(path + query), this.#to.origin);
    const send = () => this.#send(address, method, own, renamed(body));
    let answered = await send();
    while (answered.status === 429) {
      await sleep(1000);
      answered = await send();
    }
    if (answered.status >= 400) throw new Error(`${method} ${path}: ${answered.status} ${answered.answer}`);
    return idsIn(answered.answer);
  }

  #send(address: URL, method: string, headers: Record<string, string>, body: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const outgoing = request(address, { method, headers, agent: this.#agent }, (incoming) => {
        text(incoming).then((answer) => resolve({ status: incoming.statusCode ?? 0, answer }), reject);
      });
      outgoing.once("error", reject).end(body);
    });
  }
}

const sent = ({ path, query, body }: Call) => `${path}${query} ${body}`;
const idsIn = (some: string): string[] => some.match(ID) ?? [];
