import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inputsAsOf } from "../../db/as-of";
import * as audit from "../../db/audit";
import { OPERATOR_ID } from "../../db/client";
import * as creators from "../../db/creators";
import * as pools from "../../db/pools";
import * as projections from "../../db/projections";
import { standing } from "../../db/revisions";
import * as totals from "../../db/totals";
import { BUILT_IN } from "../../lib/model/benchmarks";
import { historiesOf } from "../../lib/model/histories";
import { addMonths, firstDay, lastDay, type Month } from "../../lib/model/month";
import { poolCreators } from "../../lib/server/pools";
import { recordedAll } from "../db/recorded-at";
import { makeCreator, operatorOf, viewerOf } from "../factories";
import { asApp, connectApp, connectOwner, outcomeOf } from "../setup/catalogue";
import { makeChannel, makePayout, makeStudio, makeTraffic, type Studio } from "../studio";

const owner = connectOwner();
const app = connectApp();
let month: Month;

beforeEach(async () => {
  const [row] = await owner<{ month: Month }[]>`
    select to_char(now() at time zone 'America/New_York', 'YYYY-MM') as month`;
  month = row!.month;
});
// One who agreed in one test is nobody's to begin from in the next.
afterEach(() => owner`update creators set pools = false`.then(() => {}));
afterAll(async () => {
  await owner.end();
  await app.end();
});

/** Four months at `rate` USD per 1,000 qualified views, the published one being 0.66 for food. */
async function earn({ viewer, creatorId, channelId }: Omit<Studio, "user">, rate: number): Promise<void> {
  for (const back of [4, 3, 2, 1]) {
    const earned = addMonths(month, -back);
    const period = { fromDay: firstDay(earned), toDay: lastDay(earned) };
    await makeTraffic(viewer, creatorId, { channelId, ...period, views: 250_000, qualifiedViews: 100_000 });
    await makePayout(viewer, creatorId, { channelId, ...period, minor: BigInt(Math.round(rate * 10_000)) });
  }
}

async function agree(
  { viewer, creatorId }: Pick<Studio, "viewer" | "creatorId">,
  isOn = true,
): Promise<void> {
  const { version } = await creators.get(viewer, creatorId);
  await creators.setPools(viewer, { id: creatorId, pools: isOn, version });
}

async function makeEarners(count: number, rate: number): Promise<Studio[]> {
  const studios: Studio[] = [];
  for (let index = 0; index < count; index++) {
    const studio = await makeStudio();
    await earn(studio, rate * (1 + index / 100));
    await agree(studio);
    studios.push(studio);
  }
  return studios;
}

/** A creator whose first payout has just come: most of what is expected of him is where he begins. */
async function makeNewcomer(): Promise<Studio> {
  const studio = await makeStudio();
  const earned = addMonths(month, -1);
  const { channelId } = studio;
  const period = { fromDay: firstDay(earned), toDay: lastDay(earned) };
  const drawn = { views: 250_000, qualifiedViews: 100_000 };
  await makeTraffic(studio.viewer, studio.creatorId, { channelId, ...period, ...drawn });
  await makePayout(studio.viewer, studio.creatorId, { channelId, ...period });
  return studio;
}

async function startOf({ viewer, creatorId }: Studio) {
  const ledger = await totals.byMonth(viewer, creatorId);
  const [stream] = historiesOf({ ...ledger, perUsd: {}, benchmarks: BUILT_IN }, { asOf: month });
  return stream?.history.prior ?? null;
}

const run = () => poolCreators(operatorOf);

describe("pooling", () => {
  it("lets one who agreed begin where five others are, and says from whom and when", async () => {
    await makeEarners(5, 1.3);
    const newcomer = await makeNewcomer();
    await agree(newcomer);
    const before = await startOf(newcomer);
    expect(before).toMatchObject({ tau: 0.9, version: BUILT_IN.version, grade: "D" });
    await run();
    const after = await startOf(newcomer);
    const [today] = await owner`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day`;
    expect(after).toMatchObject({
      pooled: { creators: 5, tableRate: before?.rate },
      published: true,
      date: today?.day,
      version: `${BUILT_IN.version}+pool-${today?.day}`,
      source: `Pooled from 5 creators here who agreed to it, beside: ${before?.source}`,
    });
    expect(before?.rate).toBeCloseTo(0.66, 2);
    // The others' 1.30 to 1.35, held towards the published rate.
    expect(after?.rate).toBeGreaterThan(1);
    expect(after?.rate).toBeLessThan(1.35);
    expect(after?.tau).toBeLessThan(0.9);
    expect(await audit.list(newcomer.viewer, newcomer.creatorId)).toMatchObject([
      { action: "pool.starts", actor: OPERATOR_ID, detail: { cells: 1, priorVersion: BUILT_IN.version } },
      { action: "creator.pools" },
      {},
    ]);
  });

  it("leaves the published rate to him while only four others agreed", async () => {
    await makeEarners(4, 1.3);
    const newcomer = await makeNewcomer();
    await agree(newcomer);
    await run();
    expect(await startOf(newcomer)).toMatchObject({ version: BUILT_IN.version });
    expect(await pools.listInputs(operatorOf(newcomer.creatorId), newcomer.creatorId)).toHaveLength(4);
  });

  it("takes nothing from a creator who did not agree, and gives him nothing", async () => {
    await makeEarners(4, 1.3);
    const [quiet, newcomer] = [await makeStudio(), await makeNewcomer()];
    await earn(quiet, 1.3);
    await agree(newcomer);
    await run();
    expect(await startOf(newcomer)).toMatchObject({ version: BUILT_IN.version });
    expect(await startOf(quiet)).toMatchObject({ version: BUILT_IN.version });
    const [row] = await owner`
      select count(*)::int as n from pool_offsets where creator_id in (${quiet.creatorId}, ${newcomer.creatorId})`;
    expect(row?.n).toBe(0);
    await expect(pools.listInputs(operatorOf(quiet.creatorId), quiet.creatorId)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("ends with the run after he took it back, for him and for those who began from him", async () => {
    const [first, ...others] = await makeEarners(6, 1.3);
    await run();
    expect(await startOf(first!)).toMatchObject({ pooled: { creators: 5 } });
    expect(await startOf(others[0]!)).toMatchObject({ pooled: { creators: 5 } });
    await agree(first!, false);
    expect(await startOf(first!)).toMatchObject({ pooled: { creators: 5 } });
    await run();
    for (const studio of [first!, ...others])
      expect(await startOf(studio)).toMatchObject({ version: BUILT_IN.version });
    const [newest] = await owner`
      select offsets from pool_offsets where creator_id = ${first!.creatorId} order by recorded_at desc limit 1`;
    expect(newest?.offsets).toEqual([]);
  });

  it("counts the creators of one owner once, and those of his own not at all, so that nobody pools with himself", async () => {
    const [first, ...others] = await makeEarners(5, 1.3);
    await earnAsAnother(first!);
    const newcomer = await makeNewcomer();
    await agree(newcomer);
    const own = await earnAsAnother(newcomer);
    await run();
    expect(await pools.listInputs(operatorOf(newcomer.creatorId), newcomer.creatorId)).toHaveLength(5);
    expect(await pools.listInputs(operatorOf(own), own)).toHaveLength(5);
    expect(await pools.listInputs(operatorOf(first!.creatorId), first!.creatorId)).toHaveLength(
      others.length + 1,
    );
  });

  it("run again without anything new writes nothing, so that no page is worked out again", async () => {
    const [first] = await makeEarners(6, 1.3);
    await run();
    const rows = () =>
      owner`select (select count(*) from pool_offsets) + (select count(*) from pool_starts) as n`;
    const [count] = await rows();
    const { key } = await standing(first!.viewer, first!.creatorId);
    await run();
    expect(await rows()).toEqual([count]);
    expect((await standing(first!.viewer, first!.creatorId)).key).toBe(key);
  });

  it("never learns from itself: what was pooled before changes nothing that a creator gives", async () => {
    const studios = await makeEarners(6, 1.3);
    await run();
    const gives = () => owner`select offsets from pool_offsets where creator_id = ${studios[0]!.creatorId}`;
    const [before] = await gives();
    expect(before?.offsets).toMatchObject([
      { stream: "rewards", platform: "tiktok", format: "all", niche: "food" },
    ]);
    expect(before?.offsets[0].level).toBeGreaterThan(0.5);
    expect(Object.keys(before?.offsets[0]).sort()).toEqual(
      ["stream", "platform", "format", "level", "variance", "regions", "niche"].sort(),
    );
    await run();
    expect(await gives()).toHaveLength(1);
  });

  it("reports a creator's trouble and pools the others", async () => {
    const studios = await makeEarners(6, 1.3);
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = await makeStudio();
    const save = pools.saveOffsets;
    vi.spyOn(pools, "saveOffsets").mockImplementation((viewer, id, offsets) =>
      id === broken.creatorId ? Promise.reject(new Error("trouble")) : save(viewer, id, offsets),
    );
    await run();
    expect(told).toHaveBeenCalled();
    expect(await startOf(studios[0]!)).toMatchObject({ pooled: { creators: 5 } });
  });

  it("a frozen projection knows only what was pooled before its month began", async () => {
    await makeEarners(5, 1.3);
    const newcomer = await makeNewcomer();
    const { creatorId } = newcomer;
    await agree(newcomer);
    await run();
    const startAt = async () => {
      const inputs = await inputsAsOf(operatorOf(creatorId), creatorId, month);
      return historiesOf(inputs!.ledger, { asOf: month })[0]?.history.prior;
    };
    await recordedAll(creatorId, `${addMonths(month, -1)}-15T00:00:00Z`);
    expect(await startAt()).toMatchObject({ version: BUILT_IN.version });
    await owner.begin(async (sql) => {
      await sql`alter table pool_starts disable trigger user`;
      await sql`update pool_starts set recorded_at = ${`${addMonths(month, -1)}-20T12:00:00Z`} where creator_id = ${creatorId}`;
      await sql`alter table pool_starts enable trigger user`;
    });
    expect(await startAt()).toMatchObject({ pooled: { creators: 5 }, date: `${addMonths(month, -1)}-20` });
    await projections.freeze(operatorOf(creatorId), creatorId, month, 1);
    const [, frozen] = await projections.list(newcomer.viewer, creatorId, { from: month, to: month });
    expect(frozen?.projection?.priorVersion).toBe(`${BUILT_IN.version}+pool-${addMonths(month, -1)}-20`);
  });
});

describe("the walls around it", () => {
  it("raw SQL of a person gets no inputs, of the operator none for one who did not agree, and nobody sees another's rows", async () => {
    const [first, second] = await makeEarners(6, 1.3);
    const quiet = await makeStudio();
    await run();
    const ask = "select * from pool_inputs()";
    const { creatorId } = first!;
    for (const viewer of [
      {},
      { creatorId },
      { userId: first!.user.id },
      { userId: first!.user.id, creatorId },
    ])
      expect(await outcomeOf(app, viewer, ask)).toBe("42501");
    for (const acting of [{}, { creatorId: quiet.creatorId }])
      expect(await outcomeOf(app, { userId: OPERATOR_ID, ...acting }, ask)).toBe("42501");
    const rows = await asApp(app, { userId: OPERATOR_ID, creatorId }, (sql) => sql.unsafe(ask));
    expect(rows).toHaveLength(5);
    expect(Object.keys(rows[0]!).sort()).toEqual(
      ["stream", "platform", "format", "level", "variance", "regions", "niche"].sort(),
    );
    for (const table of ["pool_offsets", "pool_starts"]) {
      const seen = await asApp(app, { userId: second!.user.id }, (sql) =>
        sql.unsafe(`select distinct creator_id from ${table}`),
      );
      expect(seen.map((row) => row.creator_id)).toEqual([second!.creatorId]);
      expect(
        await outcomeOf(
          app,
          { userId: first!.user.id },
          `insert into ${table} select * from json_populate_record(null::${table}, '{"creator_id": "${creatorId}", "offsets": [], "starts": [], "prior_version": "1"}')`,
        ),
      ).toBe("42501");
    }
  });

  it("a sample agrees to nothing: its figures are made up", async () => {
    const { user } = await makeStudio();
    const viewer = viewerOf(user);
    const { id } = await makeCreator(viewer);
    await owner`update creators set is_sample = true where id = ${id}`;
    await expect(creators.setPools(viewer, { id, pools: true, version: 1 })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

/** A second creator of the same owner, who agreed too. Answers its id. */
async function earnAsAnother({ viewer }: Studio): Promise<string> {
  const { id: creatorId } = await makeCreator(viewer);
  const studio = { viewer, creatorId, channelId: await makeChannel(viewer, creatorId) };
  await earn(studio, 1.3);
  await agree(studio);
  return creatorId;
}
