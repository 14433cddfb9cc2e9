/** A doctor's round: every check of a set-up, from this machine to the tenant. Reads only. */

import type { ParsedDeclaration } from "../../declaration/load.ts";
import type { DoctorReport } from "../../reports/doctor/report.ts";
import { reportOf } from "../../reports/doctor/report.ts";
import type { CloudName, Said } from "../../tenants.ts";
import { clock } from "./clock.ts";
import { type Declared, declaration, file, whereaboutsIn } from "./declaration.ts";
import { all, type Known, known, Sheet } from "./sheet.ts";
import { binding, state } from "./stack.ts";
import { kit, pulumiCli } from "./versions.ts";
import type { Wing } from "./wing.ts";

/** What is to be examined. */
export type Subject = {
  /** The environment, which is the Pulumi stack as well. */
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  /** Reads its declaration. @throws PingAgentsError */
  readonly read: () => ParsedDeclaration;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
};

/** Makes all checks that can be made. @param wingOf what a cloud adds */
export async function examine(
  { stack, env, read, now = Date.now }: Subject,
  wingOf: (cloud: CloudName) => Wing<CloudName, unknown>,
): Promise<DoctorReport> {
  const sheet = new Sheet();
  await sheet.look(kit, known(undefined));
  const cli = await sheet.look(pulumiCli, known(env));
  const parsed = await sheet.look(file, known(read));
  const declared: Known<Declared> = await sheet.look(declaration, parsed);
  const of = await sheet.look(state, "lacks" in cli ? cli : known({ stack, env }));
  const where = "value" in parsed ? whereaboutsIn(parsed.value) : undefined;
  if (where) {
    const { settings, connection, local, examine: examineTenant } = wingOf(where.platform);
    const said: Said = { env, declared: where, ...("value" in of && { config: of.value.config }) };
    if (local)
      await sheet.look(local, all({ declared, env: known(env), state: known("value" in of ? of.value : undefined) }));
    const usable = await sheet.look(settings, known(said));
    const answer = await sheet.look(connection, usable);
    await sheet.look(clock, "lacks" in answer ? answer : known({ ...answer.value, now }));
    await sheet.look(binding, all({ stack: known(stack), said: known(said), state: of, answer }));
    await examineTenant(sheet, "lacks" in answer ? answer : usable, declared);
  }
  return reportOf(stack, sheet.rows);
}
