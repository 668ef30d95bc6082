import * as calendar from "@/db/calendar";
import { standing } from "@/db/revisions";
import { AppError } from "@/lib/errors";
import { money } from "@/lib/format";
import { isId } from "@/lib/input";
import type { Due } from "@/lib/model/schedule";
import { PLATFORM_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { type CalendarEvent, icalendar } from "@/lib/report/icalendar";
import { report } from "@/lib/server/report-error";
import { readSchedule } from "@/lib/server/schedule";
import { readLink } from "@/lib/server/secrets";
import { calendarViewer } from "@/lib/server/viewer";

type FeedContext = { params: Promise<{ creatorId: string; token: string }> };

/**
 * What is due, for calendar programs: they bring no cookie, the address is the key. Whatever is wrong with it, the
 * answer is the same, and an address that this server never made is refused before the database is asked.
 */
export async function GET(_request: Request, { params }: FeedContext): Promise<Response> {
  const { creatorId, token } = await params;
  const link = isId(creatorId) ? readLink("calendar", token.replace(/\.ics$/, "")) : null;
  if (!link) return nothing();
  try {
    const viewer = calendarViewer(creatorId);
    const feed = await calendar.findFeed(viewer, creatorId, link);
    if (!feed) return nothing();
    const now = await standing(viewer, creatorId);
    const { dues, recordedAt } = await readSchedule(viewer, now);
    const events = dues.flatMap((due) =>
      eventOf(due, recordedAt.get(due.id) ?? feed.recordedAt, feed.amounts),
    );
    return new Response(icalendar({ name: `${now.creator.name}: payments`, events }), {
      headers: { ...PRIVATE, "Content-Type": "text/calendar; charset=utf-8" },
    });
  } catch (error) {
    if (!(error instanceof AppError))
      return new Response(`${report(error)}\n`, { status: 500, headers: PLAIN });
    if (error.code !== "unavailable") return nothing();
    return new Response(`${error.message}\n`, { status: 503, headers: { ...PLAIN, "Retry-After": "60" } });
  }
}

/** Nothing of what has come, and nothing without a day. */
function eventOf(due: Due, stamp: Date, withAmounts: boolean): CalendarEvent[] {
  const { expectedOn, state } = due;
  if (!expectedOn || state === "received" || state === "below_minimum" || state === "on_request") return [];
  const what = due.id.startsWith("deal:")
    ? `${due.name} pays`
    : `${[due.platform && PLATFORM_LABEL[due.platform], STREAM_LABEL[due.stream].toLowerCase()].filter(Boolean).join(" ")} paid`;
  const amount = withAmounts ? `, ${money(due.openMinor, due.currency, "en-US")}` : "";
  return [
    {
      uid: `${due.id.replace(":", "-")}@permille`,
      stamp,
      ...expectedOn,
      summary: `${state === "late" ? "Late: " : ""}${what}${amount}`,
      description: due.id.startsWith("deal:") ? "" : `Earned ${due.earned.first} to ${due.earned.last}.`,
    },
  ];
}

const PRIVATE = { "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow" };
const PLAIN = { ...PRIVATE, "Content-Type": "text/plain; charset=utf-8" };

function nothing(): Response {
  return new Response(
    "There is no such calendar. Make a new address in Permille, under Payment calendar.\n",
    {
      status: 404,
      headers: PLAIN,
    },
  );
}
