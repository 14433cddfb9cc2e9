/** What the claims of a resource's tokens decide about exchanges, by their texts, declared or read (delegation §1). Pure. */

import type { ResourceFacts } from "./facts.ts";

/** Texts of claims by name; all others are of no concern here. */
type Texts = Readonly<Record<string, string | undefined>>;

const REQUEST = "#root.context.requestData";
/** No actor in a token that a client gets for itself, in both ways of saying it. */
const FOR_USERS = /grantType\s*(?:!=\s*"client_credentials"\s+and\b|==\s*"client_credentials"\s*\)?\s*\?\s*null\b)/;

/** What follows of {@link ResourceFacts} from claims. */
export function saidByClaims({ may_act: mayAct = "", act = "", sub = "" }: Texts) {
  return {
    isForUsers: FOR_USERS.test(mayAct),
    nestsAct: act.includes(`${REQUEST}.subjectToken.act`),
    namesClient: sub.includes(`${REQUEST}.subjectToken.client_id`),
  } satisfies Partial<ResourceFacts>;
}
