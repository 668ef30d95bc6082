import { randomUUID } from "node:crypto";
import type { FullStudio } from "../studio";

const AGENCY = "(app)/agencies/[agencyId]/commission/actions.ts";

type CommissionRow = {
  for: "manage" | "agency";
  form: (victim: FullStudio) => Record<string, string>;
  ignored?: readonly string[];
};

/** The actions of commission, as actions.test.ts tries them. */
export const COMMISSION_ROWS: Readonly<Record<string, CommissionRow>> = {
  [`${AGENCY} proposeTerms`]: {
    for: "agency",
    form: ({ agencyId, representationId }) => ({
      ...{ agencyId, id: randomUUID(), representationId, replaces: "" },
      ...{ claim: "management", payee: "managers", parties: "Ana\nBen", split: "even" },
      ...{ kind: "percent", percent: "15", base: "gross", flat: "", currency: "USD", dealId: "" },
      ...{ fromDay: "2026-01-01", toDay: "", sunset: "90", note: "", "stream-ads": "on" },
    }),
    // A flat amount is not read beside a percentage; a stream is wanted whatever its box says.
    ignored: ["flat", "stream-ads"],
  },
  [`${AGENCY} withdrawTerms`]: {
    for: "agency",
    form: ({ agencyId, proposedId }) => ({ agencyId, termId: proposedId }),
  },
  [`${AGENCY} recordCommissionPayment`]: {
    for: "agency",
    form: ({ agencyId, creatorId }) => ({
      ...{ agencyId, id: randomUUID(), creatorId, amount: "1.00", currency: "USD" },
      ...{ paidOn: "2026-03-02", how: "withheld", note: "" },
    }),
  },
  [`${AGENCY} removeCommissionPayment`]: {
    for: "agency",
    form: ({ agencyId, commissionPaymentId }) => ({
      ...{ agencyId, id: randomUUID(), paymentId: commissionPaymentId },
    }),
  },
  "(app)/creators/[creatorId]/commission/actions.ts answerTerms": {
    for: "manage",
    form: ({ creatorId, agencyId, proposedId }) => ({
      ...{ creatorId, agencyId, termId: proposedId, answer: "accepted" },
    }),
  },
};
