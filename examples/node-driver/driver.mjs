// A kijun driver in JavaScript (Node 18 or newer, no packages): JSON-RPC 2.0, one object per line, on stdin and stdout.
// It turns the operations of the standard into the HTTP API of a product and knows no business of its own: the
// product's OpenAPI document says which operation lives where. It never judges; stderr is free for notes.
import { createInterface } from "node:readline";

const base = process.env.KIJUN_BASE_URL ?? "http://127.0.0.1:8010"; // settings.base_url of sut.yaml
const routes = new Map(); // operation key → method, path template, which inputs go into path and query
const tenants = new Map(); // session → what the product gave when it was opened
class Unreachable extends Error {}

function lost(error) {
  throw new Unreachable(`${base} につながりません（${error.cause?.code ?? error.message}）。`);
}

async function request(method, path, body, headers = {}) {
  const kind = body === undefined ? {} : { "Content-Type": "application/json" };
  const asked = { method, headers: { ...kind, ...headers }, body: JSON.stringify(body) };
  const answer = await fetch(base + path, asked).catch(lost);
  const text = await answer.text().catch(lost);
  const isJson = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, content: isJson ? JSON.parse(text) : text };
}

async function expect(...asked) {
  const { status, content } = await request(...asked);
  if (status !== 200) throw new Error(`${asked[0]} ${asked[1]} が ${status} を返しました。`);
  return content;
}

async function identity() {
  const about = await expect("GET", "/about");
  return Object.fromEntries(["product", "vendor", "version", "build"].map((key) => [key, String(about[key])]));
}

async function learnRoutes() {
  const { paths } = await expect("GET", "/openapi.json");
  const entries = Object.entries(paths).flatMap(([path, ways]) => Object.entries(ways).map((way) => [path, ...way]));
  for (const [path, method, entry] of entries) {
    if (!entry.operationId || entry.tags?.includes("system")) continue; // the system's own doors
    const names = (place) => (entry.parameters ?? []).filter((one) => one.in === place).map((one) => one.name);
    const places = { inPath: names("path"), inQuery: names("query"), hasBody: "requestBody" in entry };
    routes.set(entry.operationId, { method: method.toUpperCase(), path, ...places });
  }
}

async function call({ session, operation, input, actor, as_of }) {
  const route = routes.get(operation);
  if (!route) return { unsupported: { operation } };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  const fill = (path, name) => path.replace(`{${name}}`, encodeURIComponent(given[name] ?? "-"));
  const query = new URLSearchParams(route.inQuery.filter((name) => name in given).map((name) => [name, given[name]]));
  const body = Object.fromEntries(Object.entries(given).filter(([key]) => !route.inPath.includes(key)));
  const { tenant, tokens } = tenants.get(session);
  const headers = { "X-Tenant": tenant, Authorization: `Bearer ${tokens[actor] ?? ""}`, "Business-Date": as_of };
  const path = `${route.inPath.reduce(fill, route.path)}?${query}`;
  return reply(await request(route.method, path, route.hasBody ? body : undefined, headers));
}

function reply({ status, content }) {
  if (status === 200 && content instanceof Object) return { result: content };
  if (status >= 400 && status < 500 && content?.code)
    return { refused: { code: content.code, message: String(content.message ?? "") } };
  const message = `HTTP ${status}: ${JSON.stringify(content)}`.slice(0, 200);
  return { fault: { kind: status >= 500 ? "product" : "driver", message } };
}

const messages = {
  async hello() {
    await learnRoutes();
    const itself = { identity: await identity(), driver_version: "1", protocol: "1" };
    const abilities = { isolation: "tenant", parallel_sessions: 4, clock_control: true }; // a process per session
    return { ...itself, operations: [...routes.keys()].sort(), ...abilities };
  },
  ics: async () => ({ answers: null }), // the product declares nothing itself: statement.yaml speaks
  async open({ session, profile: { municipality_code, municipality_class }, as_of: business_date }) {
    tenants.set(session, await expect("POST", "/tenants", { municipality_code, municipality_class, business_date }));
    return { session, state_digest: tenants.get(session).state_digest };
  },
  call,
  observe: call,
  attach: async () => ({ attachments: [] }),
  async close({ session }) {
    const { tenant } = tenants.get(session) ?? {};
    if (tenants.delete(session)) await request("DELETE", `/tenants/${tenant}`);
    return { session, identity: await identity() };
  },
  bye: async () => ({ identity: await identity() }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  const answer = await messages[method](params).then((result) => ({ result }), (error) => {
    console.error(error.message);
    if (error instanceof Unreachable) process.exit(1); // kijun starts the driver again and begins the case anew
    return { error: { code: -32000, message: error.message } };
  });
  process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, ...answer }) + "\n");
}
process.exit(0);
