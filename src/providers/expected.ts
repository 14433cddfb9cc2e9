/** Names of objects that the run is going to make: in a preview they are not on the tenant yet, and are not missing. */

/** Names, each of something: a collection of the tenant, or what hangs below one of its objects. */
export class Expected {
  readonly #names = new Set<string>();

  add(of: string, name: string): void {
    this.#names.add(JSON.stringify([of, name]));
  }

  has(of: string, name: string): boolean {
    return this.#names.has(JSON.stringify([of, name]));
  }
}
