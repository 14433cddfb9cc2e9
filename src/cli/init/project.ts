/** The files of a new project, by what was chosen. Nothing is written here. */

import { readFileSync } from "node:fs";
import type { Pattern } from "../../declaration/shared-fields.ts";
import { type PlatformName, platforms } from "../../platforms.ts";
import { newSigningKey } from "../../providers/jwks.ts";
import { keyFile } from "../keys.ts";
import { filled, template, templatesIn } from "./templates.ts";

/** What a person decides. */
export type Choices = {
  /** Of the Pulumi project. */
  readonly name: string;
  readonly platform: PlatformName;
  /** On AIC only. */
  readonly realm: string;
  /** Of the first agent. */
  readonly pattern: Pattern;
};

/** A file to be written. */
export type PlannedFile = {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
  /** Written together with it, for its owner only: a private key that the text has the public half of. */
  readonly secret?: { readonly path: string; readonly text: string };
};

/** The environments, in the order in which a change goes through them, with their tiers on AIC. */
const TIERS = { dev: "development", staging: "staging", production: "production" } as const;
type Environment = keyof typeof TIERS;
const ENVIRONMENTS = Object.keys(TIERS) as Environment[];

/** The agent of each pattern's template. */
const AGENTS: Readonly<Record<Pattern, string>> = {
  autonomous: "stock-watcher",
  "on-behalf-of": "support-agent",
  approved: "refund-agent",
};

const NO_ID = "00000000-0000-4000-8000-000000000000";

/** What names a tenant and an account, in the shell. */
const SETTINGS: Readonly<Record<PlatformName, string>> = {
  aic: `export AIC_TENANT_URL=https://tenant.example.com
export AIC_SERVICE_ACCOUNT_ID=${NO_ID}
export AIC_SERVICE_ACCOUNT_KEY="$(cat service-account-key.jwk)"`,
  pingone: `export PINGONE_ENVIRONMENT_ID=${NO_ID}
export PINGONE_CLIENT_ID=${NO_ID}
export PINGONE_CLIENT_SECRET="$(cat worker-secret)"
export PINGONE_REGION_CODE=EU`,
};

/**
 * All files of a project.
 *
 * @param isModule whether its `.ts` files are modules, as `package.json` says
 */
export async function projectFiles(choices: Choices, isModule: boolean): Promise<PlannedFile[]> {
  const { name, platform, pattern } = choices;
  const values = { name, title: platforms[platform].title, agent: AGENTS[pattern], settings: SETTINGS[platform] };
  return [
    { path: "Pulumi.yaml", text: filled("project/Pulumi.yaml", values) },
    { path: "index.ts", text: isModule ? template("project/index.ts") : commonProgram() },
    { path: "package.json", text: manifest(name) },
    { path: "stacks/base.yaml", text: base(choices) },
    ...(await Promise.all(ENVIRONMENTS.map((environment) => overlay(environment, choices)))),
    ...templatesIn("github").map((file) => ({ path: `.github/workflows/${file}`, text: workflow(file) })),
    { path: ".gitignore", text: template("project/gitignore") },
    { path: "README.md", text: filled("project/README.md", values) },
  ];
}

/** The same program where files are CommonJS. */
const commonProgram = () =>
  template("project/index.ts").replace(
    'export { declareProject as default } from "ping-agents";',
    'module.exports = require("ping-agents").declareProject;',
  );

/** The kit's own manifest, which stands above the sources, and above the compiled files as well. */
const kit = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

/** What a project cannot do without, whatever is there already. */
export const needed = {
  /** Versions by package: this one of the kit, and the SDK that it was made with. */
  packages: {
    "@pulumi/pulumi": (kit.peerDependencies ?? kit.dependencies)["@pulumi/pulumi"],
    "ping-agents": `^${kit.version}`,
  } as Readonly<Record<string, string>>,
  /** What git must not see. */
  ignored: template("project/gitignore")
    .split("\n")
    .filter((line) => line && !line.startsWith("#")),
};

const manifest = (name: string): string =>
  `${JSON.stringify({ name: name.toLowerCase(), private: true, type: "module", dependencies: needed.packages }, null, 2)}\n`;

const base = ({ platform, pattern, realm }: Choices): string =>
  template(`project/declarations/${platform}/${pattern}.yaml`).replace(/^realm: .*$/m, `realm: ${realm}`);

/** Why `verify` gets no token of a user otherwise: it has no browser. */
const WITH_PASSWORDS = `
provider: { grantTypes: [client_credentials, password, token_exchange] }
applications:
  customer-portal: { grantTypes: [authorization_code, password] } # password, so that verify can sign a user in
`;

/** What an environment says beside the base. */
async function overlay(environment: Environment, { platform, pattern }: Choices): Promise<PlannedFile> {
  const path = `stacks/${environment}.yaml`;
  const head =
    "# yaml-language-server: $schema=../node_modules/ping-agents/schema/declaration.schema.json\nextends: base.yaml\n";
  if (platform === "pingone")
    return { path, text: `${head}# environment: ${NO_ID} # then no other one is taken for it\n` };
  const tenant = `# tenant: https://${environment}.example.com # then no other one is taken for it\n`;
  const text = `${head}tier: ${TIERS[environment]}\n${tenant}`;
  if (pattern === "on-behalf-of" && environment === "dev") return { path, text: text + WITH_PASSWORDS };
  if (pattern !== "approved") return { path, text };
  const signing = (keys: unknown) =>
    `${text}\nagents:\n  ${AGENTS.approved}: { ciba: { keys: ${JSON.stringify(keys)} } } # they sign its requests\n`;
  if (environment === "dev") return { path, text: signing("generated") };
  const { publicKey, privateKey } = await newSigningKey();
  const secret = { path: keyFile(environment, AGENTS.approved, publicKey), text: `${JSON.stringify(privateKey)}\n` };
  return { path, text: signing({ keys: [publicKey] }), secret };
}

/** A workflow for the environments of the project. */
const workflow = (file: string): string =>
  template(`github/${file}`)
    .replace("environment: [dev]", `environment: [${ENVIRONMENTS.join(", ")}]`)
    .replace(`'["dev"]'`, `'${JSON.stringify(ENVIRONMENTS)}'`);
