/** An agent that exchanges tokens of anybody. Pure. */

import { byAgent, quoted, type Rule } from "./rule.ts";

/** Groups that everybody is in, by their usual names. */
const EVERYONE = /^(\*|everyone|everybody|all([ _-]?(users|people))?)$/i;

export const actsForEveryone: Rule = {
  id: "acts-for-everyone",
  severity: "low",
  reason: "whoever takes over the agent acts for every user, and not for those alone who want it",
  fix: "name users or a group: on AIC subjects and subjectGroups of the entry, on PingOne userAccess.groups of the application that users sign in to",
  source: "RFC 8693 §5",
  find: (world) =>
    byAgent(world).flatMap((rows) => {
      const open = rows.filter(
        ({ flow, subject }) =>
          flow === "exchange" && (subject.is === "anyone" || (subject.is === "group" && EVERYONE.test(subject.name))),
      );
      const [row] = open;
      return row
        ? [{ about: row.agent, what: `gets ${quoted(open.map(({ scope }) => scope))} for everyone`, row }]
        : [];
    }),
};
