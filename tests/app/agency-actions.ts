import { randomUUID } from "node:crypto";
import * as agencies from "../../db/agencies";
import * as agencyMembers from "../../db/agency-members";
import * as representations from "../../db/representations";
import { makeUser, viewerOf } from "../factories";
import { connectOwner } from "../setup/catalogue";
import type { FullStudio } from "../studio";

const AGENCY = "(app)/agencies/[agencyId]";
const PEOPLE = `${AGENCY}/people/actions.ts`;
const REPRESENTATIONS = `${AGENCY}/representations/actions.ts`;
const SHARING = "(app)/creators/[creatorId]/settings/people/actions.ts";
const INVITE = "(auth)/invite";
const NO_TOKEN = "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA";

type AgencyRow = {
  for: "agency" | "manage" | "self" | "open";
  alsoManagers?: true;
  form: (victim: FullStudio) => Record<string, string> | Promise<Record<string, string>>;
  ignored?: readonly string[];
  unnamed?: readonly string[];
};

const link = () => ({
  ...{ id: randomUUID(), secretHash: Buffer.from(randomUUID()) },
  expiresAt: new Date(Date.now() + 86_400_000),
});

const SCOPE = { money: "some", "stream-ads": "on", notes: "on", mayEdit: "on", toDay: "2027-01-31" };
const BOXES = ["stream-ads", "notes", "mayEdit"];
const ALL = { streams: null, amounts: true, notes: true, mayEdit: false, toDay: null };
const person = { name: "Nobody", password: "correct horse battery staple" };

/** A further member of the victim's agency. */
export async function colleagueOf({ admin, agencyId }: FullStudio): Promise<string> {
  const user = await makeUser();
  const invitation = { ...link(), email: user.email, agencyId, role: "manager" as const };
  await agencyMembers.invite(admin, invitation);
  await agencyMembers.accept(viewerOf(user), invitation);
  return user.id;
}

async function invitationOf({ admin, agencyId }: FullStudio): Promise<string> {
  const { id } = await agencyMembers.invite(admin, {
    ...{ ...link(), email: `${randomUUID()}@example.com`, agencyId, role: "manager" },
  });
  return id;
}

async function teamOf({ admin, agencyId }: FullStudio): Promise<string> {
  const id = randomUUID();
  await agencies.addTeam(admin, { agencyId, id, name: "Food" });
  return id;
}

async function questionOf({ admin, agencyId }: FullStudio): Promise<string> {
  const asked = link();
  await representations.askCreator(admin, agencyId, { ...ALL, ...asked, email: `${asked.id}@example.com` });
  return asked.id;
}

async function questionOfCreator({ viewer, creatorId }: FullStudio): Promise<string> {
  const asked = link();
  await representations.askAgency(viewer, creatorId, { ...ALL, ...asked, email: `${asked.id}@example.com` });
  return asked.id;
}

/** As if the victim's agency had made the creator. */
async function runByAgency({ representationId }: FullStudio): Promise<void> {
  const owner = connectOwner();
  await owner`update representations set runs = true where id = ${representationId}`;
  await owner.end();
}

/** The actions of agencies, and of creators towards them, as actions.test.ts tries them. */
export const AGENCY_ROWS: Readonly<Record<string, AgencyRow>> = {
  "(app)/(account)/agencies/actions.ts createAgency": {
    for: "self",
    form: ({ agencyId }) => ({ id: agencyId, name: "Mine now", currency: "EUR" }),
  },

  [`${PEOPLE} invite`]: {
    for: "agency",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), email: "new@example.com", role: "admin" }),
  },
  [`${PEOPLE} resendInvitation`]: {
    for: "agency",
    form: async (victim) => ({ agencyId: victim.agencyId, id: await invitationOf(victim) }),
  },
  [`${PEOPLE} revokeInvitation`]: {
    for: "agency",
    form: async (victim) => ({ agencyId: victim.agencyId, id: await invitationOf(victim) }),
  },
  [`${PEOPLE} changeRole`]: {
    for: "agency",
    form: async (victim) => ({
      ...{ agencyId: victim.agencyId, userId: await colleagueOf(victim), role: "admin", version: "1" },
    }),
  },
  [`${PEOPLE} removeMember`]: {
    for: "agency",
    form: async (victim) => ({
      ...{ agencyId: victim.agencyId, userId: await colleagueOf(victim), version: "1" },
    }),
  },
  [`${PEOPLE} leave`]: {
    for: "agency",
    alsoManagers: true,
    // The last admin would have to stay.
    async form(victim) {
      const userId = await colleagueOf(victim);
      await agencies.changeMember(victim.admin, {
        ...{ agencyId: victim.agencyId, userId, role: "admin", version: 1 },
      });
      return { agencyId: victim.agencyId };
    },
  },
  [`${PEOPLE} addTeam`]: {
    for: "agency",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), name: "Food" }),
  },
  [`${PEOPLE} renameTeam`]: {
    for: "agency",
    form: async (victim) => ({
      ...{ agencyId: victim.agencyId, id: await teamOf(victim), name: "Cooks", version: "1" },
    }),
  },
  [`${PEOPLE} changeTeam`]: {
    for: "agency",
    form: async (victim) => ({
      ...{ agencyId: victim.agencyId, teamId: await teamOf(victim), userId: await colleagueOf(victim) },
      isIn: "yes",
    }),
  },

  [`${REPRESENTATIONS} askCreators`]: {
    for: "agency",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), addresses: "new@example.com", ...SCOPE }),
    ignored: BOXES,
  },
  [`${REPRESENTATIONS} askAgain`]: {
    for: "agency",
    form: async (victim) => ({ agencyId: victim.agencyId, id: await questionOf(victim) }),
  },
  [`${REPRESENTATIONS} withdraw`]: {
    for: "agency",
    form: async (victim) => ({ agencyId: victim.agencyId, id: await questionOf(victim) }),
  },
  [`${REPRESENTATIONS} endRepresentation`]: {
    for: "agency",
    // Its own, not the one with the victim: an owner of the creator may end that.
    form: async (victim) => ({ agencyId: victim.agencyId, id: await questionOf(victim) }),
  },
  [`${REPRESENTATIONS} assignTeam`]: {
    for: "agency",
    form: async (victim) => ({
      ...{ agencyId: victim.agencyId, id: victim.representationId, teamId: await teamOf(victim) },
    }),
  },
  [`${REPRESENTATIONS} runCreator`]: {
    for: "agency",
    alsoManagers: true,
    form: ({ agencyId }) => ({
      ...{ agencyId, id: randomUUID(), representationId: randomUUID() },
      ...{ name: "Kenji Bakes", currency: "JPY", timeZone: "Asia/Tokyo" },
    }),
  },

  [`${AGENCY}/settings/actions.ts updateAgency`]: {
    for: "agency",
    form: ({ agencyId }) => ({ agencyId, name: "Renamed", currency: "EUR", version: "1" }),
  },
  [`${AGENCY}/settings/actions.ts setBrand`]: {
    for: "agency",
    form: ({ agencyId }) => ({
      ...{ agencyId, version: "1", name: "North", accent: "#123456", paper: "#ffffff" },
      ...{ logo: "", remove: "on" },
    }),
    ignored: ["remove"],
  },

  [`${SHARING} askAgency`]: {
    for: "manage",
    form: ({ creatorId }) => ({ creatorId, id: randomUUID(), email: "agency@example.com", ...SCOPE }),
    ignored: BOXES,
  },
  [`${SHARING} askAgain`]: {
    for: "manage",
    form: async (victim) => ({ creatorId: victim.creatorId, id: await questionOfCreator(victim) }),
  },
  [`${SHARING} withdrawQuestion`]: {
    for: "manage",
    form: async (victim) => ({ creatorId: victim.creatorId, id: await questionOfCreator(victim) }),
  },
  [`${SHARING} rescope`]: {
    for: "manage",
    form: ({ creatorId, representationId }) => ({
      ...{ creatorId, id: representationId, version: "2", ...SCOPE },
    }),
    ignored: BOXES,
  },
  [`${SHARING} endRepresentation`]: {
    for: "manage",
    form: ({ creatorId, representationId }) => ({ creatorId, id: representationId }),
  },
  [`${SHARING} offerHandover`]: {
    for: "manage",
    async form(victim) {
      await runByAgency(victim);
      return { creatorId: victim.creatorId, id: randomUUID(), email: "mira@example.com" };
    },
  },
  [`${SHARING} offerAgain`]: {
    for: "manage",
    async form(victim) {
      await runByAgency(victim);
      return { creatorId: victim.creatorId, id: victim.handoverId };
    },
  },
  [`${SHARING} withdrawHandover`]: {
    for: "manage",
    form: ({ creatorId, handoverId }) => ({ creatorId, id: handoverId }),
  },

  [`${INVITE}/agency/[token]/actions.ts acceptAgencyInvitation`]: {
    for: "self",
    form: () => ({ token: NO_TOKEN }),
    unnamed: ["token"],
  },
  [`${INVITE}/agency/[token]/actions.ts joinAgency`]: {
    for: "open",
    form: () => ({ token: NO_TOKEN, ...person }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts acceptForAgency`]: {
    for: "self",
    form: ({ agencyId }) => ({ token: NO_TOKEN, side: agencyId }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts acceptForCreator`]: {
    for: "self",
    form: ({ creatorId }) => ({ token: NO_TOKEN, side: creatorId, money: "all" }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts acceptAsNewCreator`]: {
    for: "self",
    form: ({ creatorId }) => ({
      ...{ token: NO_TOKEN, id: creatorId, name: "Mine", currency: "EUR", timeZone: "UTC", money: "all" },
    }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts acceptAsNewAgency`]: {
    for: "self",
    form: ({ agencyId }) => ({ token: NO_TOKEN, id: agencyId, name: "Mine", currency: "EUR" }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts declineRepresentation`]: {
    for: "self",
    form: () => ({ token: NO_TOKEN }),
    unnamed: ["token"],
  },
  [`${INVITE}/representation/[token]/actions.ts joinByRepresentation`]: {
    for: "open",
    form: () => ({ token: NO_TOKEN, ...person }),
    unnamed: ["token"],
  },
  [`${INVITE}/handover/[token]/actions.ts takeOver`]: {
    for: "self",
    form: () => ({ token: NO_TOKEN, keep: "yes" }),
    unnamed: ["token"],
  },
  [`${INVITE}/handover/[token]/actions.ts joinByHandover`]: {
    for: "open",
    form: () => ({ token: NO_TOKEN, ...person }),
    unnamed: ["token"],
  },
};
