/** Tools of an agent on AIC: its own scopes for itself and with approval, those of an application or audience by exchange. Pure. */

import { z } from "zod";
import { name } from "../fields/text.ts";
import { authorization, publicTool, toolMap, toolScopes, WAYS } from "./tools.ts";

const exchange = z.strictObject({
  authorization: authorization("token_exchange", "A token for an application, in exchange for the user's or agent's"),
  application: name.optional().meta({
    description: "Client id of the application, as in `access`, which is the audience of the exchange",
    otherwise: "it is for an `audience`",
    examples: ["orders-app"],
  }),
  audience: name.optional().meta({
    description:
      "An audience of `delegates`; a token of its own with the same scopes goes with the exchange and says who acts (`actor_token`)",
    otherwise: "it is for an `application`",
    examples: ["supply-chain-mcp-tool"],
  }),
  scopes: toolScopes,
});

export const aicTools = toolMap(
  z.discriminatedUnion(
    "authorization",
    [
      publicTool,
      z.strictObject({
        authorization: authorization("client_credentials", "A token of the agent's own, with its own scopes"),
        scopes: toolScopes,
      }),
      exchange.refine(
        ({ application, audience }) => (application === undefined) !== (audience === undefined),
        "name either the application, or an audience of delegates",
      ),
      z.strictObject({
        authorization: authorization("ciba", "A token that the user approves (CIBA), with the agent's own scopes"),
        scopes: toolScopes,
      }),
    ],
    WAYS,
  ),
);
