// A button beside a field copies what stands in it; without a script the field can be selected.
for (const box of document.querySelectorAll("[data-copy]")) {
  const field = box.querySelector("input");
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure address there is no clipboard: what is selected can be copied by hand.
      document.execCommand("copy");
    }
    const label = button.textContent;
    button.textContent = status.textContent = box.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 2000);
  });
}
