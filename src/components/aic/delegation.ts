/** What `delegates` and `audience` of a declaration stand for (delegation §1.5). Pure. */

import type { ScriptValues } from "../../fields/aic-script.ts";
import { deterministicId } from "../../providers/aic/ids.ts";
import type { AicAgent, AicApplication, AicDeclaration } from "./declaration.ts";

/** Who acts with the tokens of each client, by its id. */
export const actorsOf = ({ applications = {} }: Pick<AicDeclaration, "applications">): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(applications).flatMap(([id, { delegates = [] }]) => delegates.map((one) => [one.with, id] as const)),
  );

/** A script that follows, and the override that refers to it. */
export type TokenScript = {
  /** What it is for: stands in the names of resources. */
  readonly what: "may-act" | "audience";
  readonly field: "accessTokenMayActScript" | "accessTokenModificationScript";
  readonly context: "OAUTH2_MAY_ACT_NEXT_GEN" | "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN";
  readonly name: string;
  readonly script: ScriptValues;
};

/**
 * The scripts of a client; none where it says which script it has.
 *
 * @param actor client id of who acts with its tokens
 */
export function tokenScriptsOf(
  clientId: string,
  { audience, overrides = {} }: Pick<AicAgent | AicApplication, "audience" | "overrides">,
  actor: string | undefined,
): TokenScript[] {
  const mayAct: TokenScript | undefined =
    actor === undefined
      ? undefined
      : {
          ...{ what: "may-act", field: "accessTokenMayActScript", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
          ...{ name: `${clientId} may act`, script: { mayAct: { client: actor } } },
        };
  const own: TokenScript | undefined =
    audience === undefined
      ? undefined
      : {
          ...{ what: "audience", field: "accessTokenModificationScript" },
          ...{ context: "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN", name: `${clientId} audience` },
          script: { audience },
        };
  return [mayAct, own].flatMap((one) => (one && overrides[one.field] === undefined ? one : []));
}

/** The id that a script is given: the same on every tenant. */
export const scriptIdOf = (realm: string, { name }: TokenScript): string => deterministicId("script", realm, name);

/** The override block that scripts of a client need; empty for a client that has none. */
export function scriptOverrides({ audience }: Pick<AicAgent, "audience">, actor: string | undefined) {
  if (audience === undefined && actor === undefined) return {};
  return {
    ...{ enabled: true, statelessTokensEnabled: true },
    ...(audience !== undefined && { accessTokenModificationPluginType: "SCRIPTED" }),
  };
}

/** What an acting client has because of its `delegates`, beside what it declares. */
export function actingSettings({ delegates = [], scopes = [], tokens }: AicApplication) {
  if (delegates.length === 0) return {};
  const own = new Set(scopes.map((text) => text.replace(/\|.*/s, "")));
  const further = delegates.flatMap((one) => one.scopes).filter((scope) => !own.has(scope));
  const audiences = [...(tokens?.allowedAudiences ?? []), ...delegates.map(({ audience }) => audience)];
  return {
    scopes: [...scopes, ...new Set(further)],
    tokens: { ...tokens, allowedAudiences: [...new Set(audiences)].sort() },
  };
}
