import { showToast } from "./toast";

/** Puts a link into the clipboard; not every browser lets a page do so, and then `otherwise` says how. */
export function copyLink(link: string, otherwise: string): void {
  const failed = () => showToast({ message: `Copying is not allowed here. ${otherwise}`, tone: "error" });
  if (navigator.clipboard)
    navigator.clipboard.writeText(link).then(() => showToast({ message: "Link copied." }), failed);
  else failed();
}
