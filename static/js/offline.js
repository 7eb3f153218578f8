// Has an opened desk kept on this device, and says whether it works without a network.
"use strict";

(() => {
  const line = document.querySelector("[data-desk-offline]");
  const form = document.querySelector("[data-review-desk], [data-capture]");
  if (!line || !form) return;
  const { Device } = window;
  const words = line.dataset;
  const icons = document.querySelector("template[data-desk-icons]").content;
  const AFTER = 1000;      // saving remarks and writing them into the copy
  let kept = "";           // how the keeping went: "ready", "large", "failed"
  let size = 0;
  let isReached = true;

  function show() {
    const state = navigator.onLine === false || !isReached ? "none" : kept;
    if (state === (words.state ?? "")) return;
    words.state = state;
    line.replaceChildren();
    if (!state) return;
    const text = words[state].replace("{size}", Math.round(size / 1024 / 1024));
    line.append(icons.querySelector(`[data-${state}]`).firstElementChild.cloneNode(true), ` ${text}`);
  }

  addEventListener("offline", show);
  addEventListener("online", () => { isReached = true; show(); });
  form.addEventListener("desk:network", ({ detail }) => { isReached = detail; show(); });
  show();

  if (!words.worker || !navigator.serviceWorker || !window.caches) return;

  // --- What the desk needs ---

  function fonts() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => [rule, sheet.href]));
    return rules.filter(([rule]) => rule instanceof CSSFontFaceRule)
      .map(([rule, from]) => [/url\("?([^")]+)/.exec(rule.style.getPropertyValue("src"))?.[1], from])
      .filter(([address]) => address).map(([address, from]) => new URL(address, from).href);
  }

  function viewer() {
    const { pdfLibrary, pdfWorker, pdfWasm, pdfFonts } = document.querySelector("[data-pdf-url]")?.dataset ?? {};
    if (!pdfLibrary) return [];
    const letters = words.fonts.split(" ").map((name) => pdfFonts + name);
    return [pdfLibrary, pdfWorker, `${pdfWasm}openjpeg_nowasm_fallback.js`, ...letters];
  }

  function parts() {
    const named = document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], script[src], img[src], track[src], svg use");
    const found = [...named].map((element) => element.getAttribute("src") ?? element.getAttribute("href"));
    return [...new Set([...found, ...fonts(), ...viewer()].map((address) => new URL(address, location.href).href.split("#")[0]))];
  }

  function material() {
    const film = document.querySelector("video.version-film");
    return document.querySelector("[data-pdf-url]")?.dataset.pdfUrl ?? film?.getAttribute("src") ?? "";
  }

  const { desk } = words;

  async function keep() {
    await navigator.serviceWorker.register(words.worker, { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    const said = await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      const pictures = parts().filter((address) => address !== new URL(material() || ".", location.href).href);
      active.postMessage({ act: "keep", owner: Device.own, desk, parts: pictures, material: material() }, [port2]);
    });
    kept = said.state;
    size = said.size ?? 0;
    await copyRemarks();
    show();
  }

  // --- Remarks that are saved must be in the copy as well ---

  const store = window.Remarks?.store;
  let timer = 0;

  async function copyRemarks() {
    const name = `desk:${Device.own}:${desk}`;
    if (!store?.isLoaded || !(await caches.has(name))) return;
    const saved = store.shown.filter((item) => item.revision && !item.dirty)
      .map(({ dirty, doubts, changes, conflict, trouble, ...row }) => row);
    const answer = Response.json({ annotations: saved });
    await (await caches.open(name)).put(store.url, answer);
  }

  store?.addEventListener("status", ({ detail }) => {
    if (detail.state !== "saved") return;
    clearTimeout(timer);
    timer = setTimeout(copyRemarks, AFTER);
  });

  store?.addEventListener("loaded", copyRemarks);

  // The page comes first.
  const begin = () => setTimeout(() => keep().catch(() => { kept = "failed"; show(); }), 300);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
