/** What stands above the tables of the reference: how a file is read. */

export const introduction = `# The declaration

<!-- Made by npm run schema from the schemas that check a declaration. Do not edit. -->

One YAML file per environment, \`stacks/<env>.yaml\`, says which agents exist, which applications they may reach, for whom and with
which scopes. \`npx ping-agents validate\` checks it without a network, and names file, line and column of every mistake. Editors with
a YAML language server check and complete it by the same rules, when its first line says

\`\`\`yaml
# yaml-language-server: $schema=../schema/declaration.schema.json
\`\`\`

What stands in the file, and what becomes of it on the tenant:

- **\`agents\`**: AI agents: identity, owners, [life](agent-life.md), OAuth 2.0 settings by pattern (\`autonomous\`, \`on-behalf-of\`,
  \`approved\`, on PingOne also \`signs-users-in\`), and under \`access\` who they act for, on which application, with which
  scopes. \`tools\` says how each tool of an agent's code is authorised, and \`delegates\` which tokens of others it may exchange,
  and for what ([examples](../stacks/examples/README.md), [why](decisions/0015-delegation-is-said-by-whoever-acts.md)).
- **\`applications\`**: applications with their OAuth 2.0 clients.
- **\`resources\`** (PingOne): APIs, and the scopes that open them; there \`access\` names a resource in place of an application.
- **\`agreements\`, \`signOnPolicies\`** (PingOne): what users consent to, and what is asked of them when they sign on. A text that changes is
  a new revision, to which everybody consents anew. PingOne keeps an agreement that somebody has consented to: it is switched off, and stays.
- **\`audience\`** (AIC): that of a client's own tokens; scripts that follow from it and from \`delegates\` are static
  ([examples](../stacks/examples/README.md)).
- **\`provider\`** (AIC): grant types, acr values and settings of the realm's OAuth2 provider; only these entries are owned.
- **\`journeys\`** (AIC): journeys, by pattern (\`push-approval\`, \`push-registration\`) or as a graph of nodes.
- **\`esvSecrets\`, \`esvVariables\`** (AIC): secrets and variables of the environment.
- **\`users\`, \`groups\`** (AIC): demo identities, in development only.

A pattern expands to what Ping's documentation asks an administrator to click; every setting of an OAuth 2.0 client can be written beside
it and wins. \`npx ping-agents explain AGENT [env]\` shows what a pattern and a base expand to, and why each field is set.

- **Fields** are optional unless their default says *required*. An unknown field is a mistake.
- **Words** are enumerations. One that is open takes other words, too, with a warning: the clouds learn new ones.
- **Times** are seconds, or a number with its unit: \`90s\`, \`15m\`, \`1h\`, \`30d\`.
- **Lists** are sets, unless a field says that their order counts: another order is no change, and an entry stands once.
- **Names** of users, groups, journeys, policies and resources that the file does not declare are the tenant's, and looked up at
  preview. A name within two letters of a declared one is a mistake, and so is any that is not there where \`existing\` lists its sort.
- **Secrets** are never in the file: it says where each comes from. They are generated, or come from the environment, the stack
  configuration or an ESV. \`secret: { rotation: 2026-11 }\` generates a new one with each new text: on AIC the old one ends at once,
  because a client has one secret; on PingOne it works on for \`overlap\` seconds.

## Several environments

What environments share stands in one file, and each says what differs:

\`\`\`yaml
extends: base.yaml
tier: production
tenant: https://bank.example.com

agents:
  teller: { description: null, protect: true }
applications:
  payments-app: { redirectUris: ["https://portal.\${env:BANK_DOMAIN}/callback"] }
\`\`\`

\`extends\` names the base from the file's own folder; a base may extend another one. Mappings merge key by key, lists and other values
replace, \`null\` takes a key away. A mistake is told in the file, line and column where the wrong value stands. A file that another one
of its folder extends is a base and no environment: it is not listed, checked or deployed alone. Editors check it by
\`schema/base.schema.json\`. \`keys\` writes the environment's own file unless \`--in\` names a base. \`test/declaration/bank\` is an example of
three environments.

## What anchors share

Keys \`x-…\` hold what anchors (\`&name\`) share with aliases (\`*name\`, \`<<: *name\`), and are left out; among names that somebody chose,
such as those of agents or scopes, only with an anchor.

## Variables

\`\${env:NAME}\` stands in names and descriptions that people read, the tenant's address, audiences, redirect URIs and other addresses. It
is refused in keys, scopes, subjects, access, owners and \`extends\`, so that what was reviewed does not depend on a shell. \`$\${env:\` is
not replaced. A variable that is missing is told before anything else, one of a secret (\`{ env: NAME }\`) before an \`up\` makes anything.
`;
