import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collecting, noDrafts } from "../../lib/import/draft";
import { readNow } from "../../lib/import/read";
import { TIKTOK_SHOP } from "../../lib/import/tiktok-shop";
import { currencyOf, decimalOf } from "../../lib/model/money";
import { OPTIONS, readTable, refusalOf, tableOf, utf8 } from "./fixtures";
import {
  INELIGIBLE,
  NIGHT,
  PENDING,
  SETTLED,
  SHOP,
  SHOP_HEADER,
  SHOP_HEADER_THAI,
  SPRING,
  shopRow,
  studioText,
} from "./tiktok.fixtures";

const read = (...rows: string[][]) => readTable(studioText([SHOP_HEADER, ...rows]));

describe("an order of the shop carries both sides: what was estimated and what became of it", () => {
  const { drafts, needs, problems, notices, found } = readTable(SHOP);
  const [settled, pending, ineligible] = drafts.payouts;

  test("it is recognised and asks nothing", () => {
    expect([found.fileFormat, needs, problems, notices]).toEqual(["tiktok-shop", [], [], []]);
  });

  test("settled: 1,180.00 is final on its settlement day, beside 1,188.75 + 10.00 + 1.25 = 1,200.00 estimated", () => {
    expect(settled).toEqual({
      sourceKey: `tt:shop/576000000000000001/1729000000000000001/1729000000000000009/${SPRING}:c1`,
      platform: "tiktok",
      format: null,
      stream: "shop",
      from: "2026-03-08",
      to: "2026-03-08",
      minor: 118_000n,
      currency: "USD",
      state: "final",
      estimatedMinor: 120_000n,
      settledDay: "2026-04-02",
      note: "Lamp, warm light; order 576000000000000001; tax ISR 11.80 (named by the file, not taken off here)",
      lines: [{ videoExternalId: SPRING, minor: 118_000n }],
      line: 2,
    });
  });

  test("pending: 2.50 + 0.30 + 0.20 = 3.00 is an estimate, and a LIVE is no video", () => {
    expect(pending).toMatchObject({
      minor: 300n,
      state: "estimated",
      estimatedMinor: 300n,
      settledDay: null,
      lines: [],
    });
  });

  test("ineligible: nothing is earned, which is a fact; what was estimated and why stand beside it", () => {
    expect(ineligible).toMatchObject({
      minor: 0n,
      state: "final",
      estimatedMinor: 400n,
      lines: [],
      note: "Lamp, warm light; order 576000000000000003; ineligible for commission; 2 of 2 items refunded",
    });
    expect(ineligible?.sourceKey).toBe(
      "tt:shop/576000000000000003/1729000000000000001/1729000000000000009/:c1",
    );
  });

  test("the video that sold is created with the day its id tells; a LIVE's id is left alone", () => {
    expect(drafts.videos).toMatchObject([
      { externalId: SPRING, title: null, url: "", publishedDay: "2026-04-12", line: 2 },
    ]);
    expect(drafts.videos.some(({ externalId }) => externalId === NIGHT)).toBe(false);
  });

  test("a video that sold twice is given once", () => {
    expect(
      read(
        SETTLED,
        shopRow({ "Order ID": "9", "Order settlement status": "Settled", "Total final earned amount": "1" }),
      ).drafts.videos,
    ).toHaveLength(1);
  });
});

describe("an overlapping export brings the same order with a newer status", () => {
  test("the key is the same, whatever happened to the order", () => {
    const [was] = read(
      shopRow({ "Order settlement status": "AwaitingPayment", "Est. standard commission": "1" }),
    ).drafts.payouts;
    const [is] = read(SETTLED).drafts.payouts;
    expect([was?.state, is?.state]).toEqual(["estimated", "final"]);
    expect(was?.sourceKey).toBe(is?.sourceKey);
  });

  test("one order has a row for each SKU, and each is an entry of its own", () => {
    const told = { "Order settlement status": "Pending", "Est. standard commission": "1" };
    const keys = read(
      shopRow(told),
      shopRow({ ...told, "SKU ID": "2" }),
      shopRow({ ...told, "Product ID": "3" }),
      shopRow({ ...told, "Content ID": "/" }),
    ).drafts.payouts.map(({ sourceKey }) => sourceKey);
    expect(new Set(keys).size).toBe(4);
  });

  test.each(["Awaiting Payment", "AwaitingPayment", "pending", "Not settled", "Customer Unpaid", "Frozen"])(
    "%s waits",
    (status) => {
      expect(
        read(shopRow({ "Order settlement status": status, "Est. standard commission": "1" })).drafts.payouts,
      ).toMatchObject([{ state: "estimated", minor: 100n }]);
    },
  );
});

test("Thai headers and statuses read to the same entries as the English ones", () => {
  const thai = (row: string[]) =>
    row.map((cell) => ({ Settled: "ชำระแล้ว", Pending: "รอดำเนินการ", Ineligible: "ไม่มีสิทธิ์" })[cell] ?? cell);
  const text = studioText([SHOP_HEADER_THAI, ...[SETTLED, PENDING, INELIGIBLE].map(thai)]);
  expect(readTable(text).drafts).toEqual(readTable(SHOP).drafts);
});

test("columns are found by name in any order, so that a file someone rearranged is not misread", () => {
  const order = SHOP_HEADER.map((_, index) => (index * 7 + 3) % SHOP_HEADER.length);
  const shuffled = [SHOP_HEADER, SETTLED, PENDING, INELIGIBLE].map((row) =>
    order.map((index) => row[index] ?? ""),
  );
  expect(readTable(studioText(shuffled)).drafts).toEqual(readTable(SHOP).drafts);
});

describe("amounts are exact in the currency of their row", () => {
  test("dong and yen have no cents, dollars have: 9,510 VND is 9510, 9,510 USD is 951000", () => {
    const row = (currency: string) =>
      shopRow({
        Currency: currency,
        "Order settlement status": "Settled",
        "Total final earned amount": "9,510",
      });
    const minors = read(row("VND"), row("JPY"), row("USD")).drafts.payouts.map(({ minor }) => minor);
    expect(minors).toEqual([9510n, 9510n, 951_000n]);
  });

  test("parts are added exactly and rounded once: 0.005 + 0.005 is 0.01, not 0.00", () => {
    const row = shopRow({
      "Order settlement status": "Pending",
      "Est. standard commission": "0.005",
      "Est. Shop Ads commission": "0.005",
    });
    expect(read(row).drafts.payouts[0]?.minor).toBe(1n);
  });

  test("an amount that is taken back is negative", () => {
    const row = shopRow({ "Order settlement status": "Settled", "Total final earned amount": "-3.20" });
    expect(read(row).drafts.payouts).toMatchObject([{ minor: -320n, lines: [{ minor: -320n }] }]);
  });

  test("any cents come through to the cent, with thousands commas or without", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.boolean(), (minor, grouped) => {
        const plain = decimalOf(minor, currencyOf("USD"));
        const text = grouped ? plain.replace(/\B(?=(\d{3})+\.)/g, ",") : plain;
        const row = shopRow({ "Order settlement status": "Settled", "Total final earned amount": text });
        expect(read(row).drafts.payouts[0]?.minor).toBe(minor);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a row that cannot be believed is refused by line and column, and the others are read", () => {
  test.each([
    [
      "an unknown status",
      { "Order settlement status": "Maybe" },
      "Order settlement status",
      /"Maybe" is not a known status/,
    ],
    [
      "a word of JavaScript as status",
      { "Order settlement status": "constructor" },
      "Order settlement status",
      /not a known/,
    ],
    ["an unknown currency", { Currency: "ZZZ" }, "Currency", /not a known currency/],
    ["no order", { "Order ID": "/" }, "Order ID", /is not an id/],
    [
      "an id that a spreadsheet shortened",
      { "Order ID": "5.76E+17" },
      "Order ID",
      /shortened by a spreadsheet/,
    ],
    ["a content id that a spreadsheet shortened", { "Content ID": "7.6278E+18" }, "Content ID", /shortened/],
    [
      "a day that does not exist",
      { "Order date": "31/02/2026 10:00:00" },
      "Order date",
      /not a day that exists/,
    ],
    [
      "no amount though it is settled",
      { "Total final earned amount": "/" },
      "Total final earned amount",
      /settled, but its amount/,
    ],
    [
      "no estimate though it waits",
      {
        "Order settlement status": "Pending",
        "Est. standard commission": "/",
        "Est. Shop Ads commission": "/",
        "Est. Bonus": "/",
      },
      "Est. standard commission",
      /pending, but its amount/,
    ],
    [
      "an amount that is none",
      { "Total final earned amount": "1.2.3" },
      "Total final earned amount",
      /not an amount/,
    ],
    [
      "an amount beyond all orders",
      { "Total final earned amount": "99999999999999999" },
      "Total final earned amount",
      /too large/,
    ],
  ])("%s", (_, told, column, message) => {
    const usual = { "Order settlement status": "Settled", "Total final earned amount": "1" };
    const { problems, drafts } = read(shopRow({ ...usual, ...told }), PENDING);
    expect(problems).toMatchObject([{ line: 2, column, message: expect.stringMatching(message) }]);
    expect(drafts.payouts).toMatchObject([{ line: 3 }]);
  });

  test("a row that is cut short", () => {
    const text = studioText([SHOP_HEADER, SETTLED.slice(0, 10), PENDING]);
    expect(readTable(text).problems).toMatchObject([{ line: 2, message: expect.stringMatching(/10 cells/) }]);
  });

  test("a file without a column that is needed is refused, naming it", () => {
    const rows = [SHOP_HEADER, SETTLED].map((row) =>
      row.filter((_, index) => SHOP_HEADER[index] !== "Currency"),
    );
    expect(refusalOf(studioText(rows))).toMatchObject({ column: "Currency" });
  });
});

test("20,000 orders take the time of their number, not of its square", () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => SETTLED.with(0, `${10 ** 12 + index}`));
  const outcome = readNow(utf8(studioText([SHOP_HEADER, ...rows])), "x", OPTIONS);
  expect(outcome.kind === "read" && outcome.drafts.payouts.length).toBe(20_000);
}, 20_000);

test("a file in which every row is broken does not pile up its reasons: 10,050 rows keep 10,000 and tell of 50", () => {
  const rows = Array.from({ length: 10_050 }, () => SETTLED.with(SHOP_HEADER.indexOf("Currency"), "?"));
  const reading = TIKTOK_SHOP.read(
    tableOf(studioText([SHOP_HEADER, ...rows])),
    OPTIONS,
    collecting(noDrafts()),
  );
  if (reading.kind !== "read") throw new Error(reading.kind);
  expect(reading.problems).toHaveLength(10_000);
  expect(reading.notices).toMatchObject([{ message: expect.stringMatching(/50 more rows are refused/) }]);
}, 20_000);
