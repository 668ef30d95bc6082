import { randomUUID } from "node:crypto";
import * as agencies from "../db/agencies";
import * as agencyMembers from "../db/agency-members";
import * as handovers from "../db/handovers";
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

const again = () => {
  const { id: newId, secretHash, expiresAt } = asked();
  return { newId, secretHash, expiresAt };
};

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
  "agencies.brand": {
    needs: "manage",
    hidden: true,
    call: (viewer, v) => agencies.brand(viewer, v.agencyId),
  },
  "agencies.listTeams": { needs: "nothing", call: (viewer, v) => agencies.listTeams(viewer, v.agencyId) },
  "agencies.renameTeam": {
    needs: "nothing",
    call: (viewer, v) =>
      agencies.renameTeam(viewer, { agencyId: v.agencyId, id: v.agencyId, name: "X", version: 1 }),
  },
  "agencies.setBrand": {
    needs: "nothing",
    call: (viewer, v) =>
      agencies.setBrand(viewer, { id: v.agencyId, version: 1, name: "X", accent: null, paper: null }),
  },
  "agencies.update": {
    needs: "nothing",
    call: (viewer, v) =>
      agencies.update(viewer, { id: v.agencyId, name: "X", currency: currencyOf("EUR"), version: 1 }),
  },
  "agency-members.accept": {
    needs: "nothing",
    call: (viewer) => agencyMembers.accept(viewer, { id: randomUUID(), secretHash: Buffer.from("x") }),
  },
  "agency-members.invite": {
    needs: "nothing",
    call: (viewer, v) =>
      agencyMembers.invite(viewer, { ...asked(), agencyId: v.agencyId, role: "admin" as const }),
  },
  "agency-members.leave": {
    needs: "nothing",
    call: (viewer, v) => agencyMembers.leave(viewer, v.agencyId),
  },
  "agency-members.list": { needs: "nothing", call: (viewer, v) => agencyMembers.list(viewer, v.agencyId) },
  "agency-members.listInvitations": {
    needs: "nothing",
    call: (viewer, v) => agencyMembers.listInvitations(viewer, v.agencyId),
  },
  "agency-members.resend": {
    needs: "nothing",
    call: (viewer, v) =>
      agencyMembers.resend(viewer, { ...again(), agencyId: v.agencyId, id: v.invitationId }),
  },
  "agency-members.revokeInvitation": {
    needs: "nothing",
    call: (viewer, v) => agencyMembers.revokeInvitation(viewer, v.agencyId, v.invitationId),
  },
  "handovers.accept": {
    needs: "nothing",
    call: (viewer, v) =>
      handovers.accept(viewer, { id: v.handoverId, secretHash: Buffer.from(v.handoverId), keep: true }),
  },
  "handovers.find": { needs: "manage", call: (viewer, v) => handovers.find(viewer, v.creatorId) },
  // No agency runs the studio's creator.
  "handovers.offer": {
    needs: "manage",
    refused: "invalid",
    call: (viewer, v) => handovers.offer(viewer, v.creatorId, asked()),
  },
  "handovers.offerAgain": {
    needs: "manage",
    refused: "not_found",
    call: (viewer, v) => handovers.offerAgain(viewer, v.creatorId, { id: v.handoverId, link: asked() }),
  },
  "handovers.run": {
    needs: "nothing",
    call: (viewer, v) =>
      handovers.run(viewer, v.agencyId, {
        ...{ id: randomUUID(), name: "X", currency: currencyOf("EUR"), timeZone: "UTC" },
        representationId: randomUUID(),
      }),
  },
  "handovers.withdraw": {
    needs: "manage",
    call: (viewer, v) => handovers.withdraw(viewer, v.creatorId, v.handoverId),
  },
  "representations.askAgain": {
    needs: "nothing",
    call: (viewer, v) =>
      representations.askAgain(viewer, { agencyId: v.agencyId }, { ...again(), id: v.representationId }),
  },
  "representations.askCreators": {
    needs: "nothing",
    call: (viewer, v) => representations.askCreators(viewer, v.agencyId, SCOPE, [asked()]),
  },
  "representations.decline": {
    needs: "nothing",
    call: (viewer, v) =>
      representations.decline(viewer, {
        id: v.representationId,
        secretHash: Buffer.from(v.representationId),
      }),
  },
  "representations.listAskedByAgency": {
    needs: "nothing",
    call: (viewer, v) => representations.listAskedByAgency(viewer, v.agencyId),
  },
  "representations.listAskedByCreator": {
    needs: "manage",
    call: (viewer, v) => representations.listAskedByCreator(viewer, v.creatorId),
  },
  "looks.list": { needs: "manage", call: (viewer, v) => looks.list(viewer, v.creatorId) },
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
