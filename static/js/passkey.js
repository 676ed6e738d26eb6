// Hands a passkey of the device to the form whose button was pressed.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-passkey]").forEach((button, index) => {
    button.id = button.id || `passkey-button-${index}`;
    const { passkey, passkeyCredential, passkeyData, passkeyAlone } = button.dataset;
    const names = { loginForm: "login", authenticateForm: "authenticate", addForm: "add" };
    window.allauth.webauthn.forms[passkey]({
      ids: {
        [names[passkey]]: button.id,
        credential: passkeyCredential,
        data: passkeyData,
        passwordless: passkeyAlone,
      },
    });
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const problem = document.getElementById("passkey-problem");
    if (problem) problem.hidden = false;
  });
});
