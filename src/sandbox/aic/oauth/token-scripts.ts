/** The scripts that shape an access token: which ones a client or its realm names, and what they do to it (delegation §4). */
import { Gap } from "../../errors.ts";
import { type JsonObject, sectionOf } from "../../json.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { isScriptOfNewTenant, scriptOf } from "../am/scripts.ts";
import type { Realm } from "../realms.ts";
import { text } from "./attributes.ts";
import { type Statement, statementsOf } from "./script-vocabulary.ts";

/** Ids of the scripts that a client or a provider names. */
export type TokenScripts = {
  readonly modification: string | undefined;
  readonly mayAct: string | undefined;
};

const CONTEXTS = {
  modification: ["OAUTH2_ACCESS_TOKEN_MODIFICATION", "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"],
  // What the older engine does with a plain object is a failure at run time.
  mayAct: ["OAUTH2_MAY_ACT_NEXT_GEN"],
};

/** The request that a token is for, as far as scripts see it. */
type ScriptContext = { readonly tenant: Tenant; readonly realm: Realm; readonly resource?: string };

/** What each script may say. */
const WORDS: Readonly<Record<keyof TokenScripts, readonly Statement["does"][]>> = {
  modification: ["setField", "copyResource"],
  mayAct: ["setMayAct"],
};

/** The scripts of a client's override block. */
export function scriptsOfBlock(block: JsonObject): TokenScripts {
  const isScripted = block.accessTokenModificationPluginType === "SCRIPTED";
  return {
    modification: isScripted ? named(block.accessTokenModificationScript) : undefined,
    mayAct: named(block.accessTokenMayActScript),
  };
}

/** The scripts of a realm's provider. */
export function scriptsOfProvider(document: JsonObject): TokenScripts {
  const { accessTokenMayActScript } = sectionOf(document, "coreOAuth2Config");
  return scriptsOfBlock({ ...sectionOf(document, "pluginsConfig"), accessTokenMayActScript });
}

/**
 * The claims as the scripts leave them.
 * @throws {Gap} for a script that says anything that is not emulated
 */
export function shaped(
  { tenant, realm, resource }: ScriptContext,
  scripts: TokenScripts,
  claims: JsonObject,
): JsonObject {
  const result = { ...claims };
  for (const kind of ["modification", "mayAct"] as const) {
    for (const statement of read(tenant.store, realm, kind, scripts[kind])) {
      if (statement.does === "setMayAct") result.may_act = statement.value;
      else if (statement.does === "setField") result[statement.field] = statement.value;
      else if (resource !== undefined) result[statement.field] = resource;
    }
  }
  return result;
}

function read(store: Store, realm: Realm, kind: keyof TokenScripts, id: string | undefined): Statement[] {
  // Those of a new tenant leave the claims that are emulated alone.
  if (id === undefined || isScriptOfNewTenant(realm, id)) return [];
  const script = scriptOf(store, realm, id);
  if (!script) throw new Gap(`a token that the script ${id} shapes, which is not there`);
  const source = Buffer.from(String(script.script), "base64").toString();
  const fits = CONTEXTS[kind].includes(String(script.context)) && script.language === "JAVASCRIPT";
  const statements = fits ? statementsOf(source) : undefined;
  if (!statements?.every(({ does }) => WORDS[kind].includes(does))) {
    throw new Gap(
      `a token that the script ${String(script.name)} shapes: it says more than is emulated (delegation §4)`,
    );
  }
  return statements;
}

/** `[Empty]` is the name of no script (aic §2.3). */
function named(value: unknown): string | undefined {
  return value === "[Empty]" ? undefined : text(value);
}
