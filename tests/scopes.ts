import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import * as audit from "../db/audit";
import { conn, transaction } from "../db/client";
import * as goals from "../db/goals";
import * as looks from "../db/looks";
import * as rates from "../db/rates";
import * as receipts from "../db/receipts";
import { calendarFeeds, imports, projections, statementFiles, uploads } from "../db/schema";
import type { Viewer } from "../lib/model/access";
import { currencyOf } from "../lib/model/money";
import { addMonths, monthOf } from "../lib/model/month";
import { projectStream } from "../lib/model/projection";
import type { Scope } from "../lib/model/representation";
import type { AgencyRole } from "../lib/model/words";
import { makeUser, operatorOf, viewerOf } from "./factories";
import {
  type FullStudio,
  makeAgency,
  makeChannel,
  makeDeal,
  makeEvent,
  makeFullStudio,
  makeLive,
  makePayout,
  makePlacement,
  makeRule,
  represent,
} from "./studio";

// Who of an agency is shown how much of one creator, and what of him must be in no byte of any answer: words and
// amounts planted wherever something can be told.

/** What a scope keeps to the creator. */
export type Hidden =
  /** people, mails, the log, other agencies */
  | "house"
  | "notes"
  /** streams other than ads, and what is made of all: receipts, deals, totals */
  | "others"
  /** the money of ads */
  | "ads"
  /** that there is anything at all */
  | "all";

interface Persona {
  scope: Partial<Scope>;
  role: AgencyRole;
  /** why nothing is left of it */
  gone?: "ended" | "last day" | "no team" | "another agency";
  hides: readonly Hidden[];
}

const WHOLE = { streams: null, amounts: true, notes: true, mayEdit: false };
const GONE: readonly Hidden[] = ["house", "notes", "others", "ads", "all"];

export const PERSONAS: Readonly<Record<string, Persona>> = {
  "an admin, everything, to edit": { scope: { ...WHOLE, mayEdit: true }, role: "admin", hides: ["house"] },
  "an admin, everything but notes, to edit": {
    scope: { ...WHOLE, notes: false, mayEdit: true },
    role: "admin",
    hides: ["house", "notes"],
  },
  "a manager, everything, to look at": { scope: WHOLE, role: "manager", hides: ["house"] },
  "an assistant of the team": { scope: { ...WHOLE, mayEdit: true }, role: "assistant", hides: ["house"] },
  "a manager, ads alone": {
    scope: { ...WHOLE, streams: ["ads"], mayEdit: true },
    role: "manager",
    hides: ["house", "others"],
  },
  "an admin, ads without notes": {
    scope: { ...WHOLE, streams: ["ads"], notes: false },
    role: "admin",
    hides: ["house", "others", "notes"],
  },
  "an admin without amounts": {
    scope: { ...WHOLE, amounts: false, mayEdit: true },
    role: "admin",
    hides: ["house", "others", "notes", "ads"],
  },
  "a manager of no team": { scope: WHOLE, role: "manager", gone: "no team", hides: GONE },
  "an admin whose representation ended": { scope: WHOLE, role: "admin", gone: "ended", hides: GONE },
  "an admin whose last day is over": {
    scope: { ...WHOLE, toDay: "2026-01-31" },
    role: "admin",
    gone: "last day",
    hides: GONE,
  },
  "an admin of another agency": { scope: WHOLE, role: "admin", gone: "another agency", hides: GONE },
};

/** As an answer would hold it, whatever divides thousands in it. Sums of a few of the large amounts begin alike. */
const SIGNS: Readonly<Record<Hidden, RegExp>> = {
  house: /canary-house/i,
  notes: /canary-note/i,
  others: /canary-other|(731|1462|2193|2924|3655|4386|5117|5848|6579)0000\d{3}/i,
  ads: /4242(00|99)/,
  all: /canary-name/i,
};

/** What of the creator stands in an answer that must not hold it. */
export function leaksIn(answer: string, hides: readonly Hidden[]): Hidden[] {
  const plain = answer.replace(/(?<=\d)[,.\u202f\u00a0\u2019](?=\d)/g, "");
  return hides.filter((hidden) => SIGNS[hidden].test(plain));
}

export interface Scoped {
  studio: FullStudio;
  /** by the names of PERSONAS */
  people: Readonly<Record<string, { viewer: Viewer; userId: string; agencyId: string }>>;
}

/** A creator with something to tell everywhere, and one agency for each scope. `owner` is the database's owner. */
export async function makeScoped(owner: postgres.Sql): Promise<Scoped> {
  const studio = await makeFullStudio();
  await plant(studio);
  // The full studio's own alert says nothing, so that no page could show it.
  await owner`
    update alerts set kind = 'import_failed', detail = ${owner.json({ fileName: `${OTHER}.csv` })}
    where creator_id = ${studio.creatorId}`;
  await owner`update users set name = 'Canary-house', email = 'canary-house-' || email where id = ${studio.user.id}`;
  const people: Record<string, { viewer: Viewer; userId: string; agencyId: string }> = {};
  await owner`update statement_recipients set name = 'Canary-house' where creator_id = ${studio.creatorId}`;
  await owner`update statement_mails set name = 'Canary-house' where creator_id = ${studio.creatorId}`;
  for (const [name, persona] of Object.entries(PERSONAS))
    people[name] = await makePerson(owner, studio, persona);
  const other = await makeUser();
  const agencyId = await makeAgency(viewerOf(other), "Canary-house Talent");
  const asked = { owner: studio.viewer, creatorId: studio.creatorId, admin: viewerOf(other), agencyId };
  await represent({ ...asked, email: other.email }, { streams: null });
  await looks.record(viewerOf(other), [studio.creatorId]);
  return { studio, people };
}

async function makePerson(owner: postgres.Sql, studio: FullStudio, { scope, role, gone }: Persona) {
  const admin = await makeUser();
  const agencyId = await makeAgency(viewerOf(admin));
  const asked = { owner: studio.viewer, creatorId: studio.creatorId, admin: viewerOf(admin), agencyId };
  const id = gone === "another agency" ? null : await represent({ ...asked, email: admin.email }, scope);
  if (gone === "ended") await owner`update representations set ended_at = now() where id = ${id}`;
  if (role === "admin") return { viewer: viewerOf(admin), userId: admin.id, agencyId };
  const person = await makeUser();
  await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${person.id}, ${role})`;
  if (gone !== "no team") {
    const teamId = randomUUID();
    await owner`insert into teams (agency_id, id, name) values (${agencyId}, ${teamId}, 'Food')`;
    await owner`update representations set team_id = ${teamId} where id = ${id}`;
    await owner`insert into team_members (agency_id, team_id, user_id) values (${agencyId}, ${teamId}, ${person.id})`;
  }
  return { viewer: viewerOf(person), userId: person.id, agencyId };
}

const USD = currencyOf("USD");
const JANUARY = monthOf("2026-01");
const LARGE = 7_310_000_000_123n;
const ADS = 424_200n;
const NOTE = "canary-note";
const OTHER = "canary-other";

/** Something to find, beside what the full studio has, in everything that can tell of money, people or plans. */
async function plant({ viewer, creatorId, channelId, videoId, sendId, user }: FullStudio): Promise<void> {
  await makeChannel(viewer, creatorId, { name: "Canary-name", platform: "youtube", handle: "" });
  const lines = [{ videoId, minor: ADS }];
  await makePayout(viewer, creatorId, { channelId, stream: "ads", minor: ADS, note: NOTE, lines });
  for (const [index, stream] of (["rewards", "gift", "shop", "sponsorship"] as const).entries()) {
    const minor = LARGE + BigInt(index);
    const of = { channelId, stream, currency: stream === "shop" ? "JPY" : "USD" };
    await makePayout(viewer, creatorId, {
      ...of,
      minor,
      note: `${NOTE} ${OTHER}`,
      lines: [{ videoId, minor }],
    });
  }
  const moved = await makePayout(viewer, creatorId, { stream: "ads", minor: 1n, note: NOTE });
  await makePayout(viewer, creatorId, { stream: "gift", minor: LARGE, note: OTHER, replaces: moved });
  const { id: dealId } = {
    id: await makeDeal(viewer, creatorId, { brand: OTHER, feeMinor: LARGE, note: NOTE }),
  };
  await makePlacement(viewer, creatorId, { merchant: OTHER, note: NOTE, dealId });
  await makeEvent(viewer, creatorId, { label: OTHER });
  await makeLive(viewer, creatorId, { channelId, note: NOTE, day: "2026-01-09" });
  await makeRule(viewer, creatorId, { source: OTHER, subject: "super_like" });
  await receipts.record(viewer, creatorId, {
    ...{
      id: randomUUID(),
      receivedOn: "2026-02-20",
      minor: LARGE,
      currency: "USD",
      feeMinor: 0n,
      rate: null,
    },
    ...{ note: `${NOTE} ${OTHER}`, allocations: [] },
  });
  await rates.record(viewer, creatorId, {
    ...{ id: randomUUID(), day: "2026-01-31", base: "JPY", quote: "USD", rate: "0.0065", source: OTHER },
  });
  await goals.record(viewer, creatorId, {
    ...{ id: randomUUID(), fromMonth: "2026-01", toMonth: "2026-12", stream: "gift", minor: LARGE },
    ...{ currency: "USD", note: NOTE },
  });
  const by = { creatorId, recordedBy: user.id };
  await transaction(viewer, async () => {
    await audit.note(creatorId, "test.noted", creatorId, { what: "canary-house" });
    await conn()
      .insert(imports)
      .values({
        ...{ ...by, id: randomUUID(), fileName: `${OTHER}.csv`, fileSha256: "", format: "generic" },
        ...{ options: {}, counts: {}, bodyHash: Buffer.alloc(32) },
      });
    const waiting = { bytes: 3, state: "failed" as const, choices: {} };
    await conn()
      .insert(uploads)
      .values({ ...by, id: randomUUID(), fileName: `${OTHER}.csv`, ...waiting });
    const secretHash = Buffer.from(randomUUID());
    const feed = { id: randomUUID(), secretHash, amounts: true, label: "canary-house" };
    await conn()
      .insert(calendarFeeds)
      .values({ ...by, ...feed });
  });
  await transaction(operatorOf(creatorId), async () => {
    const file = {
      name: "canary-house.json",
      mediaType: "application/json",
      sha256: "00",
      bytes: Buffer.from("{}"),
    };
    await conn()
      .insert(statementFiles)
      .values({ ...by, ...file, sendId });
    const made = { creatorId, horizon: 1, asOf: new Date("2026-02-01T00:00:00Z"), targetMonth: "2026-02" };
    const model = { modelVersion: "1", priorVersion: "1", inputHash: "", format: "all", currency: "USD" };
    for (const [stream, minor] of [
      ["rewards", LARGE],
      ["ads", ADS],
    ] as const) {
      const key = { channelId: null, platform: "tiktok", format: "all", stream, currency: USD } as const;
      const rows = [{ month: JANUARY, minor, views: 1_000 }];
      const projection = projectStream({ key, rows, prior: null }, addMonths(JANUARY, 1));
      const detail = { ...projection, what: stream === "ads" ? "ads" : OTHER };
      await conn()
        .insert(projections)
        .values({
          ...{ ...made, ...model, id: randomUUID(), stream, platform: "tiktok", basis: projection.basis },
          ...{ denominator: "views", medianMinor: projection.medianMinor ?? minor, detail: plain(detail) },
        });
    }
  });
}

/** As JSON keeps it: amounts as text. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part)),
  );
}
