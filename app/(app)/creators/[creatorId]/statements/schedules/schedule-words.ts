import type { Schedule } from "@/db/statement-schedules";
import { instant } from "@/lib/format";
import type { MailState, SendKind } from "@/lib/model/sending";
import { STATEMENT_FORMAT_LABEL } from "@/lib/server/statement-files";

export const KIND_LABEL: Readonly<Record<SendKind, string>> = {
  due: "By schedule",
  now: "By hand",
  test: "Test",
};

export const MAIL_LABEL: Readonly<Record<MailState, string>> = {
  waiting: "On its way",
  handed: "On its way",
  sent: "Sent",
  failed: "Not sent",
  skipped: "Left out",
};

/** "Every month on day 1 at 08:00", "Every Monday at 08:00". */
export function whenText({ pace, day, hour }: Pick<Schedule, "pace" | "day" | "hour">): string {
  const at = `at ${String(hour).padStart(2, "0")}:00`;
  return pace === "month" ? `Every month on day ${day} ${at}` : `Every ${weekdayName(day)} ${at}`;
}

/** From 1, Monday. The words are English. */
export function weekdayName(day: number): string {
  return ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day - 1] ?? "";
}

/** "Next on 1 Dec 2026, 08:00 (Europe/Berlin)", or that it is paused. */
export function nextText(
  { nextAt, timeZone }: Pick<Schedule, "nextAt" | "timeZone">,
  locale: string,
): string {
  if (!nextAt) return "Paused: nothing goes out by itself.";
  return `Next on ${instant(nextAt, locale, timeZone)} (${timeZone.replaceAll("_", " ")}).`;
}

/** "PDF and Excel workbook attached", with how many parts where not all. */
export function contentText({ attachments, sections }: Pick<Schedule, "attachments" | "sections">): string {
  const names = attachments.map((attachment) => STATEMENT_FORMAT_LABEL[attachment]);
  const files =
    names.length === 0 ? "Nothing attached, the summary in the mail" : `${names.join(", ")} attached`;
  if (sections === null) return `${files}.`;
  return `${files}, with ${sections.length === 1 ? "one part" : `${sections.length} parts`} of the statement.`;
}
