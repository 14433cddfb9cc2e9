/** Access that somebody grants a declared agent by hand: a drift check names it, a repair takes it away, an entry lets it stay. */

import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { hands } from "../support/hands.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const AGENT = "pay-bot";
const declaration = (allow: object[] = []) => ({
  ...development,
  applications: { "pay-app": { name: "Pay App", type: "service", scopes: ["pay.read", "pay.write"] } },
  agents: {
    [AGENT]: {
      name: "Pay Bot",
      pattern: "on-behalf-of",
      access: [{ application: "pay-app", scopes: ["pay.read"], subjects: ["barbara.jensen"] }],
      allow,
    },
  },
});
const stack = await addStack("access", declaration());
await stack.up();
const before = await tenant.content();
const grant = () => hands(tenant).grant({ agent: AGENT, application: "Pay App", users: ["end.user"] });
const SENTENCE = "user end.user on pay-app: all scopes";

test("a drift check names it, and `up --refresh` takes it away", async () => {
  const id = await grant();
  expect(await stack.driftedProperties()).toEqual({ [`aic:AiAgent ${AGENT}`]: [`undeclared["${id}"]`] });
  const { stdout } = await stack.drift({ exit: 7 });
  expect(stdout).toContain(SENTENCE);
  expect(stdout).toContain(id);

  await stack.up({ args: ["--refresh"] });
  expect(await tenant.content()).toEqual(before);
  await stack.drift();
});

/** What the tests from here on leave in place. */
let granted: string;

test("with `report` it shows each time, and `up` says that it stays", async () => {
  const report = { ...declaration(), undeclaredAccess: "report" };
  await stack.declare(report).up();
  granted = await grant();
  const content = await tenant.content();
  const { stdout, stderr } = await stack.up({ args: ["--refresh"] });
  expect(stdout + stderr).toContain(`${granted}: ${SENTENCE}`);
  expect(await tenant.content()).toEqual(content);
  expect((await stack.drift({ exit: 7 })).stdout).toContain(SENTENCE);
});

test("with an entry that allows it, nothing shows and nothing goes", async () => {
  const content = await tenant.content();
  await stack.declare(declaration([{ access: granted, reason: "a trial", owner: "ann" }])).up({ args: ["--refresh"] });
  expect(await tenant.content()).toEqual(content);
  await stack.drift();
});
