/**
 * Refusals as data: each is a rule that says what the refusal says and how it is known, and that a
 * test can switch off, to see that somebody notices. Every cloud has a table of rules; this file knows none of them.
 */
import { SandboxError } from "./errors.ts";

/** What a refusal says. `Evidence`: the cloud's own marks for how an outcome is known. */
export type Rule<Evidence extends string = string> = {
  readonly evidence: Evidence;
  /** OAuth 2.0 error code (RFC 6749 §5.2); of other endpoints the reason that belongs to the status. */
  readonly error: string;
  /** `error_description`; `%s` is replaced by the detail of the refusal. @default none */
  readonly description?: string;
  /** HTTP status. @default 400 */
  readonly status?: number;
  /** True where switching it off has no effect, since nothing is there that a request could go on with. @default false */
  readonly fixed?: boolean;
};

/** Rules by id. */
export type RuleTable = Readonly<Record<string, Rule>>;

/** A rule for a table. */
export function rule<Evidence extends string>(
  evidence: Evidence,
  error: string,
  description?: string,
  more: Pick<Rule, "status" | "fixed"> = {},
): Rule<Evidence> {
  return { evidence, error, ...(description !== undefined && { description }), ...more };
}

/** A request that is refused. */
export class Refusal extends Error {
  readonly rule: string;
  readonly error: string;
  readonly status: number;
  /** Headers that tell by which rule an answer came about, and how that is known (oauth-flows §0). */
  readonly headers: Readonly<Record<string, string>>;

  /** See {@link Rules.require} for `detail` and `status`. */
  constructor(id: string, { evidence, error, description = "", ...rule }: Rule, detail = "", status = rule.status) {
    super(description.replace("%s", () => detail));
    this.rule = id;
    this.error = error;
    this.status = status ?? 400;
    this.headers = { "x-sandbox-rule": id, "x-sandbox-evidence": evidence };
  }
}

/** Which rules of a tenant hold. All do, unless a test switched some off. */
export class Switches {
  /** Tables of rules by the name under which the control plane lists them. No id is in two of them. */
  readonly tables: Readonly<Record<string, RuleTable>>;
  #off: ReadonlySet<string> = new Set();

  /**
   * @param off ids of rules that shall not hold
   * @throws {SandboxError} `ERR_SANDBOX_RULE` for an id that is no rule
   */
  constructor(tables: Readonly<Record<string, RuleTable>>, off: readonly string[] = []) {
    this.tables = tables;
    const unknown = off.filter((id) => !this.ids.includes(id));
    if (unknown.length) {
      throw new SandboxError("ERR_SANDBOX_RULE", `no rule ${unknown.join(", ")}; there are ${this.ids.join(", ")}`);
    }
    this.switchOff(off);
  }

  get ids(): string[] {
    return Object.values(this.tables).flatMap(Object.keys);
  }

  get off(): string[] {
    return [...this.#off];
  }

  /** Switches exactly these rules off, and all others on. */
  switchOff(ids: readonly string[]): void {
    this.#off = new Set(ids);
  }

  holds(id: string): boolean {
    return !this.#off.has(id);
  }
}

/** The rules of one table, as its endpoints ask for them. */
export class Rules<Id extends string> {
  readonly #table: Readonly<Record<Id, Rule>>;
  readonly #switches: Switches;

  constructor(table: Readonly<Record<Id, Rule>>, switches: Switches) {
    this.#table = table;
    this.#switches = switches;
  }

  /**
   * @param detail takes the place of `%s` in the description; never a secret
   * @param status HTTP status in place of the rule's
   * @throws {Refusal} when the condition is false and the rule holds
   */
  require(id: Id, condition: boolean, detail?: string, status?: number): void {
    if (!condition && this.#switches.holds(id)) throw this.refusal(id, detail, status);
  }

  /** The refusal to be thrown where a request cannot go on, whether the rule holds or not. */
  refusal(id: Id, detail?: string, status?: number): Refusal {
    return new Refusal(id, this.#table[id], detail, status);
  }
}
