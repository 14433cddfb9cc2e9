/** The phone page: one document without outside resources. It writes text only, never markup, into itself. */
import { REALMS } from "../realms.ts";

const STYLE = `
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #e8e8ef;
         font: 16px/1.4 system-ui, sans-serif; color: #1c1c22; }
  main { width: 20rem; min-height: 34rem; padding: 2rem 1.25rem; background: #fff; border: .6rem solid #1c1c22;
         border-radius: 2.2rem; box-sizing: border-box; }
  h1 { font-size: 1.1rem; margin: 0 0 1rem; }
  label, input, select { display: block; width: 100%; box-sizing: border-box; }
  input, select { margin: .2rem 0 .8rem; padding: .5rem; font: inherit; }
  button { padding: .5rem .9rem; font: inherit; border: 0; border-radius: .6rem; background: #e8e8ef; cursor: pointer; }
  button.primary { background: #1f4bd8; color: #fff; }
  article { margin: 0 0 1rem; padding: .9rem; border: 1px solid #c9c9d4; border-radius: 1rem; }
  article p { margin: .3rem 0; overflow-wrap: anywhere; }
  .message { font-size: 1.15rem; }
  .quiet { color: #5a5a66; font-size: .9rem; }
  footer { display: flex; justify-content: space-between; align-items: center; margin-top: 1rem; }
  [hidden] { display: none; }
`;

const SCRIPT = `
  const part = (id) => document.getElementById(id);
  const call = (method, path, body) => fetch("/__sandbox/phone/" + path, {
    method, ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  let shown;

  function element(tag, text, properties) {
    return Object.assign(document.createElement(tag), { textContent: text, ...properties });
  }

  function card({ id, client, bindingMessage, scopes }) {
    const article = element("article", "", { id: "request-" + id });
    const answer = (label, path, className) => element("button", label, {
      type: "button", className,
      onclick: async () => {
        const { ok } = await call("POST", "requests/" + id + "/" + path);
        part("status").textContent = !ok ? "This request does not wait any more." : path === "approve" ? "Approved." : "Denied.";
        await refresh();
      },
    });
    article.append(
      element("p", client + " asks for your approval", { className: "quiet" }),
      element("p", bindingMessage ?? "(no message)", { className: "message" }),
      element("p", "It would get: " + scopes.join(", "), { className: "quiet" }),
      answer("Approve", "approve", "primary"), " ", answer("Deny", "deny", ""),
    );
    return article;
  }

  async function refresh() {
    const response = await call("GET", "requests");
    const signedIn = response.ok;
    part("sign-in").hidden = signedIn;
    part("inbox").hidden = !signedIn;
    if (!signedIn) { shown = undefined; return false; }
    const text = await response.text();
    if (text === shown) return true;
    shown = text;
    const { user, pending } = JSON.parse(text);
    part("user").textContent = user;
    part("requests").replaceChildren(...pending.map(card));
    part("none").hidden = pending.length > 0;
    return true;
  }

  async function watch() {
    const goOn = await refresh().catch(() => true);
    if (goOn) setTimeout(watch, 1000);
  }

  part("sign-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { realm, username, password } = event.target.elements;
    const { ok } = await call("POST", "session", { realm: realm.value, username: username.value, password: password.value });
    password.value = "";
    part("status").textContent = ok ? "" : "Wrong name or password.";
    if (ok) watch();
  });
  part("sign-out").addEventListener("click", async () => {
    await call("DELETE", "session");
    part("status").textContent = "";
    await refresh();
  });
  watch();
`;

/** @param nonce allows the page's own style and script, and no other (Content-Security-Policy) */
export function page(nonce: string): string {
  const realms = REALMS.map((realm) => `<option>${realm}</option>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Phone of the local tenant</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>Approvals</h1>
<form id="sign-in" hidden>
<label>Realm<select name="realm">${realms}</select></label>
<label>User name<input name="username" autocomplete="username" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary">Sign in</button>
</form>
<section id="inbox" hidden>
<p id="none">Nothing waits for you.</p>
<div id="requests" aria-live="polite"></div>
<footer><span class="quiet" id="user"></span><button type="button" id="sign-out">Sign out</button></footer>
</section>
<p id="status" role="status"></p>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}
