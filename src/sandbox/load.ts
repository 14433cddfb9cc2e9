/** The control plane's `load`: puts objects into the tenant as if they had always been there; routes declare under which paths. */
import { TrieRouter } from "hono/router/trie-router";
import type { JsonObject } from "./json.ts";
import type { Store } from "./store.ts";

/** An object to load: the path of a GET by id, and what that GET answers. */
export type Loadable = { readonly path: string; readonly body: JsonObject };

/** A path that this tenant does not serve. */
export class NotServed extends Error {}

/**
 * Loads one object, byte-faithfully until it is written. Nothing is validated or filled in.
 * @param params decoded parameters of the path
 * @param later runs an act when all objects of the call are there: what points at others has to wait
 * @throws {NotServed} when there is no such place after all
 */
export type Loader = (
  params: Readonly<Record<string, string>>,
  body: JsonObject,
  later: (act: () => void) => void,
) => void;

const METHOD = "LOAD";

/** What can be loaded, as the routes declared it. */
export class Loaders {
  readonly #router = new TrieRouter<Loader>();

  /** @param path the pattern of the route by which the object is read */
  declare(path: string, loader: Loader): void {
    this.#router.add(METHOD, path, loader);
  }

  /**
   * Loads objects, all or none, in any order.
   * @throws {NotServed} for a path that nobody declared
   */
  load(store: Store, objects: readonly Loadable[]): void {
    store.transaction(() => {
      const last: (() => void)[] = [];
      for (const { path, body } of objects) {
        const [loader, params] = this.#find(path);
        loader(params, body, (act) => last.push(act));
      }
      for (const act of last) act();
    });
  }

  #find(path: string): [Loader, Record<string, string>] {
    const [found] = this.#router.match(METHOD, path)[0];
    const params = found && decoded(found[1]);
    if (!found || !params) throw new NotServed(`the sandbox does not serve ${path}`);
    return [found[0], params];
  }
}

/** Undefined when a part is no percent-encoding. */
function decoded(params: Readonly<Record<string, string | number>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(String(value))]));
  } catch {
    return undefined;
  }
}
