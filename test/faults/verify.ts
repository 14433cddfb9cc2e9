/** The verifier on a stack that is up, as `ping-agents verify` runs it; and what must be true of its report whatever goes wrong. */

import { expect } from "vitest";
import { aicAssertions, aicPlanOf } from "../../src/cli/verify/aic-plan.ts";
import { pingOneAssertions, pingOnePlanOf } from "../../src/cli/verify/pingone-plan.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { pingOneDeclarationSchema } from "../../src/components/pingone/schema.ts";
import { revealSecret } from "../../src/providers/pulumi-values.ts";
import { verify } from "../../src/verify/aic/index.ts";
import { FORMATS, type Report, render } from "../../src/verify/index.ts";
import { verifyPingOne } from "../../src/verify/pingone/index.ts";
import { machineTimer } from "../../src/verify/timer.ts";
import type { Cloud } from "./clouds.ts";
import type { LocalStack } from "./local-stack.ts";

/** Who is asked and acted for: the local tenant's own user. */
const USER = "end.user";
const placeOf = () => ({ file: "stack.yaml", line: 1, column: 1 });

/** @param said is told what a person is told meanwhile */
export function runVerify(cloud: Cloud, stack: LocalStack, said: string[] = []): Promise<Report> {
  const { url, users, serviceAccount, controlToken, pingone } = cloud.tenant.sandbox;
  const outputOf = (key: string, output: "clientId" | "secret" | "privateKey") => {
    const of = [...stack.state.values()].filter(({ name }) => name.split("/")[0] === key);
    return of.map(({ outs }) => revealSecret(outs[output])).find((value) => typeof value === "string");
  };
  const common = {
    target: "sandbox",
    ...{ controlToken, progress: (line: string) => void said.push(line) },
    timer: { ...machineTimer, pause: async () => {} },
    credentials: {
      clientId: async (key: string) => outputOf(key, "clientId"),
      clientSecret: async (key: string) => outputOf(key, "secret"),
      password: async (user: string) => users[user]?.password,
      async privateKey(key: string) {
        const text = outputOf(key, "privateKey");
        return text === undefined ? undefined : JSON.parse(text);
      },
    },
  } as const;
  if (cloud.name === "aic") {
    const declaration = aicDeclarationSchema.parse(cloud.declaration);
    const plan = { ...aicPlanOf(declaration, { user: USER }), assertions: aicAssertions(declaration, placeOf) };
    return verify(plan, { ...common, tenant: url, serviceAccount });
  }
  const declaration = pingOneDeclarationSchema.parse(cloud.declaration);
  const plan = { ...pingOnePlanOf(declaration), assertions: pingOneAssertions(declaration, placeOf) };
  const { environmentId, workerClientId: clientId, workerClientSecret: secret } = pingone;
  const client = { clientId, secret, authMethod: "client_secret_basic" } as const;
  const issuer = `${url}/${environmentId}/as`;
  const worker = { apiUrl: `${url}/v1`, environmentId, issuer, client };
  return verifyPingOne(plan, { ...common, worker, authUrl: url, user: USER });
}

/** Rows of cases, without those of what preflight found and of what could not be removed. */
const cases = ({ rows }: Report) => rows.filter((row) => !["preflight", "cleanup"].includes(row.case));

/** Every verdict is that of the run that nothing disturbed, or none: nothing fails that does not, and nothing passes that was not tried. */
export function expectTrue(report: Report, calm: Report): void {
  const known = calm.findings.map(({ message }) => message);
  for (const { message } of report.findings) expect(known).toContain(message);
  // What could not be read is named, and no reason to say that all is well.
  if (report.findings.length < known.length) expect(report.notes.length).toBeGreaterThan(calm.notes.length);
  const verdicts = (of: Report) => cases(of).map(({ agent, case: id, title, verdict }) => [agent, id, title, verdict]);
  const expected = verdicts(calm);
  const wrong = verdicts(report).filter(
    (row, index) => row[3] !== "inconclusive" && JSON.stringify(row) !== JSON.stringify(expected[index]),
  );
  expect(wrong).toEqual([]);
  expect(cases(report)).toHaveLength(expected.length);
}

/** All that a person can get to see of a report. */
export const textsOf = (report: Report): string[] => FORMATS.map((format) => render(report, format, true));
