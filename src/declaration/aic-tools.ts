/** Tools of an agent on AIC: its own scopes for itself and with approval, those of an application by exchange. Pure. */

import { z } from "zod";
import { name } from "../fields/text.ts";
import { authorization, publicTool, toolMap, toolScopes, WAYS } from "./tools.ts";

export const aicTools = toolMap(
  z.discriminatedUnion(
    "authorization",
    [
      publicTool,
      z.strictObject({
        authorization: authorization("client_credentials", "A token of the agent's own, with its own scopes"),
        scopes: toolScopes,
      }),
      z.strictObject({
        authorization: authorization(
          "token_exchange",
          "A token for an application, in exchange for the user's or agent's",
        ),
        application: name.meta({
          description: "Client id of the application, which is the audience of the exchange",
          examples: ["orders-app"],
        }),
        scopes: toolScopes,
      }),
      z.strictObject({
        authorization: authorization("ciba", "A token that the user approves (CIBA), with the agent's own scopes"),
        scopes: toolScopes,
      }),
    ],
    WAYS,
  ),
);
