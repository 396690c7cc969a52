// Passkeys: the browser asks the device. Only pages that offer one load this file; every other way in works without it.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list = []) => list.map((one) => ({ ...one, id: toBytes(one.id) }));

const ways = {
  async create(asked) {
    const user = { ...asked.user, id: toBytes(asked.user.id) };
    const made = await navigator.credentials.create({
      publicKey: { ...asked, user, challenge: toBytes(asked.challenge), excludeCredentials: withBytes(asked.excludeCredentials) },
    });
    return { ...base(made), response: { ...parts(made.response, ["clientDataJSON", "attestationObject"]), transports: made.response.getTransports?.() ?? [] } };
  },
  async get(asked) {
    const shown = await navigator.credentials.get({
      publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: withBytes(asked.allowCredentials) },
    });
    return { ...base(shown), response: parts(shown.response, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]) };
  },
};
const base = (key) => ({ id: key.id, rawId: toText(key.rawId), type: key.type, clientExtensionResults: {}, authenticatorAttachment: key.authenticatorAttachment ?? undefined });
const parts = (response, names) => Object.fromEntries(names.filter((name) => response[name]).map((name) => [name, toText(response[name])]));

const ask = async (place, form) => {
  const token = form.querySelector('[name="csrf_token"]');
  const body = new URLSearchParams(token ? { csrf_token: token.value } : {});
  const answer = await fetch(place.dataset.ask, { method: "POST", body, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

for (const place of document.querySelectorAll("[data-passkey]")) {
  const form = place.closest("form");
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  if (!window.PublicKeyCredential || !form || !button) continue;
  for (const other of document.querySelectorAll("[data-without-passkeys]")) other.hidden = true;
  place.hidden = false;
  button.addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    button.disabled = true;
    said.textContent = place.dataset.waiting;
    try {
      form.querySelector(`[name="${place.dataset.field}"]`).value = JSON.stringify(await ways[place.dataset.passkey](await ask(place, form)));
      form.requestSubmit();
    } catch {
      said.textContent = place.dataset.failed;
      button.disabled = false;
    }
  });
}
