/** What the access of a declaration has to keep to, in the words of declarations: rules, and what is asserted. Pure. */

import { z } from "zod";
import { name, names } from "./text.ts";
import { day } from "./undeclared-access.ts";

/** How bad a finding is, the worst last. */
export const SEVERITIES = ["info", "low", "medium", "high"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Names of the rules over access, each with what it finds. */
export const RULES = {
  "acts-for-everyone": "an agent that exchanges tokens of anybody",
  "agent-expired": "an agent whose last day is over",
  "agent-reaches-agent": "an agent that reaches another agent, or takes over its tokens",
  "all-scopes": "every scope of an application or resource",
  "application-as-agent": "an ordinary application that acts as an agent",
  "autonomous-writes": "an agent that changes something although it acts for nobody",
  "clear-redirect": "an authorization code that goes over the net in clear",
  "delegates-combine": "tokens and targets of two entries that no entry of delegates names together",
  "endless-exception": "an exception without an end",
  "expired-exception": "an exception whose last day is over",
  "group-writes-widely": "a group for which agents change something in several places",
  "idle-scope": "a scope that nobody can get",
  "implicit-grant": "tokens from the authorization endpoint",
  "life-ends": "an agent whose last day is near",
  "long-lived-token": "access tokens that live longer than 15 minutes in production",
  "many-targets": "one registration for several capabilities",
  "no-expiry": "an agent without an end",
  "no-owner": "an agent that nobody answers for",
  "open-registration": "a realm in which clients register themselves",
  "owner-disabled": "an owner of an agent whose account is switched off",
  "password-grant": "the password grant outside development",
  "reads-and-writes": "read and write scopes in one agent",
  "secret-in-clear": "a secret that stands in the declaration",
  "shared-key": "a signing key of two clients",
  "shared-secret": "a client secret in production where a key would do",
  "undeclared-stays": "undeclared access that a repair leaves alone",
  "unread-claim": "a claim or script that says who may act, in a way that cannot be read",
  "unused-scope": "a scope that no tool needs",
  "wildcard-redirect": "a redirect URI that stands for many",
} as const;
export type RuleId = keyof typeof RULES;

const ruleId = z
  .enum(Object.keys(RULES) as [RuleId])
  .meta({ description: "Rule", words: RULES, examples: ["no-expiry"] });

/** Somebody answers for what a rule finds. */
const accepted = z.strictObject({
  rule: ruleId,
  on: name.optional().meta({
    description: "Key of the agent, application or resource, or name of the group, that it is accepted of",
    otherwise: "all",
    examples: ["support-agent"],
  }),
  reason: name.meta({ description: "Why it may stay", examples: ["moves to a key, INC-1234"] }),
  owner: name.meta({ description: "Who answers for it", examples: ["jane.doe"] }),
  expires: day.optional().meta({
    description: "The last day on which it may stay, YYYY-MM-DD in UTC; after it the entry is a finding itself",
    otherwise: "it may stay for ever",
    examples: ["2026-12-31"],
  }),
});
export type Accepted = z.infer<typeof accepted>;

/** One pattern or several; `*` stands for any text, and what begins with `!` is taken out again. */
const patterns = (description: string, example: unknown) =>
  z
    .union([name, names.min(1, "name a pattern, or leave this out")], "expected a pattern, or a list of them")
    .optional()
    .meta({ description, otherwise: "any", examples: [example] });

/** Which rows of access are meant. What is left out stands for anything. */
const rowPattern = {
  agent: patterns("Agents, by key or name; `*` is any text, `!` before a pattern takes it out", "support-*"),
  target: patterns("Applications or resources, by key or name; of scopes of the agent's own the agent", "orders-api"),
  scope: patterns("Scopes", ["*", "!*read*"]),
  subject: patterns("For whom: `itself`, `anyone`, `user/NAME`, `group/NAME` or `client/KEY`", "group/customers"),
};
const reason = name.optional().meta({
  description: "Why, for whoever reads the finding",
  otherwise: "none",
  examples: ["agents administer nothing"],
});

const assertion = z.strictObject({ ...rowPattern, reason });
export type Assertion = z.infer<typeof assertion>;

const critical = z.strictObject({
  ...rowPattern,
  reason,
  approvers: names
    .min(1, "name who may approve")
    .meta({ description: "Who may approve that an agent gains it: one of them is enough", examples: [["jane.doe"]] }),
});
export type Critical = z.infer<typeof critical>;

/** The section of a declaration. */
export const accessPolicy = z
  .strictObject({
    severity: z
      .partialRecord(ruleId, z.enum(SEVERITIES))
      .optional()
      .meta({
        description: "Severities by rule, here: info, low, medium or high",
        otherwise: "those of the rules",
        examples: [{ "long-lived-token": "high" }],
      }),
    accept: z.array(accepted).optional().meta({ description: "Findings that somebody answers for", otherwise: "none" }),
    allow: z
      .array(assertion)
      .optional()
      .meta({ description: "What agents have to be able to do: a row at least for each entry", otherwise: "nothing" }),
    never: z.array(assertion).optional().meta({ description: "What no agent may do", otherwise: "nothing" }),
    critical: z.array(critical).optional().meta({
      description: "What an agent gains with an approval only; a change is held to the entries that stood before it",
      otherwise: "nothing",
    }),
  })
  .optional()
  .describe("What the access has to keep to; `ping-agents access` checks it, and `verify` proves what is asserted");
export type AccessPolicy = NonNullable<z.infer<typeof accessPolicy>>;

/** Whether an entry counts no more. */
export const isOver = ({ expires }: { readonly expires?: string | undefined }, today: string): boolean =>
  expires !== undefined && expires < today;

/** Whether a severity is at least another one. */
export const isAtLeast = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) >= SEVERITIES.indexOf(other);
