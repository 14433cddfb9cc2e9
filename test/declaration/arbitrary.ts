/** Arbitrary declarations that are right, of every platform: fields from the schemas, and what belongs together by hand. */

import fc from "fast-check";
import { z } from "zod";
import { claimName } from "../../src/fields/pingone.ts";
import { oauth2Settings } from "../../src/providers/aic/oauth2-settings.ts";
import { applicationSettings } from "../../src/providers/pingone/application-settings.ts";
import { resourceSettings } from "../../src/providers/pingone/resource.ts";
import { arbitraryOf, type Choices } from "../support/arbitrary.ts";
import { httpsUrl, webUrl } from "../support/urls.ts";

/** An environment variable with a value that every secret may have. */
export const SECRET = "PING_AGENTS_TEST_SECRET";

const id = fc.stringMatching(/^[a-z]{3,6}$/);
const word = fc.stringMatching(/^[A-Za-z0-9 ._:-]{1,12}$/).filter((text) => text.trim() === text);
/** One that differs from others by more than case. */
const name = word.map((text) => text.toLowerCase());
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
/** A scope as a token request can carry it. */
const scope = fc.stringMatching(/^[A-Za-z0-9._:-]{1,12}$/);
const scopes = fc.uniqueArray(scope, { minLength: 1, maxLength: 3 });
const reference = fc.constant({ env: SECRET });
const jwk = fc.record({
  kid: fc.stringMatching(/^[a-z]{4,8}$/),
  kty: fc.constant("EC"),
  x: fc.base64String({ minLength: 4 }),
});
const jwks = fc.record({ keys: fc.uniqueArray(jwk, { maxLength: 2, selector: ({ kid }) => kid }) });
/** The example key of RFC 7515 A.3 with its RFC 7638 thumbprint. */
const signingKey = {
  ...{ kty: "EC", crv: "P-256", use: "sig", alg: "ES256", kid: "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U" },
  ...{ x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" },
};

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** As YAML gives it: plain objects. */
const plain = (declaration: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  declaration.map((value) => JSON.parse(JSON.stringify(value)));
/** Some of the optional fields, and all others. */
const record = (optional: Fields, required: Fields = {}) =>
  fc.record({ ...optional, ...required }, { requiredKeys: Object.keys(required) });
const dictionary = (key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>, maxKeys = 2) =>
  fc.dictionary(key, value, { maxKeys, noNullPrototype: true });
const merged = (...parts: fc.Arbitrary<unknown>[]) =>
  fc.tuple(...parts).map((all): Record<string, unknown> => Object.assign({}, ...all));
const settings = (shape: z.ZodRawShape, choices: Choices) => arbitraryOf(z.object(shape), choices);

const identity = {
  ...{ description: word, owners: words, protect: fc.boolean() },
  adopt: fc.constantFrom("never", "match", "overwrite"),
};
/** Tools, on PingOne each with the resource of its scopes. */
const tools = (resource: Fields = {}) => {
  const need = { scopes, ...resource };
  return dictionary(
    word,
    fc.oneof(
      record({}, { authorization: fc.constant("none") }),
      record({}, { authorization: fc.constantFrom("client_credentials", "ciba"), ...need }),
    ),
  );
};
const life = {
  ...{ sponsor: word, expires: fc.constantFrom("2020-01-31", "2026-12-31") },
  onRemove: fc.constantFrom("delete", "disable", "retain"),
};
const undeclaredAccess = fc.constantFrom("remove", "report");
const ownedAccess = (access: fc.Arbitrary<string>) => ({
  undeclaredAccess,
  allow: fc.uniqueArray(record({ expires: fc.constant("2026-12-31") }, { access, reason: word, owner: word }), {
    selector: (entry) => (entry as { access: string }).access,
    maxLength: 2,
  }),
});
const grantTypes = fc.subarray(["client_credentials", "authorization_code", "token_exchange", "urn:example:grant"]);

const aicSettings = settings(oauth2Settings, {
  ...{ extra: fc.constant({ coreOAuth2ClientConfig: { agentgroup: "g" } }), jwks, grantTypes, scopes },
  secretLabel: fc.stringMatching(/^[a-z]{1,5}(\.[a-z]{1,5})?$/),
});
const aicSecret = fc.oneof(
  fc.constant("generated"),
  word.map((rotation) => ({ rotation })),
  id.map((name) => ({ esv: `esv-${name}` })),
  reference,
);
const aicClient = {
  ...identity,
  ...{ secret: aicSecret, tools: tools() },
  ciba: fc.oneof(fc.constant({ keys: "generated", overlap: false }), fc.constant({ keys: { keys: [signingKey] } })),
};
const privileges = (subjects: Fields) =>
  fc.uniqueArray(
    record(
      { name: word, description: word },
      { application: word, scopes: fc.oneof(fc.constant("all"), scopes), ...subjects },
    ),
    { maxLength: 2, selector: ({ application }) => application },
  );
const aicAgent = (pattern: string, own: Fields) =>
  merged(
    aicSettings,
    record(
      { ...aicClient, ...ownedAccess(id), ...life, customAttributes: dictionary(id, word) },
      { name: word, pattern: fc.constant(pattern) },
    ),
    record({}, own),
  );
const journeyNode = (next: fc.Arbitrary<string>) =>
  record(
    { displayName: word, properties: dictionary(id, fc.jsonValue()) },
    { type: word, outcomes: dictionary(id, next) },
  );
const journey = fc.oneof(
  record({ description: word }, { pattern: fc.constantFrom("push-approval", "push-registration") }),
  fc.uniqueArray(id, { minLength: 1, maxLength: 3 }).chain((nodes) => {
    const graph = fc.record(
      Object.fromEntries(nodes.map((key) => [key, journeyNode(fc.constantFrom(...nodes, "success", "failure"))])),
    );
    return record({ description: word }, { entry: fc.constantFrom(...nodes), nodes: graph });
  }),
);

/** A declaration of AIC. Client ids of agents and applications differ by their first letter, labels of secrets, too. */
export const aicDeclarations = plain(
  record(
    {
      undeclaredAccess,
      tenant: webUrl,
      provider: record({ grantTypes, acr: dictionary(word, word) }),
      journeys: dictionary(word, journey),
      users: dictionary(
        name,
        record({ password: reference }, { givenName: word, sn: word, mail: fc.constant("a@example.com") }),
      ),
      groups: dictionary(name, record({ description: word, members: words })),
      esvSecrets: dictionary(
        id.map((name) => `esv-s-${name}`),
        record(
          { description: word, encoding: fc.constantFrom("generic", "pem"), useInPlaceholders: fc.boolean() },
          { value: reference },
        ),
      ),
      esvVariables: dictionary(
        id.map((name) => `esv-v-${name}`),
        record(
          { description: word, expressionType: fc.constantFrom("string", "int", "keyvaluelist") },
          { value: word },
        ),
      ),
      applications: dictionary(
        id.map((name) => `a-${name}`),
        merged(
          aicSettings,
          record(aicClient, { name: word, type: fc.constantFrom("web", "service", "spa", "native") }),
        ),
        1,
      ),
      agents: dictionary(
        id.map((name) => `b-${name}`),
        fc.oneof(
          aicAgent("autonomous", { access: privileges({}) }),
          aicAgent("on-behalf-of", { access: privileges({ subjects: words, subjectGroups: words }) }),
          aicAgent("approved", { ciba: aicClient.ciba, scopes: scopes.map((others) => ["openid", ...others]) }),
        ),
        1,
      ),
    },
    { platform: fc.constant("aic"), realm: fc.constantFrom("alpha", "bravo"), tier: fc.constant("development") },
  ),
);

const between = (min: number, max: number) => fc.integer({ min, max });
/** Without wildcards, which need a switch: a rule over the whole file tells of it (src/declaration/rules). */
const urls = fc.array(
  webUrl.map((url) => url.replaceAll("*", "-")),
  { maxLength: 2 },
);
const pingOneSettings = settings(applicationSettings, {
  ...{ extra: fc.constant({ someProperty: 1 }), jwks, jwksUri: httpsUrl },
  ...{ authMethod: fc.constantFrom("client_secret_basic", "client_secret_post"), grantTypes: undefined },
  ...{ refreshTokenLifetime: between(60, 1_000), refreshTokenRollingLifetime: between(1_000, 10_000) },
  ...{ refreshTokenGracePeriod: between(0, 86_400), pushedAuthorizationRequestLifetime: between(1, 600) },
  ...{ codeLifetime: between(1, 3_600), pollingInterval: between(1, 60), keyRotationPolicy: fc.uuid() },
  ...{ initiateLoginUri: httpsUrl },
  ...{ redirectUris: urls, postLogoutRedirectUris: urls, responseTypes: fc.constant([]) },
  corsOrigins: fc.oneof(fc.constantFrom("any", "none"), fc.constant(["https://b.example.com"])),
  groups: fc.record({ match: fc.constantFrom("any", "all"), names: words }),
});
const RESOURCES = ["orders", "portal", "stock"];
const claim = record({ required: fc.boolean(), idToken: fc.boolean(), scopes }, { value: word });
const grants = fc.uniqueArray(record({}, { resource: fc.constantFrom(...RESOURCES, "openid", "Others API"), scopes }), {
  maxLength: 3,
  selector: ({ resource }) => resource,
});
const pingOneClient = {
  ...identity,
  access: grants,
  tools: tools({ resource: fc.constantFrom(...RESOURCES) }),
  policies: record({}, { kind: fc.constantFrom("sign-on", "davinci"), names: words }),
  claims: dictionary(
    id.filter((name) => claimName.safeParse(name).success),
    claim,
  ),
  secret: record({ rotation: word, overlap: between(120, 2_505_600), output: fc.boolean() }),
};
const pingOneAgent = (pattern: string, own: Fields = {}) =>
  merged(
    pingOneSettings,
    record(
      { ...pingOneClient, ...life },
      { name: word.map((text) => `Agent ${text}`), pattern: fc.constant(pattern), ...own },
    ),
  );

/** A declaration of PingOne. */
export const pingOneDeclarations = plain(
  record(
    {
      environment: fc.uuid(),
      applications: dictionary(
        id.map((name) => `a-${name}`),
        merged(
          pingOneSettings,
          record(pingOneClient, { name: word, type: fc.constantFrom("web", "service", "spa", "native", "custom") }),
        ),
        1,
      ),
      agents: dictionary(
        id.map((name) => `b-${name}`),
        fc.oneof(
          pingOneAgent("autonomous"),
          pingOneAgent("on-behalf-of", { actsForUsersOf: fc.subarray(RESOURCES, { minLength: 1 }) }),
          pingOneAgent("approved"),
        ),
        1,
      ),
    },
    {
      platform: fc.constant("pingone"),
      resources: fc.record(
        Object.fromEntries(
          RESOURCES.map((key) => [
            key,
            merged(
              settings(resourceSettings, {
                accessTokenLifetime: between(300, 2_592_000),
                audience: word.map((text) => `${key}:${text}`),
              }),
              record(
                {
                  description: word,
                  scopes: dictionary(scope, word),
                  claims: dictionary(id, fc.oneof(word, dictionary(id, fc.jsonValue()))),
                },
                { name: fc.constant(`${key} API`) },
              ),
            ),
          ]),
        ),
      ),
    },
  ),
);
