/** What the fields of an AIC declaration need of each other, beside what each of them may be. Pure. */

import type { z } from "zod";
import { secretLabelOf } from "../secret-label.ts";
import type { Pattern } from "../shared-fields.ts";
import { keyed, refuseTwins } from "../twins.ts";

type Entries<Entry = object> = Readonly<Record<string, Entry>>;
type Client = {
  readonly name: string;
  readonly ciba?: { readonly keys?: unknown } | undefined;
  readonly secret?: string | object | undefined;
};

/** A declaration, as far as it is looked at here. */
export type WrittenDeclaration = {
  readonly tier: string;
  readonly users?: Entries;
  readonly groups?: Entries;
  readonly esvSecrets?: Entries;
  readonly esvVariables?: Entries;
  readonly applications?: Entries<Client>;
  readonly agents?: Entries<Client>;
};

/** An agent, as far as it is looked at here. */
export type WrittenAgent = {
  readonly pattern: Pattern;
  readonly access?: readonly {
    readonly application: string;
    readonly name?: string | undefined;
    readonly subjects?: readonly string[] | undefined;
    readonly subjectGroups?: readonly string[] | undefined;
  }[];
  readonly ciba?: unknown;
  readonly keys?: unknown;
  readonly scopes?: readonly string[];
};

/** Every check over a whole declaration. */
export function checkAll(written: WrittenDeclaration, context: z.RefinementCtx): void {
  for (const check of [checkTier, checkIds, checkLabels, checkTwins]) check(written, context);
}

/** What stands in for people, and private keys in the state, are for development only. */
function checkTier(
  { tier, users, groups, applications = {}, agents = {} }: WrittenDeclaration,
  { addIssue }: z.RefinementCtx,
) {
  if (tier === "development") return;
  const refuse = (path: string[], message: string) => addIssue({ code: "custom", path, message });
  if (users) refuse(["users"], "users are declared in tier development only");
  if (groups) refuse(["groups"], "groups are declared in tier development only");
  for (const [kind, clients] of Object.entries({ applications, agents })) {
    for (const [id, client] of Object.entries(clients)) {
      if (client.ciba?.keys !== "generated") continue;
      refuse([kind, id, "ciba", "keys"], `would put a private key into the state: run npx ping-agents keys new ${id}`);
    }
  }
}

/** The token endpoint of a realm knows a client by its id alone. */
function checkIds({ applications = {}, agents = {} }: WrittenDeclaration, { addIssue }: z.RefinementCtx) {
  for (const id of Object.keys(agents)) {
    if (Object.hasOwn(applications, id))
      addIssue({ code: "custom", path: ["agents", id], message: "an application has this client id" });
  }
}

/** IDM takes no notice of case where it looks for a name (aic §1.3, §4); a placeholder finds an ESV of either sort by its id. */
function checkTwins(written: WrittenDeclaration, context: z.RefinementCtx): void {
  const { users, groups, esvSecrets, esvVariables, applications } = written;
  const own = (id: string) => [id] as const;
  const anyCase = (id: string) => [id.toLowerCase()] as const;
  refuseTwins("user name", keyed("users", users, anyCase), context);
  refuseTwins("group name", keyed("groups", groups, anyCase), context);
  refuseTwins("id", [...keyed("esvSecrets", esvSecrets, own), ...keyed("esvVariables", esvVariables, own)], context);
  const byName = keyed("applications", applications, (_id, { name }) => [name.toLowerCase(), "name"]);
  refuseTwins("name", byName, context);
}

/** Two clients under one label would get one secret. */
function checkLabels({ applications = {}, agents = {} }: WrittenDeclaration, { addIssue }: z.RefinementCtx) {
  const taken = new Map<string, string>();
  for (const [kind, clients] of Object.entries({ applications, agents })) {
    for (const [id, { secret }] of Object.entries(clients)) {
      if (typeof secret !== "object" || !("esv" in secret)) continue;
      const label = secretLabelOf(id);
      const other = taken.get(label);
      const refuse = (message: string) => addIssue({ code: "custom", path: [kind, id, "secret"], message });
      if (label === "") refuse("a secret label needs a letter or digit in the client id");
      if (other) refuse(`the secret label "${label}" is that of ${other}: change one of the client ids`);
      taken.set(label, id);
    }
  }
}

/** Said of an approved agent without keys: `keys new` mends it. */
export const KEYS_MISSING = "an approved agent signs its requests: say which keys";

/** Subjects and keys must fit the pattern, and two entries for one application must have names of their own. */
export function checkAgent(
  { pattern, access: entries = [], ciba: signing, keys, scopes = [] }: WrittenAgent,
  { addIssue }: z.RefinementCtx,
): void {
  if (pattern === "approved" && !signing && !keys) {
    addIssue({ code: "custom", path: ["ciba"], message: KEYS_MISSING });
  }
  if (pattern === "approved" && !scopes.includes("openid")) {
    addIssue({ code: "custom", path: ["scopes"], message: 'CIBA needs the scope "openid"' });
  }
  const seen = new Set<string>();
  for (const [index, { application, name: label = "", subjects = [], subjectGroups = [] }] of entries.entries()) {
    const refuse = (message: string) => addIssue({ code: "custom", path: ["access", index], message });
    const actsForOthers = subjects.length + subjectGroups.length > 0;
    if (pattern === "autonomous" && actsForOthers) {
      refuse("an autonomous agent acts for itself: no subjects, or pattern: on-behalf-of");
    }
    if (pattern === "on-behalf-of" && !actsForOthers) refuse("say for whom the agent acts: subjects or subjectGroups");
    // What tells the resources of two entries apart in the stack.
    const key = [application, ...(label ? [label] : [])].join("/");
    if (seen.has(key)) refuse(`a second entry for ${application}: give it a name of its own`);
    seen.add(key);
  }
}
