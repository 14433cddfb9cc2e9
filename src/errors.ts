/** The base of every error that this project raises on purpose: a stable code, what happened, where, what to do next. */

import type { ErrorCode } from "./error-codes.ts";

/** Where a mistake was found. Every part is optional; never holds a secret. */
export type Where = {
  /** File of the declaration, with 1-based line and column where known. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Path of the entry in the declaration, e.g. `agents.support-agent.access[0]`. */
  readonly entry?: string | undefined;
  /** The kind and name of the resource, e.g. `aic:AiAgent alpha/support-agent`. */
  readonly resource?: string | undefined;
  /** Dotted path of the field. */
  readonly field?: string | undefined;
  /** Origin of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenant?: string | undefined;
  /** Origin of the forge, e.g. `https://api.github.com`. */
  readonly forge?: string | undefined;
};

/** Options of {@link PingAgentsError}. */
export type ErrorDetails = {
  readonly where?: Where | undefined;
  /** What to do next, as a sentence, a command or a setting. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
};

/**
 * An error that is meant to be read by a user. `message` is complete: code, what happened, where, and what to do next.
 *
 * @example throw new PingAgentsError("ERR_NAME_NOT_FOUND", 'no user "jdoe"', { where: { field: "owners[0]" } });
 */
export class PingAgentsError extends Error {
  override readonly name: string = "PingAgentsError";
  /** Stable; `docs/errors.md` says what each means. */
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** What happened, without code, place and hint. */
  readonly what: string;
  #where: Where;

  constructor(code: ErrorCode, what: string, { where = {}, hint, cause }: ErrorDetails = {}) {
    super(textOf(code, what, where, hint), { ...(cause !== undefined && { cause }) });
    this.code = code;
    this.hint = hint;
    this.what = what;
    this.#where = where;
  }

  get where(): Where {
    return this.#where;
  }

  /** The same mistake as an object of its own: of those who wait for one call each says where it was met. */
  copy(): this {
    const Own = this.constructor as new (code: ErrorCode, what: string, details: ErrorDetails) => this;
    const own = new Own(this.code, this.what, { where: this.#where, hint: this.hint, cause: this.cause });
    return Object.assign(own, this);
  }

  /** Says where in the declaration it is, too, and which field in the words of the declaration. */
  locate(place: Pick<Where, "file" | "line" | "column" | "entry" | "field">): void {
    this.#where = { ...this.#where, ...place };
    this.message = textOf(this.code, this.what, this.#where, this.hint);
  }
}

const textOf = (code: string, what: string, where: Where, hint: string | undefined) =>
  [`${code}: ${what}`, describeWhere(where), hint && `Next: ${hint}`].filter(Boolean).join("\n  ");

/** A setting is missing or cannot be used: in the environment, the stack configuration, or a secret that these hold. */
export class SettingError extends PingAgentsError {
  override readonly name = "SettingError";
  declare readonly code: ErrorCode<"Settings">;

  constructor(code: ErrorCode<"Settings">, what: string, details?: ErrorDetails) {
    super(code, what, details);
  }
}

/** A place in words, e.g. `at stacks/dev.yaml:3:5, tenant https://tenant.example.com`; empty for none. */
export function describeWhere({ file, line, column, entry, resource, field, tenant, forge }: Where): string {
  const position = file && [file, line, column].filter((part) => part !== undefined).join(":");
  const server = tenant ? `tenant ${tenant}` : forge && `forge ${forge}`;
  const parts = [position, entry, resource, field && `field ${field}`, server].filter(Boolean);
  return parts.length ? `at ${parts.join(", ")}` : "";
}
