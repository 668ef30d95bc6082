import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { backtest } from "../../lib/cli/backtest";
import { readRows } from "../../lib/cli/backtest/file";
import { forecastsOf, throughPeriods } from "../../lib/cli/backtest/forecast";
import { type Judged, judge } from "../../lib/cli/backtest/judge";
import { type ReadSettings, Unreadable } from "../../lib/cli/backtest/rows";
import { type Series, seriesOf } from "../../lib/cli/backtest/series";
import { typescriptCommand } from "../../lib/cli/database.mjs";
import { priorFor } from "../../lib/model/benchmarks";
import { addMonths, monthOf, monthsBetween } from "../../lib/model/month";
import { NAIVE_RULES } from "../../lib/model/naive";
import { random } from "../../lib/model/random";
import { CONTENT_HEADER, contentText, csvText, realData, utf8 } from "../import/fixtures";
import { ADS_KEY } from "../model/stories";

const SETTINGS: ReadSettings = {};

function seriesIn(text: string, settings = SETTINGS, perUsd: number | null = null): Series[] {
  return seriesOf(readRows(utf8(text), "file.csv", settings), perUsd);
}

function refusalOf(text: string, settings = SETTINGS, perUsd: number | null = null): string {
  try {
    seriesIn(text, settings, perUsd);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  throw new Error("read instead of refused");
}

/** Months of money that follows watch time, with a gap where `missing` says so. */
function months(seed: number, count: number, missing: readonly number[] = []): Series {
  const source = random(seed);
  const periods = Array.from({ length: count }, (_, index) => {
    const month = addMonths(monthOf("2023-01"), index);
    const views = Math.round(100_000 * Math.exp(0.3 * source.normal()));
    const watch = 180 * Math.exp(0.5 * source.normal());
    const rate = 3 * (watch / 180) ** 0.8 * Math.exp(0.1 * source.normal());
    return {
      label: month,
      at: monthsBetween(monthOf("2000-01"), month),
      month,
      views,
      watchSeconds: Math.round(watch * views),
      regions: { us_ca_au: 0.2 + 0.6 * source.uniform() },
      minor: BigInt(Math.round((rate * views) / 10)),
    };
  }).filter((_, index) => !missing.includes(index));
  const prior = priorFor({ ...ADS_KEY, perUsd: 1, regions: periods[0]!.regions });
  return { name: "revenue", unit: "month", key: ADS_KEY, perUsd: 1, prior, periods };
}

const ratioOf = ({ rules }: Judged, rule: string) => rules.find((each) => each.rule === rule)!.ratio!;

describe("judging", () => {
  test("two months by hand: last paid 4.00, then 2.00 came: the rule's error is log 2, trailing 3 the same", () => {
    const [series] = seriesIn("period,views,revenue\n2025-01,1000,4\n2025-02,1000,2\n");
    const { periods, rules, interval } = judge(series!);
    expect(periods).toHaveLength(1);
    expect(periods[0]).toMatchObject({ period: "2025-02", thousands: 1 });
    expect(periods[0]!.actual).toBeCloseTo(2, 10);
    const errors = Object.fromEntries(rules.map(({ rule, error }) => [rule, error]));
    expect(errors.last).toBeCloseTo(Math.log(2), 10);
    expect(errors.trailing3).toBeCloseTo(Math.log(2), 10);
    expect(errors.fixed).toBeCloseTo(Math.log(3 / 2), 10);
    expect(errors).not.toHaveProperty("seasonal");
    expect(errors).not.toHaveProperty("lastPerHour");
    expect(interval).toBeNull();
  });

  test("months walked as periods give to the bit what the projections themselves give, over gaps and mixes too", () => {
    for (const series of [months(1, 30), months(2, 30, [4, 5, 11]), { ...months(3, 20), prior: null }]) {
      const walked = throughPeriods(series, 1);
      const replayed = forecastsOf(series);
      expect(walked).toHaveLength(series.periods.length);
      for (const [index, { expected, actual }] of replayed.entries()) {
        expect(walked[index]!.actual).toEqual(actual);
        expect(walked[index]!.expected).toEqual(expected);
      }
    }
  });

  test("money in other units, the benchmark with it, changes no error but that of the fixed rule", () => {
    fc.assert(
      fc.property(fc.integer(), fc.bigInt({ min: 2n, max: 500n }), (seed, factor) => {
        const series = months(seed, 20);
        const scaled: Series = {
          ...series,
          prior: { ...series.prior!, rate: series.prior!.rate * Number(factor) },
          periods: series.periods.map((period) => ({ ...period, minor: period.minor! * factor })),
        };
        const [one, other] = [judge(series), judge(scaled)];
        expect(other.model!.error).toBeCloseTo(one.model!.error, 9);
        for (const [index, rule] of one.rules.entries()) {
          const same = other.rules[index]!;
          expect(same.rule).toBe(rule.rule);
          if (rule.rule === "fixed") expect(same.error).toBeGreaterThan(0);
          else expect(same.error).toBeCloseTo(rule.error, 9);
        }
        expect(other.interval!.ratio).toBeCloseTo(one.interval!.ratio!, 8);
      }),
      { numRuns: 50 },
    );
  });

  test("where money follows watch time, the model beats every rule that looks at views alone", () => {
    const judged = judge(months(7, 36));
    for (const rule of ["last", "trailing3", "trailing6", "trailing12", "mean", "median", "fixed"])
      expect(ratioOf(judged, rule)).toBeLessThan(0.8);
    expect(judged.interval!.ratio!).toBeLessThan(0.8);
  });

  test("so does income of another kind, once two payouts have made it regular", () => {
    const series: Series = { ...months(4, 20), key: { ...ADS_KEY, stream: "affiliate" } };
    const replayed = forecastsOf(series);
    const walked = throughPeriods(series, 1);
    expect(replayed.map(({ expected }) => expected === null)).toEqual(
      Array.from({ length: 20 }, (_, i) => i < 2),
    );
    expect(walked.slice(2).map(({ expected }) => expected)).toEqual(
      replayed.slice(2).map(({ expected }) => expected),
    );
  });

  test("the first video is expected at the benchmark, with tau 0.9 and a video's noise of 0.3: the root of 0.9", () => {
    const [first] = months(6, 1).periods;
    const period = { ...first!, month: null, at: null, watchSeconds: first!.views! * 180, regions: null };
    const [forecast] = forecastsOf({ ...months(6, 1), unit: "video", periods: [period] });
    expect(forecast!.expected!.mu).toBeCloseTo(Math.log(months(6, 1).prior!.rate), 10);
    expect(forecast!.expected!.sd).toBeCloseTo(Math.sqrt(0.9 ** 2 + 0.3 ** 2), 10);
  });

  test("deals have no rate by week either", () => {
    const deals: Series = { ...months(6, 8), unit: "week", key: { ...ADS_KEY, stream: "sponsorship" } };
    expect(judge(deals)).toMatchObject({ periods: [], unjudged: 8, model: null });
  });

  test("a week walks a part of a month: the band after many weeks is narrower than after as many months", () => {
    const series = months(5, 20);
    const last = (step: number) => throughPeriods(series, step).at(-1)!.expected!.sd;
    expect(last(12 / 52)).toBeLessThan(last(1));
  });

  test("a rule is compared over the periods in which it has something to say", () => {
    const { rules, periods } = judge(months(9, 20));
    expect(periods).toHaveLength(19);
    expect(rules.find(({ rule }) => rule === "seasonal")!.periods).toBe(8);
    const after = periods.slice(-8);
    const mean = after.reduce((sum, each) => sum + Math.abs(Math.log(each.actual / each.expected)), 0) / 8;
    expect(rules.find(({ rule }) => rule === "seasonal")!.modelError).toBeCloseTo(mean, 12);
  });

  // A real web site's 38 months, read where it lies; on a machine without the file there is nothing to run.
  const isitketo = realData("isitketo-monthly.csv");
  if (isitketo) {
    const series = seriesIn(readFileSync(isitketo, "utf8"));
    const named = (name: string) => series.find((each) => each.name === name)!;

    test("isitketo's total is at most 0.95 of trailing three and 1.12 of last month (nothing beats it there)", () => {
      const periods = named("total_usd").periods.filter(
        ({ label }) => label >= "2019-07" && label <= "2022-01",
      );
      const judged = judge({ ...named("total_usd"), periods });
      expect(judged.periods).toHaveLength(30);
      expect(ratioOf(judged, "trailing3")).toBeLessThanOrEqual(0.95);
      expect(ratioOf(judged, "last")).toBeLessThanOrEqual(1.12);
      expect(judged.better).toEqual(["last"]);
    });

    test("isitketo's affiliate income is at most 1.00 of trailing three", () => {
      const judged = judge(named("amazon_usd"));
      expect(judged.periods).toHaveLength(30);
      expect(judged.series.key.stream).toBe("affiliate");
      expect(ratioOf(judged, "trailing3")).toBeLessThanOrEqual(1);
    });

    test("a file with a column of totals gets no second total", () => {
      expect(series.map(({ name }) => name)).toEqual(["adsense_usd", "amazon_usd", "total_usd"]);
    });
  }
});

describe("what the command prints", () => {
  const text = csvText([
    ["period", "views", "watch_hours", "revenue", "currency"],
    ...months(11, 14).periods.map(({ label, views, watchSeconds, minor }) => {
      return [label, String(views), String(watchSeconds! / 3600), String(Number(minor!) / 100), "USD"];
    }),
  ]);
  const settings = { settings: {}, perUsd: null };

  test("one JSON object with every rule, the bands and a row for each period", () => {
    const report = JSON.parse(backtest(utf8(text), "file.csv", { ...settings, isJson: true }));
    expect(Object.keys(report)).toEqual(["table", "unit", "notes", "series"]);
    expect(report).toMatchObject({ table: "Plain table", unit: "month", notes: [] });
    const [series] = report.series;
    expect(series).toMatchObject({
      name: "revenue",
      stream: "ads",
      platform: "youtube",
      format: "all",
      currency: "USD",
      perUsd: 1,
      kind: "ads",
      judged: 13,
      unjudged: 1,
    });
    expect(Object.keys(series.model)).toEqual(["error", "bias", "wmape", "wmapeShown", "coverage"]);
    expect(Object.keys(series.model.coverage)).toEqual(["50", "80", "95"]);
    expect(series.naive.map(({ rule }: { rule: string }) => rule)).toEqual(NAIVE_RULES);
    for (const rule of series.naive)
      expect(Object.keys(rule)).toEqual(["rule", "periods", "error", "modelError", "ratio", "wmape"]);
    expect(Object.keys(series.interval80)).toEqual(["periods", "model", "last", "ratio"]);
    expect(series.periods).toHaveLength(13);
    const inside = ["inside50", "inside80", "inside95"];
    expect(Object.keys(series.periods[0])).toEqual([
      "period",
      "actual",
      "expected",
      "lo80",
      "hi80",
      ...inside,
      ...NAIVE_RULES,
    ]);
    for (const { actual, lo80, hi80, inside80 } of series.periods)
      expect(inside80).toBe(actual >= lo80 && actual <= hi80);
  });

  test("a table with a line for each rule, and in words where a rule is better", () => {
    const flat = csvText([
      ["period", "views", "revenue"],
      ...Array.from({ length: 8 }, (_, index) => [`2025-0${index + 1}`, "100000", "250"]),
    ]);
    const printed = backtest(utf8(flat), "file.csv", { ...settings, isJson: false });
    expect(printed).toContain("revenue (Ads, Other, USD, ads and rewards by month): 7 months judged");
    expect(printed).toMatch(/^rule +months +error +model +model\/rule +money off$/m);
    expect(printed).toMatch(/^last +7 +0\.000 +0\.\d{3} +- +0\.0 %$/m);
    expect(printed).toMatch(/^Better than the model here: last \(0\.000 against 0\.\d{3}\)/m);
    const better = backtest(utf8(text), "file.csv", { ...settings, isJson: false });
    expect(better).toMatch(/^Inside the 50 % band \d+ %, the 80 % band \d+ %, the 95 % band \d+ %;/m);
    expect(better).toMatch(/^80 % interval score over 8: /m);
  });

  test("money too irregular for a rate is named as such, not scored", () => {
    const deals = "Month,Views,Sponsorship USD\n2025-01,1000,500\n2025-02,1000,700\n2025-03,1000,100\n";
    const printed = backtest(utf8(deals), "file.csv", { ...settings, isJson: false });
    expect(printed).toMatch(/0 months judged, 3 with money not judged\nNothing to judge: .*no rate/);
  });

  test("exit code 1 and one sentence for a bad file, 0 and only the report for a good one", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "permille-backtest-"));
    const [program = "", ...words] = typescriptCommand("lib/cli/backtest.ts");
    const run = (...args: string[]) =>
      spawnSync(program, [...words, ...args], {
        env: { ...process.env, INIT_CWD: folder },
        encoding: "utf8",
      });
    try {
      writeFileSync(path.join(folder, "good.csv"), text);
      writeFileSync(path.join(folder, "bad.csv"), "period,views,revenue\n2025-01,many,1\n");
      const good = run("good.csv", "--json");
      expect([good.status, good.stderr]).toEqual([0, ""]);
      expect(JSON.parse(good.stdout).series).toHaveLength(1);
      const bad = run("bad.csv");
      expect([bad.status, bad.stdout]).toEqual([1, ""]);
      expect(bad.stderr).toMatch(/^bad\.csv: line 2, column "views": "many" is not .*; write .*\n$/);
      const said = (...args: string[]) => run(...args).stderr;
      expect(said()).toMatch(/^Name one file: npm run backtest -- FILE/);
      expect(said("none.csv")).toMatch(/none\.csv cannot be read \(ENOENT\); check its name and place\.\n$/);
      expect(said("good.csv", "--unit", "year")).toBe('--unit is one of month, week, video, not "year".\n');
      expect(said("good.csv", "--loud")).toMatch(
        /^These words make no command: good\.csv --loud\. It is npm run/,
      );
      expect(said("good.csv", "--per-usd", "much")).toMatch(/^--per-usd "much" is not a rate; write /);
      expect(said("good.csv", "--platform", "radio")).toMatch(/^--platform is one of youtube, tiktok, other/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("reading a plain table", () => {
  test("month, views, amount and watch hours by name; an empty cell is unknown, not zero", () => {
    const [series] = seriesIn("month,views,amount,watch_hours\n2025-01,1000,12.345,5\n2025-02,,,\n");
    expect(series!.periods).toMatchObject([
      { label: "2025-01", views: 1000, minor: 1234n, watchSeconds: 18_000, month: "2025-01" },
      { label: "2025-02", views: null, minor: null, watchSeconds: null },
    ]);
    expect(series!.key).toMatchObject({ currency: "USD", platform: "youtube", stream: "ads" });
  });

  test("page views and columns in dollars: a series each and their total, unknown where one of them is", () => {
    const series = seriesIn("month,pageviews,adsense_usd,amazon_usd\n2025-01,1000,3,1.5\n2025-02,1000,4,\n");
    expect(series.map(({ name, key }) => [name, key.stream, key.platform])).toEqual([
      ["adsense_usd", "ads", "other"],
      ["amazon_usd", "affiliate", "other"],
      ["total", "ads", "other"],
    ]);
    expect(series[2]!.periods).toMatchObject([
      { views: 1000, minor: 450n },
      { views: 1000, minor: null },
    ]);
  });

  test("formats are series of their own, and their total has the traffic and money of both", () => {
    const text =
      "period,views,watch_hours,revenue,format\n2025-01,1000,10,3,long\n2025-01,9000,5,0.50,short\n";
    const series = seriesIn(text);
    expect(series.map(({ name, key }) => [name, key.format])).toEqual([
      ["revenue, long", "long"],
      ["revenue, short", "short"],
      ["total", "all"],
    ]);
    expect(series[2]!.periods).toMatchObject([{ views: 10_000, watchSeconds: 54_000, minor: 350n }]);
  });

  test("days add up to ISO weeks or months; a day without money gives neither its views", () => {
    const text =
      "period,views,revenue\n2024-12-29,100,1\n2024-12-30,200,2\n2024-12-31,300,\n2025-01-01,400,4\n";
    expect(seriesIn(text, { unit: "week" })[0]!.periods).toMatchObject([
      { label: "2024-W52", views: 100, minor: 100n, month: "2024-12" },
      { label: "2025-W01", views: 600, minor: 600n, month: "2025-01" },
    ]);
    expect(seriesIn(text)[0]!.periods).toMatchObject([
      { label: "2024-12", views: 300, minor: 300n },
      { label: "2025-01", views: 400, minor: 400n },
    ]);
  });

  test("weeks by name lie one apart over a new year", () => {
    const [series] = seriesIn("period,views,revenue\n2020-W53,100,1\n2021-W01,100,1\n", { unit: "week" });
    expect(series!.periods[1]!.at! - series!.periods[0]!.at!).toBe(1);
  });

  test("videos named by days go by the day and feel its season, even two of one day; others stay as they are", () => {
    const [days] = seriesIn("period,views,revenue\n2025-02-01,9,1\n2025-01-05,8,1\n2025-01-05,7,1\n", {
      unit: "video",
    });
    expect(days!.periods).toMatchObject([
      { label: "2025-01-05", views: 8, month: "2025-01", at: null },
      { label: "2025-01-05", views: 7 },
      { label: "2025-02-01", views: 9, month: "2025-02" },
    ]);
    const [titles] = seriesIn("period,views,revenue\nZebra,9,1\nApe,8,1\n", { unit: "video" });
    expect(titles!.periods).toMatchObject([
      { label: "Zebra", month: null },
      { label: "Ape", month: null },
    ]);
  });

  test("audience as parts of 1 or as percent, by our regions or by countries in capitals", () => {
    const parts = "period,views,revenue,us_ca_au,DE,id\n2025-01,1000,3,0.5,0.25,7\n";
    const percent = "period,views,revenue,US,CA,DE,id\n2025-01,1000,3,30 %,20,25,7\n";
    for (const text of [parts, percent]) {
      const [series] = seriesIn(text);
      expect(series!.periods[0]!.regions).toEqual({ us_ca_au: 0.5, uk_de_nordics: 0.25 });
      // 0.5 x 5 + 0.25 x 4 + the unknown quarter x 2
      expect(series!.prior!.rate).toBeCloseTo(4, 10);
    }
    expect(readRows(utf8(parts), "file.csv", SETTINGS).notes[0]).toBe("Columns left out: id.");
  });

  test("TikTok pays rewards; the platform named is taken where the file names none", () => {
    const [series] = seriesIn("period,views,revenue\n2025-01,1000,3\n", { platform: "tiktok" });
    expect(series!.key).toMatchObject({ platform: "tiktok", stream: "rewards" });
    expect(series!.prior!.programme).toBe("Creator Rewards");
  });

  test("another currency needs its rate for a benchmark and the rule of $3, and says so without it", () => {
    const text = "period,views,revenue,currency\n2025-01,1000,3,eur\n2025-02,1000,3,EUR\n2025-03,1000,,\n";
    expect(seriesIn(text)[0]).toMatchObject({ perUsd: null, prior: null, key: { currency: "EUR" } });
    const [series] = seriesIn(text, SETTINGS, 0.5);
    expect(series!.prior!.rate).toBe(1);
    expect(judge(series!).periods[0]!.naive.fixed).toBeCloseTo(1.5, 10);
    const options = { settings: SETTINGS, perUsd: null, isJson: false };
    expect(backtest(utf8(text), "file.csv", options)).toMatch(/No rate to US dollars: .* Add --per-usd/);
  });

  test("semicolons and decimal commas, and a table alone in a zip", () => {
    const german = utf8("period;views;revenue\n2025-01;1000;3,50\n2025-02;1.000;1.250,00\n");
    for (const bytes of [german, zipSync({ "months.csv": german })]) {
      const [series] = seriesOf(readRows(bytes, "file", SETTINGS), null);
      expect(series!.periods.map(({ minor }) => minor)).toEqual([350n, 125_000n]);
    }
  });

  test.each([
    ["an empty table", "period,views,revenue\n", /header but no rows/],
    [
      "a column twice",
      "period,views,views,revenue\n2025-01,1,1,1\n",
      /^line 1, column "views": .*rename or remove/,
    ],
    ["no such month", "month,views,amount\n2025-13,1,1\n", /^line 2, column "month": "2025-13" .*YYYY-MM/],
    [
      "no period",
      "period,views,revenue\n2025-01,1,1\n,1,1\n",
      /^line 3, column "period": The period is empty/,
    ],
    [
      "a week among months",
      "period,views,revenue\n2025-W03,1,1\n",
      /^line 2, column "period": .*--unit week/,
    ],
    ["views in words", "month,views,amount\n2025-01,many,1\n", /^line 2, column "views": "many".*write/],
    ["shortened money", "month,views,amount\n2025-01,1,1e3\n", /^line 2, column "amount": "1e3".*save again/],
    [
      "negative watch time",
      "month,views,amount,watch_hours\n2025-01,1,1,-2\n",
      /^line 2, column "watch_hours"/,
    ],
    [
      "an unknown currency",
      "period,views,revenue,currency\n2025-01,1,1,ABC\n",
      /^line 2, column "currency": "ABC"/,
    ],
    [
      "an unknown format",
      "period,views,revenue,format\n2025-01,1,1,reel\n",
      /^line 2, column "format": "reel".*short/,
    ],
    ["a month twice", "period,views,revenue\n2025-01,1,1\n2025-01,1,1\n", /^line 3, .*on line 2; keep one/],
    [
      "a month and a day of it",
      "period,views,revenue\n2025-01,1,1\n2025-01-05,1,1\n",
      /^line 3, .*on line 2/,
    ],
    ["a day and its month", "period,views,revenue\n2025-01-05,1,1\n2025-01,1,1\n", /^line 3, .*on line 2/],
    ["cells too many", "period,views,revenue\n2025-01,1,1,9\n", /^line 2: This row has 4 cells/],
    [
      "shares in words",
      "period,views,revenue,US\n2025-01,1,1,half\n",
      /^line 2, column "US": "half" .*0\.25 or 25/,
    ],
    [
      "shares of too much",
      "period,views,revenue,US,DE\n2025-01,1,1,70,50\n",
      /^line 2, column "US": .*up to 120;/,
    ],
    [
      "parts among percent",
      "period,views,revenue,US\n2025-01,1,1,0.5\n2025-02,1,1,50\n",
      /^line 2, column "US": .*up to 0\.5, of another to 50; write/,
    ],
    ["no table", "", /file is empty/],
  ])("refused with line, column and remedy: %s", (_, text, message) => {
    expect(refusalOf(text)).toMatch(message);
  });

  test("refused by unit: a month as a week, a video twice, a rate without a currency for it", () => {
    expect(refusalOf("period,views,revenue\n2025-01,1,1\n", { unit: "week" })).toMatch(
      /^line 2, column "period": "2025-01" is no week; write it as 2026-W03/,
    );
    expect(refusalOf("period,views,revenue\na,1,1\na,1,1\n", { unit: "video" })).toMatch(/^line 3, .*line 2/);
    expect(refusalOf("period,views,revenue\n2025-01,1,1\n", {}, 2)).toMatch(/--per-usd .* leave it out/);
  });

  test("whatever the bytes are, they are read or refused in words", () => {
    const words = ["period", "views", "revenue", "US", ",", "\n", ";", '"', "2025-01", "1", "-", "%", "é"];
    const texts = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((drawn) => drawn.join(""));
    const table = texts.map((text) => `period,views,revenue,US\n${text}`);
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), texts.map(utf8), table.map(utf8));
    fc.assert(
      fc.property(bytes, fc.constantFrom("month", "week", "video"), (each, unit) => {
        const options = { settings: { unit }, perUsd: null, isJson: false } as const;
        try {
          backtest(each, "file.csv", options);
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("reading what can be imported", () => {
  test("YouTube's table of videos: one video after the other as published, those without a day last", () => {
    const [series] = seriesIn(contentText());
    expect(series).toMatchObject({
      unit: "video",
      key: { platform: "youtube", stream: "ads", currency: "USD" },
    });
    expect(series!.periods).toMatchObject([
      { label: "aaaaaaaaaa1", month: "2020-05", views: 4000, watchSeconds: 720_900 },
      { label: "-pdXWmj9xxU", month: "2023-12" },
      { label: "-1bcdefghij", month: "2024-11" },
      { label: "bbbbbbbbbb4", month: null, minor: null },
    ]);
    const total = series!.periods.reduce((sum, { minor }) => sum + (minor ?? 0n), 0n);
    expect(total).toBe(1985n);
    expect(judge(series!).periods.map(({ period }) => period)).toEqual(["-pdXWmj9xxU", "-1bcdefghij"]);
  });

  const days = csvText([
    ["Date", "Views", "Watch time (hours)", "Estimated revenue (USD)"],
    ["Total", "1000", "100", "10"],
    ["2024-12-29", "100", "10", "1"],
    ["2024-12-30", "200", "20", "2"],
    ["2024-12-31", "300", "30", "3"],
    ["2025-01-01", "400", "40", "4"],
  ]);

  test("YouTube's table of days: summed into months, or into ISO weeks", () => {
    expect(seriesIn(days)[0]!.periods).toMatchObject([
      { label: "2024-12", views: 600, watchSeconds: 216_000, minor: 600n },
      { label: "2025-01", views: 400, watchSeconds: 144_000, minor: 400n },
    ]);
    expect(seriesIn(days, { unit: "week" })[0]!.periods).toMatchObject([
      { label: "2024-W52", views: 100, minor: 100n },
      { label: "2025-W01", views: 900, minor: 900n },
    ]);
  });

  test("somebody's own table: a series a stream, and a total over the traffic they share", () => {
    const own = "Monat;Aufrufe;AdSense (EUR);Amazon (EUR)\nJan 2025;1000;3,50;1,00\nFeb 2025;2000;4,00;\n";
    const series = seriesIn(own);
    expect(series.map(({ name, key }) => [name, key.stream, key.currency])).toEqual([
      ["Ads", "ads", "EUR"],
      ["Affiliate", "affiliate", "EUR"],
      ["total", "ads", "EUR"],
    ]);
    expect(series[2]!.periods).toMatchObject([
      { label: "2025-01", views: 1000, minor: 450n },
      { label: "2025-02", views: 2000, minor: null },
    ]);
  });

  test("money beside views that no header names a stream for is what the platform pays", () => {
    const own = "Month,Views,Earnings USD\nJan 2025,1000,3.50\n";
    expect(seriesIn(own)[0]!.key.stream).toBe("ads");
    expect(seriesIn(own, { platform: "tiktok" })[0]!.key.stream).toBe("rewards");
  });

  test("streams below each other: a stream without a row earned nothing apart, so the total is what is there", () => {
    const long =
      "Month,Views,Stream,Amount,Currency\n2025-01,1000,ads,3,USD\n2025-01,1000,shop,2,USD\n2025-02,900,ads,4,USD\n";
    expect(seriesIn(long).find(({ name }) => name === "total")!.periods).toMatchObject([
      { views: 1000, minor: 500n },
      { views: 900, minor: 400n },
    ]);
  });

  const noMoney = csvText([CONTENT_HEADER.slice(0, 4), ["aaaaaaaaaa1", "Title", "May 8, 2020", "4000"]]);
  test.each([
    ["videos as months", contentText(), { unit: "month" }, /leave out --unit/],
    ["days as videos", days, { unit: "video" }, /does not tell videos apart; leave out --unit/],
    [
      "months as weeks",
      "Month,Views,Ads USD\nJan 2025,1000,3\n",
      { unit: "week" },
      /row per month.*leave out --unit/,
    ],
    ["no money", noMoney, {}, /holds no money; add a column of it/],
    ["a number that is none", days.replace("300", "3x0"), {}, /^line 5, column "Views": "3x0"/],
    [
      "a table of nothing known",
      "a,b\n1,2\n",
      {},
      /which column holds the month.*columns period, views, revenue/,
    ],
    [
      "dates of two readings",
      "Date,Views,Ads USD\n03/04/2025,1,1\n05/06/2025,1,1\n",
      {},
      /column "Date": .*YYYY-MM-DD\.$/,
    ],
    [
      "a month twice",
      "Monat,Views,Ads USD\n2025-01,1,1\n2025-01,2,1\n",
      {},
      /appears twice.*Leave one of such rows/,
    ],
  ] as const)("refused with the remedy: %s", (_, text, settings, message) => {
    expect(refusalOf(text, settings)).toMatch(message);
  });

  const geography = realData("youtube-studio-geography-en/Table data.csv");
  if (geography)
    test("a real export of countries holds no money, and says which column to add", () => {
      expect(refusalOf(readFileSync(geography, "utf8"))).toMatch(/holds no money; add a column of it/);
    });
});
