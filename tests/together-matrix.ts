import { randomUUID } from "node:crypto";
import * as letters from "../db/letters";
import * as notes from "../db/notes";
import * as rosterMonths from "../db/roster-months";
import * as rosterNames from "../db/roster-names";
import * as tags from "../db/tags";
import * as tasks from "../db/tasks";
import { monthOf } from "../lib/model/month";
import type { Row } from "./access-matrix";
import { newTask } from "./studio";

// The rows of the denial matrix for what an agency and its creators do together. What an agency's people alone may do,
// no member of the creator may; tests/db/together.test.ts shows who of the agency may.

const id = randomUUID;
const ours = { audience: "members", agencyId: null, about: "creator", subject: "" } as const;

export const TOGETHER_MATRIX: Readonly<Record<string, Row>> = {
  // Only to the one it is for, which is an owner of the creator.
  "letters.mailOnce": {
    needs: "read",
    call: (viewer, v) =>
      letters.mailOnce(viewer, { agencyId: v.agencyId, letterId: v.taskId }, async () => {}),
  },
  "letters.remind": {
    needs: "nothing",
    call: (viewer, v) =>
      letters.remind(viewer, v.agencyId, [
        { id: id(), creatorId: v.creatorId, subject: "September", text: "Please." },
      ]),
  },

  "notes.circles": { needs: "read", call: (viewer, v) => notes.circles(viewer, v.creatorId) },
  // The author's alone, who is the owner here.
  "notes.correct": {
    needs: "manage",
    hidden: true,
    call: (viewer, v) => notes.correct(viewer, v.creatorId, { id: id(), replaces: v.noteId, text: "Anew" }),
  },
  "notes.ofMonths": {
    needs: "read",
    call: (viewer, v) =>
      notes.ofMonths(viewer, v.creatorId, { from: monthOf("2026-01"), to: monthOf("2026-01") }),
  },
  "notes.list": { needs: "read", call: (viewer, v) => notes.list(viewer, v.creatorId) },

  "notes.record": {
    needs: "write",
    call: (viewer, v) => notes.record(viewer, v.creatorId, { ...ours, id: id(), text: "Ours" }),
  },
  "notes.remove": {
    needs: "manage",
    hidden: true,
    call: (viewer, v) => notes.remove(viewer, v.creatorId, { id: id(), replaces: v.noteId }),
  },

  "roster-months.listLogged": {
    needs: "nothing",
    call: (viewer, v) =>
      rosterMonths.listLogged(viewer, v.agencyId, { creatorIds: [v.creatorId], from: monthOf("2026-01") }),
  },

  "roster-names.list": { needs: "nothing", call: (viewer, v) => rosterNames.list(viewer, v.agencyId) },

  "tags.add": {
    needs: "nothing",
    call: (viewer, v) => tags.add(viewer, v.agencyId, { id: id(), name: "X", colour: "bad" }),
  },
  "tags.list": { needs: "nothing", call: (viewer, v) => tags.list(viewer, v.agencyId) },
  "tags.listOfCreators": { needs: "nothing", call: (viewer, v) => tags.listOfCreators(viewer, v.agencyId) },
  "tags.remove": {
    needs: "nothing",
    call: (viewer, v) => tags.remove(viewer, v.agencyId, { id: v.tagId, version: 1 }),
  },
  "tags.tagAll": {
    needs: "nothing",
    call: (viewer, v) =>
      tags.tagAll(viewer, v.agencyId, { tagId: v.tagId, creatorIds: [v.creatorId], isOn: false }),
  },

  "tasks.ask": { needs: "nothing", call: (viewer, v) => tasks.ask(viewer, v.agencyId, [newTask()]) },
  "tasks.change": {
    needs: "nothing",
    call: (viewer, v) => tasks.change(viewer, v.agencyId, { ...newTask(), id: v.taskId, version: 1 }),
  },
  "tasks.countAsked": { needs: "read", call: (viewer, v) => tasks.countAsked(viewer, v.creatorId) },
  "tasks.get": { needs: "nothing", call: (viewer, v) => tasks.get(viewer, v.agencyId, v.taskId) },
  "tasks.list": { needs: "nothing", call: (viewer, v) => tasks.list(viewer, v.agencyId) },
  "tasks.listAsked": { needs: "read", call: (viewer, v) => tasks.listAsked(viewer, v.creatorId) },
  "tasks.settle": {
    needs: "write",
    call: (viewer, v) =>
      tasks.settle(viewer, { agencyId: v.agencyId, id: v.taskId, version: 1, isDone: true }),
  },
};
