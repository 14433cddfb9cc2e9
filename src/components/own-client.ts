/** Keeps a program from signing in as a client of its own stack; `npx pulumi` and the other commands look before it runs. */

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { namedTenant, refuseOwnClient, type Said } from "../tenants.ts";

/** What the engine answers of the stack as it is in the state: outputs by name, those of before this run. */
const known = z.object({ outputs: z.object({ clientIds: z.record(z.string(), z.string()) }) });

/**
 * Refuses the account of the settings where the state knows it as one of the stack's clients. Calls nobody but the engine.
 *
 * @throws ERR_OWN_CLIENT, and what {@link namedTenant} throws
 */
export async function refuseOwnAccount(
  said: Said & { readonly declared: NonNullable<Said["declared"]> },
): Promise<void> {
  const tenant = namedTenant(said.declared.platform, said);
  if (tenant.account === undefined) return;
  const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const answer: unknown = await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name });
  const clientIds = known.safeParse(answer).data?.outputs.clientIds ?? {};
  refuseOwnClient(
    tenant,
    Object.entries(clientIds).map(([key, clientId]) => ({ name: key, clientId })),
  );
}
