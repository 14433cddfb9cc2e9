/** A redirect URI that stands for many. Pure. */

import { type Found, quoted, type Rule } from "./rule.ts";

export const wildcardRedirect: Rule = {
  id: "wildcard-redirect",
  severity: "high",
  reason: "the authorization code goes to any address that fits, also to one that somebody else has",
  fix: "name each redirect URI in full",
  source: "RFC 9700 §2.1",
  find: ({ clients }) =>
    clients.flatMap((about): Found[] => {
      const wild = about.redirectUris.filter((uri) => uri.includes("*"));
      const path = [...about.path, "redirectUris"];
      if (wild.length > 0) return [{ about, what: `takes ${quoted(wild)}`, path }];
      return about.hasRedirectPatterns ? [{ about, what: "takes wildcards in redirect URIs", path: about.path }] : [];
    }),
};
