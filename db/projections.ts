/**
 * What was projected, frozen before the month began and never written again. A projection for a month knows
 * what was recorded before its first instant in the creator's zone, however late the job that makes it runs.
 */
import { createHash, randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type BenchmarkTable, BUILT_IN, type Prior } from "../lib/model/benchmarks";
import { historiesOf, type StreamLedger, viewsByMonth } from "../lib/model/histories";
import { MODEL_VERSION } from "../lib/model/kinds";
import type { Currency } from "../lib/model/money";
import { addMonths, firstDay, type Month, monthOf, monthsFrom } from "../lib/model/month";
import { type Projection, projectStream } from "../lib/model/projection";
import type { Range } from "../lib/model/rate-money";
import type { Denominator } from "../lib/model/rpm";
import type { Band } from "../lib/model/student-t";
import { type Total, totalOf } from "../lib/model/total";
import type { Format, Platform, Stream } from "../lib/model/words";
import { DEADLINE_MS, type Inputs, inputsAsOf, ratesAsOf } from "./as-of";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import { standing } from "./revisions";
import { creators, deals, payouts, projections } from "./schema";
import { demand, scope, streamScope } from "./scope";
import { byMonth } from "./totals";

/** How far ahead a month's start looks: the month itself and the two after it. */
export const HORIZONS = [1, 2, 3] as const;

/** A stream's projection, or the total's (`stream` null), as it was frozen. */
export interface KeptProjection {
  id: string;
  targetMonth: Month;
  horizon: number;
  asOf: Date;
  madeAt: Date;
  /** made more than a day after the month had begun (same inputs) */
  isLate: boolean;
  /** null: the total over all streams, in the reporting currency of then */
  stream: Stream | null;
  platform: Platform | null;
  format: Format | "all";
  currency: Currency;
  denominator: Denominator | null;
  viewsProjected: number | null;
  medianMinor: bigint;
  bands: Record<Band, Range>;
  /** what the reporting currency was worth to it: pinned, whatever rates came later */
  rate: string | null;
  /** the whole projection; null for the total */
  projection: Projection | null;
}

/** Frozen projections of a range of months, by month, the total first. Horizon 1 was made last before its month. */
export function list(
  viewer: Viewer,
  creatorId: string,
  { from, to, horizon = 1 }: { from: Month; to: Month; horizon?: number },
): Promise<KeptProjection[]> {
  return read(viewer, async () => {
    const rows = await conn().execute<Row>(sql`
      ${selectKept(viewer, creatorId)}
        and ${projections.targetMonth} between ${from} and ${to} and ${projections.horizon} = ${horizon}
      order by ${projections.targetMonth}, ${projections.stream} <> 'total', ${projections.medianMinor} desc`);
    return rows.map(keptOf);
  });
}

/** One frozen projection, whole. Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<KeptProjection> {
  return read(viewer, async () => {
    const [row] = await conn().execute<Row>(
      sql`${selectKept(viewer, creatorId)} and ${projections.id} = ${id}`,
    );
    if (!row) throw notFound("projection");
    return keptOf(row);
  });
}

/**
 * The months up to this one that have begun since the creator joined and have no frozen projection yet, oldest
 * first; at most the last 24. A month in which he joined has none.
 */
export function listMissing(viewer: Viewer, creatorId: string): Promise<Month[]> {
  return transaction(viewer, async () => {
    const rows = await conn().execute<{ month: Month }>(sql`
      select to_char(m, 'YYYY-MM') as month
      from ${creators}
      cross join lateral (select now() at time zone ${creators.timeZone} as now, ${creators.createdAt} at time zone ${creators.timeZone} as joined) local
      cross join lateral generate_series(
        greatest(date_trunc('month', local.joined) + interval '1 month', date_trunc('month', local.now) - interval '23 months'),
        date_trunc('month', local.now), interval '1 month') as m
      where ${scope(viewer, creators.id, "amounts")} and ${creators.id} = ${creatorId}
        and (
          exists (select from ${payouts} where ${payouts.creatorId} = ${creatorId} and ${payouts.recordedAt} < m at time zone ${creators.timeZone})
          or exists (select from ${deals} where ${deals.creatorId} = ${creatorId} and ${deals.recordedAt} < m at time zone ${creators.timeZone})
        )
        and not exists (
          select from ${projections}
          where ${projections.creatorId} = ${creatorId} and ${projections.horizon} = 1
            and ${projections.targetMonth} = to_char(m, 'YYYY-MM') and ${projections.stream} = 'total')
      order by m`);
    return rows.map(({ month }) => month);
  });
}

/**
 * Freezes what is projected for a month, `horizon` months ahead: one row per stream that has an amount, and the
 * total. What is there already stays as it is. Only the operator may (and an owner of a sample, by policy).
 * Answers the number of new rows; 0 for a creator who joined later or had nothing to project from.
 */
export function freeze(
  viewer: Viewer,
  creatorId: string,
  targetMonth: Month,
  horizon: number,
  benchmarks: BenchmarkTable = BUILT_IN,
): Promise<number> {
  return transaction(
    viewer,
    async () => {
      if (viewer.kind !== "operator")
        throw new AppError("forbidden", "Projections are made by the job alone.");
      const asOf = addMonths(targetMonth, 1 - horizon);
      const inputs = await inputsAsOf(viewer, creatorId, asOf, benchmarks);
      if (inputs === null) return 0;
      const made = project(inputs, targetMonth, horizon);
      if (made.total === null) return 0;
      const isNew = await insertNew(projections, rowsOf(creatorId, inputs, targetMonth, horizon, made));
      if (isNew.size > 0)
        await audit(creatorId, "projection.made", targetMonth, {
          horizon,
          rows: isNew.size,
          asOf: inputs.asOf.toISOString(),
          modelVersion: MODEL_VERSION,
        });
      return isNew.size;
    },
    { deadlineMs: DEADLINE_MS },
  );
}

/**
 * The sample studio's projections: each month from the months before it, as if made five minutes after it began.
 * The walls refuse it for anything but a sample of the viewer's. Answers the number of rows.
 */
export function freezeSample(
  viewer: Viewer,
  creatorId: string,
  benchmarks: BenchmarkTable = BUILT_IN,
): Promise<number> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "write");
      const { creator, today } = await standing(viewer, creatorId);
      if (!creator.isSample) throw new AppError("forbidden", "Projections are made by the job alone.");
      const ledger = await byMonth(viewer, creatorId);
      const first = ledger.money.reduce(
        (least, { month }) => (month < least ? month : least),
        monthOf(today),
      );
      const months = monthsFrom(addMonths(first, 1), monthOf(today));
      const instants = await conn().execute<{ as_of: string }>(sql`
        select to_json(to_date(month, 'YYYY-MM')::timestamp at time zone ${creator.timeZone}) #>> '{}' as as_of
        from json_array_elements_text(${JSON.stringify(months)}::json) month`);
      const known = new Date(Date.now() + DEADLINE_MS);
      let made = 0;
      for (const [index, month] of months.entries()) {
        const asOf = new Date(instants[index]!.as_of);
        const before = <Cell extends { month: Month }>(cells: readonly Cell[]) =>
          cells.filter((cell) => cell.month < month);
        const money = before(ledger.money);
        const { rates, perUsd } = await ratesAsOf(viewer, creatorId, money, creator.currency, month, known);
        const inputs: Inputs = {
          reporting: creator.currency,
          asOf,
          asOfMonth: month,
          ledger: {
            ...ledger,
            money,
            traffic: before(ledger.traffic),
            deals: before(ledger.deals),
            events: ledger.events.filter(({ day }) => day < firstDay(month)),
            perUsd,
            benchmarks,
          },
          rates,
        };
        const rows = rowsOf(creatorId, inputs, month, 1, project(inputs, month, 1));
        const madeAt = new Date(asOf.getTime() + 5 * 60_000);
        made += (
          await insertNew(
            projections,
            rows.map((row) => ({ ...row, madeAt })),
          )
        ).size;
      }
      return made;
    },
    { deadlineMs: DEADLINE_MS },
  );
}

/** A table of starting rates as this creator's projections used it. */
export interface UsedPriors {
  version: string;
  /** the first and the last month it was used for */
  from: Month;
  to: Month;
  projections: number;
}

/** The versions of the starting rates that a creator's projections name, the newest first. */
export function listPriorVersions(viewer: Viewer, creatorId: string): Promise<UsedPriors[]> {
  return read(viewer, async () => {
    const rows = await conn().execute<{ version: string; first: Month; last: Month; rows: number }>(sql`
      select ${projections.priorVersion} as version, min(${projections.targetMonth}) as first,
        max(${projections.targetMonth}) as last, count(*)::int as rows
      from ${projections}
      where ${streamScope(viewer, projections)} and ${projections.creatorId} = ${creatorId}
        and ${projections.stream} <> 'total'
      group by 1 order by 3 desc, 1 desc`);
    return rows.map(({ version, first, last, rows: projections }) => ({
      version,
      from: first,
      to: last,
      projections,
    }));
  });
}

/**
 * The starting rates of a version as they stand in this creator's own projections: for a version of which no
 * table is left, such as an installation's own rows of last year. Each one once, with the stream it served.
 */
export function listPriorsUsed(
  viewer: Viewer,
  creatorId: string,
  version: string,
): Promise<{ stream: Stream; format: Format | "all"; prior: Prior }[]> {
  return read(viewer, async () => {
    const prior = sql`${projections.detail} #> '{inputs,prior}'`;
    const rows = await conn().execute<{ stream: Stream; format: Format | "all"; prior: Prior }>(sql`
      select distinct on (${projections.stream}, ${projections.platform}, ${projections.format})
        ${projections.stream}, ${projections.format}, ${prior} as prior
      from ${projections}
      where ${streamScope(viewer, projections)} and ${projections.creatorId} = ${creatorId}
        and ${projections.priorVersion} = ${version} and jsonb_typeof(${prior}) = 'object'
      order by ${projections.stream}, ${projections.platform}, ${projections.format}, ${projections.targetMonth} desc`);
    return [...rows];
  });
}

// ---------------------------------------------------------------- projecting

interface Made {
  streams: { stream: StreamLedger; projection: Projection }[];
  total: Total | null;
  viewsProjected: number | null;
}

function project(inputs: Inputs, targetMonth: Month, horizon: number): Made {
  const { ledger, asOfMonth, reporting, rates } = inputs;
  const streams = historiesOf(ledger, { asOf: asOfMonth }).map((stream) => ({
    stream,
    projection: projectStream(stream.history, targetMonth, horizon),
  }));
  const decimals = Object.fromEntries([...rates].map(([currency, { rate }]) => [currency, rate]));
  const views = [...viewsByMonth(ledger.traffic)].filter(
    ([month, count]) => month < asOfMonth && count !== null,
  );
  return {
    streams,
    total: totalOf(
      streams.map(({ projection }) => projection),
      reporting,
      decimals,
    ),
    viewsProjected: views.at(-1)?.[1] ?? null,
  };
}

type NewRow = Parameters<typeof insertNew<typeof projections>>[1][number];

function rowsOf(
  creatorId: string,
  { reporting, asOf, rates, ledger }: Inputs,
  targetMonth: Month,
  horizon: number,
  { streams, total, viewsProjected }: Made,
): NewRow[] {
  if (total === null) return [];
  const hashes = streams.map(({ stream }) => hashOf(stream.history));
  const common = {
    creatorId,
    targetMonth,
    horizon,
    asOf,
    modelVersion: MODEL_VERSION,
  };
  const rows = streams.flatMap(({ stream, projection }, index): NewRow[] => {
    const { key, medianMinor, bands } = projection;
    if (medianMinor === null || bands === null) return [];
    const rate = rates.get(key.currency);
    return [
      {
        ...common,
        id: randomUUID(),
        stream: key.stream,
        platform: stream.platform ?? "none",
        format: key.format,
        currency: key.currency,
        basis: projection.basis,
        denominator: projection.denominator ?? "month",
        viewsProjected: projection.inputs.views === null ? null : Math.round(projection.inputs.views),
        medianMinor,
        ...bandsOf(bands),
        mu: projection.mu,
        sd: projection.sd,
        df: projection.df,
        x: projection.x,
        mix: projection.mix,
        season: projection.season,
        rateId: rate?.id ?? null,
        rate: key.currency === reporting ? null : (rate?.rate ?? null),
        priorVersion: projection.priorVersion,
        inputHash: hashes[index]!,
        detail: toJson(projection),
      },
    ];
  });
  return [
    ...rows,
    {
      ...common,
      id: randomUUID(),
      stream: "total",
      platform: "all",
      format: "all",
      currency: reporting,
      basis: "sum",
      denominator: "views",
      viewsProjected: viewsProjected === null ? null : Math.round(viewsProjected),
      medianMinor: total.medianMinor,
      ...bandsOf(total.bands),
      mu: null,
      sd: null,
      df: null,
      x: null,
      mix: null,
      season: null,
      rateId: null,
      rate: null,
      priorVersion: ledger.benchmarks.version,
      inputHash: hashOf(hashes),
      detail: toJson({
        unconverted: total.unconverted,
        without: total.without,
        rates: Object.fromEntries(
          [...rates]
            .filter(([currency]) => currency !== reporting)
            .map(([currency, { id, day, rate, source }]) => [currency, { id, day, rate, source }]),
        ),
      }),
    },
  ];
}

function bandsOf(bands: Readonly<Record<Band, Range>>) {
  return {
    lo50Minor: bands[50].lo,
    hi50Minor: bands[50].hi,
    lo80Minor: bands[80].lo,
    hi80Minor: bands[80].hi,
    lo95Minor: bands[95].lo,
    hi95Minor: bands[95].hi,
  };
}

function hashOf(inputs: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(toJson(inputs as object)))
    .digest("hex");
}

// ---------------------------------------------------------------- as it is stored

/** JSON has no bigint; amounts are kept as text. */
function toJson(value: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part)),
  );
}

function fromJson(detail: Record<string, unknown>): Projection {
  const stored = detail as unknown as Omit<
    Projection,
    "medianMinor" | "bookedMinor" | "meanMinor" | "bands"
  > & {
    medianMinor: string | null;
    bookedMinor?: string;
    meanMinor: string | null;
    bands: Record<Band, { lo: string; hi: string }> | null;
  };
  const amount = (text: string | null) => (text === null ? null : BigInt(text));
  const range = ({ lo, hi }: { lo: string; hi: string }) => ({ lo: BigInt(lo), hi: BigInt(hi) });
  const { bookedMinor, ...others } = stored;
  return {
    ...others,
    ...(bookedMinor === undefined ? {} : { bookedMinor: BigInt(bookedMinor) }),
    medianMinor: amount(stored.medianMinor),
    meanMinor: amount(stored.meanMinor),
    bands: stored.bands && {
      50: range(stored.bands[50]),
      80: range(stored.bands[80]),
      95: range(stored.bands[95]),
    },
  };
}

interface Row extends Record<string, unknown> {
  id: string;
  target_month: Month;
  horizon: number;
  as_of: Date;
  made_at: Date;
  is_late: boolean;
  stream: Stream | "total";
  platform: Platform | "none" | "all";
  format: Format | "all";
  currency: Currency;
  denominator: Denominator | "month";
  views_projected: string | null;
  median: string;
  bands: Record<`${"lo" | "hi"}${Band}`, string | null>;
  rate: string | null;
  detail: Record<string, unknown> | null;
}

function selectKept(viewer: Viewer, creatorId: string): SQL {
  return sql`
    select ${projections.id}, ${projections.targetMonth}, ${projections.horizon}, ${projections.asOf}, ${projections.madeAt},
      ${projections.madeAt} > ${projections.asOf} + interval '1 day' as is_late,
      ${projections.stream}, ${projections.platform}, ${projections.format}, ${projections.currency}, ${projections.denominator},
      ${projections.viewsProjected}::text, ${projections.medianMinor}::text as median,
      json_build_object(
        'lo50', ${projections.lo50Minor}::text, 'hi50', ${projections.hi50Minor}::text,
        'lo80', ${projections.lo80Minor}::text, 'hi80', ${projections.hi80Minor}::text,
        'lo95', ${projections.lo95Minor}::text, 'hi95', ${projections.hi95Minor}::text) as bands,
      trim_scale(${projections.rate})::text as rate,
      case when ${projections.stream} <> 'total' then ${projections.detail} end as detail
    from ${projections}
    where ${streamScope(viewer, projections)} and ${projections.creatorId} = ${creatorId}`;
}

function keptOf(row: Row): KeptProjection {
  const median = BigInt(row.median);
  const range = (band: Band): Range => {
    const [lo, hi] = [row.bands[`lo${band}`], row.bands[`hi${band}`]];
    return { lo: lo === null ? median : BigInt(lo), hi: hi === null ? median : BigInt(hi) };
  };
  return {
    id: row.id,
    targetMonth: row.target_month,
    horizon: row.horizon,
    asOf: new Date(row.as_of),
    madeAt: new Date(row.made_at),
    isLate: row.is_late,
    stream: row.stream === "total" ? null : row.stream,
    platform: row.platform === "none" || row.platform === "all" ? null : row.platform,
    format: row.format,
    currency: row.currency,
    denominator: row.denominator === "month" ? null : row.denominator,
    viewsProjected: row.views_projected === null ? null : Number(row.views_projected),
    medianMinor: median,
    bands: { 50: range(50), 80: range(80), 95: range(95) },
    rate: row.rate,
    projection: row.detail === null ? null : fromJson(row.detail),
  };
}
