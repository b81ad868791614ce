/** Hands a file to the browser, which asks or knows where it goes. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once: some browsers begin to read only after the click has been handled.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
