/** Which stack a command line of the CLI is about, in every spelling that the CLI takes. */

import { describe, expect, test } from "vitest";
import { argumentsOf } from "../../tools/commands/arguments.mjs";

const split = (line: string) => argumentsOf(line.split(" "));

test.each([
  ["up --stack dev", { stack: "dev" }],
  ["up --stack=org/project/dev", { stack: "org/project/dev" }],
  ["preview -s dev", { stack: "dev" }],
  ["preview -sdev", { stack: "dev" }],
  ["refresh -s=dev", { stack: "dev" }],
  ["-C infra destroy -s dev", { stack: "dev", cwd: "infra" }],
  ["--cwd=infra -v 3 --color never --logflow down", { cwd: "infra" }],
  ["up --config-file my.yaml -c a:b=1 --config c:d=2", { configFile: "my.yaml", config: ["a:b=1", "c:d=2"] }],
  ["up -y --target urn -- --help", {}],
  ["pre", {}],
  ["update", {}],
  ["dn", {}],
  ["watch", {}],
])("%s", (line, said) => {
  expect(split(line)).toEqual({ config: [], command: expect.any(String), ...said, isAboutTenant: true });
});

describe("commands that ask no tenant", () => {
  test.each(["stack ls", "config set a b", "cancel --stack up", "up --help", "destroy -h", "version", "--cwd up", ""])(
    "%s",
    (line) => {
      expect(split(line).isAboutTenant).toBe(false);
    },
  );
});
