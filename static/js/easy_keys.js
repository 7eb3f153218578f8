// Typing sheets in: a digit in a field of one key goes on to the next question by itself.
for (const form of document.querySelectorAll("[data-keys]")) {
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, button")];
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.classList.contains("easy-key") && /^[0-9]$/.test(field.value)) {
      fields[fields.indexOf(field) + 1]?.focus();
    }
  });
}
