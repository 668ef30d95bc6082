import { randomUUID } from "node:crypto";
import { type FullStudio, makePayout, monthBack } from "../studio";

const AGENCY = "(app)/agencies/[agencyId]";
const CREATOR = "(app)/creators/[creatorId]";

type TogetherRow = {
  for: "write" | "agency" | "author";
  agencyToo?: true;
  alsoManagers?: true;
  form: (victim: FullStudio) => Record<string, string> | Promise<Record<string, string>>;
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
    // Whoever asked may say that it is done.
    agencyToo: true,
    form: ({ creatorId, agencyId, taskId }) => ({
      ...{ creatorId, agencyId, entryId: taskId, version: "1", isDone: "yes" },
    }),
  },
  [`${AGENCY}/tasks/actions.ts askTask`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), ...task, whom: `creator:${creatorId}`, about: creatorId },
    }),
  },
  [`${AGENCY}/tasks/actions.ts changeTask`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId, taskId }) => ({ agencyId, id: taskId, version: "1", ...task, whom: "" }),
  },
  [`${AGENCY}/tasks/actions.ts settleTask`]: {
    for: "agency",
    alsoManagers: true,
    // The task of the creator is hers to settle too; this one is not.
    form: ({ agencyId, innerTaskId }) => ({ agencyId, id: innerTaskId, version: "1", isDone: "yes" }),
  },
  [`${AGENCY}/selection/actions.ts remindAll`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), creatorIds: creatorId, subject: "September", text: "Please." },
    }),
  },
  [`${AGENCY}/selection/actions.ts requestAll`]: {
    for: "agency",
    alsoManagers: true,
    async form({ agencyId, creatorId, viewer }) {
      // The agency is shown the rewards: two months ago they are missing.
      for (const back of [6, 5, 4, 3, 1]) await makePayout(viewer, creatorId, monthBack(back));
      return { agencyId, id: randomUUID(), creatorIds: creatorId, dueOn: "2026-12-01", text: "Please." };
    },
  },
  [`${AGENCY}/selection/actions.ts tagSelection`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId, creatorId, tagId }) => ({ agencyId, creatorIds: creatorId, tagId, isOn: "no" }),
  },
  [`${AGENCY}/selection/actions.ts addTag`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), name: "Gaming", colour: "bad" }),
  },
  [`${AGENCY}/selection/actions.ts removeTag`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId, tagId }) => ({ agencyId, id: tagId, version: "1" }),
  },
};
