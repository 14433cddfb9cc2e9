/** Sign-on policies and the actions below them (delegation §1.1). */
import { z } from "zod";
import { Gap } from "../errors.ts";
import { objectBody } from "../http.ts";
import type { JsonObject } from "../json.ts";
import { parsed, reference } from "./body.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid, taken } from "./dialect.ts";
import { collectionOf, type Document, listed } from "./documents.ts";

const MOST_ACTIONS = 20;

const policyBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  default: z.boolean().default(false),
});

const common = { priority: z.int().min(1), condition: z.record(z.string(), z.unknown()).optional() };
const actionBody = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("LOGIN") }),
  z.strictObject({ ...common, type: z.literal("AGREEMENT"), agreement: reference }),
]);
/** Actions that PingOne has besides. */
const UNSERVED = ["MULTI_FACTOR_AUTHENTICATION", "IDENTIFIER_FIRST", "PROGRESSIVE_PROFILING", "IDENTITY_PROVIDER"];

/** Where the actions of a policy are. */
export const actionsOf = (policy: string) => `signOnPolicies/${policy}/actions`;

export function signOnPolicyRoutes(management: Management): void {
  const { store } = management.tenant;
  collectionRoutes(management, {
    name: "signOnPolicies",
    item: "sign-on policy",
    create: checkedPolicy,
    replace: checkedPolicy,
    checkDelete(live) {
      if (live.default === true) throw invalid("default", "is the environment's default", "U", "CONSTRAINT_VIOLATION");
      if (isAssigned(live.id)) throw invalid("id", "is assigned to an application", "U", "CONSTRAINT_VIOLATION");
    },
  });

  function checkedPolicy({ call, others }: Write, live?: Document): JsonObject {
    const body = parsed(policyBody, call);
    if (others().some(({ name }) => name === body.name)) throw taken("name");
    if (body.default !== (live?.default ?? false)) throw new Gap("another default sign-on policy");
    return body;
  }

  function isAssigned(policy: string): boolean {
    return listed(store, "applications").some(({ id }) =>
      listed(store, `applications/${id}/signOnPolicyAssignments`).some(
        ({ signOnPolicy }) => (signOnPolicy as { id: string }).id === policy,
      ),
    );
  }

  collectionRoutes(management, {
    name: "actions",
    of: "signOnPolicies",
    showsOwner: true,
    create(write) {
      const body = checkedAction(write);
      if (write.others().length >= MOST_ACTIONS)
        throw invalid("id", `a policy has at most ${MOST_ACTIONS} actions`, "D", "CONSTRAINT_VIOLATION");
      return body;
    },
    replace(write, live) {
      const body = checkedAction(write);
      if (body.type !== live.type) throw invalid("type", "cannot be changed", "U");
      return body;
    },
    checkDelete(_live, place) {
      if (listed(store, place).length > 1) return;
      throw invalid("id", "Cannot delete last action from the policy", "S", "CONSTRAINT_VIOLATION");
    },
  });

  function checkedAction({ call, owner, others }: Write) {
    const { type } = objectBody(call);
    if (UNSERVED.includes(String(type))) throw new Gap(`the sign-on action ${type}`);
    owner();
    const body = parsed(actionBody, call, "signOnPolicy");
    if (body.type === "AGREEMENT" && !store.get(collectionOf("agreements"), body.agreement.id))
      throw invalid("agreement.id", "is no agreement", "I");
    if (others().some(({ priority }) => priority === body.priority)) throw invalid("priority", "is taken", "U");
    return body;
  }
}
