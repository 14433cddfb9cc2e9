/** Resources are made without stacks, and everything else of a program keeps its own. */

import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import { Group } from "../../src/components/aic/resources.ts";
import { watchRequests } from "./program.ts";

type Request = { getStacktrace(): { getFramesList(): unknown[] } | undefined; getSourceposition(): unknown };
const requests: Request[] = [];

beforeAll(async () => {
  const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => ({ id: "id", state: inputs });
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
  watchRequests<Request>((request) => requests.push(request));
});

test("the engine is sent no stack of a resource", async () => {
  const group = new Group("one", { realm: "alpha", name: "one" });
  await new Promise((resolve) => group.urn.apply(resolve));
  expect(requests.length).toBeGreaterThan(0);
  for (const request of requests) {
    expect(request.getStacktrace()?.getFramesList() ?? []).toEqual([]);
    expect(request.getSourceposition()).toBeUndefined();
  }
});

test("errors made afterwards have one, and so has what a mistake in making a resource throws", () => {
  const { stackTraceLimit, prepareStackTrace } = Error;
  new Group("two", { realm: "alpha", name: "two" });
  expect(new Error("later").stack).toContain("quiet.test.ts");
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  expect(Error.prepareStackTrace).toBe(prepareStackTrace);

  let thrown: unknown;
  try {
    new Group("", { realm: "alpha", name: "three" });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ stack: expect.stringContaining("quiet.test.ts") });
  expect(new Error("after it").stack).toContain("quiet.test.ts");
});
