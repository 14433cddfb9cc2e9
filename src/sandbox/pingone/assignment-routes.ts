/** Which policies sign users on to an application: PingOne's or DaVinci's, never both (pingone §5.4). */
import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { parsed, reference } from "./body.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid } from "./dialect.ts";
import { collectionOf, listed } from "./documents.ts";
import { actionsOf } from "./sign-on-policy-routes.ts";

const priority = z.int().min(1);

const KINDS = [
  {
    name: "signOnPolicyAssignments",
    other: "flowPolicyAssignments",
    policies: "signOnPolicies",
    key: "signOnPolicy",
    body: z.strictObject({ signOnPolicy: reference, priority }),
  },
  {
    name: "flowPolicyAssignments",
    other: "signOnPolicyAssignments",
    policies: "flowPolicies",
    key: "flowPolicy",
    body: z.strictObject({ flowPolicy: reference, priority }),
  },
] as const;

export function assignmentRoutes(management: Management): void {
  const { store } = management.tenant;
  for (const { name, other, policies, key, body } of KINDS) {
    const checked = ({ call, owner, others }: Write): JsonObject => {
      const application = owner();
      const value: JsonObject = parsed<JsonObject>(body, call, "application");
      const policy = (value[key] as { id: string }).id;
      if (!store.get(collectionOf(policies), policy)) throw invalid(key, "is no policy", "I");
      if (policies === "signOnPolicies" && listed(store, actionsOf(policy)).length === 0)
        throw invalid(key, "has no action", "D", "CONSTRAINT_VIOLATION");
      if (others().some((row) => (row[key] as { id: string }).id === policy)) {
        throw invalid(key, "is assigned", "I", "UNIQUENESS_VIOLATION");
      }
      if (listed(store, `applications/${application.id}/${other}`).length) {
        throw invalid(key, `does not go with ${other}`, "D", "CONSTRAINT_VIOLATION");
      }
      return value;
    };
    const place = { name, of: "applications", item: "assignment", showsOwner: true };
    collectionRoutes(management, { ...place, create: checked, replace: checked });
  }
}
