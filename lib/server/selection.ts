import "server-only";
import * as letters from "@/db/letters";
import { idBeside } from "@/db/once";
import * as representations from "@/db/representations";
import * as rosterMonths from "@/db/roster-months";
import * as tags from "@/db/tags";
import * as tasks from "@/db/tasks";
import { count, monthName } from "../format";
import type { Viewer } from "../model/access";
import type { Outcome } from "../model/action-results";
import { LOOK_BACK_MONTHS, type MissingMonths, missingMonths } from "../model/missing-months";
import { addMonths, type Month } from "../model/month";
import { STREAM_LABEL } from "../model/words";
import { queueLetters } from "./letters";

/**
 * What is done to many creators of a roster at once: in one transaction with one query for all of them, and told of
 * each. Who is not on the roster any more is named as such and keeps nobody else from it.
 */

export interface Selected {
  readonly agencyId: string;
  /** made by the browser; one id a click, so that a click that comes twice is one */
  readonly id: string;
  readonly creatorIds: readonly string[];
}

export interface Missing {
  readonly creator: representations.Represented;
  readonly missing: readonly MissingMonths[];
}

/** Which months each of the creators has not logged, of the streams that usually pay and that she shows. */
export async function findMissing(
  viewer: Viewer,
  agencyId: string,
  creators: readonly representations.Represented[],
  current: Month,
): Promise<Missing[]> {
  const logged = await rosterMonths.listLogged(viewer, agencyId, {
    creatorIds: creators.map(({ creatorId }) => creatorId),
    from: addMonths(current, -LOOK_BACK_MONTHS),
  });
  const byCreator = new Map<string, typeof logged>(creators.map(({ creatorId }) => [creatorId, []]));
  for (const each of logged) byCreator.get(each.creatorId)?.push(each);
  return creators.map((creator) => ({
    creator,
    missing: missingMonths(byCreator.get(creator.creatorId) ?? [], current),
  }));
}

/** A mail to the owners of each. */
export async function remind(
  viewer: Viewer,
  { agencyId, id, creatorIds }: Selected,
  { subject, text }: { subject: string; text: string },
): Promise<Outcome[]> {
  const { creators, gone } = await split(viewer, agencyId, creatorIds);
  const reminded = await letters.remind(
    viewer,
    agencyId,
    creators.map(({ creatorId }) => ({ id: idBeside(id, creatorId), creatorId, subject, text })),
  );
  await queueLetters();
  const owners = new Map(reminded.map((each) => [each.creatorId, each.owners]));
  return [
    ...creators.map(({ creatorId, creatorName }) => toldOf(creatorName, owners.get(creatorId) ?? 0)),
    ...gone,
  ];
}

/** A task and a mail for each who has not logged what usually pays; who was asked the same already is not asked twice. */
export async function requestMonths(
  viewer: Viewer,
  { agencyId, id, creatorIds }: Selected,
  { dueOn, text, current, locale }: { dueOn: string | null; text: string; current: Month; locale: string },
): Promise<Outcome[]> {
  const { creators, gone } = await split(viewer, agencyId, creatorIds);
  const found = await findMissing(viewer, agencyId, creators, current);
  const { open } = await tasks.list(viewer, agencyId);
  const asked = new Set(
    open.filter(({ ofCreator }) => ofCreator).map((task) => keyOf(task.creatorId, task.title)),
  );
  const fresh = found.flatMap(({ creator: { creatorId }, missing }) => {
    const title = missingTitle(missing, locale);
    if (missing.length === 0 || asked.has(keyOf(creatorId, title))) return [];
    const detail = [missingWords(missing, locale), text].filter((part) => part !== "").join("\n");
    return [
      { id: idBeside(id, creatorId), creatorId, ofCreator: true, title, detail, assignee: null, dueOn },
    ];
  });
  await tasks.ask(viewer, agencyId, fresh);
  await queueLetters();
  const isFresh = new Set(fresh.map(({ creatorId }) => creatorId));
  return [
    ...found.map(({ creator, missing }): Outcome => {
      const name = creator.creatorName;
      if (isFresh.has(creator.creatorId))
        return { name, words: `Asked for ${missingWords(missing, locale)}`, isDone: true };
      if (missing.length > 0) return { name, words: "Is asked for these months already.", isDone: false };
      return { name, words: nothingMissing(creator), isDone: false };
    }),
    ...gone,
  ];
}

/** Puts a tag on each, or takes it off. */
export async function tagAll(
  viewer: Viewer,
  { agencyId, creatorIds }: Omit<Selected, "id">,
  { tagId, isOn }: { tagId: string; isOn: boolean },
): Promise<{ changed: number; gone: Outcome[] }> {
  const { creators, gone } = await split(viewer, agencyId, creatorIds);
  const ids = creators.map(({ creatorId }) => creatorId);
  return { changed: await tags.tagAll(viewer, agencyId, { tagId, creatorIds: ids, isOn }), gone };
}

/** "Send the figures of Aug 2026 and Oct 2026". */
export function missingTitle(missing: readonly MissingMonths[], locale: string): string {
  const months = [...new Set(missing.flatMap(({ months }) => months))].sort();
  return `Send the figures of ${listOf(months.map((month) => monthName(month, locale)))}`;
}

/** "Ad share: Aug 2026; Affiliate: Aug and Oct 2026." */
export function missingWords(missing: readonly MissingMonths[], locale: string): string {
  const parts = missing.map(
    ({ stream, months }) =>
      `${STREAM_LABEL[stream]}: ${listOf(months.map((month) => monthName(month, locale)))}`,
  );
  return `${parts.join("; ")}.`;
}

export function nothingMissing({ amounts }: Pick<representations.Represented, "amounts">): string {
  return amounts
    ? "Nothing is missing of what is shown to you."
    : "Shows you no amounts, so what is missing is not known.";
}

async function split(viewer: Viewer, agencyId: string, creatorIds: readonly string[]) {
  const roster = await representations.roster(viewer, agencyId);
  const chosen = new Set(creatorIds);
  const creators = roster.filter(({ creatorId }) => chosen.has(creatorId));
  const left = chosen.size - creators.length;
  const gone: Outcome[] =
    left === 0
      ? []
      : [
          {
            name: left === 1 ? "One creator" : `${count(left, "en")} creators`,
            words: "No longer on your roster. Nothing was done.",
            isDone: false,
          },
        ];
  return { creators, gone };
}

function toldOf(name: string, owners: number): Outcome {
  if (owners === 0)
    return {
      name,
      words: "Has no owner beside you to write to. Hand the creator over first.",
      isDone: false,
    };
  return {
    name,
    words: owners === 1 ? "Mailed to her owner." : `Mailed to her ${owners} owners.`,
    isDone: true,
  };
}

function listOf(parts: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}

function keyOf(creatorId: string | null, title: string): string {
  return `${creatorId} ${title}`;
}
