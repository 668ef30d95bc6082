import "server-only";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import * as accounts from "@/db/auth";
import { enqueue, listRosterMailsToSend, type OpenRun } from "@/db/jobs";
import * as runs from "@/db/roster-runs";
import * as schedules from "@/db/roster-schedules";
import { AppError } from "../errors";
import { monthName } from "../format";
import type { Viewer } from "../model/access";
import { paths } from "../paths";
import { rosterTotals } from "../report/roster-xlsx";
import { rosterSummary } from "../run-lines";
import { address } from "./mail";
import { type OnceLetter, sendInLine } from "./mail-line";
import { readCreators } from "./roster-creators";

const Job = z.object({ agencyId: z.uuid(), runId: z.uuid(), startedBy: z.uuid() });

/** Puts the mails of runs that ended in line, what a crash left included. */
export async function sendRosterMails(): Promise<void> {
  for (const run of await listRosterMailsToSend()) await queueRosterMail(run);
}

/** Has the mail of one run looked at soon. */
export function queueRosterMail({ agencyId, runId, startedBy }: OpenRun): Promise<void> {
  return enqueue("roster-mails", { agencyId, runId, startedBy }, runId);
}

/**
 * Tells the person whose run it is that it is ready, with what the roster comes to. Read as that person, so who may
 * not see it any more gets no figure. May be stopped anywhere and run again.
 */
export async function mailRun(personFor: (userId: string) => Viewer, data: unknown): Promise<void> {
  const { agencyId, runId, startedBy } = Job.parse(data);
  const viewer = personFor(startedBy);
  try {
    const mail = await schedules.openMail(viewer, agencyId, runId);
    if (!mail) return;
    const letter = await letterOf(viewer, { agencyId, runId, startedBy }).catch((error: unknown) => {
      if (error instanceof AppError && error.code !== "unavailable") return error.message;
      throw error;
    });
    await sendOrSay(viewer, agencyId, mail, letter);
  } catch (error) {
    // Left the agency meanwhile: nothing goes to them any more.
    if (error instanceof AppError && error.code === "not_found") return;
    throw error;
  }
}

async function sendOrSay(
  viewer: Viewer,
  agencyId: string,
  mail: schedules.RosterMail,
  letter: OnceLetter | string,
): Promise<void> {
  const { id } = mail;
  if (typeof letter === "string")
    return schedules.settle(viewer, agencyId, mail, { state: "failed", reply: letter });
  await sendInLine(mail, letter, {
    handOver: () => schedules.handOver(viewer, agencyId, id),
    settle: (tries, end) => schedules.settle(viewer, agencyId, { id, tries }, end),
  });
}

/** Throws an AppError that says why there is nothing to send. */
async function letterOf(
  viewer: Viewer,
  { agencyId, runId, startedBy }: z.output<typeof Job>,
): Promise<OnceLetter> {
  const [run, account] = [
    await runs.get(viewer, agencyId, runId),
    await accounts.findAccountForMail(startedBy),
  ];
  const agency = (await agencies.list(viewer)).find(({ id }) => id === agencyId);
  if (!run.finishedAt || run.sweptAt || !account || !agency)
    throw new AppError("conflict", "The files of this run are not there any more.");
  // Refused once a creator in it shows his amounts no longer, as the zip is.
  await runs.files(viewer, agencyId, { runId, part: runs.WORKBOOK_PART });
  const creators = await readCreators(viewer, agencyId, run);
  const month = monthName(run.month, account.locale);
  const summary = rosterSummary(
    rosterTotals(creators.flatMap(({ row }) => row?.lines ?? [])),
    account.locale,
  );
  return {
    to: account.email,
    subject: `${agency.name}: the statements of ${month} are ready`,
    paragraphs: [
      `Hello ${account.name},`,
      `${madeText(run, month)} Fetch the zip within a week.`,
      ...(summary.length > 0 ? ["Together they come to:"] : []),
    ],
    list: summary,
    link: { label: "To the zip", url: address(paths.rosterStatements(agencyId)) },
    messageId: `<${runId}@permille>`,
    date: run.finishedAt,
  };
}

function madeText({ creators, refused }: runs.Run, month: string): string {
  const made = creators - refused;
  const text =
    made === 0
      ? `There is a workbook for ${month}, but no creator of your roster shows you all amounts.`
      : `The statements of ${made === 1 ? "1 creator" : `${made} creators`} for ${month} are made.`;
  if (refused === 0 || made === 0) return text;
  return `${text} Of ${refused} more there is none: the workbook says why.`;
}
