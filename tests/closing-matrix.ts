import { randomUUID } from "node:crypto";
import * as months from "../db/months";
import * as shares from "../db/shares";
import { monthOf } from "../lib/model/month";
import type { Row } from "./access-matrix";
import { newShare } from "./studio";

const id = randomUUID;
const december = monthOf("2025-12");
const draw = async () => ({ data: "{}", codeVersion: "1" });

/** The rows of the denial matrix for closed months and what is shared of them. */
export const CLOSING_MATRIX: Readonly<Record<string, Row>> = {
  "months.close": {
    needs: "manage",
    call: (viewer, v) => months.close(viewer, v.creatorId, { id: id(), month: "2026-01" }, draw),
  },
  "months.findKept": { needs: "read", call: (viewer, v) => months.findKept(viewer, v.creatorId, december) },
  "months.history": { needs: "read", call: (viewer, v) => months.history(viewer, v.creatorId, december) },
  "months.keptOf": { needs: "read", call: (viewer, v) => months.keptOf(viewer, v.creatorId, v.statementId) },
  "months.listClosed": { needs: "read", call: (viewer, v) => months.listClosed(viewer, v.creatorId) },
  "months.listClosings": { needs: "read", call: (viewer, v) => months.listClosings(viewer, v.creatorId) },
  "months.reopen": {
    needs: "manage",
    call: (viewer, v) =>
      months.reopen(viewer, v.creatorId, { id: id(), month: "2025-12", reason: "A refund came" }),
  },

  "shares.countOpen": {
    needs: "operator",
    hidden: true,
    call: (viewer, v) => shares.countOpen(viewer, v.creatorId, v.shareId),
  },
  "shares.create": {
    needs: "manage",
    call: (viewer, v) => shares.create(viewer, v.creatorId, { ...newShare(), statementId: v.statementId }),
  },
  // Nothing to whoever has not the secret.
  "shares.find": {
    needs: "read",
    call: (viewer, v) =>
      shares.find(viewer, v.creatorId, { id: v.shareId, secretHash: Buffer.from("another") }),
  },
  "shares.list": { needs: "manage", call: (viewer, v) => shares.list(viewer, v.creatorId) },
  "shares.revoke": { needs: "manage", call: (viewer, v) => shares.revoke(viewer, v.creatorId, v.shareId) },
};
