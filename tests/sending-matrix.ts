import { randomUUID } from "node:crypto";
import * as rosterRuns from "../db/roster-runs";
import * as rosterSchedules from "../db/roster-schedules";
import * as schedules from "../db/statement-schedules";
import * as sends from "../db/statement-sends";
import { monthOf } from "../lib/model/month";
import type { Row } from "./access-matrix";

const BODY: schedules.ScheduleBody = {
  ...{ pace: "month", day: 5, hour: 8, timeZone: "UTC" },
  ...{ attachments: ["json"], sections: null, locale: "en-US", note: "" },
};

const ROSTER_BODY: rosterSchedules.RosterScheduleBody = {
  ...{ day: 5, hour: 8, timeZone: "UTC", attachments: ["pdf"], people: [randomUUID()] },
};

/** The rows of the denial matrix for what goes out by mail, and for runs over a roster. */
export const SENDING_MATRIX: Readonly<Record<string, Row>> = {
  "statement-schedules.addRecipient": {
    needs: "manage",
    call: (viewer, v) =>
      schedules.addRecipient(viewer, v.creatorId, {
        ...{ id: randomUUID(), scheduleId: v.scheduleId, email: "new@books.example", name: "" },
      }),
  },
  "statement-schedules.create": {
    needs: "manage",
    call: (viewer, v) => schedules.create(viewer, v.creatorId, { ...BODY, id: randomUUID() }),
  },
  "statement-schedules.findRecipient": {
    needs: "operator",
    call: (viewer, v) => schedules.findRecipient(viewer, v.creatorId, v.recipientId),
  },
  "statement-schedules.list": { needs: "write", call: (viewer, v) => schedules.list(viewer, v.creatorId) },
  "statement-schedules.pause": {
    needs: "manage",
    call: (viewer, v) =>
      schedules.pause(viewer, v.creatorId, { id: v.scheduleId, version: 1, isPaused: true }),
  },
  "statement-schedules.remove": {
    needs: "manage",
    call: (viewer, v) => schedules.remove(viewer, v.creatorId, { id: v.scheduleId, version: 1 }),
  },
  "statement-schedules.removeRecipient": {
    needs: "manage",
    call: (viewer, v) => schedules.removeRecipient(viewer, v.creatorId, v.recipientId),
  },
  "statement-schedules.unsubscribe": {
    needs: "operator",
    call: (viewer, v) => schedules.unsubscribe(viewer, v.creatorId, v.recipientId, true),
  },
  "statement-schedules.update": {
    needs: "manage",
    call: (viewer, v) => schedules.update(viewer, v.creatorId, { ...BODY, id: v.scheduleId, version: 1 }),
  },
  "statement-sends.ask": {
    needs: "manage",
    call: (viewer, v) =>
      sends.ask(viewer, v.creatorId, { id: randomUUID(), scheduleId: v.scheduleId, to: null }),
  },
  "statement-sends.file": {
    needs: "read",
    call: (viewer, v) => sends.file(viewer, v.creatorId, { sendId: v.sendId, name: "a.json" }),
  },
  "statement-sends.handOver": {
    needs: "operator",
    call: (viewer, v) => sends.handOver(viewer, v.creatorId, v.mailId),
  },
  "statement-sends.history": { needs: "write", call: (viewer, v) => sends.history(viewer, v.creatorId) },
  "statement-sends.keep": {
    needs: "operator",
    call: (viewer, v) => sends.keep(viewer, v.creatorId, v.sendId, null),
  },
  "statement-sends.listFiles": {
    needs: "read",
    call: (viewer, v) => sends.listFiles(viewer, v.creatorId, [v.sendId]),
  },
  "statement-sends.listOpen": { needs: "operator", call: (viewer, v) => sends.listOpen(viewer, v.creatorId) },
  "statement-sends.openDue": { needs: "operator", call: (viewer, v) => sends.openDue(viewer, v.creatorId) },
  "statement-sends.settle": {
    needs: "operator",
    call: (viewer, v) =>
      sends.settle(viewer, v.creatorId, { id: v.mailId, tries: 0 }, { state: "failed", reply: "" }),
  },

  // An agency's, of its starter alone: no member of the creator sees them; tests/server/roster-runs.test.ts shows who does.
  "roster-runs.begin": {
    needs: "nothing",
    call: (viewer, v) =>
      rosterRuns.begin(viewer, v.agencyId, {
        ...{ id: randomUUID(), month: monthOf("2026-01-01"), attachments: ["pdf"] },
      }),
  },
  "roster-runs.files": {
    needs: "nothing",
    call: (viewer, v) => rosterRuns.files(viewer, v.agencyId, { runId: v.runId, part: 1 }),
  },
  "roster-runs.get": { needs: "nothing", call: (viewer, v) => rosterRuns.get(viewer, v.agencyId, v.runId) },
  "roster-runs.keep": {
    needs: "nothing",
    call: (viewer, v) =>
      rosterRuns.keep(viewer, { agencyId: v.agencyId, runId: v.runId, part: 1 }, { files: [] }),
  },
  "roster-runs.listCreators": {
    needs: "nothing",
    call: (viewer, v) => rosterRuns.listCreators(viewer, v.agencyId, v.runId),
  },
  "roster-runs.list": { needs: "nothing", call: (viewer, v) => rosterRuns.list(viewer, v.agencyId) },
  "roster-runs.next": { needs: "nothing", call: (viewer, v) => rosterRuns.next(viewer, v.agencyId, v.runId) },
  "roster-runs.parts": {
    needs: "nothing",
    call: (viewer, v) => rosterRuns.parts(viewer, v.agencyId, v.runId),
  },

  // An agency's too; tests/server/roster-schedules.test.ts shows who may.
  "roster-schedules.create": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.create(viewer, v.agencyId, { ...ROSTER_BODY, id: randomUUID() }),
  },
  "roster-schedules.handOver": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.handOver(viewer, v.agencyId, v.runId),
  },
  "roster-schedules.list": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.list(viewer, v.agencyId),
  },
  "roster-schedules.listMails": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.listMails(viewer, v.agencyId),
  },
  "roster-schedules.openMail": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.openMail(viewer, v.agencyId, v.runId),
  },
  "roster-schedules.remove": {
    needs: "nothing",
    call: (viewer, v) => rosterSchedules.remove(viewer, v.agencyId, { id: v.rosterScheduleId, version: 1 }),
  },
  "roster-schedules.settle": {
    needs: "nothing",
    call: (viewer, v) =>
      rosterSchedules.settle(viewer, v.agencyId, { id: v.runId, tries: 0 }, { state: "failed", reply: "" }),
  },
  "roster-schedules.update": {
    needs: "nothing",
    call: (viewer, v) =>
      rosterSchedules.update(viewer, v.agencyId, { ...ROSTER_BODY, id: v.rosterScheduleId, version: 1 }),
  },
};
