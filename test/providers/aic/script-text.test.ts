/** The scripts that are made of values: what an engine runs, what is read back, and what stays a text. */

import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScriptValues } from "../../../src/fields/aic-script.ts";
import { scriptText, scriptValues } from "../../../src/providers/aic/script-text.ts";

/** What a script does to a token whose request names a resource. */
function run(script: string): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  const requestParams = new Map([["resource", { get: (at: number) => ["https://tool.example.com", "second"][at] }]]);
  runInNewContext(script, {
    token: { setMayAct: (value: unknown) => Object.assign(claims, { may_act: JSON.parse(JSON.stringify(value)) }) },
    accessToken: { setField: (name: string, value: unknown) => Object.assign(claims, { [name]: value }) },
    requestProperties: new Map([["requestParams", requestParams]]),
  });
  return claims;
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constant('"});evil();//\u2028'));
const mayAct = text.map((client): ScriptValues => ({ mayAct: { client } }));
const shaping = fc
  .record({ audience: text, audienceFromResource: fc.constant(true as const) }, { requiredKeys: [] })
  .filter((values): boolean => Object.keys(values).length > 0);

test("whatever a value is, the script writes it and does nothing else, and it is read back", () => {
  fc.assert(
    fc.property(fc.oneof(mayAct, shaping), (values) => {
      const script = scriptText(values);
      const expected =
        "mayAct" in values
          ? { may_act: { client_id: values.mayAct.client, sub: values.mayAct.client } }
          : {
              ...(values.audience !== undefined && { aud: values.audience }),
              ...(values.audienceFromResource && { audience: "https://tool.example.com" }),
            };
      expect(run(script)).toEqual(expected);
      expect(scriptValues(script)).toEqual(values);
    }),
  );
});

test.each([
  [`// who may act\n(function () {\n  token.setMayAct({ client_id: 'gateway', "sub": "gateway" }); /* done */\n})();`],
  [`(function(){token.setMayAct({client_id:"gateway",sub:"gateway"})}())`],
])("%s is the same in another spelling", (script) => {
  expect(run(script)).toEqual({ may_act: { client_id: "gateway", sub: "gateway" } });
  expect(scriptValues(script)).toEqual({ mayAct: { client: "gateway" } });
});

const SAME = scriptText({ mayAct: { client: "gateway" } });
test.each([
  ["nothing", ""],
  ["a comment alone", "// token.setMayAct({client_id:'gateway',sub:'gateway'})"],
  ["more than that", `${SAME}accessToken.setField("scope", "all");`],
  ["it twice", `${SAME}${SAME}`],
  ["it under a condition", `if (scopes.contains("x")) { ${SAME} }`],
  ["another actor than client", 'token.setMayAct({"client_id":"gateway","sub":"other"});'],
  ["a further member", 'token.setMayAct({"client_id":"gateway","sub":"gateway","iss":"x"});'],
  ["a variable", "token.setMayAct({client_id: gateway, sub: gateway});"],
  ["a word in two", SAME.replace("token", "to ken")],
  ["another claim", 'accessToken.setField("sub", "gateway");'],
  ["a number", 'accessToken.setField("aud", 1);'],
  ["an escaped text in single quotes", String.raw`accessToken.setField("aud", 'a\x62');`],
  ["another copy", 'accessToken.setField("audience", requestProperties.get("requestParams").get("resource").get(1));'],
])("%s stays a text", (_what, script) => {
  expect(scriptValues(script)).toBeUndefined();
});
