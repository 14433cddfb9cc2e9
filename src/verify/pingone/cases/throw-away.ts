/** What is tried on throw-away agents, since it would take a declared one out of service. */
import type { Negative } from "../../case.ts";
import type { PingOneCaseId } from "../catalogue.ts";
import type { PingOneAccess } from "../plan.ts";
import type { PingOneWorld } from "../world.ts";

/** @param entry what the throw-away agent reaches */
export function throwAwayRefusals({ rig, service }: PingOneWorld, entry: PingOneAccess): Negative<PingOneCaseId>[] {
  const flow = "client-credentials";
  const agent = () => rig.agent(entry);
  const ask = async () => service.own(await agent(), entry.scopes);
  const changed = async (change: Record<string, unknown>) => rig.whileChanged(await agent(), change, ask);
  return [
    { id: "N51", flow, twin: ask, provoke: () => changed({ enabled: false }) },
    { id: "N52", flow, twin: ask, provoke: () => changed({ grantTypes: ["CIBA"] }) },
    { id: "N53", flow, twin: ask, provoke: async () => rig.whileNothingGranted(await agent(), ask) },
  ];
}
