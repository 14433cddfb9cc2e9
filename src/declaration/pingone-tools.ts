/** Tools of an agent on PingOne, where every scope is one of a resource. Pure. */

import { z } from "zod";
import { OPENID } from "../fields/pingone.ts";
import { name } from "../fields/text.ts";
import { authorization, publicTool, toolMap, toolScopes, WAYS } from "./tools.ts";

const RESOURCE = {
  description: "Key or name of the resource whose scopes these are, as in access",
  examples: ["orders-api"],
};
const resource = name
  .refine((one) => one !== OPENID, "OpenID Connect tells who signed on, and opens no tool: name another resource")
  .meta(RESOURCE);

export const pingOneTools = toolMap(
  z.discriminatedUnion(
    "authorization",
    [
      publicTool,
      z.strictObject({
        authorization: authorization("client_credentials", "A token of the agent's own for a resource"),
        ...{ resource, scopes: toolScopes },
      }),
      z.strictObject({
        authorization: authorization("token_exchange", "A token for a resource, in exchange for the user's"),
        ...{ resource, scopes: toolScopes },
        actor: z.strictObject({ resource, scopes: toolScopes }).optional().meta({
          description: "The agent's own token that goes with the exchange (actor_token) and says who acts",
          otherwise:
            "one with the same scopes where `delegates` names the resource, else none: the new token names nobody",
        }),
      }),
      z.strictObject({
        authorization: authorization("ciba", "A token for a resource that the user approves (CIBA)"),
        ...{ resource: name.meta(RESOURCE), scopes: toolScopes },
      }),
    ],
    WAYS,
  ),
);
