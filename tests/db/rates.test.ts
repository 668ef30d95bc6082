import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as rates from "../../db/rates";
import type { Viewer } from "../../lib/model/access";
import { closeMonth, makeStudio } from "../studio";

let viewer: Viewer;
let creatorId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
});

async function record(
  day: string,
  pair: string,
  rate: string,
  given: Partial<rates.NewRate> = {},
): Promise<string> {
  const [base = "", quote = ""] = pair.split("/");
  const input = { id: randomUUID(), day, base, quote, rate, source: "A page", ...given };
  return (await rates.record(viewer, creatorId, input)).id;
}

async function find(pair: string, month: string) {
  const [base = "", quote = ""] = pair.split("/");
  const [found] = await rates.findFor(viewer, creatorId, [{ base, quote, month }]);
  return found ? `${found.day} ${found.rate}${found.isInverse ? " inverse" : ""}` : null;
}

describe("beside the ECB's rate of a day", () => {
  it("one that a person stated wins, whichever came last and whichever way round; of another day the later day does", async () => {
    await record("2026-01-31", "EUR/USD", "1.05", { source: "My bank" });
    await record("2026-01-31", "EUR/USD", "1.06", { source: rates.ECB });
    expect(await find("EUR/USD", "2026-01")).toBe("2026-01-31 1.05");
    await record("2026-02-27", "EUR/USD", "1.07", { source: rates.ECB });
    expect(await find("EUR/USD", "2026-02")).toBe("2026-02-27 1.07");
    await record("2026-02-27", "USD/EUR", "0.8", { source: "My bank" });
    expect(await find("EUR/USD", "2026-02")).toBe("2026-02-27 1.25 inverse");
    expect((await rates.list(viewer, creatorId)).rows.map(({ source }) => source).slice(-2)).toEqual([
      "My bank",
      "ECB",
    ]);
  });
});

describe("a closed month", () => {
  it("keeps the rate it was closed with, whatever is stated later; an open one takes the newest", async () => {
    await record("2026-01-31", "EUR/USD", "1.05");
    await closeMonth(viewer, creatorId, "2026-01");
    await record("2026-01-31", "EUR/USD", "9.99", { source: "My bank" });
    await record("2026-01-31", "USD/EUR", "0.5", { source: "My bank" });
    expect(await find("EUR/USD", "2026-01")).toBe("2026-01-31 1.05");
    expect(await find("EUR/USD", "2026-02")).toBe("2026-01-31 9.99");
  });

  it("that was closed without any rate takes the first that comes: there is no figure to change", async () => {
    await closeMonth(viewer, creatorId, "2026-01");
    expect(await find("EUR/USD", "2026-01")).toBeNull();
    await record("2026-01-31", "EUR/USD", "1.05");
    expect(await find("EUR/USD", "2026-01")).toBe("2026-01-31 1.05");
  });
});

describe("the rate of a month", () => {
  it("is that of its last day, else the latest before, and never one that came later", async () => {
    await record("2026-01-20", "EUR/USD", "1.05");
    await record("2026-01-31", "EUR/USD", "1.06");
    await record("2026-02-01", "EUR/USD", "1.07");
    expect(await find("EUR/USD", "2025-12")).toBeNull();
    expect(await find("EUR/USD", "2026-01")).toBe("2026-01-31 1.06");
    expect(await find("EUR/USD", "2026-02")).toBe("2026-02-01 1.07");
    expect(await find("GBP/USD", "2026-02")).toBeNull();
  });

  it("may be the other way round, as exact 1 / rate to 10 places, and says so: 1 / 1.25 = 0.8; 1 / 3 = 0.3333333333", async () => {
    await record("2026-01-31", "EUR/USD", "1.25");
    expect(await find("USD/EUR", "2026-01")).toBe("2026-01-31 0.8 inverse");
    await record("2026-01-31", "USD/PLN", "3");
    expect(await find("PLN/USD", "2026-01")).toBe("2026-01-31 0.3333333333 inverse");
    await record("2026-01-31", "USD/EUR", "0.79");
    expect(await find("USD/EUR", "2026-01"), "the direct one of the same day").toBe("2026-01-31 0.79");
    await record("2026-02-28", "EUR/USD", "1.6");
    expect(await find("USD/EUR", "2026-02"), "a later inverse before an older direct one").toBe(
      "2026-02-28 0.625 inverse",
    );
  });

  it("is corrected by a newer row of its day", async () => {
    await record("2026-01-31", "EUR/USD", "10.6");
    await record("2026-01-31", "EUR/USD", "1.06");
    expect(await find("EUR/USD", "2026-01")).toBe("2026-01-31 1.06");
    expect((await rates.list(viewer, creatorId)).rows.map(({ rate }) => rate)).toEqual(["1.06", "10.6"]);
  });

  it("as it was known at an instant takes no row recorded from then on", async () => {
    await record("2026-01-31", "EUR/USD", "1.06");
    const [row] = (await rates.list(viewer, creatorId)).rows;
    const at = row?.recordedAt ?? new Date(0);
    const needs = [{ base: "EUR", quote: "USD", month: "2026-01" }];
    const find = async (recordedBefore: Date) =>
      (await rates.findFor(viewer, creatorId, needs, { recordedBefore })).map((found) => found?.rate ?? null);
    expect(await find(new Date(at.getTime() - 1))).toEqual([null]);
    expect(await find(new Date(at.getTime() + 1))).toEqual(["1.06"]);
  });

  it("answers many needs at once, in their order, with null for what is missing", async () => {
    await record("2026-01-31", "EUR/USD", "1.05");
    const found = await rates.findFor(viewer, creatorId, [
      { base: "GBP", quote: "USD", month: "2026-01" },
      { base: "EUR", quote: "USD", month: "2026-03" },
      { base: "USD", quote: "EUR", month: "2025-01" },
    ]);
    expect(found.map((rate) => rate?.rate ?? null)).toEqual([null, "1.05", null]);
    expect(await rates.findFor(viewer, creatorId, [])).toEqual([]);
  });
});

describe("a rate", () => {
  it("is recorded once, exactly as written", async () => {
    const id = randomUUID();
    await Promise.all(
      Array.from({ length: 5 }, () => record("2026-01-31", "USD/IDR", "16512.1234567891", { id })),
    );
    const { rows, total } = await rates.list(viewer, creatorId);
    expect([total, rows[0]]).toMatchObject([1, { id, rate: "16512.1234567891", base: "USD", quote: "IDR" }]);
    await expect(record("2026-01-31", "USD/IDR", "1", { id })).rejects.toMatchObject({ code: "conflict" });
  });

  it.each([
    ["2026-02-30", "EUR/USD", "1", "day"],
    ["2026-01-31", "EUR/XXQ", "1", "quote"],
    ["2026-01-31", "EUR/EUR", "1", "quote"],
    ["2026-01-31", "EUR/USD", "0", "rate"],
    ["2026-01-31", "EUR/USD", "-1", "rate"],
    ["2026-01-31", "EUR/USD", "1e3", "rate"],
    ["2026-01-31", "EUR/USD", "1.00000000001", "rate"],
  ])("%s %s %s is refused at its field", async (day, pair, rate, field) => {
    await expect(record(day, pair, rate)).rejects.toMatchObject({
      code: "invalid",
      fields: { [field]: expect.any(String) },
    });
  });

  it("needs a source", async () => {
    await expect(record("2026-01-31", "EUR/USD", "1", { source: " " })).rejects.toMatchObject({
      fields: { source: expect.any(String) },
    });
  });
});
