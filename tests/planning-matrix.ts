import { randomUUID } from "node:crypto";
import * as alerts from "../db/alerts";
import * as calendar from "../db/calendar";
import * as facts from "../db/facts";
import * as goals from "../db/goals";
import { dayOf } from "../lib/model/month";
import type { Row } from "./access-matrix";

const id = randomUUID;
const goal: goals.GoalBody = {
  ...{ fromMonth: "2026-01", toMonth: "2026-12", stream: null, minor: 100n, currency: "USD", note: "" },
};
const feed = () => ({ id: id(), label: "", amounts: true, secretHash: Buffer.from(id()) });

/** The rows of the denial matrix for what lies ahead: alerts, calendar, facts, goals. */
export const PLANNING_MATRIX: Readonly<Record<string, Row>> = {
  "alerts.choose": {
    needs: "read",
    call: (viewer, v) =>
      alerts.choose(viewer, v.creatorId, [{ kind: "late_deal", inApp: false, byMail: false }]),
  },
  "alerts.countUnseen": { needs: "read", call: (viewer, v) => alerts.countUnseen(viewer, v.creatorId) },
  "alerts.list": { needs: "read", call: (viewer, v) => alerts.list(viewer, v.creatorId, { ended: true }) },
  "alerts.listChoices": { needs: "read", call: (viewer, v) => alerts.listChoices(viewer, v.creatorId) },
  "alerts.listFailedUploads": {
    needs: "operator",
    call: (viewer, v) => alerts.listFailedUploads(viewer, v.creatorId),
  },
  "alerts.listUnmailed": { needs: "operator", call: (viewer, v) => alerts.listUnmailed(viewer, v.creatorId) },
  "alerts.mailOnce": {
    needs: "operator",
    call: (viewer, v) =>
      alerts.mailOnce(viewer, v.creatorId, { alertId: v.alertId, userId: v.user.id }, async () => {}),
  },
  "alerts.markSeen": { needs: "read", call: (viewer, v) => alerts.markSeen(viewer, v.creatorId) },
  "alerts.settle": { needs: "operator", call: (viewer, v) => alerts.settle(viewer, v.creatorId, []) },

  "calendar.createFeed": {
    needs: "write",
    call: (viewer, v) => calendar.createFeed(viewer, v.creatorId, feed()),
  },
  // Only an editor's or the operator's, and nothing to whoever has not the secret.
  "calendar.findFeed": {
    needs: "read",
    call: (viewer, v) =>
      calendar.findFeed(viewer, v.creatorId, { id: v.feedId, secretHash: Buffer.from(v.alertId) }),
  },
  "calendar.listFeeds": { needs: "write", call: (viewer, v) => calendar.listFeeds(viewer, v.creatorId) },
  "calendar.owed": {
    needs: "read",
    call: (viewer, v) => calendar.owed(viewer, v.creatorId, dayOf("2026-01-01")),
  },
  "calendar.revokeFeed": {
    needs: "write",
    call: (viewer, v) => calendar.revokeFeed(viewer, v.creatorId, v.feedId),
  },

  "facts.list": { needs: "read", call: (viewer, v) => facts.list(viewer, v.creatorId) },
  "facts.record": {
    needs: "write",
    call: (viewer, v) =>
      facts.record(viewer, v.creatorId, {
        ...{ id: id(), what: "country", channelId: null, day: "2026-02-01", value: "US", replaces: v.factId },
      }),
  },
  "facts.records": { needs: "read", call: (viewer, v) => facts.records(viewer, v.creatorId) },
  "facts.remove": {
    needs: "write",
    call: (viewer, v) => facts.remove(viewer, v.creatorId, { id: id(), replaces: v.factId }),
  },
  "facts.undo": {
    needs: "write",
    call: (viewer, v) => facts.undo(viewer, v.creatorId, { id: id(), entryId: v.factId }),
  },
  "facts.videoRecords": { needs: "read", call: (viewer, v) => facts.videoRecords(viewer, v.creatorId) },

  "goals.get": { needs: "read", call: (viewer, v) => goals.get(viewer, v.creatorId, v.goalId) },
  "goals.list": { needs: "read", call: (viewer, v) => goals.list(viewer, v.creatorId) },
  "goals.record": {
    needs: "write",
    call: (viewer, v) => goals.record(viewer, v.creatorId, { ...goal, id: id(), replaces: v.goalId }),
  },
  "goals.remove": {
    needs: "write",
    call: (viewer, v) => goals.remove(viewer, v.creatorId, { id: id(), replaces: v.goalId }),
  },
  "goals.undo": {
    needs: "write",
    call: (viewer, v) => goals.undo(viewer, v.creatorId, { id: id(), entryId: v.goalId }),
  },
};
