import { addDays, type Day } from "../model/month";

/** A calendar as text (RFC 5545), of whole days only: a day has no zone, so nothing of zones is in it. */
export type CalendarEvent = {
  /** The same for the same thing, whatever changes about it. */
  readonly uid: string;
  /** When what it says was recorded: a calendar without a method tells by it what is newer. */
  readonly stamp: Date;
  readonly first: Day;
  /** Included. */
  readonly last: Day;
  readonly summary: string;
  readonly description: string;
};

/** How often a program may come for it again; it is no live feed. */
const REFRESH = "PT12H";

export function icalendar({
  name,
  events,
}: {
  readonly name: string;
  readonly events: readonly CalendarEvent[];
}): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Permille//Payments//EN",
    "CALSCALE:GREGORIAN",
    // The first is RFC 7986's, the second what programs read before there was one.
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...events.flatMap((event) => [
      "BEGIN:VEVENT",
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${instant(event.stamp)}`,
      `DTSTART;VALUE=DATE:${date(event.first)}`,
      // The first day that is no longer part of it.
      `DTEND;VALUE=DATE:${date(addDays(event.last, 1))}`,
      `SUMMARY:${escaped(event.summary)}`,
      ...(event.description === "" ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
      // It takes nobody's time.
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** TEXT of RFC 5545, 3.3.11: four signs are escaped; other control characters may not be in it. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n");
}

/** Lines of at most 75 octets, the space that continues one included; no character is torn (3.1). */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += sign;
    octets += size;
  }
  return text;
}

function date(day: Day): string {
  return day.replaceAll("-", "");
}

function instant(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, "");
}
