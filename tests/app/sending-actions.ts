import { randomUUID } from "node:crypto";
import type { FullStudio } from "../studio";

const SCHEDULES = "(app)/creators/[creatorId]/statements/schedules/actions.ts";

const ROSTER = "(app)/agencies/[agencyId]/statements/actions.ts";

type SendingRow = {
  for: "manage" | "agency" | "self" | "open";
  form: (victim: FullStudio) => Record<string, string>;
  unnamed?: readonly string[];
};

const schedule = ({ creatorId }: FullStudio) => ({
  ...{ creatorId, id: randomUUID(), when: "month-5", hour: "8", timeZone: "Europe/Berlin", locale: "de-DE" },
  ...{ note: "With thanks", "attach-pdf": "on", "section-streams": "on" },
});

const rosterSchedule = ({ agencyId, admin }: FullStudio) => ({
  ...{ agencyId, id: randomUUID(), day: "5", hour: "8", timeZone: "Europe/Berlin", pdf: "on" },
  "person-0-id": admin.kind === "person" ? admin.userId : "",
});

const one = ({ creatorId, scheduleId }: FullStudio) => ({ creatorId, id: scheduleId, version: "1" });
const asked = ({ creatorId, scheduleId }: FullStudio) => ({ creatorId, id: randomUUID(), scheduleId });

/** The actions of what goes out by mail, and of runs over a roster, as actions.test.ts tries them. */
export const SENDING_ROWS: Readonly<Record<string, SendingRow>> = {
  [`${SCHEDULES} createSchedule`]: { for: "manage", form: schedule },
  [`${SCHEDULES} updateSchedule`]: {
    for: "manage",
    form: (victim) => ({ ...schedule(victim), ...one(victim) }),
  },
  [`${SCHEDULES} pauseSchedule`]: {
    for: "manage",
    form: (victim) => ({ ...one(victim), isPaused: "yes" }),
  },
  [`${SCHEDULES} removeSchedule`]: { for: "manage", form: one },
  [`${SCHEDULES} addRecipient`]: {
    for: "manage",
    form: (victim) => ({ ...asked(victim), email: "new@books.example", name: "Kit" }),
  },
  [`${SCHEDULES} removeRecipient`]: {
    for: "manage",
    form: ({ creatorId, recipientId }) => ({ creatorId, id: recipientId }),
  },
  [`${SCHEDULES} sendNow`]: { for: "manage", form: asked },
  [`${SCHEDULES} sendTest`]: { for: "manage", form: asked },

  [`${ROSTER} beginRun`]: {
    for: "self",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), month: "2026-01", pdf: "on", xlsx: "on" }),
  },
  [`${ROSTER} createRosterSchedule`]: { for: "agency", form: rosterSchedule, unnamed: ["person-0-id"] },
  [`${ROSTER} updateRosterSchedule`]: {
    for: "agency",
    form: (victim) => ({ ...rosterSchedule(victim), id: victim.rosterScheduleId, version: "1" }),
    unnamed: ["person-0-id"],
  },
  [`${ROSTER} removeRosterSchedule`]: {
    for: "agency",
    form: ({ agencyId, rosterScheduleId }) => ({ agencyId, id: rosterScheduleId, version: "1" }),
  },
  "(auth)/statements/[token]/actions.ts subscribe": {
    for: "open",
    form: () => ({ token: "abc.def", off: "yes" }),
    unnamed: ["token"],
  },
};
