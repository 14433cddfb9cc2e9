/** What tells that a state of before is on its own tenant: an object of its own that is there (decision 0002). */

/** Milliseconds in which the other reads of a run may still find something. */
const PATIENCE = 3_000;

/** Whether this process found anything that the state knows and that carries the mark of this kit. */
export class Evidence {
  readonly #found = Promise.withResolvers<true>();
  readonly #patience: number;

  /** @param patience milliseconds. @default 3 seconds */
  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /** Something was found. */
  add(): void {
    this.#found.resolve(true);
  }

  /** Whether something was found, or is in the next moments: the engine reads many objects at a time. */
  async exists(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(resolve, this.#patience, false);
    return Promise.race([this.#found.promise, late]).finally(() => clearTimeout(timer));
  }
}
