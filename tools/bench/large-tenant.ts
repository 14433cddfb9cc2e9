/** What a page of a large local tenant costs: documents read, and time against parsing the same answer. */

import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { startSandbox } from "../../src/sandbox/index.ts";

const PRIVILEGES = 10_000;
const BATCH = 1_000;
const COLLECTION = "managed/alpha_aiagentprivilege";
const FIELDS =
  "_id,description,permissions,resourceData,agentOAuth2ClientId,agent,resource,subjects,subjectGroups".split(",");
/** True for every tenth of them. */
const FILTER = '_id sw "p9"';
const reference = (path: string) => ({ _ref: `managed/alpha_${path}` });

/** Privileges that all name one agent, application, user and group, as in real life. */
function objects() {
  const hubs: [path: string, body: object][] = [
    ["managed/alpha_user/user", { _id: "user", userName: "user" }],
    ["managed/alpha_group/group", { _id: "group", name: "group", members: [reference("user/user")] }],
    ["managed/alpha_application/app", { _id: "app", name: "app" }],
    ["managed/alpha_aiagent/agent", { _id: "agent", oauth2ClientId: "agent" }],
  ];
  const relations = {
    ...{ agent: reference("aiagent/agent"), resource: reference("application/app") },
    ...{ subjects: [reference("user/user")], subjectGroups: [reference("group/group")] },
  };
  const ids = Array.from({ length: PRIVILEGES }, (_, index) => `p${index}`);
  const rows = ids.map((_id): [string, object] => [`${COLLECTION}/${_id}`, { _id, permissions: [], ...relations }]);
  return [...hubs, ...rows].map(([path, body]) => ({ path: `/openidm/${path}`, body }));
}

/** Documents that one page with all relations reads, per row, and its time against that of parsing its rows. */
export async function costOfPage(): Promise<[string, string]> {
  const { url, controlToken, serviceAccount, tenant, stop } = await startSandbox({});
  try {
    const all = objects();
    for (let from = 0; from < all.length; from += BATCH) {
      const headers = { authorization: `Bearer ${controlToken}` };
      const body = JSON.stringify({ objects: all.slice(from, from + BATCH) });
      const { ok, status } = await fetch(`${url}/__sandbox/load`, { method: "POST", headers, body });
      if (!ok) throw new Error(`the local tenant loads nothing: ${status}`);
    }
    const key = JSON.stringify(serviceAccount.jwk);
    const { idm } = connectAic({ tenantUrl: url, serviceAccountId: serviceAccount.id, serviceAccountKey: key });
    await idm.get(COLLECTION, "p0"); // the token
    const before = { read: tenant.store.documentsRead, at: performance.now() };
    const rows = await idm.query(COLLECTION, FILTER, { fields: FIELDS });
    const took = performance.now() - before.at;
    const read = tenant.store.documentsRead - before.read - PRIVILEGES;
    const text = JSON.stringify(rows);
    const parsing = performance.now();
    JSON.parse(text);
    const ratio = took / (performance.now() - parsing);
    return [
      `list ${rows.length} of ${PRIVILEGES} privileges that name the same objects, by a filter`,
      `${(read / rows.length).toFixed(1)} documents a row, ${ratio.toFixed(0)} x parsing them (${took.toFixed(0)} ms)`,
    ];
  } finally {
    await stop();
  }
}
