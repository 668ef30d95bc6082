import { randomUUID } from "node:crypto";
import * as asOf from "../db/as-of";
import * as audit from "../db/audit";
import * as channels from "../db/channels";
import { transaction } from "../db/client";
import * as creators from "../db/creators";
import * as dealPayment from "../db/deal-payment";
import * as deals from "../db/deals";
import * as drawn from "../db/drawn";
import * as events from "../db/events";
import * as ladders from "../db/ladders";
import * as lives from "../db/lives";
import * as members from "../db/members";
import * as payouts from "../db/payouts";
import * as placements from "../db/placements";
import * as pools from "../db/pools";
import * as projections from "../db/projections";
import * as rates from "../db/rates";
import * as readings from "../db/readings";
import * as receipts from "../db/receipts";
import * as revisions from "../db/revisions";
import * as rules from "../db/rules";
import * as sample from "../db/sample";
import * as statements from "../db/statements";
import * as totals from "../db/totals";
import * as traffic from "../db/traffic";
import * as videos from "../db/videos";
import type { ErrorCode } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { PRIOR_VERSION } from "../lib/model/benchmarks";
import { currencyOf } from "../lib/model/money";
import { dayOf, monthOf } from "../lib/model/month";
import { AGENCY_MATRIX } from "./agency-matrix";
import { CLOSING_MATRIX } from "./closing-matrix";
import { COMMISSION_MATRIX } from "./commission-matrix";
import { IMPORT_MATRIX } from "./import-matrix";
import { PLANNING_MATRIX } from "./planning-matrix";
import { ROSTER_MATRIX } from "./roster-matrix";
import { SENDING_MATRIX } from "./sending-matrix";
import {
  type FullStudio,
  newDeal,
  newEvent,
  newLive,
  newPayout,
  newPlacement,
  newRule,
  newTraffic,
} from "./studio";
import { TOGETHER_MATRIX } from "./together-matrix";

// The denial matrix: every function of db/ that a page or an action can call, tried by everyone who must not.
// A new export without a row fails (access.test.ts). A row says what its call needs, with arguments that an owner succeeds with.

type Needs =
  /** members of any role */
  | "read"
  /** owners and editors */
  | "write"
  /** owners */
  | "manage"
  /** the operator, acting for this creator */
  | "operator"
  /** nothing: the row says what everybody gets */
  | "nothing";

export interface Row {
  needs: Needs;
  call: (viewer: Viewer, victim: FullStudio) => unknown;
  /** what an outsider is told instead of not_found */
  denied?: ErrorCode;
  /** what those with the right are told, where a studio like the test's does not allow it */
  refused?: ErrorCode;
  /** a part of other calls, which ask first: only the second wall stands before it */
  isInside?: true;
  /** members without the role are not told that it is there */
  hidden?: true;
  /** what is made for whoever asks under a free id, so "not there" differs from "not yours" */
  makes?: true;
}

const id = randomUUID;
const YEAR = { from: monthOf("2026-01"), to: monthOf("2026-12") };
const link = () => ({ secretHash: Buffer.from(id()), expiresAt: new Date(Date.now() + 86_400_000) });
const receipt = (given: Partial<receipts.NewReceipt> = {}): receipts.NewReceipt => ({
  ...{ id: id(), receivedOn: "2026-03-01", minor: 1n, currency: "USD", feeMinor: 0n, rate: null, note: "" },
  allocations: [],
  ...given,
});
const payment = () => ({
  ...{ id: id(), receivedOn: dayOf("2026-03-01"), minor: 1n, feeMinor: 0n },
});
const video: videos.VideoBody = {
  ...{ externalId: null, url: "", title: "Seen", publishedOn: null, format: "short", niche: null },
  durationSeconds: null,
};

export const MATRIX: Readonly<Record<string, Row>> = {
  ...AGENCY_MATRIX,
  ...ROSTER_MATRIX,
  ...COMMISSION_MATRIX,
  ...CLOSING_MATRIX,
  ...IMPORT_MATRIX,
  ...PLANNING_MATRIX,
  ...TOGETHER_MATRIX,
  ...SENDING_MATRIX,

  "as-of.inputsAsOf": {
    needs: "read",
    call: (viewer, v) => asOf.inputsAsOf(viewer, v.creatorId, monthOf("2026-03")),
  },
  "as-of.ratesAsOf": {
    needs: "read",
    call: async (viewer, v) => {
      const cells = [{ currency: currencyOf("EUR"), month: monthOf("2026-01") }];
      const { rates } = await asOf.ratesAsOf(
        ...([viewer, v.creatorId, cells, currencyOf("USD"), monthOf("2026-03"), new Date()] as const),
      );
      return [...rates];
    },
  },
  "audit.list": { needs: "read", call: (viewer, { creatorId }) => audit.list(viewer, creatorId) },
  // Inside a transaction that has asked already; a member of any role may note what he did.
  "audit.note": {
    needs: "read",
    isInside: true,
    denied: "forbidden",
    call: (viewer, { creatorId }) =>
      transaction(viewer, () => audit.note(creatorId, "test.noted", creatorId, {})),
  },
  "audit.noteAll": {
    needs: "read",
    isInside: true,
    denied: "forbidden",
    call: (viewer, { creatorId }) =>
      transaction(viewer, () =>
        audit.noteAll(creatorId, [{ action: "test", subject: "nothing", detail: {} }]),
      ),
  },

  "channels.get": { needs: "read", call: (viewer, v) => channels.get(viewer, v.creatorId, v.channelId) },
  "channels.list": { needs: "read", call: (viewer, v) => channels.list(viewer, v.creatorId) },
  "channels.listAudience": {
    needs: "read",
    call: (viewer, v) => channels.listAudience(viewer, v.creatorId, v.channelId),
  },
  "channels.record": {
    needs: "write",
    call: (viewer, v) =>
      channels.record(viewer, v.creatorId, {
        id: id(),
        platform: "tiktok",
        name: "New",
        handle: "",
        niche: "food",
      }),
  },
  "channels.recordAudience": {
    needs: "write",
    call: (viewer, v) =>
      channels.recordAudience(viewer, v.creatorId, {
        id: id(),
        channelId: v.channelId,
        month: "2026-02",
        shares: {},
      }),
  },
  "channels.update": {
    needs: "write",
    call: (viewer, v) =>
      channels.update(viewer, v.creatorId, {
        ...{ id: v.channelId, version: 1, name: "Taken over", handle: "", niche: "food", isArchived: true },
      }),
  },

  "creators.create": {
    needs: "nothing",
    denied: "conflict",
    makes: true,
    call: (viewer, v) =>
      creators.create(viewer, { id: v.creatorId, name: "X", currency: currencyOf("EUR"), timeZone: "UTC" }),
  },
  "creators.get": { needs: "read", call: (viewer, v) => creators.get(viewer, v.creatorId) },
  "creators.list": {
    needs: "read",
    call: async (viewer, v) => (await creators.list(viewer)).filter((creator) => creator.id === v.creatorId),
  },
  "creators.listOwn": {
    needs: "read",
    call: async (viewer, v) =>
      (await creators.listOwn(viewer, v.creatorId)).filter((creator) => creator.id === v.creatorId),
  },
  "creators.setPools": {
    needs: "manage",
    call: (viewer, v) => creators.setPools(viewer, { id: v.creatorId, pools: true, version: 1 }),
  },
  "creators.update": {
    needs: "manage",
    call: (viewer, v) =>
      creators.update(viewer, {
        ...{ id: v.creatorId, name: "Taken over", currency: currencyOf("EUR"), timeZone: "UTC", version: 1 },
      }),
  },

  "deals.byMonth": { needs: "read", call: (viewer, v) => deals.byMonth(viewer, v.creatorId) },
  "deals.get": { needs: "read", call: (viewer, v) => deals.get(viewer, v.creatorId, v.dealId) },
  "deals.history": { needs: "read", call: (viewer, v) => deals.history(viewer, v.creatorId, v.dealId) },
  "deals.list": { needs: "read", call: (viewer, v) => deals.list(viewer, v.creatorId) },
  "deals.listInvoiceNumbers": {
    needs: "read",
    call: (viewer, v) => deals.listInvoiceNumbers(viewer, v.creatorId),
  },
  "deals.moveOn": {
    needs: "write",
    call: (viewer, v) =>
      deals.moveOn(viewer, v.creatorId, { id: id(), entryId: v.dealId, today: dayOf("2026-03-01") }),
  },
  "deal-payment.pay": {
    needs: "write",
    call: (viewer, v) => dealPayment.pay(viewer, v.creatorId, { ...payment(), entryId: v.dealId }),
  },
  "deal-payment.undoPayment": {
    needs: "write",
    call: async (viewer, v) => {
      const paid = { ...payment(), entryId: v.dealId };
      await dealPayment.pay(viewer, v.creatorId, paid);
      await dealPayment.undoPayment(viewer, v.creatorId, { id: id(), entryId: paid.id });
    },
  },
  "drawn.drawnIn": {
    needs: "read",
    call: async (viewer, v) => {
      const span = { key: "a", videoId: v.videoId, fromDay: "2026-01-01", toDay: "2026-01-31" };
      return [...(await drawn.drawnIn(viewer, v.creatorId, [span]))];
    },
  },
  "placements.list": { needs: "read", call: (viewer, v) => placements.list(viewer, v.creatorId) },
  "placements.listCommissions": {
    needs: "read",
    call: (viewer, v) => placements.listCommissions(viewer, v.creatorId),
  },
  "placements.history": {
    needs: "read",
    call: (viewer, v) => placements.history(viewer, v.creatorId, v.placementId),
  },
  "placements.record": {
    needs: "write",
    call: (viewer, v) =>
      placements.record(
        viewer,
        v.creatorId,
        newPlacement({ channelId: v.channelId, replaces: v.placementId }),
      ),
  },
  "placements.remove": {
    needs: "write",
    call: (viewer, v) => placements.remove(viewer, v.creatorId, { id: id(), replaces: v.placementId }),
  },
  "placements.undo": {
    needs: "write",
    call: (viewer, v) => placements.undo(viewer, v.creatorId, { id: id(), entryId: v.placementId }),
  },
  "deals.record": {
    needs: "write",
    call: (viewer, v) =>
      deals.record(viewer, v.creatorId, newDeal({ channelId: v.channelId, replaces: v.dealId })),
  },
  "deals.remove": {
    needs: "write",
    call: (viewer, v) => deals.remove(viewer, v.creatorId, { id: id(), replaces: v.dealId }),
  },
  "deals.undo": {
    needs: "write",
    call: (viewer, v) => deals.undo(viewer, v.creatorId, { id: id(), entryId: v.dealId }),
  },

  "events.list": { needs: "read", call: (viewer, v) => events.list(viewer, v.creatorId) },
  "events.record": {
    needs: "write",
    call: (viewer, v) => events.record(viewer, v.creatorId, newEvent({ replaces: v.eventId })),
  },
  "events.remove": {
    needs: "write",
    call: (viewer, v) => events.remove(viewer, v.creatorId, { id: id(), replaces: v.eventId }),
  },
  "events.undo": {
    needs: "write",
    call: (viewer, v) => events.undo(viewer, v.creatorId, { id: id(), entryId: v.eventId }),
  },

  "ladders.byMonth": { needs: "read", call: (viewer, v) => ladders.byMonth(viewer, v.creatorId, YEAR) },
  "ladders.received": { needs: "read", call: (viewer, v) => ladders.received(viewer, v.creatorId, YEAR) },
  "ladders.span": { needs: "read", call: (viewer, v) => ladders.span(viewer, v.creatorId) },

  "lives.byMonth": { needs: "read", call: (viewer, v) => lives.byMonth(viewer, v.creatorId) },
  "lives.list": { needs: "read", call: (viewer, v) => lives.list(viewer, v.creatorId) },
  "lives.newest": { needs: "read", call: (viewer, v) => lives.newest(viewer, v.creatorId, v.liveId) },
  "lives.record": {
    needs: "write",
    call: (viewer, v) =>
      lives.record(viewer, v.creatorId, newLive({ channelId: v.channelId, replaces: v.liveId })),
  },
  "lives.remove": {
    needs: "write",
    call: (viewer, v) => lives.remove(viewer, v.creatorId, { id: id(), replaces: v.liveId }),
  },
  "lives.undo": {
    needs: "write",
    call: (viewer, v) => lives.undo(viewer, v.creatorId, { id: id(), entryId: v.liveId }),
  },

  // The invitation was sent to somebody else's address.
  "members.accept": {
    needs: "nothing",
    denied: "not_found",
    call: (viewer, v) =>
      members.accept(viewer, { id: v.invitationId, secretHash: Buffer.from(v.invitationId) }),
  },
  "members.changeRole": {
    needs: "manage",
    call: (viewer, v) =>
      members.changeRole(viewer, {
        creatorId: v.creatorId,
        userId: userOf(v.looker),
        role: "owner",
        version: 1,
      }),
  },
  "members.invite": {
    needs: "manage",
    call: (viewer, v) =>
      members.invite(viewer, {
        creatorId: v.creatorId,
        id: id(),
        email: "x@example.com",
        role: "owner",
        ...link(),
      }),
  },
  // The last owner stays.
  "members.leave": {
    needs: "read",
    refused: "invalid",
    call: (viewer, v) => members.leave(viewer, v.creatorId),
  },
  "members.list": { needs: "read", call: (viewer, v) => members.list(viewer, v.creatorId) },
  "members.listInvitations": {
    needs: "manage",
    call: (viewer, v) => members.listInvitations(viewer, v.creatorId),
  },
  "members.remove": {
    needs: "manage",
    call: (viewer, v) =>
      members.remove(viewer, { creatorId: v.creatorId, userId: userOf(v.looker), version: 1 }),
  },
  "members.resend": {
    needs: "manage",
    call: (viewer, v) =>
      members.resend(viewer, { creatorId: v.creatorId, id: v.invitationId, newId: id(), ...link() }),
  },
  "members.revokeInvitation": {
    needs: "manage",
    call: (viewer, v) => members.revokeInvitation(viewer, v.creatorId, v.invitationId),
  },

  "payouts.findLast": { needs: "read", call: (viewer, v) => payouts.findLast(viewer, v.creatorId) },
  "payouts.get": { needs: "read", call: (viewer, v) => payouts.get(viewer, v.creatorId, v.payoutId) },
  "payouts.history": {
    needs: "read",
    call: async (viewer, v) => payouts.history(viewer, v.creatorId, v.chainId),
  },
  "payouts.list": { needs: "read", call: (viewer, v) => payouts.list(viewer, v.creatorId) },
  "payouts.record": { needs: "write", call: (viewer, v) => payouts.record(viewer, v.creatorId, newPayout()) },
  "payouts.recordAll": {
    needs: "write",
    call: (viewer, v) => payouts.recordAll(viewer, v.creatorId, [newPayout({ replaces: v.payoutId })]),
  },
  "payouts.remove": {
    needs: "write",
    call: (viewer, v) => payouts.remove(viewer, v.creatorId, { id: id(), replaces: v.payoutId }),
  },
  "payouts.undo": {
    needs: "write",
    call: (viewer, v) => payouts.undo(viewer, v.creatorId, { id: id(), entryId: v.payoutId }),
  },

  "projections.freeze": {
    needs: "operator",
    call: (viewer, v) => projections.freeze(viewer, v.creatorId, monthOf("2026-03"), 1),
  },
  "projections.freezeSample": {
    needs: "operator",
    // A studio in earnest has none, whoever asks.
    refused: "forbidden",
    call: (viewer, v) => projections.freezeSample(viewer, v.creatorId),
  },
  "projections.get": {
    needs: "read",
    call: (viewer, v) => projections.get(viewer, v.creatorId, v.projectionId),
  },
  "projections.list": {
    needs: "read",
    call: (viewer, v) =>
      projections.list(viewer, v.creatorId, { from: monthOf("2020-01"), to: monthOf("2030-01") }),
  },
  "projections.listPriorVersions": {
    needs: "read",
    call: (viewer, v) => projections.listPriorVersions(viewer, v.creatorId),
  },
  "projections.listPriorsUsed": {
    needs: "read",
    call: (viewer, v) => projections.listPriorsUsed(viewer, v.creatorId, PRIOR_VERSION),
  },
  "projections.listMissing": {
    needs: "read",
    call: (viewer, v) => projections.listMissing(viewer, v.creatorId),
  },

  "rates.findFor": {
    needs: "read",
    call: (viewer, v) =>
      rates.findFor(viewer, v.creatorId, [{ base: "EUR", quote: "USD", month: "2026-01" }]),
  },
  "rates.list": { needs: "read", call: (viewer, v) => rates.list(viewer, v.creatorId) },
  "rates.record": {
    needs: "write",
    call: (viewer, v) =>
      rates.record(viewer, v.creatorId, {
        ...{ id: id(), day: "2026-01-31", base: "EUR", quote: "USD", rate: "9", source: "x" },
      }),
  },

  "rates.recordAll": {
    needs: "write",
    call: (viewer, v) =>
      rates.recordAll(viewer, v.creatorId, [
        { id: id(), day: "2026-01-30", base: "EUR", quote: "USD", rate: "9", source: rates.ECB },
      ]),
  },
  "rates.use": { needs: "read", call: (viewer, v) => rates.use(viewer, v.creatorId, rates.ECB) },

  "readings.latestFollowers": {
    needs: "read",
    call: (viewer, v) => readings.latestFollowers(viewer, v.creatorId, dayOf("2026-02-28")),
  },
  "readings.list": { needs: "read", call: (viewer, v) => readings.list(viewer, v.creatorId) },
  "readings.record": {
    needs: "write",
    call: (viewer, v) =>
      readings.record(viewer, v.creatorId, {
        ...{ id: id(), channelId: v.channelId, videoId: v.videoId, day: "2026-02-28", views: 9 },
      }),
  },
  "readings.remove": {
    needs: "write",
    call: (viewer, v) => readings.remove(viewer, v.creatorId, { id: id(), replaces: v.readingId }),
  },

  "receipts.get": { needs: "read", call: (viewer, v) => receipts.get(viewer, v.creatorId, v.receiptId) },
  "receipts.history": {
    needs: "read",
    call: (viewer, v) => receipts.history(viewer, v.creatorId, v.receiptId),
  },
  "receipts.list": { needs: "read", call: (viewer, v) => receipts.list(viewer, v.creatorId) },
  "receipts.listOpen": { needs: "read", call: (viewer, v) => receipts.listOpen(viewer, v.creatorId) },
  "receipts.record": {
    needs: "write",
    call: (viewer, v) =>
      receipts.record(viewer, v.creatorId, receipt({ allocations: [{ chainId: v.chainId, minor: 1n }] })),
  },
  "receipts.remove": {
    needs: "write",
    call: (viewer, v) => receipts.remove(viewer, v.creatorId, { id: id(), replaces: v.receiptId }),
  },
  "receipts.undo": {
    needs: "write",
    call: (viewer, v) => receipts.undo(viewer, v.creatorId, { id: id(), entryId: v.receiptId }),
  },

  // The victim did not agree: not even the operator gets anything for it.
  "pools.listInputs": {
    needs: "operator",
    refused: "forbidden",
    call: (viewer, v) => pools.listInputs(viewer, v.creatorId),
  },
  "pools.saveOffsets": {
    needs: "operator",
    call: (viewer, v) => pools.saveOffsets(viewer, v.creatorId, []),
  },
  "pools.saveStarts": {
    needs: "operator",
    call: (viewer, v) => pools.saveStarts(viewer, v.creatorId, "1", []),
  },

  "rules.list": { needs: "read", call: (viewer, v) => rules.list(viewer, v.creatorId) },
  "rules.record": {
    needs: "write",
    call: (viewer, v) => rules.record(viewer, v.creatorId, newRule({ replaces: v.ruleId })),
  },
  "rules.remove": {
    needs: "write",
    call: (viewer, v) => rules.remove(viewer, v.creatorId, { id: id(), replaces: v.ruleId }),
  },
  "rules.standingOn": {
    needs: "read",
    call: (viewer, v) => rules.standingOn(viewer, v.creatorId, dayOf("2026-01-31")),
  },
  "rules.undo": {
    needs: "write",
    call: (viewer, v) => rules.undo(viewer, v.creatorId, { id: id(), entryId: v.ruleId }),
  },

  "revisions.standing": { needs: "read", call: (viewer, v) => revisions.standing(viewer, v.creatorId) },

  // A studio in earnest is no place for made-up figures, not even its owner's.
  "sample.open": {
    needs: "nothing",
    denied: "not_found",
    makes: true,
    call: (viewer, v) => sample.open(viewer, v.creatorId),
  },
  // A studio that is no sample is removed for nobody.
  "sample.remove": {
    needs: "nothing",
    denied: "not_found",
    call: (viewer, v) => sample.remove(viewer, v.creatorId),
  },

  "statements.read": {
    needs: "read",
    call: (viewer, v) => statements.read(viewer, v.creatorId, YEAR),
  },

  "totals.byMonth": { needs: "read", call: (viewer, v) => totals.byMonth(viewer, v.creatorId) },
  "totals.runningDays": {
    needs: "read",
    call: (viewer, v) => totals.runningDays(viewer, v.creatorId, dayOf("2026-01-31")),
  },
  "totals.rates": {
    needs: "read",
    call: async (viewer, v) => {
      const month = monthOf("2026-01");
      const cell = {
        month,
        stream: "ads",
        platform: null,
        format: "all",
        currency: currencyOf("EUR"),
      } as const;
      const money = [{ ...cell, finalMinor: 1n, estimatedMinor: null }];
      const found = await totals.rates(viewer, v.creatorId, { money, deals: [] }, currencyOf("USD"), {
        from: month,
        to: month,
      });
      return [...found.rates.values()];
    },
  },
  "totals.steps": {
    needs: "read",
    call: (viewer, v) =>
      totals.steps(viewer, v.creatorId, { from: monthOf("2020-01"), to: monthOf("2030-01") }),
  },
  "totals.check": { needs: "read", call: (viewer, v) => totals.check(viewer, v.creatorId) },
  "totals.rebuild": { needs: "operator", call: (viewer, v) => totals.rebuild(viewer, v.creatorId) },

  "traffic.byMonth": {
    needs: "read",
    call: (viewer, v) => traffic.byMonth(viewer, v.creatorId, "2020-01", "2030-01"),
  },
  "traffic.get": { needs: "read", call: (viewer, v) => traffic.get(viewer, v.creatorId, v.trafficId) },
  "traffic.history": {
    needs: "read",
    call: (viewer, v) => traffic.history(viewer, v.creatorId, v.trafficId),
  },
  "traffic.list": { needs: "read", call: (viewer, v) => traffic.list(viewer, v.creatorId) },
  "traffic.record": {
    needs: "write",
    call: (viewer, v) =>
      traffic.record(viewer, v.creatorId, newTraffic({ channelId: v.channelId, replaces: v.trafficId })),
  },
  "traffic.recordAll": {
    needs: "write",
    call: (viewer, v) =>
      traffic.recordAll(viewer, v.creatorId, [newTraffic({ channelId: v.channelId, videoId: v.videoId })]),
  },
  "traffic.remove": {
    needs: "write",
    call: (viewer, v) => traffic.remove(viewer, v.creatorId, { id: id(), replaces: v.trafficId }),
  },
  "traffic.undo": {
    needs: "write",
    call: (viewer, v) => traffic.undo(viewer, v.creatorId, { id: id(), entryId: v.trafficId }),
  },

  "videos.get": { needs: "read", call: (viewer, v) => videos.get(viewer, v.creatorId, v.videoId) },
  "videos.list": { needs: "read", call: (viewer, v) => videos.list(viewer, v.creatorId) },
  "videos.listIncome": {
    needs: "read",
    call: (viewer, v) => videos.listIncome(viewer, v.creatorId, v.videoId),
  },
  "videos.listRecentViews": {
    needs: "read",
    call: (viewer, v) => videos.listRecentViews(viewer, v.creatorId, 10),
  },
  "videos.record": {
    needs: "write",
    call: (viewer, v) => videos.record(viewer, v.creatorId, { id: id(), channelId: v.channelId, ...video }),
  },
  "videos.recordAll": {
    needs: "write",
    call: (viewer, v) =>
      videos.recordAll(viewer, v.creatorId, [{ id: id(), channelId: v.channelId, ...video }]),
  },
  "videos.remove": {
    needs: "write",
    call: (viewer, v) => videos.remove(viewer, v.creatorId, { id: v.videoId, version: 1 }),
  },
  "videos.restore": {
    needs: "write",
    call: (viewer, v) => videos.restore(viewer, v.creatorId, { id: v.videoId }),
  },
  "videos.update": {
    needs: "write",
    call: (viewer, v) => videos.update(viewer, v.creatorId, { id: v.videoId, version: 1, ...video }),
  },
};

function userOf(viewer: Viewer): string {
  return viewer.kind === "person" ? viewer.userId : "";
}
