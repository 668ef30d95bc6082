import { parseDay } from "./dates";
import type { Period } from "./draft";

const YOUTUBE = /(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})/;
const META = /([A-Z][a-z]{2}-\d{2}-\d{4})_([A-Z][a-z]{2}-\d{2}-\d{4})/;

/**
 * The period in the name of an export: YouTube Studio's `Content 2024-01-01_2024-12-31 Channel.zip`, Meta's
 * `Jul-27-2023_Oct-26-2023_1234567890.csv`; null in others.
 */
export function periodOfFileName(name: string): Period | null {
  const days = YOUTUBE.exec(name) ?? META.exec(name);
  const [from, to] = [dayIn(days?.[1]), dayIn(days?.[2])];
  return from.ok && to.ok && from.value <= to.value ? { from: from.value, to: to.value } : null;
}

/** "2024-01-01", or "Jul-27-2023" with its first marks as spaces. */
function dayIn(text = "") {
  return parseDay(/^[A-Z]/.test(text) ? text.replaceAll("-", " ") : text);
}
