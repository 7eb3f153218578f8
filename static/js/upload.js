// Files come in pieces: dropped or chosen, several at once, each with its own line. What breaks off
// goes on by itself, and after a reload when the same file is chosen again. Without this script the
// plain form below takes one file at a time.
(function () {
  "use strict";
  const SOON = 1000;
  const LATEST = 15000;
  const TRIES = 40;

  for (const zone of document.querySelectorAll("[data-upload]")) begin(zone);

  function begin(zone) {
    const words = zone.dataset;
    const input = zone.querySelector("[data-upload-input]");
    const drop = zone.querySelector("[data-upload-drop]");
    const lines = zone.querySelector("[data-upload-lines]");
    const says = zone.querySelector("[data-upload-says]");
    const running = new Set();
    const ended = [];

    input.addEventListener("change", () => {
      for (const file of input.files) send(file);
      input.value = "";
    });
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.dataset.over = "";
      });
    }
    drop.addEventListener("dragleave", (event) => {
      if (!drop.contains(event.relatedTarget)) delete drop.dataset.over;
    });
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      delete drop.dataset.over;
      for (const file of event.dataTransfer.files) send(file);
    });
    addEventListener("online", () => { for (const one of running) one.hurry(); });
    addEventListener("beforeunload", (event) => { if (running.size) event.preventDefault(); });

    function say(text) { says.textContent = text; }

    function send(file) {
      const line = zone.querySelector("[data-upload-line]").content.firstElementChild.cloneNode(true);
      const bar = line.querySelector("[data-line-progress]");
      const state = line.querySelector("[data-line-state]");
      const button = line.querySelector("[data-line-cancel]");
      const entry = { hurry() { if (timer) again(); } };
      let timer = 0;
      let tries = 0;
      line.querySelector("[data-line-name]").textContent = file.name;
      bar.setAttribute("aria-label", file.name);
      lines.append(line);
      running.add(entry);

      const upload = new tus.Upload(file, {
        endpoint: words.upload,
        chunkSize: Number(words.uploadPiece),
        headers: { "X-CSRFToken": words.uploadToken },
        metadata: { filename: file.name },
        // Waiting is decided here: a break may last longer than any list of delays.
        retryDelays: null,
        removeFingerprintOnSuccess: true,
        onProgress: progress,
        onChunkComplete() { tries = 0; },
        onSuccess() { end(upload.url.split("/").pop()); },
        onError: failed,
      });

      function progress(sent, all) {
        bar.value = all ? (100 * sent) / all : 0;
        state.textContent = sent >= all ? words.saidChecking : words.saidComing
          .replace("{percent}", String(Math.floor(bar.value)))
          .replace("{size}", size(all));
      }

      function failed(error) {
        const answer = error.originalResponse;
        const status = answer ? answer.getStatus() : 0;
        const passing = !status || status === 409 || status === 423 || (status >= 500 && status !== 507);
        if (passing && tries < TRIES) {
          tries += 1;
          if (state.textContent !== words.saidWaiting) say(words.saidWaiting);
          state.textContent = words.saidWaiting;
          timer = setTimeout(again, Math.min(SOON * tries, LATEST));
          return;
        }
        const plain = answer && (answer.getHeader("Content-Type") || "").startsWith("text/plain");
        stop((plain && answer.getBody()) || words.saidStopped);
      }

      function again() {
        clearTimeout(timer);
        timer = 0;
        state.textContent = words.saidAgain;
        upload.start();
      }

      function stop(sentence) {
        line.dataset.bad = "";
        bar.hidden = true;
        state.textContent = sentence;
        say(sentence);
        button.remove();
        running.delete(entry);
        leave();
      }

      function end(key) {
        state.textContent = words.saidDone;
        say(words.saidDone);
        button.remove();
        running.delete(entry);
        ended.push(key);
        leave();
      }

      button.addEventListener("click", async () => {
        clearTimeout(timer);
        running.delete(entry);
        // Without a connection the rest is taken away by the server after some days.
        try { await upload.abort(true); } catch { /* nothing is left to do here */ }
        line.remove();
        say(words.saidCancelled.replace("{name}", file.name));
        input.focus();
        leave();
      });

      upload.findPreviousUploads().then((before) => {
        if (before.length) upload.resumeFromPreviousUpload(before[0]);
        upload.start();
      });
    }

    // When nothing runs any more: one file goes on to its own form, several to the list of them.
    // Beside a refusal nobody is led away from it.
    function leave() {
      if (running.size || !ended.length) return;
      if (lines.querySelector("[data-bad]")) {
        zone.querySelector("[data-upload-go]").hidden = false;
        return;
      }
      const one = words.uploadNext.replace("KEY", ended[0]);
      location.assign(ended.length === 1 ? one : words.upload);
    }
  }

  function size(bytes) {
    const steps = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), 3);
    const format = { style: "unit", unit: steps[step], maximumFractionDigits: step > 1 ? 1 : 0 };
    return new Intl.NumberFormat(document.documentElement.lang, format).format(bytes / 1024 ** step);
  }
})();
