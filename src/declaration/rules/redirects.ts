/** Redirect URIs by the type of the application (RFC 6749 §3.1.2, RFC 8252 §7). Pure. */

import { clientsOf, mappings, type Rule, texts } from "./rule.ts";

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i;

/** A web or single-page application is reached by http, a native one by a scheme of its own, too, and a service not at all. */
export const redirectUris: Rule = ({ applications }, refuse) => {
  for (const [id, { type, redirectUris: uris }] of mappings(applications)) {
    for (const [index, uri] of texts(uris)) {
      const say = (message: string) => refuse(["applications", id, "redirectUris", index], message);
      const isHttp = /^https?:\/\/[^/]/i.test(uri);
      if (!/^[a-z][a-z0-9+.-]*:./i.test(uri))
        say("expected an address with its scheme, such as https://app.example.com/cb");
      else if (type === "service") say("nobody signs on to a service: it has no redirect URI");
      else if ((type === "web" || type === "spa") && !isHttp) say("a scheme of its own is for a native application");
    }
  }
};

/** An authorization code that goes over the net in clear. */
export const clearRedirects = (): Rule => (written, refuse) => {
  for (const [path, client] of clientsOf(written)) {
    for (const [index, uri] of texts(client.redirectUris)) {
      if (!/^http:/i.test(uri) || LOOPBACK.test(uri)) continue;
      refuse([...path, "redirectUris", index], "the authorization code goes there in clear: use https");
    }
  }
};
