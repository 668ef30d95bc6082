import "server-only";
import { z } from "zod";
import * as alerts from "@/db/alerts";
import * as accounts from "@/db/auth";
import * as facts from "@/db/facts";
import * as goals from "@/db/goals";
import { enqueue, listCreatorsForOperator } from "@/db/jobs";
import { type Standing, standing as standingOf } from "@/db/revisions";
import { alertWords } from "../alert-words";
import type { KeptMonth } from "../expectations";
import type { Viewer } from "../model/access";
import { ALERT_LABEL, type Alert, type AlertInput, alertsOf } from "../model/alerts";
import { metersOf } from "../model/eligibility-meter";
import { programmesWith } from "../model/eligibility-programmes";
import { type Ledger, type MoneyCell, streamId } from "../model/histories";
import { addMonths, type Month, monthOf } from "../model/month";
import { lostStreamsOf } from "../model/named-rates";
import { streamName } from "../model/words";
import { earnedOf } from "../overview";
import { readGoals } from "./goals";
import { readExpectations, readLedger } from "./ledger";
import { address, send } from "./mail";
import { report } from "./report-error";
import { readSchedule } from "./schedule";
import { sealLink } from "./secrets";

/** Every creator, or the one that is named (after an import). */
const RaiseJob = z.object({ creatorId: z.uuid().optional() });
const MailJob = z.object({ creatorId: z.uuid(), alertId: z.uuid(), userId: z.uuid() });

/** How many months that are over are looked at. */
const MONTHS = 3;
const OFF_LINK_DAYS = 365;

/** Looks again at one creator soon, after something of his has changed at once. */
export function queueAlerts(creatorId: string): Promise<void> {
  return enqueue("alerts", { creatorId }, creatorId);
}

/**
 * Raises what needs a person and ends what no longer does, then puts the mails in line. One creator's trouble is
 * reported and keeps nobody else from his.
 */
export async function raiseAlerts(operatorFor: (creatorId: string) => Viewer, data: unknown): Promise<void> {
  const { creatorId } = RaiseJob.parse(data ?? {});
  const all = creatorId ? [creatorId] : (await listCreatorsForOperator()).map((each) => each.creatorId);
  for (const id of all) {
    try {
      const viewer = operatorFor(id);
      await alerts.settle(viewer, id, await judge(viewer, id));
      for (const { alertId, userId } of await alerts.listUnmailed(viewer, id))
        await enqueue("alert-mails", { creatorId: id, alertId, userId }, `${alertId} ${userId}`);
    } catch (error) {
      report(error);
    }
  }
}

/** Sends one alert to one person, once. A job that throws is tried again. */
export async function mailAlert(operatorFor: (creatorId: string) => Viewer, data: unknown): Promise<void> {
  const { creatorId, alertId, userId } = MailJob.parse(data);
  const account = await accounts.findAccountForMail(userId);
  if (!account) return;
  const viewer = operatorFor(creatorId);
  const { creator } = await standingOf(viewer, creatorId);
  await alerts.mailOnce(viewer, creatorId, { alertId, userId }, async (alert) => {
    const { title, sentence, path } = alertWords(alert, creatorId, account.locale);
    const until = new Date(Date.now() + OFF_LINK_DAYS * 86_400_000);
    const token = sealLink("alerts-off", `${userId} ${creatorId} ${alert.kind}`, until);
    await send({
      to: account.email,
      subject: `${creator.name}: ${title}`,
      paragraphs: [`Hello ${account.name},`, sentence],
      link: { label: "Look at it", url: address(path) },
      off: {
        label: `No more mails of this kind (${ALERT_LABEL[alert.kind]})`,
        url: address(`/alerts/${token}`),
        post: address(`/api/alerts/${token}`),
      },
      messageId: `<${alertId}.${userId}@permille>`,
    });
  });
}

async function judge(viewer: Viewer, creatorId: string): Promise<Alert[]> {
  const now = await standingOf(viewer, creatorId);
  const { today } = now;
  const [schedule, months, records, found, failed] = [
    await readSchedule(viewer, now),
    await monthsFor(viewer, now),
    await facts.records(viewer, creatorId),
    await readGoals(viewer, now, await goals.list(viewer, creatorId, { on: monthOf(today) })),
    await alerts.listFailedUploads(viewer, creatorId),
  ];
  const programmes = programmesWith(records.written);
  return alertsOf({
    today,
    dues: schedule.dues,
    months,
    lost: lostIn(schedule.ledger, monthOf(today)),
    gates: records.channels.flatMap((channel) =>
      metersOf(channel, { today, programmes, told: records.told }).map(
        ({ channelId, channelName, programme, now }) => ({
          channelId,
          channelName,
          programmeId: programme.id,
          now,
        }),
      ),
    ),
    goals: found.map(({ goal, outlook }) => ({
      goalId: goal.id,
      fromMonth: goal.fromMonth,
      toMonth: goal.toMonth,
      minor: String(goal.minor),
      currency: goal.currency,
      probability: outlook.probability,
    })),
    failedImports: failed,
  });
}

/** Streams whose views came in the last month that is over, and whose money did not. */
function lostIn({ money, traffic }: Pick<Ledger, "money" | "traffic">, current: Month): AlertInput["lost"] {
  const month = addMonths(current, -1);
  return lostStreamsOf(money, traffic, month).map((lost) => ({
    subject: `month:${month}:${lost.id}`,
    month,
    label: streamName(lost),
  }));
}

/** The last months that are over, all of whose projected streams are logged and final, beside their kept bands. */
async function monthsFor(viewer: Viewer, now: Standing): Promise<AlertInput["months"]> {
  const last = addMonths(monthOf(now.today), -1);
  const from = addMonths(last, 1 - MONTHS);
  const ledger = await readLedger(viewer, now);
  const { kept, reporting, rateFor } = await readExpectations(viewer, now, ledger, { from, to: last });
  return [...kept]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([month, expected]) => {
      const cells = ledger.money.filter((cell) => cell.month === month);
      const earned = earnedOf(cells, reporting, rateFor);
      if (expected.total?.currency !== reporting || earned.minor === null || earned.isEstimated) return [];
      if (earned.apart.length > 0 || !isWhole(expected, cells, month)) return [];
      return [{ month, minor: earned.minor, band95: expected.total.bands[95], currency: reporting }];
    });
}

/** Missing is not zero: a month is judged once each stream that was expected to pay has said what it paid. */
function isWhole({ streams }: KeptMonth, cells: readonly MoneyCell[], month: Month): boolean {
  const logged = new Set(cells.filter((cell) => cell.month === month).map(streamId));
  return [...streams].every(
    ([id, { projection }]) => (projection.medianMinor ?? 0n) === 0n || logged.has(id),
  );
}
