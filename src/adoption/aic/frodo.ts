/**
 * Export files of frodo (frodo-cli 4: `agent ai export`, `app export`) as a realm that can be read: AM documents and managed
 * objects as the tenant shows them, an agent with its identity and privileges under `_aiAgentIdentity`.
 */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import type { AicTenant } from "../../admin-api/aic/tenant.ts";
import { PingAgentsError } from "../../errors.ts";
import { identityId, identityOf } from "../../providers/aic/agent-identity.ts";
import { type AicContext, aicContexts } from "../../providers/aic/context.ts";
import { managed, type RealmType } from "../../providers/aic/relations.ts";

const identified = z.looseObject({ _id: z.string() });
const byId = <T extends z.ZodType>(entry: T) => z.record(z.string(), entry).optional();

const exportSchema = z
  .looseObject({
    agent: byId(
      z.looseObject({
        ...identified.shape,
        _type: z.looseObject({ _id: z.string() }),
        _aiAgentIdentity: z.looseObject({ _privileges: z.array(identified).optional() }).optional(),
      }),
    ),
    /** OAuth 2.0 clients. */
    application: byId(identified),
    managedApplication: byId(identified),
  })
  .refine(({ agent, managedApplication }) => agent !== undefined || managedApplication !== undefined);

/** A file that frodo wrote. */
export type Exported = { readonly file: string; readonly text: string };

/**
 * The realm of the exports. It has no users: their ids stay where the tenant would tell names; and no scripts, whose ids stay, too.
 *
 * @throws ERR_FILE for a file that is no such export
 */
export function exportedRealm(exports: readonly Exported[], realm: string): AicContext {
  const all = exports.map(parsed);
  const of = <T>(entries: (one: (typeof all)[number]) => Readonly<Record<string, T>> | undefined): T[] =>
    all.flatMap((one) => Object.values(entries(one) ?? {}));
  const agents = of(({ agent }) => agent).filter(({ _type }) => _type._id === "AIAgent");
  const documents = {
    AIAgent: agents.map(({ _aiAgentIdentity, ...document }): AmDocument => document),
    OAuth2Client: of(({ application }) => application) as AmDocument[],
  };
  const rows: Partial<Record<RealmType, readonly IdmObject[]>> = {
    aiagent: agents.map(({ _aiAgentIdentity: { _privileges, ...identity } = {}, ...document }) => ({
      ...{ ...identityOf(document), ...identity, _id: identityId(document) },
    })),
    aiagentprivilege: agents.flatMap(({ _id, _aiAgentIdentity }) =>
      (_aiAgentIdentity?._privileges ?? []).map((row) => ({ ...row, agentOAuth2ClientId: _id })),
    ),
    application: of(({ managedApplication }) => managedApplication) as IdmObject[],
  };
  const collections = new Map(Object.entries(rows).map(([type, list]) => [managed(realm, type as RealmType), list]));
  const tenant = {
    origin: exports.map(({ file }) => file).join(", "),
    am: () => ({
      query: async (type: keyof typeof documents) => documents[type],
      collection: () => ({ get: async () => undefined }),
      getOAuth2Provider: async () => undefined,
    }),
    idm: { query: async (collection: ReturnType<typeof managed>) => collections.get(collection) ?? [] },
  };
  return aicContexts(tenant as unknown as AicTenant).coalesced;
}

function parsed({ file, text }: Exported) {
  const refuse = (cause?: unknown) =>
    new PingAgentsError("ERR_FILE", `${file} is no export of AI agents or applications by frodo`, {
      hint: "frodo agent ai export --all, frodo app export --all; nothing was changed",
      cause,
    });
  try {
    const { data, error } = exportSchema.safeParse(JSON.parse(text));
    if (!data) throw refuse(error);
    return data;
  } catch (error) {
    throw error instanceof PingAgentsError ? error : refuse(error);
  }
}
