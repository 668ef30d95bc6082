import { beforeAll, describe, expect, it } from "vitest";
import * as ledger from "../../db/ledger";
import * as payouts from "../../db/payouts";
import { noDrafts } from "../../lib/import/draft";
import type { LedgerRow } from "../../lib/model/ledger-columns";
import { ledgerHeader, ledgerLines } from "../../lib/report/ledger";
import { readTable } from "../import/fixtures";
import { type FullStudio, makeFullStudio, newPayout } from "../studio";

let studio: FullStudio;
let rows: LedgerRow[];

async function everything({ viewer, creatorId }: FullStudio): Promise<LedgerRow[]> {
  const found: LedgerRow[] = [];
  await ledger.walk(viewer, creatorId, async (batch) => void found.push(...batch));
  return found;
}

beforeAll(async () => {
  studio = await makeFullStudio();
  const { viewer, creatorId, payoutId } = studio;
  const { chainId } = await payouts.get(viewer, creatorId, payoutId);
  await payouts.record(
    viewer,
    creatorId,
    newPayout({ about: chainId, kind: "refund", minor: -150n, note: "'=1+1\nsecond line" }),
  );
  rows = await everything(studio);
});

describe("the download of everything", () => {
  it("holds each entry that counts once: what was replaced is not there", () => {
    const count = (entry: string) => rows.filter((row) => row.entry === entry).length;
    expect({ video: count("video"), payout: count("payout"), share: count("share") }).toEqual({
      video: 1,
      payout: 2,
      share: 1,
    });
    expect(count("traffic")).toBeGreaterThan(0);
    expect(count("reading")).toBe(1);
    expect(count("audience")).toBe(1);
  });

  it("names the original of a refund, and comes after it", () => {
    const [original, refund] = rows.filter((row) => row.entry === "payout");
    expect(refund).toMatchObject({ kind: "refund", about: original?.reference, amount: "-150" });
  });

  it("is read by the import to the same entries, amounts and texts to the letter", () => {
    const { drafts, problems, found } = readTable(ledgerHeader() + ledgerLines(rows));
    expect(found.fileFormat).toBe("permille-ledger");
    expect(problems).toEqual([]);
    expect(drafts).not.toEqual(noDrafts());
    const read = drafts.payouts.map(({ minor, note, about, kind, lines }) => ({
      minor,
      note,
      about,
      kind,
      lines,
    }));
    const [original, refund] = rows.filter((row) => row.entry === "payout");
    expect(read).toEqual([
      expect.objectContaining({
        minor: BigInt(original?.amount ?? 0),
        kind: "earning",
        lines: [expect.anything()],
      }),
      {
        minor: -150n,
        note: "'=1+1\nsecond line",
        about: refund?.about,
        kind: "refund",
        lines: [],
      },
    ]);
    expect(drafts.readings[0]).toMatchObject({ day: "2026-01-31", views: 5, videoExternalId: "full" });
    expect(drafts.audiences[0]).toMatchObject({ month: "2026-01", regions: { us_ca_au: 500_000 } });
  });
});
