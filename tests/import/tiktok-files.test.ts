import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { dayOf } from "../../lib/model/month";
import { OPTIONS, readTable, refusalOf, utf8 } from "./fixtures";
import {
  ACTIVITY,
  CONTENT,
  CONTENT_HEADER,
  CONTENT_ROWS,
  FOLLOWERS,
  GENDER,
  INELIGIBLE,
  OVERVIEW,
  PENDING,
  SETTLED,
  SHOP,
  SHOP_HEADER,
  TERRITORIES,
} from "./tiktok.fixtures";
import { workbook } from "./workbook";

const asOf = dayOf("2026-06-05");

describe("a zip of TikTok Studio as it was downloaded", () => {
  test("the tab Followers holds four tables: those with followers and countries are read, the others told", () => {
    const zip = zipSync({
      "FollowerHistory.csv": utf8(FOLLOWERS),
      "FollowerActivity.csv": utf8(ACTIVITY),
      "FollowerGender.csv": utf8(GENDER),
      "FollowerTopTerritories.csv": utf8(TERRITORIES),
    });
    const { drafts, problems, needs } = readTable(zip, { ...OPTIONS, asOf }, "Followers_a.creator.zip");
    expect([problems, needs]).toEqual([[], []]);
    expect([drafts.readings.length, drafts.audiences.length]).toEqual([2, 1]);
  });

  test("the day of the export that the countries need is asked, with the name of their file", () => {
    const zip = zipSync({
      "FollowerHistory.csv": utf8(FOLLOWERS),
      "FollowerTopTerritories.csv": utf8(TERRITORIES),
    });
    expect(readTable(zip, OPTIONS, "x.zip").needs).toMatchObject([{ what: "asOf" }]);
  });

  test("videos and days of one account come together", () => {
    const zip = zipSync({ "Content.csv": utf8(CONTENT), "Overview.csv": utf8(OVERVIEW) });
    const { drafts } = readTable(zip, OPTIONS, "x.zip");
    expect([drafts.readings.length, drafts.traffic.length]).toEqual([3, 3]);
  });
});

describe("the Excel twin of a table, of which every cell is text, reads to the same drafts", () => {
  test("Content.xlsx", () => {
    const bytes = workbook([{ name: "Content", rows: [CONTENT_HEADER, ...CONTENT_ROWS] }]);
    expect(readTable(bytes, OPTIONS, "Content.xlsx").drafts).toEqual(readTable(CONTENT).drafts);
  });

  test("the orders of the shop on Sheet1, ids of 18 digits to the last one", () => {
    const bytes = workbook([{ name: "Sheet1", rows: [SHOP_HEADER, SETTLED, PENDING, INELIGIBLE] }]);
    expect(readTable(bytes, OPTIONS, "affiliate_orders.xlsx").drafts).toEqual(readTable(SHOP).drafts);
  });
});

describe("a data download that reaches the reader is refused with the way to bring it", () => {
  const json = `{"Direct Messages":{},"Post":{"Posts":{"VideoList":[]}},"filler":"${"x".repeat(2_000_000)}"}`;

  test.each([
    ["as JSON of one long line", utf8(json), "user_data_tiktok.json"],
    ["in its zip", zipSync({ "user_data_tiktok.json": utf8('{"Post":{}}') }), "TikTok_Data.zip"],
  ])("%s", (_, bytes, name) => {
    expect(refusalOf(bytes, OPTIONS, name)?.message).toMatch(/data download, choose it on the page Imports/);
  });
});
