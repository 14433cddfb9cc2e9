/** `aic:Script`: a script of a realm, to which OAuth 2.0 settings refer by its id (delegation §4). */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { eq } from "../../admin-api/aic/idm.ts";
import { guard } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { realmSchema, tierOfResource } from "../../fields/aic.ts";
import { mayActScript, tokenScript } from "../../fields/aic-script.ts";
import { description, name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { withMark, withoutMark } from "../owner.ts";
import type { AicContext } from "./context.ts";
import { referrersOf } from "./entry-users.ts";
import { fromBase64, toBase64 } from "./esv.ts";
import { deterministicId } from "./ids.ts";
import { describedMark, plainDescription } from "./managed-kind.ts";
import { scriptText, scriptValues } from "./script-text.ts";

/** Which context each form of values belongs to: the older engine fails on the object of a may-act script (delegation §4). */
const CONTEXTS = {
  mayAct: "OAUTH2_MAY_ACT_NEXT_GEN",
  audience: "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN",
} as const;

const fields = z.strictObject({
  realm: realmSchema,
  name: name.describe("Unique in the realm"),
  description: description.optional(),
  context: z
    .enum([
      ...(["OAUTH2_MAY_ACT", "OAUTH2_MAY_ACT_NEXT_GEN"] as const),
      ...(["OAUTH2_ACCESS_TOKEN_MODIFICATION", "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"] as const),
      ...(["OAUTH2_VALIDATE_SCOPE", "OAUTH2_VALIDATE_SCOPE_NEXT_GEN"] as const),
      ...(["OAUTH2_EVALUATE_SCOPE", "OIDC_CLAIMS", "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"] as const),
    ])
    .describe("What the script is for, and so which engine runs it: the new one those of the next generation"),
  language: z.enum(["JAVASCRIPT", "GROOVY"]).default("JAVASCRIPT").describe("What it is written in"),
  script: z
    .union(
      [
        z.string(),
        mayActScript,
        tokenScript.refine((values) => Object.keys(values).length > 0, "a script says something"),
      ],
      "expected { mayAct: { client } }, { audience, audienceFromResource }, or a text for what these cannot say",
    )
    .describe("What it says: as values, of which the text is made and which drift and reviews show; or its text"),
  tier: tierOfResource,
});

const schema = fields.check(({ value: { script, context, language }, issues }) => {
  if (typeof script === "string") return;
  const needed = "mayAct" in script ? CONTEXTS.mayAct : CONTEXTS.audience;
  const refuse = (field: string, message: string) =>
    issues.push({ code: "custom", input: script, path: [field], message });
  if (context !== needed) refuse("context", `a script that says this has the context ${needed}`);
  if (language !== "JAVASCRIPT") refuse("language", "a script of values is written in JAVASCRIPT");
});
type ScriptInputs = z.infer<typeof schema>;

const outputs = z.object({
  scriptId: z.string().describe("Id of the script, for the settings that refer to it"),
});

/** The id of the script, unless one was taken over. */
const objectId = ({ realm, name }: ScriptInputs) => deterministicId("script", realm, name);

/** The scripts of a realm. */
export const scriptsOf = ({ tenant }: AicContext, { realm }: { readonly realm: string }) =>
  tenant.am(realm).collection("scripts", "protocol=2.0,resource=1.0");

export const script: ResourceKind<typeof schema, typeof outputs, AmDocument, AicContext> = {
  type: "aic:Script",
  inputs: schema.describe("A script of a realm, to which OAuth 2.0 settings refer by its id."),
  outputs,
  // What a PUT makes of another context or language is not known.
  immutable: ["realm", "name", "context", "language"],
  notShown: ["tier"],
  promoted: true,
  drift: {
    noun: "script",
    fields: {
      realm: identity,
      ...text,
      context: guard("the script runs for something else"),
      language: guard("the script is read in another way"),
      script: guard("the script does something else"),
    },
  },
  id: ({ realm, name }) => `${realm}/${name}`,

  observe: async (context, inputs, { scriptId }) => {
    const scripts = scriptsOf(context, inputs);
    if (scriptId !== undefined) return scripts.get(scriptId);
    // By its name, which two scripts of a realm cannot share: so that of somebody else is found, too.
    return (await scripts.query(eq("name", inputs.name))).find((row) => row.name === inputs.name);
  },

  mark: (live, { inputs, outputs, owner }) =>
    describedMark(live, { known: outputs.scriptId, given: objectId(inputs), owner }),

  decode: async (_context, live, { realm, script }) => {
    const text = fromBase64(String(live.script));
    return {
      inputs: {
        ...{ realm, name: live.name, description: withoutMark(live.description) },
        ...{ context: live.context, language: live.language },
        // What is declared as a text is compared as one.
        script: typeof script === "string" ? text : (scriptValues(text) ?? text),
      },
      outputs: { scriptId: live._id },
    };
  },

  write: async (context, { inputs, previous, live, owner }) => {
    const { name, language } = inputs;
    const script = typeof inputs.script === "string" ? inputs.script : scriptText(inputs.script);
    const description = withMark(plainDescription(inputs.description, previous?.description, live), owner);
    const evaluatorVersion = inputs.context.endsWith("_NEXT_GEN") ? "2.0" : "1.0";
    const body = { name, description, context: inputs.context, language, evaluatorVersion, script: toBase64(script) };
    const { document } = await scriptsOf(context, inputs).put(live?._id ?? objectId(inputs), body);
    return { live: document };
  },

  remove: async (context, inputs, { scriptId }) => {
    const id = scriptId ?? objectId(inputs);
    const { realm, name } = inputs;
    // What the tenant does to whoever refers to a script that is gone is not known (delegation §4). One that is replaced is written again.
    const referrers = await referrersOf(context, realm, id);
    if (referrers.length > 0)
      console.warn(`warning: script "${name}" of realm ${realm} stays: it is referred to by ${referrers.join(", ")}`);
    else await scriptsOf(context, inputs).delete(id);
  },
};
