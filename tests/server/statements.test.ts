import { createHash, randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { conn, transaction } from "../../db/client";
import { totals } from "../../db/schema";
import { type Currency, decimalOf } from "../../lib/model/money";
import { monthOf, monthsFrom } from "../../lib/model/month";
import {
  isMoney,
  parseStatement,
  type Statement,
  type StatementMoney,
  type StatementRow,
  type StatementSection,
  type StatementSectionId,
  statementJson,
} from "../../lib/report/statement";
import { closeMonth } from "../../lib/server/closing";
import { statementFile } from "../../lib/server/statement-files";
import { readStatement } from "../../lib/server/statements";
import { cellText } from "../../lib/statement-text";
import { makeMember } from "../factories";
import { readPdf } from "../report/read-pdf";
import { readXlsx } from "../report/read-xlsx";
import { makeStatementYear, type StatementYear } from "../statement-year";
import { makeRepresentation } from "../studio";

let year: StatementYear;
let whole: Statement;

beforeAll(async () => {
  year = await makeStatementYear((viewer, creatorId, month) =>
    closeMonth(viewer, creatorId, { id: randomUUID(), month, seen: null }),
  );
  whole = await readStatement(year.viewer, year.creatorId, year.year);
});

/** One transparent pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const JANUARY = { from: monthOf("2025-01"), to: monthOf("2025-01") };
const FEBRUARY = { from: monthOf("2025-02"), to: monthOf("2025-02") };

function sectionOf(statement: Statement, id: StatementSectionId) {
  const found = statement.sections.find((section) => section.id === id);
  if (!found) throw new Error(`No section ${id}.`);
  return found;
}

/** What the rows of a section come to in one column, by currency. */
function sums(statement: Statement, id: StatementSectionId, key: string): Record<string, bigint> {
  const found: Record<string, bigint> = {};
  for (const row of sectionOf(statement, id).rows) {
    const cell = row[key] ?? null;
    if (isMoney(cell)) found[cell.currency] = (found[cell.currency] ?? 0n) + BigInt(cell.minor);
  }
  return found;
}

function booked(statement: Statement): string {
  const cell = statement.summary.find(({ label }) => label === "Booked")?.cell ?? null;
  return isMoney(cell) ? cell.minor : "";
}

/** By currency, of the totals that the database keeps: earned before, or from, the first month of the range. */
async function ledger(range: { from: string; to: string }, which: "own" | "earlier") {
  const rows = await transaction(year.viewer, () => conn().select().from(totals));
  const found: Record<string, bigint> = {};
  for (const row of rows) {
    if (row.creatorId !== year.creatorId || row.bookedMonth < range.from || row.bookedMonth > range.to)
      continue;
    if (row.earnedMonth < range.from !== (which === "earlier")) continue;
    found[row.currency] = (found[row.currency] ?? 0n) + row.minor;
  }
  return found;
}

describe("a statement is the ledger, to the minor unit", () => {
  it.each(["streams", "platforms", "channels"] as const)(
    "of a year with three currencies, refunds and a closed month: %s",
    async (id) => {
      expect(sums(whole, id, "total")).toEqual(await ledger(year.year, "own"));
    },
  );

  it("each currency's months add up to it", async () => {
    const own = await ledger(year.year, "own");
    expect(Object.keys(own).sort()).toEqual(["EUR", "JPY", "USD"]);
    for (const [currency, minor] of Object.entries(own))
      expect(sums(whole, "months", currency)).toEqual({ [currency]: minor });
  });

  it("videos with what no line names are all that was earned", async () => {
    expect(sums(whole, "videos", "amount")).toEqual(await ledger(year.year, "own"));
    // 12 months × (10,000 + at) for each of five videos
    expect(sectionOf(whole, "videos").rows[0]?.amount).toEqual({ minor: "120048", currency: "USD" });
  });

  it("of a month after a closed one: its own, and the two late changes apart (-777 + 4,321)", async () => {
    const february = await readStatement(year.viewer, year.creatorId, FEBRUARY);
    expect(sums(february, "streams", "total")).toEqual(await ledger(FEBRUARY, "own"));
    expect(sums(february, "earlier", "amount")).toEqual({ USD: 3_544n });
    expect(await ledger(FEBRUARY, "earlier")).toEqual({ USD: 3_544n });
    expect(sectionOf(february, "earlier").rows.map(({ month, what }) => [month, what])).toEqual([
      ["2025-01", "Late payout"],
      ["2025-01", "Refund"],
    ]);
  });

  it("of the closed month: what was booked before it was closed, and nothing that came later", async () => {
    const january = await readStatement(year.viewer, year.creatorId, JANUARY);
    expect(sums(january, "streams", "total")).toEqual(await ledger(JANUARY, "own"));
    expect(sectionOf(january, "ladder").rows).toEqual([]);
  });

  it("twelve months add up to their year, converted too", async () => {
    let sum = 0n;
    for (const month of monthsFrom(year.year.from, year.year.to))
      sum += BigInt(booked(await readStatement(year.viewer, year.creatorId, { from: month, to: month })));
    expect(booked(whole)).toBe(String(sum));
  });

  it("the gap's causes lead from projected to earned without a rest", () => {
    const { rows } = sectionOf(whole, "gap");
    const minors = rows.map(({ amount }) =>
      isMoney(amount ?? null) ? BigInt((amount as { minor: string }).minor) : 0n,
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(minors.slice(0, -1).reduce((a, b) => a + b, 0n)).toBe(minors.at(-1));
  });

  it("what is taken off leads from credited to net: 1,277,683 - 2,011 - 99 - 30,001", () => {
    // Credited: 12 × 100,003 + 1,111 × 66 = 1,273,362, and the late payout of 4,321.
    const [rewards] = sectionOf(whole, "ladder").rows;
    expect(rewards).toMatchObject({
      credited: { minor: "1277683" },
      refund: { minor: "-2011" },
      clawback: { minor: "-99" },
      withheld: { minor: "-30001" },
      net: { minor: "1245572" },
    });
    expect(sums(whole, "withheld", "amount")).toEqual({ USD: -30_001n });
  });

  it("received are the receipts by their day; outstanding is due less received", () => {
    // Six receipts: 6 × (100,003 - 60,000) + 1,111 × 15
    expect(sums(whole, "received", "amount")).toEqual({ USD: 256_683n });
    const { due, received, open } = Object.fromEntries(
      ["due", "received", "open"].map((key) => [key, sums(whole, "outstanding", key)]),
    );
    for (const currency of ["USD", "EUR", "JPY"])
      expect(due![currency]! - received![currency]!).toBe(open![currency]);
    // All receipts of the year went to the rewards: what arrived and the fees, 6 × 150 less.
    expect(sums(whole, "streams", "received").USD).toBe(256_683n + 6n * 150n);
  });
});

describe("two commissions", () => {
  it("lead from everything booked to what is left: 20% for the agency, 5% for a lawyer", async () => {
    const { rows, totals: nets } = sectionOf(whole, "commission");
    const own = await ledger(year.year, "own");
    for (const [currency, gross] of Object.entries(own)) {
      const of = rows.filter(
        ({ amount }) => isMoney(amount ?? null) && (amount as StatementMoney).currency === currency,
      );
      const [all, ...shares] = of.map(({ amount }) => BigInt((amount as StatementMoney).minor));
      expect([all, shares.length]).toEqual([gross, 2]);
      const net = nets.find(({ party }) => party === `Net in ${currency}`)?.amount as StatementMoney;
      expect(BigInt(net.minor)).toBe(gross + shares[0]! + shares[1]!);
      // A quarter, but for the cents of payouts that were each rounded.
      expect(Number(gross - BigInt(net.minor)) / Number(gross)).toBeCloseTo(0.25, 3);
    }
  });

  it("are not told to the agency, which reads all else the same", async () => {
    const seen = await readStatement(year.admin, year.creatorId, year.year);
    expect(seen.sections.map(({ id }) => id)).toEqual(
      whole.sections.map(({ id }) => id).filter((id) => id !== "commission"),
    );
    expect(seen.summary).toEqual(whole.summary);
  });
});

describe("five ways to read it", () => {
  const look = { locale: "en-US", paper: "a4" } as const;
  const decimals = (section: StatementSection, row: StatementRow) =>
    section.columns.flatMap(({ key }) => {
      const cell = row[key] ?? null;
      return isMoney(cell) ? [decimalOf(BigInt(cell.minor), cell.currency as Currency)] : [];
    });
  const linesOf = (section: StatementSection) => [...section.rows, ...section.totals];

  it("CSV has each amount of each row, to the minor unit", async () => {
    const { bytes } = await statementFile(whole, "csv", look);
    const lines = parse(Buffer.from(bytes)) as string[][];
    for (const section of whole.sections.filter(({ rows }) => rows.length > 0)) {
      const own = lines.filter(
        ([table, kind]) => table === section.title && (kind === "row" || kind === "total"),
      );
      expect(own).toHaveLength(linesOf(section).length);
      for (const [index, row] of linesOf(section).entries())
        for (const amount of decimals(section, row)) expect(own[index]).toContain(amount);
    }
  });

  it("the workbook has each amount of each row, as a number", async () => {
    const { bytes } = await statementFile(whole, "xlsx", look);
    const { sheets } = await readXlsx(Buffer.from(bytes));
    for (const section of whole.sections.filter(({ rows }) => rows.length > 0)) {
      const [, ...own] = sheets.get(section.title) ?? [];
      expect(own).toHaveLength(linesOf(section).length);
      for (const [index, row] of linesOf(section).entries())
        for (const amount of decimals(section, row)) expect(own[index]).toContain(Number(amount));
    }
  });

  it("paper has each row with its amounts beside each other, as they are written for people", async () => {
    const { bytes } = await statementFile(whole, "pdf", look);
    const { pages } = await readPdf(Buffer.from(bytes));
    const lines = pages.flat();
    for (const section of whole.sections)
      for (const row of linesOf(section)) {
        const amounts = section.columns.flatMap(({ key, kind }) => {
          const cell = row[key] ?? null;
          return isMoney(cell) ? [cellText(cell, kind, look.locale)] : [];
        });
        const inOrder = new RegExp(amounts.map((amount) => amount.replace(/[$.]/g, "\\$&")).join(".*"));
        expect(
          lines.some((line) => inOrder.test(line)),
          `${section.title}: ${amounts.join(" ")}`,
        ).toBe(true);
      }
  });

  it("JSON is the bytes that a checksum is of", async () => {
    const { bytes, name } = await statementFile(whole, "json", look);
    expect([new TextDecoder().decode(bytes), name]).toEqual([
      statementJson(whole),
      "statement-mira-cooks-2025.json",
    ]);
  });

  it("an agency's name stands on its paper and in its workbook, its picture where paper can show it", async () => {
    const logo = { bytes: PIXEL, type: "image/png" };
    const brand = { name: "North Talent", logo, accent: "#0f766e" };
    const pdf = await statementFile(whole, "pdf", { ...look, brand });
    const { pages } = await readPdf(Buffer.from(pdf.bytes));
    expect(pages[0]?.join("\n")).toContain("North Talent");
    expect(pages[0]?.at(-1)).toMatch(/^North Talent · page 1 of/);
    const { xml } = await readXlsx(
      Buffer.from((await statementFile(whole, "xlsx", { ...look, brand })).bytes),
    );
    expect(xml).toContain("North Talent");
    const webp = { ...brand, logo: { bytes: PIXEL, type: "image/webp" } };
    await expect(statementFile(whole, "pdf", { ...look, brand: webp })).resolves.toBeDefined();
  });
});

describe("a statement as data", () => {
  it("is the same bytes whenever it is made of the same ledger, and when it is read again", async () => {
    const again = await readStatement(year.viewer, year.creatorId, year.year);
    const hash = (statement: Statement) =>
      createHash("sha256").update(statementJson(statement)).digest("hex");
    expect(hash(again)).toBe(hash(whole));
    expect(hash(parseStatement(statementJson(whole)))).toBe(hash(whole));
  });

  it("is refused to whoever may not see all amounts, in words", async () => {
    const { viewer: looker } = await makeMember(year.viewer, year.creatorId, "viewer");
    expect(statementJson(await readStatement(looker, year.creatorId, year.year))).toBe(statementJson(whole));
    const { admin } = await makeRepresentation(year.viewer, year.creatorId);
    await expect(readStatement(admin, year.creatorId, year.year)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/some streams/),
    });
  });
});
