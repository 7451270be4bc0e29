// Talks to the playground's own server, whose address is the folder this page is in.

const HOME = new URL(".", document.baseURI);

export class Fault extends Error {}

async function answered(response) {
  if (response.ok) return response.status === 204 ? {} : response.json();
  const said = await response.json().catch(() => ({}));
  throw new Fault(said.fault || "");
}

export const at = (path) => new URL(path, HOME).href;

export const get = async (path) => answered(await fetch(at(path)));

export async function post(path, body) {
  const form = body instanceof FormData;
  return answered(
    await fetch(at(path), {
      method: "POST",
      body: form ? body : JSON.stringify(body),
      headers: form ? {} : { "Content-Type": "application/json" },
    }),
  );
}

export async function text(path) {
  const response = await fetch(at(path));
  if (!response.ok) throw new Fault("");
  return response.text();
}

const KINDS = ["message", "edited", "deleted", "chat", "clock", "switches", "tour"];

// Calls `heard(kind, data)` for every change after number `after`; the browser joins again by
// itself and says where it was. `connected(yes)` tells whether the line stands.
export function listen(after, heard, connected) {
  const source = new EventSource(at(`events?after=${after}`));
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
  }
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
  return source;
}
