import { describe, expect, it } from "vitest";
import { missingMonths } from "../../lib/model/missing-months";
import { addMonths, monthOf } from "../../lib/model/month";
import type { Stream } from "../../lib/model/words";

const NOW = monthOf("2026-11");
/** The months so many before the current one. */
const logged = (stream: Stream, ...back: number[]) =>
  back.map((months) => ({ stream, month: addMonths(NOW, -months) }));

describe("months that are missing", () => {
  it("are those without an entry since a stream began, of streams that usually pay: August and October here", () => {
    expect(missingMonths(logged("ads", 6, 5, 4, 2), NOW)).toEqual([
      { stream: "ads", months: ["2026-08", "2026-10"] },
    ]);
  });

  it("are none of a stream that is logged whole, paid only twice, pays seldom, or has ended half a year ago", () => {
    expect(missingMonths(logged("ads", 3, 2, 1), NOW)).toEqual([]);
    expect(missingMonths(logged("gift", 3, 1), NOW), "two months make no habit").toEqual([]);
    expect(missingMonths(logged("affiliate", 11, 6, 1), NOW), "3 of 11 months is seldom").toEqual([]);
    expect(missingMonths(logged("rewards", 9, 8, 7), NOW), "silent for 6 months").toEqual([]);
  });

  it("do not reach before the first entry, nor into the month that runs or those to come", () => {
    expect(missingMonths(logged("shop", 5, 4, 3, 0, -1), NOW)).toEqual([
      { stream: "shop", months: ["2026-09", "2026-10"] },
    ]);
  });
});
