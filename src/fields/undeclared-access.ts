/** Access that nobody declared, in the words of declarations and resources: what becomes of it, and which of it is allowed. */

import { z } from "zod";
import { name } from "./text.ts";

/** `remove`: it is drift, and a repair takes it away. `report`: it is drift each time, and stays. */
export const undeclaredAccess = z.enum(["remove", "report"]).meta({
  description: "What becomes of access that nobody declared",
  words: { remove: "it is drift, and a repair takes it away", report: "it is drift each time, and stays" },
});
export type UndeclaredAccess = z.infer<typeof undeclaredAccess>;

/** How an entry names access on AIC: the id of a privilege. */
export const privilegeAccess = name.meta({ examples: ["07707883-48f5-46cd-b6be-d740f87aeded"] });

/** How an entry names what the OAuth2 provider of an AIC realm lets others be or ask for: only verify looks at it. */
export const providerAccess = z
  .string()
  .regex(
    /^(registration|(acr|scope|script)\/.+)$/,
    "say what is known: registration, acr/VALUE, scope/NAME or script/ATTRIBUTE",
  )
  .meta({ examples: ["scope/fr:idm:*"] });

/** How an entry names access on PingOne: what it is, and its name. */
export const pingOneAccess = z
  .string()
  .regex(
    /^(grant|claim|policy|owner|scope)\/.+$/,
    "say what is allowed: grant/RESOURCE, claim/NAME, policy/NAME, owner/USER or scope/NAME",
  )
  .meta({ examples: ["grant/Orders API"] });

/** How an entry of the whole file names a difference that `ping-agents drift` shows: where it is, and what is there. */
export const driftDifference = z
  .string()
  .regex(
    /^.+#[\da-f]{8}$/,
    "say what ping-agents drift --format json calls the difference, or let --write-ignore write it",
  )
  .meta({ examples: ["agents.support-agent.scopes#3f2a91c0"] });

/** Access that somebody answers for although it is not declared. */
export type Allowed = {
  /** What names it on its platform: {@link privilegeAccess}, {@link providerAccess}, {@link pingOneAccess}; on both {@link driftDifference}. */
  readonly access: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day, in UTC, as `YYYY-MM-DD`. @default it is allowed for ever */
  readonly expires?: string | undefined;
};

/** A day as `YYYY-MM-DD`, in UTC. */
export const day = z.iso.date("expected a day such as 2026-12-31");

/**
 * Entries of allowed access; their order has no meaning.
 *
 * @param access how an entry names access on the platform
 */
export const allowedAccess = (access: z.ZodString) =>
  z
    .array(
      z.strictObject({
        access: access.describe("What is allowed, as a refresh names it"),
        reason: name.meta({ description: "Why it may stay", examples: ["migration, INC-1234"] }),
        owner: name.meta({ description: "Who answers for it", examples: ["jane.doe"] }),
        expires: day.optional().meta({
          description: "The last day on which it may stay, YYYY-MM-DD in UTC",
          otherwise: "it may stay for ever",
          examples: ["2026-12-31"],
        }),
      }),
    )
    .refine((list) => new Set(list.map((entry) => entry.access)).size === list.length, "each access has one entry")
    .transform((list): readonly Allowed[] => list.toSorted((a, b) => (a.access < b.access ? -1 : 1)));

/** Today in UTC, as `YYYY-MM-DD`: a day that {@link verdict} compares with. */
export const utcDay = (now = new Date()): string => now.toISOString().slice(0, 10);

/** What the entries say of access: `allowed`, `expired` with the entry that was too old, or `unknown`. */
export type Verdict = { readonly is: "unknown" } | { readonly is: "allowed" | "expired"; readonly entry: Allowed };

/**
 * What the entries say of access on a day.
 *
 * @param today as {@link utcDay} gives it
 */
export function verdict(access: string, allow: readonly Allowed[] = [], today: string): Verdict {
  const entry = allow.find((one) => one.access === access);
  if (!entry) return { is: "unknown" };
  return entry.expires !== undefined && entry.expires < today ? { is: "expired", entry } : { is: "allowed", entry };
}

/** The entry that allows one of several names of an access on a day; undefined where none does. */
export function allowedBy(
  allow: readonly Allowed[] | undefined,
  names: readonly string[],
  today: string,
): Allowed | undefined {
  const found = names.map((access) => verdict(access, allow, today)).find(({ is }) => is === "allowed");
  return found && "entry" in found ? found.entry : undefined;
}
