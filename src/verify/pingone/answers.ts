/** Refusals of PingOne's token service, and how the sandbox says which of its rules it applied. */
import type { Exact } from "../expectation.ts";

/** @param rule by which a local tenant says that it refuses */
export const refusal = (rule: string, error: string, status = 400): Exact => ({ status, error, rules: [rule] });

/** A token is issued, but it is no delegation: it says of nobody that they act. */
export const NO_DELEGATION = { exact: { status: 200 }, must: "no-actor" } as const;
