/** The facts of docs/contracts that lives of AIC kinds bear on, by the exchanges that show them. */

import type { Fact } from "../compare.ts";

const fact = (cite: string, says: string, method: string, route: RegExp): Fact => ({ cite, says, method, route });

/** Evidence is in the pages; what is inferred there is what an acceptance is for. */
export const aicFacts: readonly Fact[] = [
  fact("aic §2.1", "an agent is read wrapped, with its defaults", "GET", /\/agents\/AIAgent\/\{own\}$/),
  fact("aic §2.1", "a query lists agents plain", "GET", /\/agents\/AIAgent$/),
  fact("aic §2.4", "PUT creates an agent or replaces it as a whole", "PUT", /\/agents\/AIAgent\/\{own\}$/),
  fact("aic §2.7", "DELETE answers with the agent", "DELETE", /\/agents\/AIAgent\/\{own\}$/),
  fact("aic §3.3", "an identity has owners", "PATCH", /\/managed\/\w+_aiagent\//),
  fact("aic §3.4", "PUT creates a privilege with its relations", "PUT", /\/managed\/\w+_aiagentprivilege\//),
  fact(
    "aic §3.6",
    "privileges are read and listed with their relations",
    "GET",
    /\/managed\/\w+_aiagentprivilege(?:\/|$)/,
  ),
  fact("aic §4", "applications are read and listed with their owners", "GET", /\/managed\/\w+_application(?:\/|$)/),
  fact("aic §10", "groups are read and listed with their members", "GET", /\/managed\/\w+_group(?:\/|$)/),
  fact("aic §4", "PUT creates an application, linked with its client", "PUT", /\/managed\/\w+_application\//),
  fact("aic §4", "PATCH changes an application", "PATCH", /\/managed\/\w+_application\//),
  fact("aic §4", "DELETE answers with the application", "DELETE", /\/managed\/\w+_application\//),
  fact("aic §5.1", "a client is read wrapped", "GET", /\/agents\/OAuth2Client\/\{own\}$/),
  fact("aic §5.1", "PUT creates a client or replaces it as a whole", "PUT", /\/agents\/OAuth2Client\/\{own\}$/),
  fact("aic §5.1", "DELETE answers with the client", "DELETE", /\/agents\/OAuth2Client\/\{own\}$/),
  fact("aic §6", "the provider of the realm is read", "GET", /\/services\/oauth-oidc$/),
  fact("aic §6.1", "PUT takes the whole provider", "PUT", /\/services\/oauth-oidc$/),
  fact("aic §7.1", "a journey is read", "GET", /\/trees\/\{own\}$/),
  fact("aic §7.1", "PUT creates or replaces a journey", "PUT", /\/trees\/\{own\}$/),
  fact("aic §7.1", "DELETE answers with the journey", "DELETE", /\/trees\/\{own\}$/),
  fact("aic §7.2", "PUT creates or replaces a node", "PUT", /\/authenticationtrees\/nodes\//),
  fact("aic §7.2", "DELETE answers with the node", "DELETE", /\/authenticationtrees\/nodes\//),
  fact("aic §8.1", "PUT creates an ESV secret", "PUT", /\/environment\/secrets\//),
  fact("aic §8.1", "POST adds a version or changes the description", "POST", /\/environment\/secrets\//),
  fact("aic §8.1", "DELETE of an ESV secret", "DELETE", /\/environment\/secrets\//),
  fact("aic §8.1", "an ESV secret is read without its value", "GET", /\/environment\/secrets\//),
  fact("aic §8.2", "an ESV variable is read with its value", "GET", /\/environment\/variables\//),
  fact("aic §8.2", "PUT creates or replaces an ESV variable", "PUT", /\/environment\/variables\//),
  fact("aic §8.2", "DELETE of an ESV variable", "DELETE", /\/environment\/variables\//),
  fact("aic §9", "PUT maps a label to an ESV secret", "PUT", /\/ESV\/mappings\//),
  fact("aic §9", "DELETE of a mapping", "DELETE", /\/ESV\/mappings\//),
  fact("aic §10", "a user is created by PUT", "PUT", /\/managed\/\w+_user\//),
  fact("aic §10", "the id of a group is its name", "PUT", /\/managed\/\w+_group\//),
  fact("delegation §4", "PUT creates or replaces a script", "PUT", /\/scripts\//),
  // Who approves has a phone: no run has one.
  fact("oauth-flows §6.2", "a user is asked, and the token is had by polling", "POST", /\/bc-authorize$/),
  fact("delegation §4", "DELETE of a script", "DELETE", /\/scripts\//),
];
