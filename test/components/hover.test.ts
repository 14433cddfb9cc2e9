/** What an editor shows of the classes: the language service of TypeScript is asked as an editor asks it. */

import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { metaOf } from "../../src/fields/meta.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { clouds } from "../../tools/reference/kinds.ts";

const FILE = join(projectRoot, "test", "program-in-an-editor.ts");
/** `‸` stands before what the pointer is on. */
const PROGRAM = `import { aic, pingone } from "../src/index.ts";
const app = new aic.‸Application("shop", { realm: "alpha", clientId: "shop", name: "Shop", ‸template: "web" });
app.‸applicationId;
new aic.OAuth2Client("shop", {
  realm: "alpha", clientId: "shop", ‸grantTypes: ["token_exchange"], tokens: { ‸accessTokenLifetime: "15m" },
});
new pingone.AiAgent("bot", { name: "Bot", ‸authMethod: "client_secret_jwt", authorization: { ‸pkce: "required" } });
new aic.DeclaredAgent("bot", {
  realm: "alpha", clientId: "bot", name: "Bot", pattern: "autonomous", grantTypes: ["ciba"],
  access: [{ application: "shop", ‸scopes: ["read"] }],
});
new aic.OAuth2Client("wrong", { realm: "alpha", clientId: "wrong", grantTypes: ["token_exchnage"] });
new aic.Script("wrong", { realm: "alpha", name: "wrong", context: "OIDC_CLAIM", script: "" });
new pingone.DeclaredAgent("wrong", { name: "Wrong", pattern: "automatic" });
`;
const text = PROGRAM.replaceAll("‸", "");

let service: ts.LanguageService;
beforeAll(() => {
  const { config } = ts.readConfigFile(join(projectRoot, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  const read = (file: string) => (file === FILE ? text : ts.sys.readFile(file));
  service = ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const source = read(file);
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source);
    },
    getCurrentDirectory: () => projectRoot,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
  });
});

const PATIENCE = 120_000;

test("the text of a class, an argument at any depth, and an output", { timeout: PATIENCE }, () => {
  const places = PROGRAM.split("‸").slice(0, -1);
  const positions = places.map((_part, index) => places.slice(0, index + 1).join("").length);
  const shown = positions.map((at) => {
    const { documentation, tags = [] } = service.getQuickInfoAtPosition(FILE, at + 1) ?? {};
    const said = tags.map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
    return [ts.displayPartsToString(documentation).replace(/\s+/g, " "), ...said].join(" ");
  });
  expect(shown).toEqual([
    "A managed application that is linked with an OAuth 2.0 client.",
    expect.stringMatching(/^Kind of application: .*`web` \(runs on a server; users sign on\)/),
    "UUID of the managed application.",
    expect.stringMatching(/^Grant types; .* @default \["authorization_code"\]/),
    expect.stringMatching(/^.+ @default 0 @example/),
    expect.stringMatching(/`private_key_jwt` \(a JWT that the client's key signed\)/),
    expect.stringMatching(/`s256_required` \(must be sent, by SHA-256\)/),
    expect.stringMatching(/^Scopes the agent may get; /),
  ]);
});

test("a word that an enumeration lacks is an error where it stands, and no other is", { timeout: PATIENCE }, () => {
  const wrong = service
    .getSemanticDiagnostics(FILE)
    .map(({ start = 0, length = 0 }) => text.slice(start, start + length));
  expect(wrong).toEqual(['"token_exchnage"', "context", "pattern"]);
});

test("short grant names are proposed", { timeout: PATIENCE }, () => {
  const at = text.indexOf('"token_exchnage"') + 1;
  const names = service.getCompletionsAtPosition(FILE, at, {})?.entries.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["token_exchange", "ciba", "client_credentials"]));
});

test("every argument and output of every resource says what it is", () => {
  const silent = clouds.flatMap(({ wing, kinds, agent, application }) =>
    [
      ...kinds.flatMap(
        ({ name, inputs, outputs }) =>
          [
            [name, inputs],
            [name, outputs],
          ] as const,
      ),
      ["agent", agent] as const,
      ["application", application] as const,
    ].flatMap(([name, schema]) =>
      Object.entries(schema.shape)
        .filter(([, field]) => metaOf(field).description === undefined)
        .map(([field]) => `${wing}.${name}.${field}`),
    ),
  );
  expect(silent).toEqual([]);
});
