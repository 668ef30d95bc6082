/** A creator's channels, videos and figures, with everything that a test does not care about filled in. */
import { randomUUID } from "node:crypto";
import * as agencies from "../db/agencies";
import * as channels from "../db/channels";
import { conn, transaction } from "../db/client";
import * as commissionPayments from "../db/commission-payments";
import * as commissionTerms from "../db/commission-terms";
import * as deals from "../db/deals";
import * as events from "../db/events";
import * as lives from "../db/lives";
import * as looks from "../db/looks";
import * as members from "../db/members";
import * as months from "../db/months";
import * as notes from "../db/notes";
import * as payouts from "../db/payouts";
import * as placed from "../db/placements";
import * as rates from "../db/rates";
import * as readings from "../db/readings";
import * as receipts from "../db/receipts";
import * as representations from "../db/representations";
import * as rosterRuns from "../db/roster-runs";
import * as rules from "../db/rules";
import {
  handovers,
  importMappings,
  imports,
  poolOffsets,
  poolStarts,
  projections,
  uploadParts,
  uploads,
} from "../db/schema";
import * as shares from "../db/shares";
import * as tags from "../db/tags";
import * as tasks from "../db/tasks";
import * as traffic from "../db/traffic";
import * as videos from "../db/videos";
import type { Viewer } from "../lib/model/access";
import { currencyOf } from "../lib/model/money";
import { type Day, monthOf } from "../lib/model/month";
import type { Scope } from "../lib/model/representation";
import { STATEMENT_VERSION, type Statement, statementJson } from "../lib/report/statement";
import { makeCreator, makeMember, makeUser, operatorOf, type TestUser, viewerOf } from "./factories";
import { makeBesides, makeSending } from "./studio-rows";

export interface Studio {
  user: TestUser;
  viewer: Viewer;
  creatorId: string;
  channelId: string;
}

/** A user who owns a creator with one channel: where most tests begin. */
export async function makeStudio(): Promise<Studio> {
  const user = await makeUser();
  const viewer = viewerOf(user);
  const { id: creatorId } = await makeCreator(viewer);
  return { user, viewer, creatorId, channelId: await makeChannel(viewer, creatorId) };
}

/** Answers the new channel's id. */
export async function makeChannel(
  viewer: Viewer,
  creatorId: string,
  given: Partial<channels.NewChannel> = {},
): Promise<string> {
  const { id } = await channels.record(viewer, creatorId, {
    id: randomUUID(),
    platform: "tiktok",
    name: "Mira cooks",
    handle: "@mira",
    niche: "food",
    ...given,
  });
  return id;
}

/** Answers the new video's id. */
export async function makeVideo(
  viewer: Viewer,
  creatorId: string,
  given: Partial<videos.NewVideo> & { channelId: string },
): Promise<string> {
  const { id } = await videos.record(viewer, creatorId, {
    id: randomUUID(),
    externalId: null,
    url: "",
    title: "Five eggs",
    publishedOn: "2026-01-15",
    format: "short",
    niche: null,
    durationSeconds: 60,
    ...given,
  });
  return id;
}

/** A final payout of 100.00 USD for January 2026, not recorded yet. */
export function newPayout(given: Partial<payouts.NewPayout> = {}): payouts.NewPayout {
  return {
    id: randomUUID(),
    channelId: null,
    format: "all",
    stream: "rewards",
    kind: "earning",
    state: "final",
    fromDay: "2026-01-01",
    toDay: "2026-01-31",
    minor: 10_000n,
    currency: "USD",
    note: "",
    ...given,
  };
}

/** The first and the last day of the month so many before this one. */
export function monthBack(months: number): { fromDay: string; toDay: string } {
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0));
  return { fromDay: first.toISOString().slice(0, 10), toDay: last.toISOString().slice(0, 10) };
}

/** Records one and answers its id. */
export async function makePayout(
  viewer: Viewer,
  creatorId: string,
  given: Partial<payouts.NewPayout> = {},
): Promise<string> {
  const { id } = await payouts.record(viewer, creatorId, newPayout(given));
  return id;
}

/** Records a receipt of February 2026 in USD and answers its id. */
export async function makeReceipt(
  viewer: Viewer,
  creatorId: string,
  given: Pick<receipts.NewReceipt, "minor" | "allocations"> & Partial<receipts.NewReceipt>,
): Promise<string> {
  const { id } = await receipts.record(viewer, creatorId, {
    id: randomUUID(),
    receivedOn: "2026-02-20",
    currency: "USD",
    feeMinor: 0n,
    rate: null,
    note: "",
    ...given,
  });
  return id;
}

/** 1,000 typed views of a whole channel in January 2026, not recorded yet. */
export function newTraffic(given: Partial<traffic.NewTraffic> & { channelId: string }): traffic.NewTraffic {
  return {
    id: randomUUID(),
    videoId: null,
    format: "all",
    fromDay: "2026-01-01",
    toDay: "2026-01-31",
    views: 1_000,
    qualifiedViews: null,
    engagedViews: null,
    adImpressions: null,
    watchSeconds: null,
    likes: null,
    comments: null,
    shares: null,
    origin: "typed",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makeTraffic(
  viewer: Viewer,
  creatorId: string,
  given: Partial<traffic.NewTraffic> & { channelId: string },
): Promise<string> {
  const { id } = await traffic.record(viewer, creatorId, newTraffic(given));
  return id;
}

/** A deal of 1,000.00 USD, agreed for January 2026, not recorded yet. */
export function newDeal(given: Partial<deals.NewDeal> = {}): deals.NewDeal {
  return {
    id: randomUUID(),
    brand: "Lumo pans",
    feeMinor: 100_000n,
    currency: "USD",
    channelId: null,
    expectedOn: "2026-01-31",
    state: "agreed",
    note: "",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makeDeal(
  viewer: Viewer,
  creatorId: string,
  given: Partial<deals.NewDeal> = {},
): Promise<string> {
  return (await deals.record(viewer, creatorId, newDeal(given))).id;
}

/** A placement of Pan shop from January 2026 on, not recorded yet. */
export function newPlacement(given: Partial<placed.NewPlacement> = {}): placed.NewPlacement {
  return {
    id: randomUUID(),
    merchant: "Pan shop",
    label: "",
    videoId: null,
    channelId: null,
    ratePpm: 100_000,
    fromDay: "2026-01-01",
    toDay: null,
    dealId: null,
    note: "",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makePlacement(
  viewer: Viewer,
  creatorId: string,
  given: Partial<placed.NewPlacement> = {},
): Promise<string> {
  return (await placed.record(viewer, creatorId, newPlacement(given))).id;
}

/** A marker of January 2026 for all streams, not recorded yet. */
export function newEvent(given: Partial<events.NewEvent> = {}): events.NewEvent {
  return {
    id: randomUUID(),
    day: "2026-01-15",
    label: "Rules changed",
    kind: "rule_change",
    stream: null,
    platform: null,
    effect: "none",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makeEvent(
  viewer: Viewer,
  creatorId: string,
  given: Partial<events.NewEvent> = {},
): Promise<string> {
  return (await events.record(viewer, creatorId, newEvent(given))).id;
}

/** What the platform takes of gifts from 2026 on, not recorded yet. */
export function newRule(given: Partial<rules.NewRule> = {}): rules.NewRule {
  return {
    id: randomUUID(),
    kind: "share",
    subject: "gift",
    fromDay: "2026-01-01",
    body: { platformPpm: 500_000 },
    source: "",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makeRule(
  viewer: Viewer,
  creatorId: string,
  given: Partial<rules.NewRule> = {},
): Promise<string> {
  return (await rules.record(viewer, creatorId, newRule(given))).id;
}

/** An hour of LIVE in January 2026, not recorded yet. */
export function newLive(given: Partial<lives.NewLive> & { channelId: string }): lives.NewLive {
  return {
    id: randomUUID(),
    videoId: null,
    day: "2026-01-02",
    seconds: 3_600,
    units: null,
    viewers: null,
    note: "",
    ...given,
  };
}

/** Records one and answers its id. */
export async function makeLive(
  viewer: Viewer,
  creatorId: string,
  given: Partial<lives.NewLive> & { channelId: string },
): Promise<string> {
  return (await lives.record(viewer, creatorId, newLive(given))).id;
}

/** A creator with a row in every table, so that a wall that leaks has something to leak. */
export interface FullStudio extends Studio {
  videoId: string;
  payoutId: string;
  /** of that payout: the id of its first entry */
  chainId: string;
  trafficId: string;
  readingId: string;
  receiptId: string;
  dealId: string;
  placementId: string;
  eventId: string;
  ruleId: string;
  factId: string;
  goalId: string;
  alertId: string;
  feedId: string;
  noteId: string;
  taskId: string;
  /** of the agency alone */
  innerTaskId: string;
  tagId: string;
  liveId: string;
  rateId: string;
  importId: string;
  uploadId: string;
  projectionId: string;
  invitationId: string;
  scheduleId: string;
  recipientId: string;
  sendId: string;
  mailId: string;
  representationId: string;
  handoverId: string;
  agencyId: string;
  /** accepted */
  termId: string;
  /** proposed, waiting for an answer */
  proposedId: string;
  commissionPaymentId: string;
  statementId: string;
  shareId: string;
  runId: string;
  admin: Viewer;
  editor: Viewer;
  looker: Viewer;
  former: Viewer;
  formerUserId: string;
}

/** Closes a month with a statement that says nothing. Answers its id. */
export async function closeMonth(viewer: Viewer, creatorId: string, month: string): Promise<string> {
  const statement: Statement = {
    ...{ version: STATEMENT_VERSION, creator: { id: creatorId, name: "Mira cooks", currency: "USD" } },
    ...{
      range: { from: month, to: month },
      madeOn: `${month}-28`,
      caution: "",
      summary: [],
      sections: [],
      making: [],
    },
  };
  const draw = async () => ({ data: statementJson(statement), codeVersion: "1" });
  return (await months.close(viewer, creatorId, { id: randomUUID(), month }, draw)).id;
}

/** A month that was closed, opened again and closed once more, and an address that shows a statement. */
async function makeClosings({ viewer, creatorId }: Studio) {
  const [month, statementId, reopeningId] = [
    "2025-12",
    await closeMonth(viewer, creatorId, "2025-12"),
    randomUUID(),
  ];
  await months.reopen(viewer, creatorId, { id: reopeningId, month, reason: "A payout came late" });
  await closeMonth(viewer, creatorId, month);
  const shareId = randomUUID();
  await shares.create(viewer, creatorId, { ...newShare(), id: shareId, statementId });
  const found = await shares.find(operatorOf(creatorId), creatorId, {
    id: shareId,
    secretHash: SHARE_SECRET,
  });
  if (!found) throw new Error("A share that was just made is not there.");
  await shares.countOpen(operatorOf(creatorId), creatorId, shareId);
  return { statementId, shareId };
}

export const SHARE_SECRET = Buffer.from("a secret of sixteen bytes and more");

export function newShare(given: Partial<shares.NewShare> = {}): shares.NewShare {
  return {
    ...{
      id: randomUUID(),
      label: "",
      range: "2025-12",
      sections: ["streams"],
      data: "{}",
      statementId: null,
    },
    ...{ secretHash: SHARE_SECRET, passphraseHash: null, days: 30 },
    ...given,
  };
}

/** 20% of the net for the agency, as "management" from January 2026 on, not proposed yet. */
export function newTerms(
  given: Partial<commissionTerms.NewTerms> & { representationId: string },
): commissionTerms.NewTerms {
  return {
    id: randomUUID(),
    claim: "management",
    payee: "agency",
    parties: [],
    split: "even",
    ppm: 200_000,
    base: "net",
    flatMinor: null,
    currency: null,
    streams: null,
    dealId: null,
    fromDay: "2026-01-01" as Day,
    toDay: null,
    sunsetDays: null,
    note: "",
    ...given,
  };
}

/** Proposes terms and accepts them; answers their id. */
export async function makeTerms(
  of: { owner: Viewer; creatorId: string; admin: Viewer; agencyId: string; representationId: string },
  given: Partial<commissionTerms.NewTerms> = {},
): Promise<string> {
  const { owner, creatorId, admin, agencyId, representationId } = of;
  const { id } = await commissionTerms.propose(admin, agencyId, newTerms({ representationId, ...given }));
  await commissionTerms.answer(owner, creatorId, { agencyId, id, answer: "accepted" });
  return id;
}

/** An agency that sees the rewards of a creator, by its admin. */
export async function makeRepresentation(owner: Viewer, creatorId: string, scope: Partial<Scope> = {}) {
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  const representationId = await represent({ owner, creatorId, admin, agencyId, email: user.email }, scope);
  return { representationId, agencyId, admin, adminId: user.id };
}

/** Terms that count, terms that wait, and 1.00 that was paid. */
async function makeCommission(of: Parameters<typeof makeTerms>[0]) {
  const { creatorId, admin, agencyId, representationId } = of;
  const termId = await makeTerms(of);
  const { id: proposedId } = await commissionTerms.propose(
    admin,
    agencyId,
    newTerms({ representationId, claim: "lawyer", payee: "external", parties: ["Canary & Co"] }),
  );
  const { id: commissionPaymentId } = await commissionPayments.record(admin, agencyId, {
    ...{ id: randomUUID(), creatorId, paidOn: "2026-03-01" as Day, minor: 100n },
    ...{ currency: currencyOf("USD"), isWithheld: false, note: "" },
  });
  return { termId, proposedId, commissionPaymentId };
}

export async function makeAgency(admin: Viewer, name = "North Talent"): Promise<string> {
  const id = randomUUID();
  await agencies.create(admin, { id, name, currency: currencyOf("USD") });
  return id;
}

/** The creator's owner asks the agency's admin, who accepts; the representation's id. */
export async function represent(
  who: { owner: Viewer; creatorId: string; admin: Viewer; agencyId: string; email: string },
  scope: Partial<Scope> = {},
): Promise<string> {
  const { owner, creatorId, admin, agencyId, email } = who;
  const id = randomUUID();
  const secretHash = Buffer.from(id);
  await representations.askAgency(owner, creatorId, {
    ...{ id, email, secretHash, expiresAt: new Date(Date.now() + 86_400_000) },
    ...{ streams: ["rewards"], amounts: true, notes: false, mayEdit: false, toDay: null },
    ...scope,
  });
  await representations.accept(admin, { id, secretHash, side: agencyId });
  return id;
}

/** A note of the members, a task that is asked of them with its letter, and a tag that they never see. */
async function makeTogether(who: { viewer: Viewer; creatorId: string; admin: Viewer; agencyId: string }) {
  const { viewer, creatorId, admin, agencyId } = who;
  const [noteId, taskId, innerTaskId, tagId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await notes.record(viewer, creatorId, {
    ...{ id: noteId, audience: "members", agencyId: null, about: "creator", subject: "", text: "Ours" },
  });
  await tasks.ask(admin, agencyId, [
    newTask({ id: taskId, creatorId, ofCreator: true }),
    newTask({ id: innerTaskId, creatorId }),
  ]);
  await tags.add(admin, agencyId, { id: tagId, name: "Food", colour: "good" });
  await tags.tagAll(admin, agencyId, { tagId, creatorIds: [creatorId], isOn: true });
  return { noteId, taskId, innerTaskId, tagId };
}

/** Something to be done by nobody in particular, not asked yet. */
export function newTask(given: Partial<tasks.NewTask> = {}): tasks.NewTask {
  return {
    id: randomUUID(),
    creatorId: null,
    ofCreator: false,
    title: "Ask for the September statement",
    detail: "",
    assignee: null,
    dueOn: null,
    ...given,
  };
}

export async function makeFullStudio(): Promise<FullStudio> {
  const studio = await makeStudio();
  const { viewer, creatorId, channelId } = studio;
  const videoId = await makeVideo(viewer, creatorId, { channelId, externalId: "full" });
  const first = await makePayout(viewer, creatorId, { channelId, state: "estimated" });
  const payoutId = await makePayout(viewer, creatorId, {
    channelId,
    replaces: first,
    lines: [{ videoId, minor: 5_000n }],
  });
  const trafficId = await makeTraffic(viewer, creatorId, { channelId });
  const readingId = randomUUID();
  const reading = { id: readingId, channelId, videoId, day: "2026-01-31", views: 5 };
  await readings.record(viewer, creatorId, reading);
  const audience = { id: randomUUID(), channelId, month: "2026-01", shares: { us_ca_au: 500_000 } };
  await channels.recordAudience(viewer, creatorId, audience);
  const receiptId = await makeReceipt(viewer, creatorId, {
    ...{ minor: 2_000n, allocations: [{ chainId: first, minor: 2_000n }] },
  });
  const rateId = randomUUID();
  const rate = { id: rateId, day: "2026-01-31", base: "EUR", quote: "USD", rate: "1.05", source: "ECB" };
  await rates.record(viewer, creatorId, rate);
  const dealId = await makeDeal(viewer, creatorId, { channelId });
  const placementId = await makePlacement(viewer, creatorId, { videoId });
  const eventId = await makeEvent(viewer, creatorId);
  const ruleId = await makeRule(viewer, creatorId);
  const liveId = await makeLive(viewer, creatorId, { channelId });
  const closings = await makeClosings(studio);
  const importId = randomUUID();
  await transaction(viewer, () =>
    conn()
      .insert(imports)
      .values({
        creatorId,
        id: importId,
        fileName: "a.csv",
        fileSha256: "",
        format: "generic",
        options: {},
        counts: {},
        recordedBy: studio.user.id,
        bodyHash: Buffer.alloc(32),
      }),
  );
  const uploadId = randomUUID();
  const waiting = { fileName: "b.csv", bytes: 3, state: "arrived" as const, choices: {} };
  const by = { creatorId, recordedBy: studio.user.id };
  await transaction(viewer, async () => {
    await conn()
      .insert(uploads)
      .values({ ...by, id: uploadId, ...waiting });
    await conn()
      .insert(uploadParts)
      .values({ creatorId, uploadId, part: 0, bytes: Buffer.from("a,b") });
    await conn()
      .insert(importMappings)
      .values({ ...by, header: "a", mapping: {} });
  });
  const besides = { ...(await makeBesides(studio)), ...(await makeSending(studio)) };
  const projectionId = randomUUID();
  await transaction(operatorOf(creatorId), () =>
    conn()
      .insert(projections)
      .values({
        creatorId,
        id: projectionId,
        targetMonth: "2026-02",
        horizon: 1,
        asOf: new Date("2026-02-01T00:00:00Z"),
        stream: "total",
        platform: "all",
        format: "all",
        currency: "USD",
        basis: "total",
        denominator: "month",
        medianMinor: 10_000n,
        modelVersion: "1",
        priorVersion: "1",
        inputHash: "",
        detail: {},
      }),
  );
  await transaction(operatorOf(creatorId), async () => {
    await conn()
      .insert(poolOffsets)
      .values({ ...by, offsets: [] });
    await conn()
      .insert(poolStarts)
      .values({ ...by, priorVersion: "1", starts: [] });
  });
  const { viewer: editor } = await makeMember(viewer, creatorId, "editor");
  const { viewer: looker } = await makeMember(viewer, creatorId, "viewer");
  const { user: gone, viewer: former } = await makeMember(viewer, creatorId, "editor");
  await members.remove(viewer, { creatorId, userId: gone.id, version: 1 });
  const invitationId = randomUUID();
  await members.invite(viewer, {
    creatorId,
    id: invitationId,
    email: `${invitationId}@example.com`,
    role: "viewer",
    secretHash: Buffer.from(invitationId),
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  const represented = await makeRepresentation(viewer, creatorId);
  const { representationId, agencyId, admin } = represented;
  const commission = await makeCommission({ owner: viewer, creatorId, ...represented });
  const together = await makeTogether({ viewer, creatorId, admin, agencyId });
  const handoverId = randomUUID();
  await transaction(viewer, () =>
    conn()
      .insert(handovers)
      .values({
        ...{ creatorId, id: handoverId, representationId, invitedBy: studio.user.id },
        ...{ email: `${handoverId}@example.com`, secretHash: Buffer.from(handoverId) },
        expiresAt: new Date(Date.now() + 86_400_000),
      }),
  );
  await looks.record(admin, [creatorId]);
  const runId = randomUUID();
  await rosterRuns.begin(admin, agencyId, { id: runId, month: monthOf("2026-01-01"), attachments: ["pdf"] });
  const people = { editor, looker, former, formerUserId: gone.id };
  const kept = {
    chainId: first,
    rateId,
    importId,
    uploadId,
    projectionId,
    invitationId,
    representationId,
    handoverId,
    agencyId,
    runId,
    admin,
    ...commission,
  };
  return {
    ...studio,
    ...people,
    ...kept,
    ...besides,
    ...together,
    ...closings,
    videoId,
    payoutId,
    trafficId,
    readingId,
    receiptId,
    dealId,
    placementId,
    eventId,
    ruleId,
    liveId,
  };
}
