/** Which scripts of a client `delegates` and `audience` would make: the way back from `components/aic/delegation.ts`. Pure. */

import { isDeepStrictEqual } from "node:util";
import { type TokenScript, tokenScriptsOf } from "../../components/aic/delegation.ts";
import type { ScriptValues } from "../../fields/aic-script.ts";
import { TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { EMPTY } from "../../providers/aic/oauth2-settings.ts";
import type { Properties } from "../../providers/pulumi-values.ts";

/** A script in the terms of its kind, and its id. */
export type FoundScript = { readonly id: string; readonly inputs: Properties };

/** What of a client stands for more than itself. */
export type Following = {
  /** Client id of who acts with its tokens. */
  readonly actor?: string | undefined;
  /** The audience of its own tokens. */
  readonly audience?: string | undefined;
  /** Overrides that refer to the scripts. */
  readonly scripts: Readonly<Partial<Record<TokenScript["field"], string>>>;
};

const FIELDS: readonly TokenScript["field"][] = ["accessTokenMayActScript", "accessTokenModificationScript"];

/** The overrides of a client that count and refer to scripts, of those which a declaration may make. */
export function scriptFieldsOf({ overrides }: Properties): TokenScript["field"][] {
  const block = (overrides ?? {}) as Properties;
  if (block.enabled !== true) return [];
  return FIELDS.filter((field) => typeof block[field] === "string" && block[field] !== EMPTY);
}

/** The ids of these scripts. */
export const scriptIdsOf = (client: Properties): string[] =>
  scriptFieldsOf(client).map((field) => String((client.overrides as Properties)[field]));

/** The scripts of a client that are exactly those which a declaration would give it. */
export function followingOf(clientId: string, { overrides }: Properties, scripts: readonly FoundScript[]): Following {
  const block = (overrides ?? {}) as Properties;
  if (block.enabled !== true) return { scripts: {} };
  const said = (field: TokenScript["field"]) => {
    const found = scripts.find(({ id }) => id === block[field]);
    const values = found?.inputs.script;
    return typeof values === "object"
      ? { id: found?.id, inputs: found?.inputs, values: values as ScriptValues }
      : undefined;
  };
  const [mayAct, own] = [said("accessTokenMayActScript"), said("accessTokenModificationScript")];
  const actor = mayAct && "mayAct" in mayAct.values ? mayAct.values.mayAct.client : undefined;
  const isScripted = block.accessTokenModificationPluginType === "SCRIPTED";
  const audience = own && isScripted && "audience" in own.values ? own.values.audience : undefined;
  const made = tokenScriptsOf(clientId, { audience }, actor).filter(({ field, name, context, script }) => {
    const { inputs } = said(field) ?? {};
    const { name: itsName, context: itsContext, language, script: values } = inputs ?? {};
    return isDeepStrictEqual([itsName, itsContext, language, values], [name, context, "JAVASCRIPT", script]);
  });
  const isMade = (what: TokenScript["what"]) => made.some((one) => one.what === what);
  return {
    ...{ actor: isMade("may-act") ? actor : undefined, audience: isMade("audience") ? audience : undefined },
    scripts: Object.fromEntries(made.map(({ field }) => [field, String(block[field])])),
  };
}

/** The same without the audience: of a client whose other tokens it would change, too. */
export function withoutAudience({ actor, scripts }: Following): Following {
  const { accessTokenModificationScript: _own, ...others } = scripts;
  return { actor, scripts: others };
}

/** The same without who acts with its tokens. */
export function withoutActor({ audience, scripts }: Following): Following {
  const { accessTokenMayActScript: _mayAct, ...others } = scripts;
  return { audience, scripts: others };
}

/**
 * `delegates` of a client that acts: with the tokens of each it gets all its scopes for each audience on its list, whichever entry
 * they were declared with.
 *
 * @param sources client ids of those whose tokens name it
 * @returns nothing where a declaration cannot say so
 */
export function delegatesOf(client: Properties, sources: readonly string[], doesRealmAccept: boolean): Properties[] {
  const { scopes, grantTypes, tokens, overrides } = client as { readonly [field: string]: Properties | undefined };
  const block = overrides ?? {};
  const accepts = block.enabled === true ? block.acceptAudienceParametersInTokenExchangeRequests : doesRealmAccept;
  const isActing = accepts === true && Array.isArray(grantTypes) && grantTypes.includes(TOKEN_EXCHANGE);
  const names = [...new Set((scopes as unknown as string[] | undefined)?.map((text) => text.replace(/\|.*/s, "")))];
  if (!isActing || names.length === 0) return [];
  const audiences = (tokens?.allowedAudiences ?? []) as readonly string[];
  return sources.flatMap((source) => audiences.map((audience) => ({ with: source, audience, scopes: names })));
}
