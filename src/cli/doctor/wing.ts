/** What a cloud adds to a doctor's checks. */

import type { CallOptions } from "../../admin-api/http/transport.ts";
import type { CloudName, Said } from "../../tenants.ts";
import type { StackState } from "../tenant/stack-state.ts";
import type { Declared } from "./declaration.ts";
import type { Check, Known, Sheet } from "./sheet.ts";

/** Somebody waits for the table: a call is tried twice, in seconds. */
export const QUICK: CallOptions = { deadlineMs: 10_000, operationDeadlineMs: 20_000, retries: 1 };

/** What is asked of a tenant without an account. */
export type Answer = { /** Its time. */ readonly at: Date | undefined };

/** What the declaration can be held against on this machine. */
export type Local<Cloud extends CloudName> = {
  readonly declared: Declared<Cloud>;
  readonly env: NodeJS.ProcessEnv;
  /** What the CLI knows of the stack; undefined where it cannot be asked. */
  readonly state: Pick<StackState, "isConfigured" | "config"> | undefined;
};

export type Wing<Cloud extends CloudName, Settings> = {
  /** What is needed to talk to the tenant, and that it can be used. */
  readonly settings: Check<Said, Settings>;
  /** That the address leads to the tenant: the name, the connection, the certificate, the proxy. */
  readonly connection: Check<Settings, Answer>;
  /** What only the declaration says of this machine. @default nothing */
  readonly local?: Check<Local<Cloud>>;
  /** The rest: everything that needs an account. */
  examine(sheet: Sheet, given: Known<Settings>, declared: Known<Declared<Cloud>>): Promise<void>;
};
