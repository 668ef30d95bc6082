import { describe, expect, test } from "vitest";
import type { PayoutDraft, TrafficDraft } from "../../lib/import/draft";
import { NO_FIGURES, noDrafts } from "../../lib/import/draft";
import {
  countStatuses,
  type Existing,
  type ExistingPayout,
  type ExistingTraffic,
  planImport,
  settlePlan,
} from "../../lib/import/plan";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import { contentText, csvText, OPTIONS, readTable } from "./fixtures";

const NOTHING: Existing = { payouts: [], traffic: [], videos: [] };
const content = readTable(contentText()).drafts;

function payout(from: string, to: string, minor: bigint, more: Partial<PayoutDraft> = {}): PayoutDraft {
  return {
    sourceKey: `k:${from}..${to}`,
    platform: "youtube",
    format: null,
    stream: "ads",
    from: dayOf(from),
    to: dayOf(to),
    minor,
    currency: currencyOf("USD"),
    state: "estimated",
    estimatedMinor: null,
    settledDay: null,
    note: "",
    lines: [],
    line: 2,
    ...more,
  };
}

function traffic(
  from: string,
  to: string,
  views: number | null,
  more: Partial<TrafficDraft> = {},
): TrafficDraft {
  const common = {
    platform: "youtube",
    format: null,
    ...NO_FIGURES,
    line: 2,
  } as const;
  return {
    ...common,
    sourceKey: `k:${from}..${to}`,
    videoExternalId: null,
    from: dayOf(from),
    to: dayOf(to),
    views,
    ...more,
  };
}

/** Drafts as the entries they become once saved. */
function saved(drafts: { payouts?: PayoutDraft[]; traffic?: TrafficDraft[] }): Existing {
  return {
    payouts: (drafts.payouts ?? []).map((draft, index): ExistingPayout => ({ ...draft, id: `p${index}` })),
    traffic: (drafts.traffic ?? []).map((draft, index): ExistingTraffic => ({ ...draft, id: `t${index}` })),
    videos: [],
  };
}

const plan = (drafts: { payouts?: PayoutDraft[]; traffic?: TrafficDraft[] }, existing: Existing) =>
  planImport({ ...noDrafts(), ...drafts }, existing);

describe("the same file twice changes nothing; a corrected file changes what differs", () => {
  test("all is new the first time, and unchanged the second", () => {
    expect(countStatuses(planImport(content, NOTHING))).toEqual({
      new: 9,
      unchanged: 0,
      changed: 0,
      overlap: 0,
    });
    const existing = {
      ...saved(content),
      videos: content.videos.map(({ externalId }) => ({ id: externalId, externalId })),
    };
    const again = planImport(content, existing);
    expect(countStatuses(again)).toEqual({ new: 0, unchanged: 9, changed: 0, overlap: 0 });
    expect(settlePlan(again)).toEqual({
      videos: [],
      traffic: [],
      payouts: [],
      lines: [],
      voidPayouts: [],
      voidTraffic: [],
    });
  });

  test("a changed amount says old and new and replaces the head of its chain", () => {
    const existing = saved({ payouts: [payout("2024-01-01", "2024-01-01", 100n)] });
    const old = { ...existing, payouts: existing.payouts.map((each) => ({ ...each, replacesHead: "head" })) };
    const planned = plan({ payouts: [payout("2024-01-01", "2024-01-01", 150n, { state: "final" })] }, old);
    expect(planned.payouts).toMatchObject([
      { status: "changed", changes: ["1.00 USD → 1.50 USD", "estimated → final"] },
    ]);
    expect(settlePlan(planned).payouts).toMatchObject([{ replaces: "head", draft: { minor: 150n } }]);
  });

  test("changed views say so; unknown is named, not 0", () => {
    const planned = plan(
      { traffic: [traffic("2024-01-01", "2024-01-01", 7)] },
      saved({ traffic: [traffic("2024-01-01", "2024-01-01", null)] }),
    );
    expect(planned.traffic).toMatchObject([{ status: "changed", changes: ["views unknown → 7"] }]);
    expect(settlePlan(planned).traffic).toMatchObject([{ replaces: "t0" }]);
  });

  test("an estimate does not undo a figure that became final", () => {
    const final = saved({ payouts: [payout("2024-01-01", "2024-01-31", 120n, { state: "final" })] });
    const planned = plan({ payouts: [payout("2024-01-01", "2024-01-31", 100n)] }, final);
    expect(planned.overlaps).toMatchObject([{ key: "payouts:ads", choices: ["keep", "replace"] }]);
    expect(settlePlan(planned).payouts).toEqual([]);
    expect(plan({ payouts: [payout("2024-01-01", "2024-01-31", 120n)] }, final).payouts).toMatchObject([
      { status: "unchanged" },
    ]);
  });
});

describe("a content table and a date table of the same days are never added up", () => {
  const days = readTable(
    csvText([
      ["Date", "Views", "Estimated revenue (USD)"],
      ["2024-01-01", "5", "1.00"],
      ["2024-12-31", "6", "2.00"],
    ]),
  ).drafts;

  test("the year's table after its days: keep by default, or void both days for the one payout", () => {
    const planned = planImport(content, saved(days));
    expect(planned.overlaps).toMatchObject([
      { key: "payouts:ads", existing: ["p0", "p1"], drafts: 1, choices: ["keep", "replace"] },
    ]);
    expect(planned.overlaps[0]?.message).toMatch(
      /2 existing payouts of ads.*2024-01-01 and 2024-12-31.*not added up/,
    );
    expect(settlePlan(planned)).toMatchObject({ payouts: [], voidPayouts: [] });
    expect(settlePlan(planned, new Map([["payouts:ads", "replace"]]))).toMatchObject({
      payouts: [{ replaces: null, draft: { minor: 1985n } }],
      voidPayouts: ["p0", "p1"],
    });
  });

  test("the views of videos stand beside those of the channel: no overlap between them", () => {
    expect(
      planImport(content, saved({ traffic: days.traffic })).traffic.every(({ status }) => status === "new"),
    ).toBe(true);
  });

  test("some days after the year's table: the year reaches beyond the file, so it can only be kept", () => {
    const short = days.payouts.slice(0, 1);
    const planned = plan({ payouts: short }, saved({ payouts: content.payouts }));
    expect(planned.overlaps).toMatchObject([
      { choices: ["keep"], message: expect.stringMatching(/reaches beyond the file/) },
    ]);
    expect(() => settlePlan(planned, new Map([["payouts:ads", "replace"]]))).toThrow(/not offered/);
  });

  test("days outside what is there are new all the same", () => {
    const planned = plan(
      { payouts: [payout("2024-01-31", "2024-01-31", 1n), payout("2024-02-01", "2024-02-01", 2n)] },
      saved({ payouts: [payout("2024-01-01", "2024-01-31", 50n)] }),
    );
    expect(planned.payouts.map(({ status }) => status)).toEqual(["overlap", "new"]);
    expect(settlePlan(planned).payouts).toMatchObject([{ draft: { minor: 2n } }]);
  });

  test("a payout of the same days may instead get the lines by video, when they fit into it", () => {
    const monthly = (minor: bigint) =>
      saved({ payouts: [payout("2024-01-01", "2024-12-31", minor, { state: "final" })] });
    const fits = planImport(content, monthly(2012n));
    expect(fits.overlaps[0]?.choices).toEqual(["keep", "replace", "lines"]);
    expect(settlePlan(fits, new Map([["payouts:ads", "lines"]]))).toMatchObject({
      payouts: [],
      lines: [{ payoutId: "p0", lines: content.payouts[0]?.lines }],
    });
    expect(planImport(content, monthly(1984n)).overlaps[0]?.choices).toEqual(["keep", "replace"]);
  });
});

describe("what counts as the same money", () => {
  const sponsor = (more: Partial<PayoutDraft>) =>
    payout("2024-01-01", "2024-01-31", 100n, { stream: "sponsorship", ...more });
  const existing = saved({ payouts: [sponsor({ sourceKey: "by hand" })] });

  test("two sponsorships in a month may both be true, when a person says so", () => {
    const planned = plan({ payouts: [sponsor({})] }, existing);
    expect(planned.overlaps[0]?.choices).toEqual(["keep", "replace", "add"]);
    expect(settlePlan(planned, new Map([["payouts:sponsorship", "add"]]))).toMatchObject({
      payouts: [{ replaces: null }],
      voidPayouts: [],
    });
  });

  test("another currency is other money, except for a programme that pays a day once", () => {
    expect(plan({ payouts: [sponsor({ currency: currencyOf("EUR") })] }, existing).payouts).toMatchObject([
      { status: "new" },
    ]);
    const ads = saved({ payouts: [payout("2024-01-01", "2024-01-31", 1n, { sourceKey: "other" })] });
    expect(
      plan({ payouts: [payout("2024-01-01", "2024-01-31", 1n, { currency: currencyOf("EUR") })] }, ads)
        .overlaps,
    ).toHaveLength(1);
  });

  test("another stream or other days are new", () => {
    expect(plan({ payouts: [sponsor({ stream: "affiliate" })] }, existing).payouts).toMatchObject([
      { status: "new" },
    ]);
    expect(
      plan({ payouts: [payout("2024-02-01", "2024-02-29", 1n, { stream: "sponsorship" })] }, existing)
        .payouts,
    ).toMatchObject([{ status: "new" }]);
  });
});

test("two exports of one video's overlapping periods would count its views twice: keep or replace", () => {
  const half = content.traffic.map((draft) => ({
    ...draft,
    sourceKey: `half:${draft.videoExternalId}`,
    to: dayOf("2024-06-30"),
  }));
  const planned = planImport({ ...content, payouts: [] }, saved({ traffic: half }));
  expect(planned.overlaps).toMatchObject([
    { key: "traffic:videos", drafts: 4, choices: ["keep", "replace"] },
  ]);
  expect(settlePlan(planned, new Map([["traffic:videos", "replace"]]))).toMatchObject({
    voidTraffic: ["t0", "t1", "t2", "t3"],
  });
});

test("a channel's own key keeps two channels of one creator apart", () => {
  const other = readTable(contentText(), { ...OPTIONS, channelKey: "c2" }).drafts;
  expect(other.payouts[0]?.sourceKey).not.toBe(content.payouts[0]?.sourceKey);
});
