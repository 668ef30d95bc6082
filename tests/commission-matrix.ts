import { randomUUID } from "node:crypto";
import * as payments from "../db/commission-payments";
import * as commissionTerms from "../db/commission-terms";
import * as commissions from "../db/commissions";
import { currencyOf } from "../lib/model/money";
import type { Day, Month } from "../lib/model/month";
import type { Row } from "./access-matrix";
import { newTerms } from "./studio";

// The rows of the denial matrix for commission. What is an agency's, no member of the creator reaches;
// tests/db/commissions.test.ts shows that the agency does.

const YEAR = { from: "2026-01" as Month, to: "2026-12" as Month };

export const COMMISSION_MATRIX: Readonly<Record<string, Row>> = {
  "commission-payments.list": { needs: "nothing", call: (viewer, v) => payments.list(viewer, v.agencyId) },
  "commission-payments.listOfCreator": {
    needs: "read",
    call: (viewer, v) => payments.listOfCreator(viewer, v.creatorId),
  },
  "commission-payments.record": {
    needs: "nothing",
    call: (viewer, v) =>
      payments.record(viewer, v.agencyId, {
        ...{ id: randomUUID(), creatorId: v.creatorId, paidOn: "2026-03-01" as Day, minor: 1n },
        ...{ currency: currencyOf("USD"), isWithheld: true, note: "" },
      }),
  },
  "commission-payments.remove": {
    needs: "nothing",
    call: (viewer, v) =>
      payments.remove(viewer, v.agencyId, { id: randomUUID(), replaces: v.commissionPaymentId }),
  },
  "commission-terms.answer": {
    needs: "manage",
    call: (viewer, v) =>
      commissionTerms.answer(viewer, v.creatorId, {
        ...{ agencyId: v.agencyId, id: v.proposedId, answer: "accepted" },
      }),
  },
  "commission-terms.ofAgency": {
    needs: "nothing",
    call: (viewer, v) => commissionTerms.ofAgency(viewer, v.agencyId),
  },
  "commission-terms.ofCreator": {
    needs: "manage",
    call: (viewer, v) => commissionTerms.ofCreator(viewer, v.creatorId),
  },
  "commission-terms.offered": {
    needs: "read",
    call: (viewer, v) =>
      commissionTerms.offered(viewer, {
        ...{ id: v.representationId, secretHash: Buffer.from(v.representationId) },
      }),
  },
  "commission-terms.ofHandover": {
    needs: "read",
    call: (viewer, v) =>
      commissionTerms.ofHandover(viewer, { id: v.handoverId, secretHash: Buffer.from(v.handoverId) }),
  },
  "commission-terms.propose": {
    needs: "nothing",
    call: (viewer, v) =>
      commissionTerms.propose(viewer, v.agencyId, newTerms({ representationId: v.representationId })),
  },
  "commission-terms.takeUp": {
    needs: "nothing",
    call: (viewer, v) =>
      commissionTerms.takeUp(
        viewer,
        {
          ...{ id: v.representationId, secretHash: Buffer.from(v.representationId), side: v.creatorId },
        },
        [v.proposedId],
      ),
  },
  "commission-terms.withdraw": {
    needs: "nothing",
    call: (viewer, v) => commissionTerms.withdraw(viewer, v.agencyId, v.proposedId),
  },
  "commissions.byCreator": {
    needs: "nothing",
    call: (viewer, v) => commissions.byCreator(viewer, v.agencyId, YEAR),
  },
  "commissions.byMonth": {
    needs: "nothing",
    call: (viewer, v) => commissions.byMonth(viewer, v.agencyId, YEAR),
  },
  "commissions.list": { needs: "nothing", call: (viewer, v) => commissions.list(viewer, v.agencyId) },
  "commissions.listOfCreator": {
    needs: "read",
    call: async (viewer, v) => (await commissions.listOfCreator(viewer, v.creatorId)).rows,
  },
  "commissions.ofCreator": {
    needs: "read",
    call: (viewer, v) => commissions.ofCreator(viewer, v.creatorId, YEAR),
  },
  "commissions.sharesOf": {
    needs: "read",
    call: (viewer, v) => commissions.sharesOf(viewer, v.creatorId, YEAR),
  },
};
