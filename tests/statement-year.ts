/** A year of a creator as an accountant meets it: three currencies, two commissions, refunds, late payouts. */
import { randomUUID } from "node:crypto";
import * as payouts from "../db/payouts";
import * as rates from "../db/rates";
import * as receipts from "../db/receipts";
import type { Viewer } from "../lib/model/access";
import { addMonths, dayOf, lastDay, type Month, monthOf } from "../lib/model/month";
import {
  closeMonth,
  makeChannel,
  makeRepresentation,
  makeStudio,
  makeTerms,
  makeTraffic,
  makeVideo,
  newPayout,
  type Studio,
} from "./studio";

export interface StatementYear extends Studio {
  youtubeId: string;
  videoIds: string[];
  year: { from: Month; to: Month };
  /** of an agency that sees all of it */
  admin: Viewer;
}

/** Long over, so that no test depends on today. */
const YEAR = "2025";
export const TITLES = ["Fünf Eier", "Пять яиц", "خمس بيضات", "=1+1", "<script>alert(1)</script>"];

/**
 * 2025: each month rewards in USD with lines for five videos and 10,000 views, ads in EUR over the turn of the month,
 * gifts in JPY in every second month; refunds, clawbacks, tax withheld; January closed before two things are said of it.
 */
export async function makeStatementYear(
  close: (viewer: Viewer, creatorId: string, month: Month) => Promise<unknown> = closeMonth,
): Promise<StatementYear> {
  const studio = await makeStudio();
  const { viewer, creatorId, channelId } = studio;
  const agency = await makeRepresentation(viewer, creatorId, { streams: null });
  for (const [claim, payee, ppm] of [
    ["management", "agency", 200_000],
    ["lawyer", "external", 50_000],
  ] as const)
    await makeTerms(
      { owner: viewer, creatorId, ...agency },
      {
        claim,
        payee,
        ppm,
        parties: payee === "external" ? ["Lex & Co"] : [],
        fromDay: dayOf(`${YEAR}-01-01`),
      },
    );
  const youtubeId = await makeChannel(viewer, creatorId, { platform: "youtube", name: "Mira bakes" });
  const videoIds: string[] = [];
  for (const title of TITLES) videoIds.push(await makeVideo(viewer, creatorId, { channelId, title }));
  const firsts: { id: string; minor: bigint; day: string }[] = [];
  const entries: payouts.NewPayout[] = [];
  for (let n = 0; n < 12; n++) {
    const month = addMonths(monthOf(`${YEAR}-01`), n);
    const [fromDay, toDay] = [`${month}-01`, lastDay(month)];
    const minor = 100_003n + BigInt(n) * 1_111n;
    const reward = newPayout({
      ...{ channelId, stream: "rewards", fromDay, toDay, minor },
      state: n < 10 ? "final" : "estimated",
      lines: videoIds.map((videoId, at) => ({ videoId, minor: 10_000n + BigInt(at) })),
    });
    firsts.push({ id: reward.id, minor, day: `${addMonths(month, 1)}-20` });
    entries.push(reward);
    entries.push(
      newPayout({
        ...{ channelId: youtubeId, stream: "ads", currency: "EUR", minor: 50_001n + BigInt(n) },
        ...{ fromDay: `${month}-15`, toDay: n === 11 ? lastDay(month) : `${addMonths(month, 1)}-14` },
      }),
    );
    if (n % 2 === 0)
      entries.push(newPayout({ stream: "gift", currency: "JPY", minor: 7_777n, fromDay, toDay }));
    await makeTraffic(viewer, creatorId, {
      channelId,
      fromDay,
      toDay,
      views: 10_000 + n,
      qualifiedViews: 6_000,
    });
  }
  await payouts.recordAll(viewer, creatorId, entries);
  const about = (n: number, kind: "refund" | "withheld" | "clawback", minor: bigint) =>
    newPayout({
      ...{ about: firsts[n]!.id, kind, minor, channelId, stream: "rewards", note: "=HYPERLINK(1)" },
      ...{ fromDay: entries.find(({ id }) => id === firsts[n]!.id)!.fromDay },
      toDay: entries.find(({ id }) => id === firsts[n]!.id)!.toDay,
    });
  await payouts.recordAll(viewer, creatorId, [
    about(1, "refund", -1_234n),
    about(3, "withheld", -30_001n),
    about(5, "clawback", -99n),
  ]);
  for (const [base, rate] of [
    ["EUR", "1.0837"],
    ["JPY", "0.00671"],
  ] as const)
    await rates.record(viewer, creatorId, {
      ...{ id: randomUUID(), day: "2024-12-30", base, quote: "USD", rate, source: "ECB" },
    });
  for (const { id, minor, day } of firsts.slice(0, 6))
    await receipts.record(viewer, creatorId, {
      ...{ id: randomUUID(), receivedOn: day, minor: minor - 60_000n, currency: "USD", feeMinor: 150n },
      ...{ rate: null, note: "bank", allocations: [{ chainId: id, minor: minor - 59_850n }] },
    });
  await close(viewer, creatorId, monthOf(`${YEAR}-01`));
  // Said after January was closed: booked in February, each naming January.
  await payouts.recordAll(viewer, creatorId, [
    about(0, "refund", -777n),
    newPayout({
      channelId,
      stream: "rewards",
      fromDay: `${YEAR}-01-01`,
      toDay: `${YEAR}-01-31`,
      minor: 4_321n,
    }),
  ]);
  return {
    ...{ ...studio, youtubeId, videoIds, admin: agency.admin },
    year: { from: monthOf(`${YEAR}-01`), to: monthOf(`${YEAR}-12`) },
  };
}
