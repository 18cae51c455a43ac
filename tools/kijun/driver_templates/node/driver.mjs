// A kijun driver to fill in (Node 18 or newer, no packages).
// It speaks JSON-RPC 2.0 over stdin and stdout, one object per line. stdout belongs to the messages; notes go to
// stderr with console.error. It turns operations of the standard into calls of your product, never sees an expected
// value and never judges. What it does not offer it answers with `unsupported`.
import { createInterface } from "node:readline";

// settings.base_url of sut.yaml arrives as KIJUN_BASE_URL. Keep passwords in the environment, not in sut.yaml.
export const baseUrl = process.env.KIJUN_BASE_URL ?? "";
const places = new Map(); // session → whatever your product needs to keep this scenario apart from the others

// The product declines for a business reason. The code is a key under `reasons` of the glossary.
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// The product is gone: the driver ends, kijun starts it again and begins the scenario anew.
export class Unreachable extends Error {}

// Your part -------------------------------------------------------------------------------------------------------

// Ask the product who it is; kijun asks again later, and the answer must stay the same.
async function identity() {
  return { product: "製品名", vendor: "事業者名", version: "1.0", build: "1" };
}

// Prepare an empty place for one scenario: a tenant, a schema, a reset database.
async function openPlace(session, profile, asOf) {
  return { session, profile, asOf };
}

// Throw the place away again.
async function closePlace(place) {}

// 例の操作: replace this body. Return the fields that the glossary lists under `result`, or throw Refused.
// A fresh place holds nothing, so an empty list is a true answer until something can be registered.
async function exampleOperation(place, given, actor, asOf) {
  return { example_result: [] };
}

// Operation of the standard → your function. Whatever stands here is offered, tested, and must work.
const operations = new Map([
  ["example_operation", exampleOperation],
]);

// The messages: nothing below needs a change ----------------------------------------------------------------------

async function call({ session, operation, input, actor, as_of: asOf }) {
  const perform = operations.get(operation);
  if (!perform) return { unsupported: { operation } };
  try {
    return { result: await perform(places.get(session), input, actor, asOf) };
  } catch (error) {
    if (error instanceof Refused) return { refused: { code: error.code, message: error.message } };
    if (error instanceof Unreachable) throw error;
    console.error(`${operation}: ${error.stack}`);
    return { fault: { kind: "driver", message: `ドライバーの誤りです: ${error}` } };
  }
}

const messages = {
  async hello() {
    const about = { identity: await identity(), driver_version: "1", protocol: "1" };
    const abilities = { isolation: "tenant", parallel_sessions: 1, clock_control: true };
    return { ...about, operations: [...operations.keys()].sort(), ...abilities };
  },
  ics: async () => ({ answers: null }), // the product declares nothing itself: statement.yaml speaks
  async open({ session, profile, as_of: asOf }) {
    places.set(session, await openPlace(session, profile, asOf));
    return { session, state_digest: "empty" };
  },
  call,
  observe: call,
  attach: async () => ({ attachments: [] }),
  async close({ session }) {
    if (places.has(session)) await closePlace(places.get(session));
    places.delete(session);
    return { session, identity: await identity() };
  },
  bye: async () => ({ identity: await identity() }),
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { id, method, params } = JSON.parse(line);
  let outcome;
  try {
    outcome = { result: await messages[method](params) };
  } catch (error) {
    if (error instanceof Unreachable) {
      console.error(`製品につながりません: ${error.message}`);
      process.exit(1);
    }
    console.error(`${method}: ${error.stack}`);
    outcome = { error: { code: -32000, message: String(error) } };
  }
  process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, ...outcome }) + "\n");
}
