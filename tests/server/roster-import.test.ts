import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as representations from "../../db/representations";
import type { Viewer } from "../../lib/model/access";
import { type BroughtPart, NEW_CREATOR, type RosterFile } from "../../lib/roster-file";
import { importNow, stateOf } from "../../lib/server/import-work";
import { bringParts, namesIn } from "../../lib/server/roster-import";
import { isAtWork } from "../../lib/upload";
import { makeUser, viewerOf } from "../factories";
import { makeAgency, makeChannel, makeStudio, represent } from "../studio";

const TABLE = `creator,channel,month,views,stream,amount,currency
Mira Cooks,@mira,2026-01,1000,ads,10.00,USD
bo@example.com,,2026-01,2000,ads,20.00,USD
Cleo Sings,@cleo,2026-01,3000,ads,30.00,USD
Mira Cooks,@mira,2026-02,1100,ads,not money,USD
Cleo Sings,@cleo,2026-02,3100,ads,31.00,USD
Nobody Known,,2026-01,1,ads,99.00,USD
`;
const file = { name: "roster.csv", bytes: new TextEncoder().encode(TABLE) };

/** Mira and somebody whose address is known, both represented with everything; the second lets nobody edit. */
async function makeRoster() {
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  const studio = await makeStudio();
  const whole = { streams: null, notes: true };
  const by = { admin, agencyId, email: user.email };
  await represent({ ...by, owner: studio.viewer, creatorId: studio.creatorId }, { ...whole, mayEdit: true });
  const other = await makeStudio();
  await represent({ ...by, owner: other.viewer, creatorId: other.creatorId }, whole);
  return { admin, agency: { id: agencyId, currency: "USD" }, studio, other };
}

/** What is shown of a part, once the work on it has ended. */
async function previewOf(viewer: Viewer, part: BroughtPart | undefined) {
  return vi.waitFor(
    async () => {
      const upload = await stateOf(viewer, part!.creatorId, part!.upload!.id);
      expect(isAtWork(upload)).toBe(false);
      return upload.preview;
    },
    { timeout: 30_000, interval: 100 },
  );
}

const namesOf = (found: RosterFile) =>
  found.kind === "names" ? found.names.map(({ shown, rows, creatorId }) => [shown, rows, creatorId]) : [];

it("one file for three: whom it names is found by name or handle, each part is an import with an undo of its own", async () => {
  const { admin, agency, studio, other } = await makeRoster();
  await makeChannel(studio.viewer, studio.creatorId, { name: "Second", handle: "@second" });
  expect(namesOf(await namesIn(admin, agency.id, file, undefined))).toEqual([
    ["Mira Cooks", 2, studio.creatorId],
    ["bo@example.com", 1, null],
    ["Cleo Sings", 2, null],
    ["Nobody Known", 1, null],
  ]);
  const said = {
    ...{ id: randomUUID(), column: "creator", timeZone: "Europe/Berlin", locale: "en-US" },
    assigned: { "mira cooks": studio.creatorId, "cleo sings": NEW_CREATOR },
  };
  await expect(
    bringParts(admin, agency, file, { ...said, assigned: { "mira cooks": other.creatorId } }),
    "who lets the agency look only",
  ).rejects.toMatchObject({ code: "not_found" });
  const [mira, cleo, none] = await bringParts(admin, agency, file, said);
  expect(none).toBeUndefined();
  const onlyCleo = { ...said, assigned: { "cleo sings": NEW_CREATOR } };
  const [again] = await bringParts(admin, agency, file, onlyCleo);
  expect([again?.creatorId, again?.upload?.id], "once is once").toEqual([cleo?.creatorId, cleo?.upload?.id]);
  expect(await previewOf(admin, mira)).toMatchObject({
    kind: "read",
    channel: { id: studio.channelId },
    refused: 1,
    problems: [{ place: expect.stringContaining("Line 5") }],
  });
  expect((await representations.roster(admin, agency.id)).map(({ creatorName }) => creatorName)).toEqual([
    ...["Cleo Sings", "Mira Cooks", "Mira Cooks"],
  ]);
  for (const part of [mira, cleo]) {
    const preview = await previewOf(admin, part);
    const hash = preview?.kind === "read" ? (preview.hash ?? "") : "";
    await importNow(admin, part!.creatorId, part!.upload!.id, {
      ...{ hash, channelName: part!.creatorName, locale: "en-US" },
    });
    await previewOf(admin, part);
  }
  const minors = async (creatorId: string) =>
    (await payouts.list(admin, creatorId)).rows.map(({ minor }) => minor).sort();
  expect(await minors(studio.creatorId), "hers alone, by her owner's eyes too").toEqual([1_000n]);
  expect(await minors(cleo!.creatorId)).toEqual([3_000n, 3_100n]);
  await imports.undo(admin, cleo!.creatorId, cleo!.upload!.id);
  expect(await minors(cleo!.creatorId)).toEqual([]);
  expect(await minors(studio.creatorId), "another's undo leaves it").toEqual([1_000n]);
}, 60_000);

it("is refused to an assistant of the agency, to its strangers, and names no creator whom it does not represent", async () => {
  const { agency, studio } = await makeRoster();
  await expect(namesIn(studio.viewer, agency.id, file, undefined)).rejects.toMatchObject({
    code: "not_found",
  });
  const stranger = await makeRoster();
  const found = await namesIn(stranger.admin, stranger.agency.id, file, undefined);
  expect(JSON.stringify(found)).not.toContain(studio.creatorId);
});
