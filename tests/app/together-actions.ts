import { randomUUID } from "node:crypto";
import type { FullStudio } from "../studio";

const AGENCY = "(app)/agencies/[agencyId]";
const CREATOR = "(app)/creators/[creatorId]";

type TogetherRow = {
  for: "write" | "agency" | "author";
  form: (victim: FullStudio) => Record<string, string>;
  unnamed?: readonly string[];
};

const task = { title: "Ask for it", detail: "", dueOn: "2026-12-01" };

/** The actions of what an agency and its creators do together, as actions.test.ts tries them. */
export const TOGETHER_ROWS: Readonly<Record<string, TogetherRow>> = {
  [`${CREATOR}/note-actions.ts recordNote`]: {
    for: "write",
    form: ({ creatorId }) => ({
      ...{ creatorId, id: randomUUID(), readers: "members", about: "month", subject: "2026-01" },
      text: "A word",
    }),
  },
  [`${CREATOR}/note-actions.ts correctNote`]: {
    for: "author",
    form: ({ creatorId, noteId }) => ({ creatorId, id: randomUUID(), entryId: noteId, text: "Anew" }),
  },
  [`${CREATOR}/note-actions.ts removeNote`]: {
    for: "author",
    form: ({ creatorId, noteId }) => ({ creatorId, id: randomUUID(), entryId: noteId }),
  },
  [`${CREATOR}/asked-actions.ts settleAsked`]: {
    for: "write",
    form: ({ creatorId, agencyId, taskId }) => ({
      ...{ creatorId, agencyId, entryId: taskId, version: "1", isDone: "yes" },
    }),
  },
  [`${AGENCY}/tasks/actions.ts askTask`]: {
    for: "agency",
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), ...task, whom: `creator:${creatorId}`, about: creatorId },
    }),
  },
  [`${AGENCY}/tasks/actions.ts changeTask`]: {
    for: "agency",
    form: ({ agencyId, taskId }) => ({ agencyId, id: taskId, version: "1", ...task, whom: "" }),
  },
  [`${AGENCY}/tasks/actions.ts settleTask`]: {
    for: "agency",
    // The task of the creator is hers to settle too; this one is not.
    form: ({ agencyId, innerTaskId }) => ({ agencyId, id: innerTaskId, version: "1", isDone: "yes" }),
  },
  [`${AGENCY}/selection/actions.ts remindAll`]: {
    for: "agency",
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), creatorIds: creatorId, subject: "September", text: "Please." },
    }),
  },
  [`${AGENCY}/selection/actions.ts requestAll`]: {
    for: "agency",
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), creatorIds: creatorId, dueOn: "2026-12-01", text: "Please." },
    }),
  },
  [`${AGENCY}/selection/actions.ts tagSelection`]: {
    for: "agency",
    form: ({ agencyId, creatorId, tagId }) => ({ agencyId, creatorIds: creatorId, tagId, isOn: "no" }),
  },
  [`${AGENCY}/selection/actions.ts addTag`]: {
    for: "agency",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), name: "Gaming", colour: "bad" }),
  },
  [`${AGENCY}/selection/actions.ts removeTag`]: {
    for: "agency",
    form: ({ agencyId, tagId }) => ({ agencyId, id: tagId, version: "1" }),
  },
};
