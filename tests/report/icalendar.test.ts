import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../lib/model/month";
import { type CalendarEvent, icalendar } from "../../lib/report/icalendar";

const event = (given: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: "payout-1@permille",
  stamp: new Date("2026-03-01T09:08:07.654Z"),
  first: dayOf("2026-03-21"),
  last: dayOf("2026-03-26"),
  summary: "YouTube ads paid",
  description: "",
  ...given,
});

describe("a calendar by RFC 5545", () => {
  it("is this text to the letter: CRLF, whole days with an end that is not included, an instant in UTC", () => {
    expect(icalendar({ name: "Mira: payments", events: [event()] })).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Permille//Payments//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Mira: payments",
        "X-WR-CALNAME:Mira: payments",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT",
        "UID:payout-1@permille",
        "DTSTAMP:20260301T090807Z",
        "DTSTART;VALUE=DATE:20260321",
        "DTEND;VALUE=DATE:20260327",
        "SUMMARY:YouTube ads paid",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  it("ends a day of December in the next year", () => {
    const day = dayOf("2026-12-31");
    expect(icalendar({ name: "", events: [event({ first: day, last: day })] })).toContain(
      "DTEND;VALUE=DATE:20270101",
    );
  });

  it("escapes what would end a text or begin a line of its own, and leaves out what may not be in it", () => {
    const text = icalendar({
      name: "",
      events: [event({ summary: "a\\b;c,d\r\nBEGIN:VEVENT\u0000\u0007" })],
    });
    expect(text).toContain("SUMMARY:a\\\\b\\;c\\,d\\nBEGIN:VEVENT\r\n");
    expect(text.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
  });
});

it("whatever is in it: no line is over 75 octets, none is torn within a character, and unfolded it says what was put in", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      (a, b) => {
        const text = icalendar({ name: b, events: [event({ summary: a, description: b })] });
        const lines = text.split("\r\n");
        expect(lines.pop()).toBe("");
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\n\r]/);
        }
        const unfolded = text.replaceAll("\r\n ", "").split("\r\n");
        const read = (name: string) =>
          unfolded
            .find((line) => line.startsWith(`${name}:`))
            ?.slice(name.length + 1)
            .replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
        const plain = (given: string) => given.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
        expect(read("SUMMARY")).toBe(plain(a));
        expect(read("X-WR-CALNAME")).toBe(plain(b));
      },
    ),
    { numRuns: 2_000, seed: 20261126 },
  );
});
