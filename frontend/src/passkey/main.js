// Passkeys: makes one, or proves one, for a form[data-passkey="make|prove|enter"]. The options come from the page
// (a JSON element named by data-options) or, for entering, from the form's own address. Without this file the form
// stays hidden and the page says what else works.
const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (list) => list?.map((one) => ({ ...one, id: toBytes(one.id) }));

function common(credential) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function make(options, alone) {
  const wanted = options.publicKey;
  const selection = { ...wanted.authenticatorSelection };
  selection.residentKey = alone ? "required" : "discouraged";
  selection.requireResidentKey = alone;
  if (alone) selection.userVerification = "required";
  const made = await navigator.credentials.create({
    publicKey: {
      ...wanted,
      authenticatorSelection: selection,
      challenge: toBytes(wanted.challenge),
      user: { ...wanted.user, id: toBytes(wanted.user.id) },
      excludeCredentials: withBytes(wanted.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return {
    ...common(made),
    response: {
      clientDataJSON: toText(clientDataJSON),
      attestationObject: toText(attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function prove(options) {
  const wanted = options.publicKey;
  const proof = await navigator.credentials.get({
    publicKey: {
      ...wanted,
      challenge: toBytes(wanted.challenge),
      allowCredentials: withBytes(wanted.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = proof.response;
  return {
    ...common(proof),
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : undefined,
    },
  };
}

async function optionsOf(form) {
  const element = document.getElementById(form.dataset.options ?? "");
  if (element) return JSON.parse(element.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return await answer.json();
}

async function run(form) {
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");
  said.hidden = true;
  button.setAttribute("aria-disabled", "true");
  try {
    const all = await optionsOf(form);
    const credential =
      form.dataset.passkey === "make"
        ? await make(all.creation_options, form.elements.passwordless?.checked ?? false)
        : await prove(all.request_options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (problem) {
    // Given up, timed out, or not for this device: the browser does not say which, on purpose.
    said.textContent = problem.name === "InvalidStateError" ? said.dataset.known : said.dataset.failed;
    said.hidden = false;
    button.removeAttribute("aria-disabled");
  }
}

const works = window.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in window;
for (const form of works ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-passkey-without]")) note.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.reportValidity()) run(form);
  });
}
