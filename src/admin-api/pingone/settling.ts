/** Waits for what PingOne makes visible a moment later: children of an object that was just created (pingone §3.5). */
import { AdminApiError } from "../http/errors.ts";

/** Pauses before the repetitions, in milliseconds: eight seconds in all. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 2_000, 2_000];
/** How long an object counts as just created, in milliseconds. */
const NEWBORN_MS = 60_000;

/** Knows which objects this process has just created, and repeats a call below one of them that is answered with 404. */
export class Settling {
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #now: () => number;
  readonly #born = new Map<string, number>();

  constructor(sleep: (milliseconds: number) => Promise<unknown>, now: () => number = Date.now) {
    this.#sleep = sleep;
    this.#now = now;
  }

  /** Waits. @param milliseconds how long */
  async pause(milliseconds: number): Promise<void> {
    await this.#sleep(milliseconds);
  }

  /** Takes note of an object that was created. */
  created(id: string): void {
    this.#born.set(id, this.#now());
  }

  /**
   * Calls below an object; repeated a few times while the answer is "not found" and the object is new. Below any other
   * object "not found" is believed at once.
   *
   * @param ask answers `undefined`, or throws `ERR_API_NOT_FOUND`, for 404
   */
  async below<T>(parent: string | undefined, ask: () => Promise<T>): Promise<T> {
    for (const pause of this.#isNew(parent) ? PAUSES_MS : []) {
      const answer = await ask().catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
        return undefined;
      });
      if (answer !== undefined) return answer;
      await this.#sleep(pause);
    }
    return ask();
  }

  #isNew(id: string | undefined): boolean {
    const bornAt = id === undefined ? undefined : this.#born.get(id);
    return bornAt !== undefined && this.#now() - bornAt < NEWBORN_MS;
  }
}

const isNotFound = (error: unknown) => error instanceof AdminApiError && error.code === "ERR_API_NOT_FOUND";
