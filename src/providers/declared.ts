/** What the engine has said of the resources of one kind in this run: which are declared, and which of them has which object. */

import type { AnyKind } from "./kind.ts";
import { OWNER, type Owner } from "./owner.ts";
import { type Place, placeAmong } from "./place.ts";
import { hasUnknown, type Properties } from "./pulumi-values.ts";
import { inputsOf, outputsOf } from "./state.ts";
import { locate, ownMistake } from "./together.ts";

/** The resources of a kind, by their logical names. */
export class Declared<Context> {
  readonly #kind: AnyKind<Context>;
  readonly #places = new Map<string, Place | undefined>();
  readonly #holders = new Map<string, string>();
  readonly #made = new Set<string>();

  constructor(kind: AnyKind<Context>) {
    this.#kind = kind;
  }

  /** Takes note of a resource that is checked. */
  add(props: Properties): void {
    const name = nameOf(props);
    if (name !== undefined) this.#places.set(name, placeAmong(props));
  }

  /** Runs an operation, and lets its mistakes say where the resource is written, as far as the program says so. */
  async located<T>(props: Properties, operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (thrown) {
      const error = ownMistake(thrown);
      const place = this.#places.get(nameOf(props) ?? "");
      if (place) locate(error, place);
      // The engine tells the reasons of what is recorded as partial.
      if ("reasons" in error) Object.assign(error, { reasons: [error.message] });
      throw error;
    }
  }

  /** Whether the run declares a resource of this name. */
  has(name: string): boolean {
    return this.#places.has(name);
  }

  /**
   * Takes note of who has an object. The engine compares, creates or updates all that is declared before it deletes the rest.
   *
   * @param known what the state has of it
   */
  hold(props: Properties, known: Properties): void {
    const name = nameOf(props);
    if (name !== undefined && !hasUnknown(props)) this.#holders.set(this.#identityOf(props, known), name);
  }

  /** {@link hold} for an object that a create has made or taken over: what is deleted after that is an old entry of the state. */
  make(props: Properties, known: Properties): void {
    this.hold(props, known);
    this.#made.add(this.#identityOf(props, known));
  }

  /** Whether the object of an entry that the engine deletes is another resource's by now, or the same one's below another parent. */
  isInherited(props: Properties): boolean {
    const identity = this.#identityOf(props, props);
    const [name, holder] = [nameOf(props), this.#holders.get(identity)];
    return this.#made.has(identity) || (name !== undefined && holder !== undefined && holder !== name);
  }

  #identityOf(props: Properties, known: Properties): string {
    const inputs = inputsOf(this.#kind, props);
    return this.#kind.identity?.(inputs, outputsOf(this.#kind, known)) ?? this.#kind.id(inputs);
  }
}

/** The logical name of a resource, also where a preview does not know the rest of its owner. */
const nameOf = (props: Properties) => ({ ...(props[OWNER] as Partial<Owner> | undefined) }).resource;
