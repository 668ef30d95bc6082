import { randomUUID } from "node:crypto";
import { closeMonth, type FullStudio } from "../studio";

const CREATOR = "(app)/creators/[creatorId]";

type ClosingRow = {
  for: "manage" | "open";
  form: (victim: FullStudio) => Record<string, string> | Promise<Record<string, string>>;
  ignored?: readonly string[];
  unnamed?: readonly string[];
};

let closed = 0;
/** A month that is over and that nobody has closed yet. */
const nextMonth = () => `20${10 + Math.floor(closed / 12)}-${String((closed++ % 12) + 1).padStart(2, "0")}`;

/** The actions of closed months and shared statements, as actions.test.ts tries them. */
export const CLOSING_ROWS: Readonly<Record<string, ClosingRow>> = {
  [`${CREATOR}/months/actions.ts closeMonth`]: {
    for: "manage",
    form: ({ creatorId }) => ({ creatorId, id: randomUUID(), month: nextMonth(), seen: "", anyway: "on" }),
    ignored: ["seen", "anyway"],
    unnamed: ["month"],
  },
  [`${CREATOR}/months/actions.ts reopenMonth`]: {
    for: "manage",
    async form({ viewer, creatorId }) {
      const month = nextMonth();
      await closeMonth(viewer, creatorId, month);
      return { creatorId, id: randomUUID(), month, reason: "A payout came late" };
    },
    unnamed: ["month"],
  },
  [`${CREATOR}/shares/[range]/actions.ts createShare`]: {
    for: "manage",
    form: ({ creatorId }) => ({
      ...{ creatorId, id: randomUUID(), range: "2026-01", label: "My accountant", days: "30" },
      ...{ "part-summary": "on", password: "rhubarb and custard" },
    }),
    unnamed: ["range"],
  },
  [`${CREATOR}/shares/[range]/actions.ts revokeShare`]: {
    for: "manage",
    form: ({ creatorId, shareId }) => ({ creatorId, id: shareId }),
  },
  "shared/[token]/actions.ts unlock": {
    for: "open",
    form: () => ({
      token: "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA",
      password: "rhubarb and custard",
    }),
    unnamed: ["token"],
  },
};
