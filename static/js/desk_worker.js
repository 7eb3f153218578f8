// Lets a desk that was opened once be opened, read and written without a network.
//
// A desk is where a review is written ("12") or what is said in a focus group is noted ("g12"). The
// worker answers for desks and for what a desk asks for, and always asks the network first.
// Everything else passes it by. Each desk has a cache of its own, "desk:WORD:DESK", named by the word
// of the person who opened it; the server's answer says whether it may stay.
"use strict";

const REVIEW = /^\/reviews\/(\d+)\/$/;
const GROUP = /^\/focus-groups\/(\d+)\/capture\/$/;
// All that is ever kept beside the page of a desk.
const PARTS = /^\/(static\/|versions\/\d+\/(file|pdf)$|pages\/\d+\.webp$|tracks\/\d+\.vtt$|reviews\/\d+\/annotations\/$)/;
const MOST = 60 * 1024 * 1024;   // bytes of the material of one desk
const PATIENCE = 5000;           // with a network that does not answer, in milliseconds
const AT_ONCE = 6;
const loosely = { ignoreVary: true, ignoreSearch: true };
let downUntil = 0;

// The desk that stands at a path, undefined elsewhere; and where a desk stands.
const deskAt = (path) => {
  const group = GROUP.exec(path)?.[1];
  return group ? `g${group}` : REVIEW.exec(path)?.[1];
};
const pathOf = (desk) => (desk.startsWith("g") ? `/focus-groups/${desk.slice(1)}/capture/` : `/reviews/${desk}/`);
const nameOf = (owner, desk) => `desk:${owner}:${desk}`;
const isDesk = (name, desk) => name.startsWith("desk:") && name.endsWith(`:${desk}`);

async function drop(isDropped) {
  for (const name of await caches.keys()) {
    if (name.startsWith("desk:") && isDropped(name)) await caches.delete(name);
  }
}

async function copyOf(request, desk) {
  for (const name of await caches.keys()) {
    if (desk ? !isDesk(name, desk) : !name.startsWith("desk:")) continue;
    const found = await (await caches.open(name)).match(request.url, loosely);
    if (found) return found;
  }
  return undefined;
}

// --- Answering ---

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  // The page asks with "no-store" where it must hear the server itself.
  if (request.method !== "GET" || origin !== location.origin || request.cache === "no-store") return;
  if (request.mode === "navigate") {
    const desk = deskAt(pathname);
    if (desk && !search) event.respondWith(open(event, desk));
    return;
  }
  const from = request.referrer ? new URL(request.referrer).pathname : "";
  const desk = deskAt(from);
  // Letters that a style sheet names, and what the viewer's own worker loads.
  const isNested = from.startsWith("/static/") && pathname.startsWith("/static/");
  if (PARTS.test(pathname) && (desk || isNested)) event.respondWith(piece(request, desk));
});

async function open(event, desk) {
  const copy = await copyOf(event.request, desk);
  const answer = fetch(event.request);
  event.waitUntil(answer.then((response) => settle(desk, response.clone())).catch(() => {}));
  const response = await orCopy(answer, copy);
  return copy && response.status >= 500 ? copy : response;
}

async function piece(request, desk) {
  const copy = await copyOf(request, desk);
  if (copy && Date.now() < downUntil) return portion(copy, request);
  const response = await orCopy(fetch(request), copy);
  return response === copy ? portion(copy, request) : response;
}

// The network's answer; the copy when there is none, or none in time.
async function orCopy(answer, copy) {
  if (!copy) return answer;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
  const response = await Promise.race([answer, late]).catch(() => null);
  if (!response) downUntil = Date.now() + 3 * PATIENCE;
  return response ?? copy;
}

// The viewer asks for a document in parts; the copy is whole.
async function portion(copy, request) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return copy;
  const whole = await copy.blob();
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : Infinity, whole.size - 1);
  const headers = new Headers(copy.headers);
  if (start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  headers.set("Content-Range", `bytes ${start}-${end}/${whole.size}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(whole.slice(start, end + 1), { status: 206, headers });
}

// --- Keeping and throwing away ---

// What the server says of a desk decides: its newest page is kept for the person it names, and a
// desk that is sent, closed, taken away, or opened by nobody who is logged in, is kept no longer.
async function settle(desk, response) {
  const owner = response.headers.get("Desk-Copy");
  if (response.type === "opaqueredirect") await drop(() => true);
  else if (response.ok && owner) {
    await drop((name) => !name.startsWith(nameOf(owner, "")));
    const cache = await caches.open(nameOf(owner, desk));
    await cache.put(pathOf(desk), response);
  } else if (response.ok || [403, 404, 410].includes(response.status)) await drop((name) => isDesk(name, desk));
}

addEventListener("message", (event) => {
  if (event.data?.act !== "keep") return;
  const [port] = event.ports;
  event.waitUntil(keep(event.data).then(
    (said) => port.postMessage(said),
    () => port.postMessage({ state: "failed" }),
  ));
});

// Fetches what the desk needs and has not got yet; the material last, since it may be too large.
async function keep({ owner, desk, parts, material }) {
  const name = nameOf(owner, desk);
  const page = pathOf(desk);
  if (!(await (await caches.open(name)).match(page, loosely))) {
    await settle(desk, await fetch(page, { redirect: "manual" }));
  }
  if (!(await caches.has(name))) return { state: "gone" };
  const cache = await caches.open(name);
  const wanted = new Set([...parts, material].filter(Boolean)
    .map((address) => new URL(address, location.origin))
    .filter((url) => url.origin === location.origin && PARTS.test(url.pathname)).map((url) => url.href));
  const kept = new Set((await cache.keys()).map((request) => request.url));
  for (const url of kept) {
    const isOwn = new URL(url).pathname.startsWith(page);
    if (!isOwn && !wanted.has(url)) await cache.delete(url, loosely);
  }
  const document = material ? new URL(material, location.origin).href : "";
  const missing = [...wanted].filter((url) => !kept.has(url) && url !== document);
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    await Promise.all(missing.slice(at, at + AT_ONCE).map((url) => take(cache, url)));
  }
  if (!document || kept.has(document)) return { state: "ready" };
  const size = await take(cache, document, MOST);
  return size > MOST ? { state: "large", size } : { state: "ready" };
}

async function take(cache, url, most = Infinity) {
  const stopper = new AbortController();
  const response = await fetch(url, { signal: stopper.signal });
  if (!response.ok || response.redirected) throw new Error(url);
  const size = Number(response.headers.get("Content-Length"));
  if (size > most) stopper.abort();
  else await cache.put(url, response);
  return size;
}
