/** What a doctor is shown in tests: a declaration, an environment, and a Pulumi CLI that answers as it is told. */

import { examine } from "../../../src/cli/doctor/examine.ts";
import { wingOf } from "../../../src/cli/doctor/wings.ts";
import { parseDeclaration } from "../../../src/declaration/load.ts";
import { pulumiVersion } from "../../../src/engine/cli-version.mjs";
import type { Row } from "../../../src/reports/doctor/report.ts";
import { script, temporaryFolder } from "../../tools/executables.ts";

/** What the CLI knows, and which it is. */
export type Cli = {
  readonly version?: string;
  /** Resources of the state. @default there is no stack */
  readonly resources?: readonly object[];
  /** Keys of the configuration, all secret. @default none */
  readonly config?: readonly string[];
  /** What it says instead of everything but its version. */
  readonly refusal?: string;
};

/** A PATH with that CLI first; with none, no CLI at all. */
export function pathWith({ version = pulumiVersion, resources, config = [], refusal }: Cli | undefined = {}): string {
  const folder = temporaryFolder();
  const none = "no stack named 'dev' found";
  const state = JSON.stringify({ version: 3, deployment: { resources, manifest: { time: "2026-11-01T00:00:00Z" } } });
  const settings = JSON.stringify(Object.fromEntries(config.map((key) => [key, { secret: true }])));
  const known = [`export) echo '${state}';;`, `*) echo '${settings}';;`];
  const unknown = [`*) echo "error: ${refusal ?? none}" >&2; exit 255;;`];
  const answers = resources && !refusal ? known : unknown;
  script(folder, "pulumi", `[ "$1" = version ] && echo v${version} && exit`, 'case "$2" in', ...answers, "esac");
  return `${folder}:/usr/bin:/bin`;
}

/** The row of a stack that is bound to a tenant. */
export const bound = (platform: string, tenant: string) => ({
  urn: "urn:pulumi:dev::ping-agents::pulumi-nodejs:dynamic/x::tenant",
  type: `pulumi-nodejs:dynamic/${platform}:StackBinding`,
  inputs: {},
  outputs: { stackId: "abcdefghijkl", tenant, origin: "https://last.example.com" },
});

/** What a doctor says of a set-up. */
export async function diagnosed(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
  { cli, path = pathWith(cli) }: { readonly cli?: Cli; readonly path?: string } = {},
) {
  const env = { ...variables, PATH: path, XDG_CACHE_HOME: "/nowhere" }; // no CLI that was installed before
  const read = () => parseDeclaration(text, "stacks/dev.yaml", { env });
  const report = await examine({ stack: "dev", env, read }, wingOf);
  const failed = report.checks.filter(({ status }) => status === "failed");
  return { ...report, failed, said: failed.map(lineOf) };
}

const lineOf = ({ check, found, next }: Row) => `${check}: ${found} | ${next}`;
