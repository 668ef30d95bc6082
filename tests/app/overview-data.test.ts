import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { choiceOf, readOverview } from "../../app/(app)/creators/[creatorId]/overview-data";
import { readExplorer } from "../../app/(app)/creators/[creatorId]/projections/explorer/explorer-data";
import * as rates from "../../db/rates";
import * as readings from "../../db/readings";
import { standing } from "../../db/revisions";
import { outlookOf } from "../../lib/model/histories";
import { addMonths, firstDay, lastDay, type Month, monthOf } from "../../lib/model/month";
import { readLedgerAhead } from "../../lib/server/ledger";
import { makePayout, makeStudio, makeTraffic } from "../studio";

const within = (month: Month) => ({ fromDay: firstDay(month), toDay: lastDay(month) });

it("converts what the running month has earned so far, however old the month that is looked at", async () => {
  const { viewer, creatorId, channelId } = await makeStudio();
  const now = await standing(viewer, creatorId);
  const current = monthOf(now.today);
  const old = addMonths(current, -20);
  await rates.record(viewer, creatorId, {
    id: randomUUID(),
    ...{ day: firstDay(old), base: "EUR", quote: "USD", rate: "1.1", source: "a bank" },
  });
  const first = { fromDay: firstDay(current), toDay: firstDay(current) };
  await makePayout(viewer, creatorId, { channelId, currency: "EUR", minor: 5_000n, ...within(old) });
  await makePayout(viewer, creatorId, { channelId, currency: "EUR", minor: 7_000n, ...first });
  const page = await readOverview(
    viewer,
    await standing(viewer, creatorId),
    choiceOf({ month: old }),
    "en-US",
  );
  expect(page?.overview.earned.minor).toBe(5_500n);
  expect(page?.overview.soFar).toMatchObject({ month: current, earned: { minor: 7_700n, apart: [] } });
});

it("looks ahead with the followers a frozen projection would know: before a programme lets one in it says 0", async () => {
  const { viewer, creatorId, channelId } = await makeStudio();
  const current = monthOf((await standing(viewer, creatorId)).today);
  const before = addMonths(current, -1);
  await makePayout(viewer, creatorId, { channelId, stream: "rewards", minor: 0n, ...within(before) });
  await makeTraffic(viewer, creatorId, { channelId, views: 150_000, ...within(before) });
  await readings.record(viewer, creatorId, {
    id: randomUUID(),
    ...{ channelId, videoId: null, day: lastDay(before), followers: 8_000 },
  });
  const ledger = await readLedgerAhead(viewer, await standing(viewer, creatorId));
  const [rewards] = outlookOf(ledger, current, addMonths(current, 1));
  expect(rewards?.projection).toMatchObject({ medianMinor: 0n, basis: "none" });
  expect(rewards?.projection.reason).toContain("2,000 of 10,000 followers to go");
  const explorer = await readExplorer(viewer, await standing(viewer, creatorId), "en-US");
  expect(explorer.streams[0]?.ground, "what if one were in: an amount that can be moved").toMatchObject({
    reason: null,
    views: 150_000,
  });
});
