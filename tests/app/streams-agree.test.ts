import { randomUUID } from "node:crypto";
import { afterAll, expect, it, vi } from "vitest";
import { GET as monthCsv } from "../../app/api/creators/[creatorId]/months/[month]/route";
import { GET as yearCsv } from "../../app/api/creators/[creatorId]/years/[year]/route";
import * as ladders from "../../db/ladders";
import * as payouts from "../../db/payouts";
import * as totals from "../../db/totals";
import { minorOfCell } from "../../lib/model/histories";
import { currencyOf, parseMoney } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { random } from "../../lib/model/random";
import { STREAMS, type Stream } from "../../lib/model/words";
import { netOf } from "../../lib/model/year";
import { connectOwner } from "../setup/catalogue";
import { makeStudio, newPayout, type Studio } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

// Fifty thousand things that people do to their payouts, beside a little model that knows nothing of the database:
// a list of what counts, and a loop over days. Screen, files and database must say what it says.

const OPERATIONS = 50_000;
const BATCH = 1_000;
/** Taking back and undoing are one transaction each. */
const SINGLES = 50;
const CURRENCIES = ["USD", "EUR", "JPY"] as const;
const ABOUT = ["refund", "clawback", "adjustment", "withheld", "fee"] as const;
const RANGE = { from: monthOf("2025-01"), to: monthOf("2027-12") };

type Said = Pick<payouts.NewPayout, "kind" | "state" | "fromDay" | "toDay" | "minor" | "currency"> & {
  stream: Stream;
};
/** One payout: all that was said of it, newest last; null is "taken back". */
type Chain = { id: string; about: string | null; said: { id: string; body: Said | null }[] };

const owner = connectOwner();
afterAll(() => owner.end());

it("after 50,000 random operations over all streams and three currencies, screen, files and database agree to the minor unit", {
  timeout: 600_000,
}, async () => {
  const studio = await makeStudio();
  const chance = random(50_000).uniform;
  const below = (n: number) => Math.floor(chance() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const chains: Chain[] = [];
  const earnings: Chain[] = [];

  const dayAt = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
  const say = (given: Partial<Said>): Said => {
    const at = below(900);
    const minor = BigInt(1 + below(1_000_000_000));
    return {
      ...{ kind: "earning", state: pick(["final", "estimated"] as const), stream: pick(STREAMS), minor },
      ...{ currency: pick(CURRENCIES), fromDay: dayAt(at), toDay: dayAt(at + below(70)) },
      ...given,
    };
  };
  const entryOf = (chain: Chain, id: string, body: Said, replaces: string | null) =>
    newPayout({ id, ...body, about: chain.about, replaces });

  let batches = 0;
  for (let done = 0; done < OPERATIONS; ) {
    const kind = pick(["new", "new", "about", "correct", "correct", "single"] as const);
    const touched = new Set<Chain>();
    // What this batch makes is not there yet to be about.
    const recorded = earnings.length;
    const batch: payouts.NewPayout[] = [];
    for (let n = 0; n < (kind === "single" ? SINGLES : BATCH); n++) {
      const chain = chains.length > 0 ? pick(chains) : null;
      const head = chain?.said.at(-1);
      if (kind === "new" || !chain || !head) {
        const id = randomUUID();
        const fresh: Chain = { id, about: null, said: [{ id, body: say({}) }] };
        chains.push(fresh);
        earnings.push(fresh);
        batch.push(entryOf(fresh, id, fresh.said[0]!.body!, null));
      } else if (kind === "about" && recorded > 0) {
        const id = randomUUID();
        const body = say({ kind: pick(ABOUT), minor: -BigInt(1 + below(10_000)) });
        const fresh: Chain = {
          id,
          about: earnings[below(recorded)]!.id,
          said: [{ id, body }],
        };
        chains.push(fresh);
        batch.push(entryOf(fresh, id, body, null));
      } else if (kind === "correct") {
        if (touched.has(chain) || head.body === null) continue;
        touched.add(chain);
        const id = randomUUID();
        const body = say({
          kind: head.body.kind,
          ...(chain.about ? { minor: -BigInt(1 + below(10_000)) } : {}),
        });
        chain.said.push({ id, body });
        batch.push(entryOf(chain, id, body, head.id));
      } else if (chance() < 0.5) {
        if (head.body === null) continue;
        const id = randomUUID();
        done++;
        await payouts.remove(studio.viewer, studio.creatorId, { id, replaces: head.id });
        chain.said.push({ id, body: null });
      } else {
        const id = randomUUID();
        const before = chain.said.at(-2)?.body ?? null;
        done++;
        await payouts.undo(studio.viewer, studio.creatorId, { id, entryId: head.id });
        chain.said.push({ id, body: before });
      }
    }
    await payouts.recordAll(studio.viewer, studio.creatorId, batch);
    done += batch.length;
    // As the server does by itself once a minute: plans made for empty tables would scan them for each row.
    if (++batches % 3 === 0) await owner`analyze payouts, postings, totals, rollups`;
  }

  const expected = expectedCells(chains);
  expect(expected.size).toBeGreaterThan(600);
  const cells = await ladders.byMonth(studio.viewer, studio.creatorId, RANGE);
  expect(asText(cells.map((cell) => [keyOf(cell), netOf(cell)]))).toEqual(asText([...expected]));
  const { money } = await totals.byMonth(studio.viewer, studio.creatorId, RANGE);
  expect(asText(summed(money.map((cell) => [keyOf(cell), minorOfCell(cell) ?? 0n])))).toEqual(
    asText([...expected]),
  );
  expect(await totals.check(studio.viewer, studio.creatorId)).toEqual([]);
  await comeAs(studio.viewer);
  expect(asText(await fileCells(studio))).toEqual(asText([...expected]));
  for (const month of ["2025-02", "2026-07"]) {
    const own = [...expected].filter(([key]) => key.startsWith(month));
    expect(asText(await monthCells(studio, month)), month).toEqual(asText(own));
  }
});

const keyOf = ({ month, stream, currency }: { month: string; stream: string; currency: string }) =>
  `${month} ${stream} ${currency}`;

/** Day by day, as the days of a payout add up to it: what is earned up to a day is its share, cut to whole units. */
function expectedCells(chains: readonly Chain[]): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  for (const { said } of chains) {
    const body = said.at(-1)?.body;
    if (!body) continue;
    const days: string[] = [];
    for (let at = Date.parse(body.fromDay); at <= Date.parse(body.toDay); at += 86_400_000)
      days.push(new Date(at).toISOString().slice(0, 7));
    days.forEach((month, index) => {
      const key = keyOf({ ...body, month });
      const upTo = (n: number) => (body.minor * BigInt(n)) / BigInt(days.length);
      cells.set(key, (cells.get(key) ?? 0n) + upTo(index + 1) - upTo(index));
    });
  }
  return cells;
}

function summed(cells: readonly (readonly [string, bigint])[]): [string, bigint][] {
  const sums = new Map<string, bigint>();
  for (const [key, minor] of cells) sums.set(key, (sums.get(key) ?? 0n) + minor);
  return [...sums];
}

/** A cell of nothing and no cell are told apart by nobody here. */
function asText(cells: readonly (readonly [string, bigint])[]): string[] {
  return cells
    .filter(([, minor]) => minor !== 0n)
    .map(([key, minor]) => `${key} ${minor}`)
    .sort();
}

const STREAM_OF: Readonly<Record<string, Stream>> = {
  ...{ Ads: "ads", "Platform rewards": "rewards", Sponsorship: "sponsorship", Affiliate: "affiliate" },
  ...{
    "Super likes": "super_like",
    Gifts: "gift",
    Shop: "shop",
    Subscriptions: "subscription",
    Other: "other",
  },
};

async function linesOf(response: Response): Promise<Record<string, string>[]> {
  const [header = [], ...lines] = (await response.text())
    .replace(/^\uFEFF/, "")
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ""])));
}

function cellOf(line: Record<string, string>, column: string): [string, bigint] {
  const currency = currencyOf(line.Currency ?? "");
  const minor = parseMoney(line[column] ?? "", currency, ".");
  if (!minor.ok) throw new Error(minor.error);
  return [
    keyOf({ month: line.Month ?? "", stream: STREAM_OF[line.Stream ?? ""] ?? "", currency }),
    minor.value,
  ];
}

async function fileCells({ creatorId }: Studio): Promise<[string, bigint][]> {
  const files = await Promise.all(
    ["2025", "2026", "2027"].map((year) =>
      yearCsv(new Request("http://localhost/"), { params: Promise.resolve({ creatorId, year }) }),
    ),
  );
  const lines = (await Promise.all(files.map(linesOf))).flat();
  return lines.map((line) => cellOf(line, "Net"));
}

async function monthCells({ creatorId }: Studio, month: string): Promise<[string, bigint][]> {
  const file = await monthCsv(new Request("http://localhost/"), {
    params: Promise.resolve({ creatorId, month }),
  });
  return summed((await linesOf(file)).map((line) => cellOf(line, "Amount in month")));
}
