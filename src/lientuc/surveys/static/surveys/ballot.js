/* An anonymous ballot in the browser (RFC 9474, RSABSSA-SHA384-PSS-Randomized): make it, have it signed unseen, cast it.
   Nothing is stored in the browser; closing the page forgets the ballot. */
"use strict";
(() => {
  const root = document.querySelector("[data-issue]");
  if (!root || typeof BigInt === "undefined" || !(window.crypto && crypto.subtle)) return;
  const HASH = 48, E = 65537n, PACKET = Number(root.dataset.packet);
  const $ = (name) => root.querySelector(`[data-part="${name}"]`);
  const random = (length) => crypto.getRandomValues(new Uint8Array(length));
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const toInt = (bytes) => BigInt("0x" + [...bytes].map((b) => b.toString(16).padStart(2, "0")).join(""));
  const toBytes = (number, length) =>
    Uint8Array.from(number.toString(16).padStart(2 * length, "0").match(/../g), (pair) => parseInt(pair, 16));
  const encoded = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const decoded = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const sha384 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));

  const power = (base, exponent, n) => {
    let result = 1n;
    for (base %= n; exponent > 0n; exponent >>= 1n, base = (base * base) % n)
      if (exponent & 1n) result = (result * base) % n;
    return result;
  };
  const inverse = (a, n) => {
    let [r, next, s, after] = [n, a % n, 0n, 1n];
    while (next) [r, next, s, after] = [next, r % next, after, s - (r / next) * after];
    return r === 1n ? ((s % n) + n) % n : null;
  };
  const mask = async (seed, length) => {
    const blocks = [];
    for (let i = 0; i * HASH < length; i++) blocks.push(await sha384(joined(seed, toBytes(BigInt(i), 4))));
    return joined(...blocks).slice(0, length);
  };
  const pss = async (message, bits) => {
    const length = Math.ceil(bits / 8), salt = random(HASH);
    const digest = await sha384(joined(new Uint8Array(8), await sha384(message), salt));
    const data = joined(new Uint8Array(length - 2 * HASH - 2), [1], salt);
    const covered = (await mask(digest, data.length)).map((byte, i) => byte ^ data[i]);
    covered[0] &= 255 >> (8 * length - bits);
    return joined(covered, digest, [188]);
  };

  const modulus = decoded(root.dataset.modulus), n = toInt(modulus), size = modulus.length;
  let ballot = null;
  const makeBallot = async () => {
    const message = joined(random(32), random(32));
    const m = toInt(await pss(message, n.toString(2).length - 1));
    let r, inverted;
    do { r = toInt(random(size)); inverted = r > 0n && r < n ? inverse(r, n) : null; } while (!inverted);
    return { message, m, inverted, blinded: toBytes((m * power(r, E, n)) % n, size), signature: null };
  };
  const post = (address, body, kind) =>
    fetch(address, { method: "POST", body, credentials: "omit", headers: { "Content-Type": kind }, cache: "no-store" });

  const show = (part, yes = true) => { $(part).hidden = !yes; };
  const tell = (lines) => {
    const box = $("problems");
    box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    box.hidden = !lines.length;
    if (lines.length) box.scrollIntoView({ block: "center" });
  };
  const busy = async (button, work) => {
    button.disabled = true;
    try { await work(); } catch { tell([root.dataset.lost]); } finally { button.disabled = false; }
  };

  const begin = async () => {
    ballot = ballot || (await makeBallot());
    const address = root.dataset.issue + location.search;
    const answer = await post(address, JSON.stringify({ blinded: encoded(ballot.blinded) }), "application/json");
    const told = await answer.json();
    if (!answer.ok) return tell(told.problems.map((problem) => problem.text));
    const signature = (toInt(decoded(told.signature)) * ballot.inverted) % n;
    if (power(signature, E, n) !== ballot.m) return tell([root.dataset.lost]);
    ballot.signature = toBytes(signature, size);
    tell([]);
    show("start", false);
    show("sheet");
    $("sheet").querySelector("h2").focus();
  };

  const send = async () => {
    const fields = new URLSearchParams(new FormData($("sheet")));
    fields.set("message", encoded(ballot.message));
    fields.set("signature", encoded(ballot.signature));
    fields.set("pad", "");
    fields.set("pad", "0".repeat(Math.max(0, 4 * PACKET - fields.toString().length)));
    const answer = await post(root.dataset.cast + location.search, fields, "application/x-www-form-urlencoded");
    if (answer.status === 201 || answer.status === 409) {
      ballot = null;
      tell([]);
      show("sheet", false);
      show("intro", false);
      return show("done");
    }
    const { problems } = await answer.json();
    root.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
    tell(problems.map(({ field, text }) => {
      const place = field && document.getElementById(field);
      if (!place) return text;
      (place.closest("fieldset, .field") || place).classList.add("wrong");
      const label = place.closest("fieldset, .field").querySelector("legend, label");
      return `${label.textContent.trim()}: ${text}`;
    }));
  };

  show("noscript", false);
  show("start");
  $("begin").addEventListener("click", () => busy($("begin"), begin));
  $("sheet").addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("send"), send);
  });
})();
