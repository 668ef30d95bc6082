import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Choice,
  choiceFrom,
  curveOf,
  type ExplorerData,
  exploreChoice,
  FRESH_STREAMS,
  START,
  searchOf,
  sponsorshipOf,
} from "../../lib/explorer";
import {
  FIELDS,
  fieldText,
  minorOfDigits,
  readField,
  readShare,
  sliderOf,
  slidTo,
} from "../../lib/explorer-fields";
import { BENCHMARKS, NICHE_FACTOR, PRIOR_VERSION, priorFor } from "../../lib/model/benchmarks";
import { currencyOf } from "../../lib/model/money";
import { addMonths, dayOf, monthOf, monthsFrom } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { groundOf } from "../../lib/model/scenario";
import {
  DELIVERABLE,
  DELIVERABLES,
  FEES_BY_FOLLOWERS,
  FEES_BY_FOLLOWERS_SOURCE,
  REWARD_RULES,
  RIGHT,
  RIGHTS,
  SPONSOR_CPM,
  TYPICAL_ENGAGEMENT,
  YOUTUBE_CPM_BY_NICHE,
} from "../../lib/model/sponsorship-rates";
import { FORMATS, NICHES, PLATFORMS } from "../../lib/model/words";

const USD = currencyOf("USD");
const NOW = monthOf("2026-11");
const LOCALE = "en-US";

/** Rewards on TikTok, six months of them. */
const PROJECTION = (() => {
  const key = {
    channelId: null,
    platform: "tiktok",
    format: "all",
    stream: "rewards",
    currency: USD,
  } as const;
  const rows = [...Array(6).keys()].map((n) => ({
    month: addMonths(NOW, n - 6),
    minor: BigInt(30_000 + 500 * n),
    views: 1_000_001,
    paidViews: 403_333,
    watchSeconds: 24_691_357,
    regions: { us_ca_au: 0.4123, uk_de_nordics: 0.1 },
  }));
  const prior = priorFor({ ...key, perUsd: 1, niche: "food", regions: rows[0]!.regions });
  return projectStream({ key, rows, prior }, NOW);
})();

function dataOf(given: Partial<ExplorerData> = {}): ExplorerData {
  return {
    locale: LOCALE,
    months: monthsFrom(NOW, addMonths(NOW, 11)),
    currency: USD,
    streams: [
      {
        id: "rewards.tiktok.all.USD",
        platform: "tiktok",
        format: "all",
        ground: groundOf(PROJECTION, "food"),
        effect: { pairs: 0, slope: null },
      },
    ],
    platforms: [{ platform: "youtube", format: "all", views: 40_000, watchSeconds: 180, engagement: null }],
    channels: [
      {
        id: "c1",
        name: "Mira cooks",
        platform: "tiktok",
        niche: "food",
        followers: 9_000,
        engagement: 0.051,
        views: [10_000, null, 30_000, 20_000],
      },
    ],
    benchmarks: BENCHMARKS,
    nicheFactors: NICHE_FACTOR,
    priorVersion: PRIOR_VERSION,
    perUsd: {},
    usd: null,
    sponsorship: {
      cpm: SPONSOR_CPM,
      youtubeCpm: YOUTUBE_CPM_BY_NICHE,
      deliverables: DELIVERABLES.map((name) => DELIVERABLE[name]),
      rights: RIGHTS.map((name) => RIGHT[name]),
      engagement: TYPICAL_ENGAGEMENT,
      fees: FEES_BY_FOLLOWERS,
      feesSource: FEES_BY_FOLLOWERS_SOURCE,
    },
    rules: REWARD_RULES,
    ...given,
  };
}

const data = dataOf();
const atStart = choiceFrom(data, new URLSearchParams());
const explored = (part: Partial<Choice> = {}, of = data) =>
  exploreChoice(of, { ...choiceFrom(of, new URLSearchParams()), ...part });

describe("the explorer at its start", () => {
  test("shows the stream's projection to the cent, though fields show fewer digits than are known", () => {
    const { stream, outcome } = explored();
    expect(outcome!.medianMinor).toBe(PROJECTION.medianMinor);
    expect(fieldText("watch", stream!.ground.watchSeconds, LOCALE)).toBe("24.7");
  });

  test("without any payout is the benchmark alone, with the newest views of the platform", () => {
    const { ground, outcome, stream } = explored({}, dataOf({ streams: [] }));
    expect([stream, ground!.payouts, outcome!.basis]).toEqual([null, 0, "prior"]);
    const youtube = explored(
      { stream: null, fresh: { platform: "youtube", stream: "ads" } },
      dataOf({ streams: [] }),
    );
    expect(youtube.scenario!.views).toBe(40_000);
  });

  test("without an exchange rate says so instead of taking dollars for yen", () => {
    const yen = dataOf({ streams: [], currency: currencyOf("JPY") });
    expect(explored({}, yen).ground).toBeNull();
    expect(explored({}, { ...yen, perUsd: { JPY: 150 } }).ground).not.toBeNull();
  });
});

describe("a change", () => {
  test("of views, twice as many, doubles the money", () => {
    const before = explored().outcome!.medianMinor!;
    const after = explored({ typed: { views: "2,000,002" } }).outcome!.medianMinor!;
    expect(Number(after) / Number(before)).toBeCloseTo(2, 4);
  });

  test("that is refused shows no figure, and what was typed stays", () => {
    for (const text of ["-5", "Infinity", "1e15", "1000000000000000", "many", "NaN", "1.2.3"]) {
      const { outcome, isRefused, typed } = explored({ typed: { views: text } });
      expect([text, outcome, isRefused, typed.views!.kind]).toEqual([text, null, true, "refused"]);
    }
  });

  test("of a fee that is refused leaves the projection alone", () => {
    const { outcome, isPriceRefused } = explored({ typed: { fee: "-5" } });
    expect([outcome!.medianMinor, isPriceRefused]).toEqual([PROJECTION.medianMinor, true]);
  });

  test("into a format with a benchmark of its own begins from that one; TikTok pays all formats alike", () => {
    expect(explored({ format: "long" })).toMatchObject({ isOtherFormat: false, ground: { payouts: 6 } });
    const ads = explored({ stream: null, fresh: { platform: "youtube", stream: "ads" } });
    const own = {
      ...data.streams[0]!,
      id: "ads",
      platform: "youtube",
      ground: { ...ads.ground!, payouts: 9 },
    } as const;
    const youtube = dataOf({ streams: [own] });
    expect(explored({ format: "short" }, youtube)).toMatchObject({
      isOtherFormat: true,
      ground: { payouts: 0 },
    });
    expect(explored({ format: "long" }, youtube)).toMatchObject({
      isOtherFormat: false,
      ground: { payouts: 9 },
    });
  });

  test("of the month ahead of a programme's terms says what is missing: 10,000 - 9,000 followers, 100,000 - 60,000 views", () => {
    const fresh = { platform: "tiktok", stream: "rewards" } as const;
    const short = explored({ stream: null, fresh, typed: { views: "60000" } }).short!;
    expect([short.followers, short.views]).toEqual([1_000, 40_000]);
    expect(explored({ typed: { views: "60000" } }).short, "one who is paid is in").toBeNull();
    const met = { stream: null, fresh, typed: { views: "100000", followers: "10000" } };
    expect(explored(met).short).toBeNull();
  });
});

describe("the address", () => {
  const choices = fc.record({
    stream: fc.constantFrom(null, "rewards.tiktok.all.USD"),
    fresh: fc.record({ platform: fc.constantFrom(...PLATFORMS), stream: fc.constantFrom(...FRESH_STREAMS) }),
    month: fc.constantFrom(null, ...data.months),
    format: fc.constantFrom(null, ...FORMATS),
    niche: fc.constantFrom(null, ...NICHES),
    typed: fc.dictionary(fc.constantFrom(...FIELDS), fc.integer({ min: 1, max: 80 }).map(String)),
    mix: fc.constantFrom(null, [500, 300, 200, 0, 0, 0], [0, 0, 0, 0, 0, 1000]),
    channel: fc.constantFrom(null, "c1"),
    deliverable: fc.constantFrom(...DELIVERABLES),
    rights: fc.subarray([...RIGHTS]),
  });

  test("tells the whole scenario: opened, it is the same again", () => {
    fc.assert(
      fc.property(choices, (choice: Choice) => {
        const back = choiceFrom(data, new URLSearchParams(searchOf(data, choice).toString()));
        const kept = choice.stream === null ? choice : { ...choice, fresh: atStart.fresh };
        expect(back).toEqual(kept);
      }),
      { numRuns: 500, seed: 20261126 },
    );
  });

  test("of a scenario that changes nothing is empty", () => {
    expect(searchOf(data, atStart).toString()).toBe("");
  });

  test("that names what is not there, or nonsense, is as it starts", () => {
    const odd =
      "stream=gone&month=1999-01&niche=magic&mix=1.2.3&channel=x&deliverable=y&rights=z&format=all&of=deal";
    expect(choiceFrom(data, new URLSearchParams(odd))).toEqual(atStart);
    expect(atStart).toMatchObject(START);
  });

  test("with a refused figure brings the figure back to be corrected", () => {
    const choice = choiceFrom(data, new URLSearchParams("views=-5"));
    expect(choice.typed.views).toBe("-5");
    expect(exploreChoice(data, choice).isRefused).toBe(true);
  });
});

describe("the curve of money by views", () => {
  test("never falls, holds the chosen point in its middle, and says the same in words and figures", () => {
    const curve = curveOf(explored({ typed: { views: "500000" } }), LOCALE)!;
    const marks = curve.projected.map((mark) => mark ?? 0);
    expect([...marks].sort((a, b) => a - b)).toEqual(marks);
    expect(curve.actual.findIndex((mark) => mark !== null)).toBe(10);
    expect(curve.summary).toContain("at 500,000 views");
    expect(curve.table.rows[5]!.cells[0]).toBe("500,000");
  });

  test("is not drawn where views move nothing, and stands at 0 for no views", () => {
    expect(curveOf(explored({ typed: { views: "-1" } }), LOCALE)).toBeNull();
    const none = curveOf(explored({ typed: { views: "0" } }), LOCALE)!;
    expect(none.actual.findIndex((mark) => mark !== null)).toBe(0);
  });
});

describe("the price of a sponsorship", () => {
  test("of videos with 10, 20 and 30 thousand views on TikTok: 20 x 5 = 100 to 20 x 15 = 300 dollars", () => {
    const found = sponsorshipOf(data, atStart, explored())!;
    expect([found.known, found.newest]).toEqual([3, 4]);
    expect(found.minor).toMatchObject({ low: 10_000n, high: 30_000n });
    expect(found.tier).toMatchObject({ name: "nano" });
  });

  test("is in the creator's currency at the newest rate, else in dollars", () => {
    const euro = { currency: currencyOf("EUR"), usd: { rate: 0.9, day: dayOf("2026-11-20") } };
    const inEuro = dataOf(euro);
    expect(sponsorshipOf(inEuro, atStart, explored({}, inEuro))!.minor!.low).toBe(9_000n);
    const without = dataOf({ ...euro, usd: null });
    expect(sponsorshipOf(without, atStart, explored({}, without))).toMatchObject({
      currency: "USD",
      minor: { low: 10_000n },
    });
  });

  test("knows a typed engagement and takes an unknown one for no reason to ask more or less", () => {
    const twice = explored({ typed: { engagement: "20.4" } });
    expect(sponsorshipOf(data, atStart, twice)!.price!.engagementFactor).toBe(1.4);
    const unknown = explored({ typed: { engagement: "" } });
    expect(sponsorshipOf(data, atStart, unknown)!.price!.engagementFactor).toBe(1);
  });

  test("is none without videos, and there is no section's figure without a channel", () => {
    const bare = dataOf({ channels: [{ ...data.channels[0]!, views: [null] }] });
    expect(sponsorshipOf(bare, atStart, explored({}, bare))!.price).toBeNull();
    const none = dataOf({ channels: [] });
    expect(sponsorshipOf(none, atStart, explored({}, none))).toBeNull();
  });
});

describe("a field", () => {
  test.each([
    ["views", "120000", "120000"],
    ["views", " 1,234,567 ", "1234567"],
    ["views", "1.234.567", "1234567"],
    ["views", "1 234 567", "1234567"],
    ["watch", "24,7", "24.7"],
    ["watch", ".5", "0.5"],
    ["engagement", "5.1%", "5.1"],
    ["fee", "1,234.56", "1234.56"],
    ["fee", "1.234,56", "1234.56"],
  ] as const)("%s reads %j as %s", (name, text, digits) => {
    expect(readField(name, text, LOCALE)).toMatchObject({ kind: "number", digits });
  });

  test.each([
    ["views", "-1", "Views a month cannot be negative; write 0 or more."],
    ["views", "1.5", "“1.5” is not a number; write digits such as 120000."],
    ["views", "1000000000000000", "At most 100,000,000,000; check for extra digits."],
    ["watch", "0", "Watch time per view must be above 0; leave it blank when it is unknown."],
    ["fee", "1,234", "“1,234” can be read two ways; write it without a comma."],
    ["commission", "95", "At most 80 %; check for extra digits."],
    ["engagement", "101", "At most 100 %; check for extra digits."],
    ["followers", "Infinity", "“Infinity” is not a number; write digits such as 120000."],
  ] as const)("%s refuses %j: %s", (name, text, why) => {
    expect(readField(name, text, LOCALE)).toEqual({ kind: "refused", why });
  });

  test("left blank is unknown; a share is not, and none is over 100 %", () => {
    expect(readField("watch", "  ", LOCALE)).toEqual({ kind: "blank" });
    expect(readShare("", LOCALE).kind).toBe("refused");
    expect(readShare("100.5", LOCALE).kind).toBe("refused");
    expect(readShare("33.3", LOCALE)).toMatchObject({ value: 33.3 });
  });

  test("of money keeps its digits: 1234.56 is 123456 cents, 1235 yen without decimals", () => {
    expect([minorOfDigits("1234.56", 2), minorOfDigits("1235", 0), minorOfDigits("0.5", 3)]).toEqual([
      123_456n,
      1_235n,
      500n,
    ]);
  });

  test("slides to values that it reads back, up for up, and to where it began in the middle", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FIELDS),
        fc.option(fc.double({ min: 1, max: 80, noNaN: true })),
        fc.integer({ min: 1, max: 79 }),
        (name, start, at) => {
          const value = slidTo(name, at, start) ?? start ?? Number.NaN;
          const read = readField(name, fieldText(name, value, LOCALE), LOCALE);
          expect(read.kind).toBe("number");
          const higher = slidTo(name, at + 1, start) ?? start ?? Number.NaN;
          expect(higher).toBeGreaterThanOrEqual(value * (at === 50 || at === 49 ? 0.9 : 1));
        },
      ),
      { numRuns: 500, seed: 20261126 },
    );
    expect(sliderOf("views", 105_988, 105_988).at).toBe(50);
    expect(slidTo("views", 50, 105_988)).toBeNull();
    expect(slidTo("views", 0, 105_988)).toBe(0);
  });
});
