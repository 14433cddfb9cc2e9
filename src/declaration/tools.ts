/** What tools of an agent are on every platform: each with a name, and how it is authorised (scenarios §C). Pure. */

import { z } from "zod";
import { name, nonEmptyScopes } from "../fields/text.ts";

/** How a tool is authorised. */
export const authorization = <Way extends string>(way: Way, description: string) =>
  z.literal(way).meta({ description });

/** What a tool that needs a token needs of it. */
export const toolScopes = nonEmptyScopes("name the scopes that the tool needs").meta({
  description: "Scopes that the tool needs; the agent must have been given each of them",
  examples: [["orders:read"]],
});

/** A tool that needs no token. */
export const publicTool = z.strictObject({
  authorization: authorization("none", "The tool is public: no token"),
});

/** What to say of a tool that is authorised in no such way. */
export const WAYS = { error: "expected none, client_credentials, token_exchange or ciba" };

/** The tools of a client by their names in the agent's code. */
export const toolMap = <Tool extends z.ZodType>(tool: Tool) =>
  z.record(name, tool).optional().meta({
    description: "Tools of the agent by the names that its code has for them, and how each is authorised",
    otherwise: "nobody checks which of its scopes the agent needs",
  });
