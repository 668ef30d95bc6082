import { randomUUID } from "node:crypto";
import * as agencies from "../db/agencies";
import * as looks from "../db/looks";
import * as representations from "../db/representations";
import { currencyOf } from "../lib/model/money";
import type { Row } from "./access-matrix";

// The rows of the denial matrix for agencies. What an agency's admin alone may do, no member of the creator may;
// tests/db/representations.test.ts shows that the admin may.

const SCOPE = { streams: null, amounts: true, notes: true, mayEdit: true, toDay: null };
const asked = () => ({
  ...{ id: randomUUID(), email: "asked@example.com", secretHash: Buffer.from("x") },
  expiresAt: new Date(Date.now() + 86_400_000),
});

export const AGENCY_MATRIX: Readonly<Record<string, Row>> = {
  "agencies.addTeam": {
    needs: "nothing",
    call: (viewer, v) => agencies.addTeam(viewer, { agencyId: v.agencyId, id: randomUUID(), name: "X" }),
  },
  "agencies.changeMember": {
    needs: "nothing",
    call: (viewer, v) =>
      agencies.changeMember(viewer, { agencyId: v.agencyId, userId: v.user.id, role: null, version: 1 }),
  },
  "agencies.changeTeam": {
    needs: "nothing",
    call: (viewer, v) =>
      agencies.changeTeam(viewer, {
        ...{ agencyId: v.agencyId, teamId: v.agencyId, userId: v.user.id, isIn: true },
      }),
  },
  "agencies.create": {
    needs: "nothing",
    denied: "conflict",
    makes: true,
    call: (viewer, v) => agencies.create(viewer, { id: v.agencyId, name: "X", currency: currencyOf("EUR") }),
  },
  "agencies.list": {
    needs: "read",
    call: async (viewer, v) => (await agencies.list(viewer)).filter(({ id }) => id === v.agencyId),
  },
  "looks.list": { needs: "manage", call: (viewer, v) => looks.list(viewer, v.creatorId) },
  "looks.listNames": { needs: "read", call: (viewer, v) => looks.listNames(viewer, v.creatorId) },
  // It notes what an agency's people do; of everybody else nothing.
  "looks.record": { needs: "read", call: (viewer, v) => looks.record(viewer, [v.creatorId]) },
  "representations.accept": {
    needs: "nothing",
    call: (viewer, v) =>
      representations.accept(viewer, {
        ...{ id: v.representationId, secretHash: Buffer.from(v.representationId), side: v.creatorId },
      }),
  },
  "representations.askAgency": {
    needs: "manage",
    call: (viewer, v) => representations.askAgency(viewer, v.creatorId, { ...SCOPE, ...asked() }),
  },
  "representations.askCreator": {
    needs: "nothing",
    call: (viewer, v) => representations.askCreator(viewer, v.agencyId, { ...SCOPE, ...asked() }),
  },
  "representations.assignTeam": {
    needs: "nothing",
    call: (viewer, v) => representations.assignTeam(viewer, v.representationId, null),
  },
  "representations.end": {
    needs: "manage",
    hidden: true,
    call: (viewer, v) => representations.end(viewer, v.representationId),
  },
  "representations.list": { needs: "manage", call: (viewer, v) => representations.list(viewer, v.creatorId) },
  "representations.roster": {
    needs: "nothing",
    call: (viewer, v) => representations.roster(viewer, v.agencyId),
  },
  "representations.rescope": {
    needs: "manage",
    call: (viewer, v) =>
      representations.rescope(viewer, v.creatorId, { ...SCOPE, id: v.representationId, version: 2 }),
  },
};
