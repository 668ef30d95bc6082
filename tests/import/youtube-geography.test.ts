import { readFileSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { dayOf } from "../../lib/model/month";
import { csvText, OPTIONS, readTable, realData, refusalOf, utf8 } from "./fixtures";
import { GEOGRAPHY } from "./youtube.fixtures";

const MARCH = { ...OPTIONS, period: { from: dayOf("2024-03-01"), to: dayOf("2024-03-31") } };

describe("a table by geography becomes the audience of each month of its period", () => {
  test("400, 150 and 250 of 1,000 views, and 200 unknown: 100 of Kosovo and 100 that YouTube places nowhere", () => {
    const { drafts, found, needs } = readTable(GEOGRAPHY, MARCH);
    expect([found.fileFormat, needs]).toEqual(["youtube-geography", []]);
    expect(drafts.audiences).toEqual([
      {
        sourceKey: "yt:audience:2024-03:c1",
        platform: "youtube",
        month: "2024-03",
        regions: { us_ca_au: 400_000, uk_de_nordics: 150_000, asia_africa: 250_000, unknown: 200_000 },
        line: 3,
      },
    ]);
    expect([drafts.traffic, drafts.payouts]).toEqual([[], []]);
  });

  test("the difference between the total and the countries is told", () => {
    const { notices } = readTable(GEOGRAPHY, MARCH);
    expect(notices.map(({ message }) => message)).toEqual([
      "The file says 1000, its rows sum to 900. The difference counts as elsewhere or unknown.",
    ]);
  });

  test("thirds add up to a million all the same: 333,334 + 333,333 + 333,333", () => {
    const { drafts } = readTable(
      csvText([
        ["Geografie", "Aufrufe", "Wiedergabezeit (Stunden)"],
        ["Deutschland", "1", "1"],
        ["Frankreich", "1", "1"],
        ["Indien", "1", "1"],
      ]),
      MARCH,
    );
    const shares = Object.values(drafts.audiences[0]?.regions ?? {});
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1_000_000);
    expect(Math.max(...shares)).toBe(333_334);
  });

  test("a year gives each of its months the same shares, and says so", () => {
    const { drafts, notices } = readTable(GEOGRAPHY);
    expect(drafts.audiences.map(({ month }) => month)).toHaveLength(12);
    expect(notices.at(-1)?.message).toMatch(/each of its 12 months/);
  });

  test("its zip gives the audience from the table and the channel's views by day from the totals", () => {
    const zip = zipSync({
      "Chart data.csv": utf8("Date,Geography,Views\n2024-03-01,US,1\n"),
      "Table data.csv": utf8(GEOGRAPHY),
      "Totals.csv": utf8("Date,Views\n2024-03-01,1000\n"),
    });
    const name = "Geography 2024-03-01_2024-03-31 Channel.zip";
    const { drafts, needs } = readTable(zip, { channelKey: "c1", today: OPTIONS.today }, name);
    expect([needs, drafts.audiences.map(({ month }) => month)]).toEqual([[], ["2024-03"]]);
    expect(drafts.traffic).toMatchObject([{ from: "2024-03-01", views: 1000, videoExternalId: null }]);
  });

  test("the period is asked for where the file's name does not tell it", () => {
    const { period: _, ...open } = OPTIONS;
    const { needs, drafts } = readTable(GEOGRAPHY, open);
    expect([needs[0]?.what, drafts.audiences]).toEqual(["period", []]);
  });

  test("a country twice is read once; no views at all are refused", () => {
    const twice = readTable(`${GEOGRAPHY}\nUS,5,0:00:01,1\n`, MARCH);
    expect(twice.problems).toMatchObject([{ line: 9, message: expect.stringMatching(/also on line 3/) }]);
    expect(refusalOf("Geography,Views,Watch time (hours)\nUS,0,0\n")?.message).toMatch(/no views/);
  });
});

const folder = realData("youtube-studio-geography-en");
if (folder)
  test("an unchanged export: 15,503,810 views, of which the 201 countries hold 14,344,009", () => {
    const { drafts, problems, notices } = readTable(readFileSync(path.join(folder, "Table data.csv")));
    expect(problems).toEqual([]);
    expect(notices[0]?.message).toMatch(/^The file says 15503810, its rows sum to 14344009\./);
    const regions = drafts.audiences[0]?.regions ?? {};
    expect(Object.values(regions).reduce((sum, share) => sum + share, 0)).toBe(1_000_000);
    // (15,503,810 - 14,344,009) / 15,503,810 = 7.48 % at least are unknown.
    expect(regions.unknown).toBeGreaterThan(74_800);
  });
