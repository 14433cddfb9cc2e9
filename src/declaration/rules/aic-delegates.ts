/** `delegates` and `audience` on AIC: what a client needs to exchange tokens of others, and what one script cannot say (delegation §2.2). Pure. */

import { grantTypes, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { suggest } from "../describe.ts";
import { canAct } from "./acting.ts";
import { clientsOf, list, type Mapping, mapping, type Refuse, type Rule } from "./rule.ts";

type Path = readonly PropertyKey[];

/** An entry of `delegates`, whose it is, and where it stands. */
type Entry = { readonly id: string; readonly path: Path; readonly entry: Mapping };

const ACCEPT = "acceptAudienceParametersInTokenExchangeRequests";

export const aicDelegates: Rule = (written, refuse) => {
  const clients = clientsOf(written);
  const entries = clients.flatMap(([path, client]) =>
    list(client.delegates).map((entry, index) => ({
      ...{ id: path[1], path: [...path, "delegates", index], entry: mapping(entry) },
    })),
  );
  const sources = new Set(entries.map(({ entry }) => entry.with));
  names(entries, clients, refuse);
  actors(entries, refuse);
  for (const [path, client] of clients) {
    const [kind, id] = path;
    if (kind === "agents" && client.delegates !== undefined) {
      const advice = "let an application act (delegation §2.2)";
      refuse([...path, "delegates"], `nobody knows what AIC makes of an agent that acts by may_act: ${advice}`);
    }
    if (client.audience !== undefined) ownAudience(client, path, refuse);
    if (sources.has(id)) scripted(client, path, refuse);
    if (kind === "applications" && list(client.delegates).length > 0)
      acting(client, path, { written, refuse, isScripted: sources.has(id) });
  }
};

/** A script is made for whom `with` names, so that it is of this file; a pair is one entry. */
function names(entries: readonly Entry[], clients: ReturnType<typeof clientsOf>, refuse: Refuse): void {
  const ids = clients.map(([[, id]]) => id);
  const seen = new Set<string>();
  for (const { id, path, entry } of entries) {
    const { with: source, audience } = entry;
    if (typeof source === "string" && !ids.includes(source)) {
      const mistake = `no agent or application "${source}" in this file, whose tokens could say who acts`;
      refuse([...path, "with"], mistake + suggest(source, ids));
    }
    const pair = JSON.stringify([id, source, audience]);
    if (seen.has(pair)) refuse(path, "a second entry for these two: put all scopes into one");
    seen.add(pair);
  }
}

/** The may-act script of a client names one other. */
function actors(entries: readonly Entry[], refuse: Refuse): void {
  const first = new Map<unknown, string>();
  for (const { id, path, entry } of entries) {
    const other = first.get(entry.with) ?? id;
    first.set(entry.with, other);
    if (other === id) continue;
    refuse([...path, "with"], `tokens of ${entry.with} name ${other} already: its script names one client`);
  }
}

/** The script shapes every token that the client gets, also those by exchange (delegation §2.1). */
function ownAudience(client: Mapping, path: Path, refuse: Refuse): void {
  for (const field of ["access", "delegates"]) {
    if (list(client[field]).length === 0) continue;
    const clash = `would also be the audience of the tokens that ${field} is for`;
    refuse([...path, "audience"], `${clash}: take it away, or let another client have ${field}`);
  }
}

/** Its script counts where its own overrides are in force. */
function scripted({ overrides }: Mapping, path: Path, refuse: Refuse): void {
  if (mapping(overrides).enabled !== false) return;
  refuse([...path, "overrides", "enabled"], "must be on: the script that says who acts is one of the overrides");
}

type Acting = {
  readonly written: Mapping;
  readonly refuse: Refuse;
  /** Whether somebody acts with its own tokens: then its own overrides are in force. */
  readonly isScripted: boolean;
};

/** Can act, and its realm takes audiences. */
function acting(client: Mapping, path: Path, { written, refuse, isScripted }: Acting): void {
  if (!canAct(client, path, refuse)) return;
  const { enabled, [ACCEPT]: accepts } = mapping(client.overrides);
  const isOwn = enabled === true || isScripted;
  if (isOwn && accepts === false) {
    refuse([...path, "overrides", ACCEPT], "must be on: without it the audience of delegates is ignored");
  }
  if (written.provider === undefined) return;
  const provider = mapping(written.provider);
  const offered = grantTypes.safeParse(provider.grantTypes).data;
  if (offered && !offered.includes(TOKEN_EXCHANGE))
    refuse([...path, "delegates"], "needs the grant type token_exchange: add it to provider.grantTypes");
  if (!isOwn && provider[ACCEPT] !== true)
    refuse([...path, "delegates"], `its audiences are ignored: add ${ACCEPT}: true to provider`);
}
