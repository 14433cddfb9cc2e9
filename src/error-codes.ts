/** Every error code of the project: what it means and what to do. `docs/errors.md` is made from this table by `npm run errors`. */

/** What a code means, and what to do about it. */
type Entry = readonly [means: string, next: string];

/**
 * The codes by the part that throws them. A new code is a line here; one that is not here cannot be thrown.
 * Codes are stable: they may be branched on, and are never given another meaning.
 */
export const ERROR_CODES = {
  "Calls to a tenant": {
    ERR_API_UNREACHABLE: [
      "no connection: the name is not resolved, the connection refused or dropped, the certificate not trusted, the proxy in the way",
      "check the address, the network, the certificate (NODE_EXTRA_CA_CERTS) and the proxy (HTTPS_PROXY)",
    ],
    ERR_API_TIMEOUT: [
      "no complete answer within the deadline, or 408",
      "run the command again; if it stays, the tenant is overloaded or the network drops packets",
    ],
    ERR_API_OUTAGE: [
      "502, 503, 504, an answer that is not JSON, such as a gateway's page, or a 404 that is not the server's own",
      "wait until the tenant is up again, then run the command again",
    ],
    ERR_API_RATE_LIMITED: [
      "429, also after the wait it asked for",
      "wait, then run the command with a lower --parallel",
    ],
    ERR_API_UNAUTHENTICATED: [
      "401, or the token endpoint does not accept the account or its key",
      "check the id and the key or secret of the service account or worker",
    ],
    ERR_API_FORBIDDEN: [
      "403 that is no policy failure, or a scope that the account was not granted",
      "grant the scope or role that the message names",
    ],
    ERR_API_UNKNOWN_ENDPOINT: [
      "PingOne's gateway has no such path or method, which it says with 403 (pingone §3.6)",
      "check the address and the environment id; otherwise report it",
    ],
    ERR_API_VALIDATION: [
      "the tenant refuses a value: AM 400 or 500, IDM 403 with failedPolicyRequirements, PingOne 400 INVALID_DATA, 422",
      "correct the value in the declaration",
    ],
    ERR_API_NOT_FOUND: ["404 where absence is no answer", "look whether somebody deleted the object, then refresh"],
    ERR_API_CONFLICT: [
      '409, 400 "already exists", or PingOne\'s UNIQUENESS_VIOLATION',
      "choose another name (or value, where it says which), or adopt the object that has it",
    ],
    ERR_API_PRECONDITION: [
      "412: an object with this id exists, or was changed meanwhile",
      "look at that object, then run the command again",
    ],
    ERR_API_TOO_LARGE: [
      "a list without an end, or a body beyond all bounds",
      "look whether the tenant, or a proxy before it, repeats pages; then report it",
    ],
    ERR_API_BAD_REQUEST: [
      "any other 4xx, or an id that cannot stand in a URL",
      "read what the tenant says; correct it",
    ],
    ERR_API_UNEXPECTED: [
      "any other 5xx, a redirect, an answer of a shape that docs/contracts does not know",
      "read what the tenant says; its logs have the call under the transaction id",
    ],
  },
  Settings: {
    ERR_SETTING_MISSING: [
      "a setting or a secret is neither in the environment nor in the stack configuration",
      "set it, as the message shows",
    ],
    ERR_SETTING_INVALID: ["a setting is there and cannot be used, e.g. a malformed key", "correct it"],
    ERR_INSECURE_TENANT_URL: ["plain http to a host that is not this machine", "use https"],
  },
  "The declaration": {
    ERR_DECLARATION: [
      "mistakes in a declaration, each with file, line and column; nothing was changed",
      "correct the file; npx ping-agents validate checks it without a tenant",
    ],
  },
  Resources: {
    ERR_ACCESS_POLICY: [
      "there is access that accessPolicy says must never be, or a finding as bad as ping-agents:failOn says; nothing was changed",
      "follow the Next of each finding, or let somebody answer for it under accept of accessPolicy",
    ],
    ERR_AI_AGENTS_DISABLED: [
      "the realm or the environment does not have AI agents",
      "AIC: npx ping-agents enable; PingOne: the licence Agent IAM Core",
    ],
    ERR_CONCURRENT_WRITER: [
      "somebody else writes to the realm's OAuth2 provider at the same time",
      "run the command again when the other has ended",
    ],
    ERR_IMPORT: [
      "pulumi import, or get by an id: the engine gives no inputs to find the object by",
      "declare the object with adopt: match or adopt: overwrite, then pulumi up",
    ],
    ERR_INTERNAL_VALUE: ["a value that cannot be kept in the state", "report it: a mistake of this project"],
    ERR_NAME_AMBIGUOUS: ["a declared name means several objects of the tenant", "rename all but one of them"],
    ERR_NAME_NOT_FOUND: ["a declared name means no object of the tenant", "correct the name, or create the object"],
    ERR_NAME_TAKEN: ["the name belongs to an object of another type", "choose another name"],
    ERR_NOT_APPLIED: [
      "the tenant took a change and holds something else",
      "look for a second writer or a policy of the tenant, then pulumi up",
    ],
    ERR_NO_SECRET: ["the application has no client secret", "choose an authentication method that has one"],
    ERR_OBJECT_EXISTS: [
      "the object is there and belongs to somebody else: another stack, or whoever made it",
      "adopt: match takes over an equal one, adopt: overwrite changes it; or choose another name",
    ],
    ERR_OBJECT_GONE: ["the object was deleted outside of Pulumi", "pulumi refresh, then pulumi up"],
    ERR_IN_USE: [
      "something that this stack does not manage uses the object, and would not be the same without it",
      "take it out there, or leave the object declared",
    ],
    ERR_OTHER_TENANT: [
      "the stack is bound to another tenant than the one that the settings lead to, a state of before cannot be told to be this one's, or two tenants are named; nothing was read or written",
      "point the settings at the stack's own tenant, name one only, or bind the stack anew: docs/state.md",
    ],
    ERR_PROVIDER_MISSING: [
      "there is no such realm, or it has no OAuth2 provider",
      "correct the realm, or add the service OAuth2 Provider in the admin console",
    ],
    ERR_READ_ONLY: ["PingOne does not let this worker take a role away", "let somebody do it who may"],
    ERR_UNENFORCED: [
      "a claim of a PingOne resource is required, and it is not known how the environment is told so; nothing was changed",
      "set PINGONE_REQUIRED_CLAIMS=send where the environment was seen to take it, or declare required: false",
    ],
    ERR_UNFINISHED: [
      "a run was cut off while it made something, and destroy would leave that on the tenant",
      "pulumi up, which goes on with it, then destroy",
    ],
    ERR_NO_CHECKPOINT: [
      "a run without checkpoints would make what has to be in the state before the first write: the stack's id, the baseline of a realm",
      "the command that the message shows, once; then as before: docs/scale.md",
    ],
    ERR_STATIC_CONFIGURATION: [
      "static configuration differs, and this tier asserts it instead of writing it",
      "promote it from development",
    ],
    ERR_UNKNOWN_KIND: [
      "the state has a resource kind that this version does not know",
      "install the version that made the stack, or a newer one",
    ],
  },
  "The command line": {
    ERR_ADOPTION: [
      "an adoption would do more than take over what is equal, or was cut off",
      "mend what the message names, then run adopt again: it goes on",
    ],
    ERR_AGENT_UNKNOWN: ["the declaration has no such agent", "use one of the keys that the message names"],
    ERR_COMMAND: ["the command that sandbox is to run cannot be started", "name one that is there, or sh -c '…'"],
    ERR_CLIENT_UNKNOWN: ["the declaration has no such agent or application", "declare it first"],
    ERR_DOTENV: ["a value that no dotenv file can hold: it has quotation marks of both kinds", "--format json"],
    ERR_ENVIRONMENT_UNKNOWN: ["there is no declaration of this environment", "write stacks/<env>.yaml, or use another"],
    ERR_FILE: [
      "a file cannot be read or written; nothing was changed",
      "choose a file or folder that is there and may be used",
    ],
    ERR_FILE_EXISTS: [
      "the file exists, and a file with a secret is never overwritten",
      "choose another file, or remove this one first",
    ],
    ERR_INIT: [
      "init does not know what to write, or what is there does not go with it; nothing was written",
      "say what the message names, or choose another folder",
    ],
    ERR_INTERRUPTED: ["ended by Ctrl-C; the throw-away objects were removed", "run the command again"],
    ERR_KEY_EXISTS: ["the client has a key", "npx ping-agents keys rotate"],
    ERR_KEY_MISSING: ["the client has no key to rotate", "npx ping-agents keys new"],
    ERR_NOT_OWN: ["the agent belongs to another stack, or to nobody", "name its own environment, or add --others"],
    ERR_NOT_CONFIRMED: ["the question was not answered with yes; nothing was changed", "run it again, or add --yes"],
    ERR_NO_STATE: [
      "the stack has nothing in its state: it was never brought up, or its state is kept elsewhere",
      "pulumi up; or pulumi login to where the state is",
    ],
    ERR_NOT_REVIEWED: [
      "the pull request has no report with a fingerprint",
      "look at what is to be deployed, then deploy by hand with its fingerprint",
    ],
    ERR_OUTPUT_MISSING: [
      "the state does not have, or does not show, what an agent's code needs",
      "pulumi up, or the passphrase of the stack",
    ],
    ERR_OWN_CLIENT: [
      "PINGONE_CLIENT_ID is a client that the stack manages: the variables of an agent's code are not the kit's; nothing was called",
      "set the client id and secret of the worker application that the kit signs in as",
    ],
    ERR_POST_NAME: ["a comment or an issue cannot have this name", "use words of letters, digits, _ . / and single -"],
    ERR_PULL_REQUEST: [
      "the commit came by no pull request, so nobody reviewed it",
      "merge a pull request, or deploy by hand with the fingerprint of what was reviewed",
    ],
    ERR_PULUMI_CLI: [
      "nothing is known of the stack: there is no Pulumi CLI, or it cannot open the backend, or not without a passphrase; nothing was called",
      "install the Pulumi CLI, as the message says; make pulumi stack export work for this stack",
    ],
    ERR_REPAIR: ["the engine did not put back what is declared", "correct what it says, then pulumi up --refresh"],
    ERR_REPORT_EMPTY: ["there is no report to post", "look at what the command before said"],
    ERR_RESTART_TIMEOUT: ["the tenant is not ready in time after a restart", "look at it in the admin console"],
    ERR_REVISION: [
      "git does not have the revision that --base names",
      "check the name; in a shallow clone fetch it first, as the message shows",
    ],
    ERR_SECRETS_PRINTED: ["secrets were asked for and would be printed", "add --out FILE"],
    ERR_STACK_LOCKED: [
      "another run has the stack, or was lost and left its lock; nothing was done",
      "wait for that run; if it was lost, pulumi cancel --stack STACK, then run the command again",
    ],
    ERR_TARGET: [
      "verify would run in a real tenant and nobody said so; or an acceptance in one that is not for it, such as production",
      "add --target tenant; for an acceptance name an environment of development or staging",
    ],
  },
  "The verifier": {
    ERR_VERIFY_ADMIN: ["the tenant refuses an administrative call of the verifier", "grant the right that it lacks"],
    ERR_VERIFY_BUSY: [
      "the tenant is busy, or down at the moment (429, 5xx, an answer that is not its own)",
      "try again later",
    ],
    ERR_VERIFY_CONTROL: [
      "no control token of the local tenant, or another one's",
      "load the sandbox.env of the tenant's data folder",
    ],
    ERR_VERIFY_LOGIN: ["the tenant refuses the account of the verifier", "check its id, key or secret, and scopes"],
    ERR_VERIFY_UNREACHABLE: ["no answer from the tenant", "check that it is up, and the address"],
  },
  "The local tenant": {
    ERR_SANDBOX_DATA: ["the data folder cannot be opened", "choose another folder with --data"],
    ERR_SANDBOX_DATA_IN_USE: [
      "another local tenant runs on this data folder",
      "end the other one, or choose another folder with --data",
    ],
    ERR_SANDBOX_PORT: ["the port cannot be had", "choose another port with --port, or none to take a free one"],
    ERR_SANDBOX_RULE: ["there is no such rule to switch off", "use one of those that the message names"],
  },
} as const satisfies Record<string, Record<`ERR_${string}`, Entry>>;

type Groups = typeof ERROR_CODES;

/** The codes of one part, or of all. */
export type ErrorCode<Group extends keyof Groups = keyof Groups> = { [G in Group]: keyof Groups[G] }[Group];
