import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { noDrafts } from "../../lib/import/draft";
import { guessMapping, type Mapping, streamOf } from "../../lib/import/mapping";
import { decimalOf } from "../../lib/model/money";
import { type Cells, csvText, OPTIONS, readTable, realData, refusalOf, tableOf } from "./fixtures";

const MONTHLY = [
  [
    "month",
    "pageviews",
    "unique_visitors",
    "adsense_usd",
    "amazon_usd",
    "total_usd",
    "rpm_total_usd",
    "first_published_in",
    "approximate",
  ],
  ["2019-05", "28751.0", "10984.0", "", "", "107.25", "3.73", "2019/06", ""],
  ["2019-06", "39405.0", "14419.0", "", "138.76", "138.76", "3.521", "2019/07", "total"],
  ["2019-07", "53467.0", "19526.0", "71.49", "153.98", "225.47", "4.217", "2019/08", ""],
];

describe("a table of one's own is guessed by its words", () => {
  test("totals, rates, visitors and remarks are left out; ads and affiliate are found in USD", () => {
    expect(guessMapping(tableOf(csvText(MONTHLY)))).toEqual({
      when: { column: "month", grain: "month" },
      views: "pageviews",
      amounts: {
        shape: "wide",
        columns: [
          { column: "adsense_usd", stream: "ads", currency: "USD" },
          { column: "amazon_usd", stream: "affiliate", currency: "USD" },
        ],
      },
      state: "final",
      decimal: ".",
      dayOrder: null,
    } satisfies Mapping);
  });

  test("one amount per row with its stream and currency beside it is a long table", () => {
    const rows = [
      ["Date", "Stream", "Amount", "Currency"],
      ["2024-01-31", "AdSense", "1.234,50", "EUR"],
      ["2024-02-29", "Sponsor", "99", "USD"],
    ];
    const text = csvText(rows, ";");
    expect(guessMapping(tableOf(text))).toMatchObject({
      when: { column: "Date", grain: "month" },
      amounts: {
        shape: "long",
        stream: { column: "Stream" },
        amount: "Amount",
        currency: { column: "Currency" },
      },
      decimal: ",",
    });
    expect(
      readTable(text).drafts.payouts.map(({ stream, minor, currency, from }) => [
        stream,
        minor,
        currency,
        from,
      ]),
    ).toEqual([
      ["ads", 123_450n, "EUR", "2024-01-01"],
      ["sponsorship", 9900n, "USD", "2024-02-01"],
    ]);
  });

  test("several days in one month make it a table of days", () => {
    const { drafts } = readTable(
      csvText([
        ["day", "views"],
        ["2024-01-01", "5"],
        ["2024-01-02", "6"],
      ]),
    );
    expect(drafts.traffic.map(({ sourceKey, from, to }) => [sourceKey, from, to])).toEqual([
      ["generic:2024-01-01:c1", "2024-01-01", "2024-01-01"],
      ["generic:2024-01-02:c1", "2024-01-02", "2024-01-02"],
    ]);
  });

  test.each([
    ["AdSense", "ads"],
    ["Amazon affiliate", "affiliate"],
    ["brand deals", "sponsorship"],
    ["super_like", "super_like"],
    ["Channel memberships", "subscription"],
    ["unique visitors", null],
    ["downloads", null],
  ])("the words %j name the stream %j", (words, stream) => {
    expect(streamOf(words)).toBe(stream);
  });

  test("a word in small letters is no currency: 'views_all' and 'price top' hold no money", () => {
    expect(guessMapping(tableOf("month,views all,price top\n2024-01,1,2\n")).amounts).toBeNull();
  });
});

describe("months become traffic and payouts", () => {
  const { drafts, needs, problems } = readTable(csvText(MONTHLY));

  test("2938.0 is a whole count; a blank is unknown and makes no payout", () => {
    expect([needs, problems]).toEqual([[], []]);
    expect(drafts.traffic.map(({ views }) => views)).toEqual([28_751, 39_405, 53_467]);
    expect(drafts.payouts.map(({ from, to, stream, minor }) => [from, to, stream, minor])).toEqual([
      ["2019-06-01", "2019-06-30", "affiliate", 13_876n],
      ["2019-07-01", "2019-07-31", "ads", 7149n],
      ["2019-07-01", "2019-07-31", "affiliate", 15_398n],
    ]);
  });

  test("payouts are final unless chosen otherwise, and carry a key that a second import recognises", () => {
    expect(drafts.payouts[1]).toMatchObject({
      state: "final",
      sourceKey: "generic:2019-07:ads:USD:c1",
      line: 4,
    });
  });

  test("platform and format may stand in columns", () => {
    const rows = [
      ["month", "platform", "format", "views"],
      ["2024-01", "TikTok", "Shorts", "5"],
      ["2024-01", "YouTube", "", "6"],
      ["2024-02", "MySpace", "", "7"],
    ];
    const read = readTable(csvText(rows));
    expect(
      read.drafts.traffic.map(({ sourceKey, platform, format }) => [sourceKey, platform, format]),
    ).toEqual([
      ["generic:2024-01/tiktok/short:c1", "tiktok", "short"],
      ["generic:2024-01/youtube:c1", "youtube", null],
    ]);
    expect(read.problems).toMatchObject([
      { line: 4, column: "platform", message: expect.stringMatching(/use tiktok/) },
    ]);
  });

  test("watch time is hours or H:MM:SS: 1.5 h is 5,400 s", () => {
    const { drafts } = readTable(
      csvText([
        ["month", "watch_hours"],
        ["2024-01", "1.5"],
        ["2024-02", "0:10:00"],
      ]),
    );
    expect(drafts.traffic.map(({ watchSeconds }) => watchSeconds)).toEqual([5400, 600]);
  });
});

describe("what the table leaves open is asked for before anything is read", () => {
  test.each<[string, Cells, string]>([
    [
      "no month",
      [
        ["name", "views"],
        ["a", "1"],
      ],
      "mapping",
    ],
    [
      "neither views nor money",
      [
        ["month", "mood"],
        ["2024-01", "good"],
      ],
      "mapping",
    ],
    [
      "the currency",
      [
        ["month", "adsense"],
        ["2024-01", "5"],
      ],
      "currency",
    ],
    [
      "the decimal mark",
      [
        ["month", "adsense_usd"],
        ["2024-01", "1,234"],
      ],
      "decimal",
    ],
    [
      "the order of day and month",
      [
        ["date", "adsense_usd"],
        ["03/04/2024", "5"],
      ],
      "dayOrder",
    ],
  ])("%s", (_, rows, what) => {
    const { needs, drafts } = readTable(csvText(rows));
    expect(needs.map((need) => need.what)).toContain(what);
    expect(drafts).toEqual(noDrafts());
  });

  test("answers are taken: with a decimal comma 1,234 is rounded half to even to 1.23", () => {
    const text = csvText([
      ["month", "adsense_usd"],
      ["2024-01", "1,234"],
    ]);
    expect(readTable(text, { ...OPTIONS, decimal: "," }).drafts.payouts).toMatchObject([{ minor: 123n }]);
    expect(readTable(text, { ...OPTIONS, decimal: "." }).drafts.payouts).toMatchObject([{ minor: 123_400n }]);
  });

  test("a mapping of one's own is used as it is", () => {
    const mapping: Mapping = {
      when: { column: "MONTH", grain: "month" },
      amounts: { shape: "wide", columns: [{ column: "total_usd", stream: "other", currency: "USD" }] },
      state: "estimated",
      decimal: ".",
      dayOrder: null,
    };
    const { drafts } = readTable(csvText(MONTHLY), { ...OPTIONS, mapping });
    expect(drafts.payouts).toMatchObject([{ minor: 10_725n, stream: "other", state: "estimated" }, {}, {}]);
  });

  test("a mapping to a column that is not there, or is there twice, is refused by name", () => {
    const mapping: Mapping = {
      when: { column: "when", grain: "month" },
      views: "v",
      amounts: null,
      state: "final",
      decimal: ".",
      dayOrder: null,
    };
    expect(refusalOf("month,v\n2024-01,1\n", { ...OPTIONS, mapping })).toMatchObject({
      column: "when",
      message: expect.stringMatching(/choose one of "month", "v"/),
    });
    expect(refusalOf("when,v,V\n2024-01,1,2\n", { ...OPTIONS, mapping })).toMatchObject({
      column: "v",
      message: expect.stringMatching(/occurs 2 times/),
    });
  });
});

describe("two rows of one month are never silently added or dropped", () => {
  const text = csvText([
    ["month", "views", "adsense_usd"],
    ["2024-01", "10", "1.00"],
    ["2024-01", "20", "2.00"],
  ]);

  test("both are kept and it is asked, with the lines", () => {
    const { needs, drafts } = readTable(text);
    expect(needs).toMatchObject([
      {
        what: "twins",
        options: ["sum", "first", "last", "keep"],
        groups: [{ when: "2024-01", lines: [2, 3] }],
      },
      {
        what: "twins",
        message: expect.stringMatching(
          /^2024-01 appears twice for the same money \(lines 2, 3\)\. Say whether/,
        ),
      },
    ]);
    expect(drafts.payouts.map(({ sourceKey, minor }) => [sourceKey, minor])).toEqual([
      ["generic:2024-01:ads:USD:c1", 100n],
      ["generic:2024-01:ads:USD:c1#2", 200n],
    ]);
  });

  test.each([
    ["sum", 300n, 30],
    ["first", 100n, 10],
    ["last", 200n, 20],
  ] as const)("%s", (twins, minor, views) => {
    const { needs, drafts } = readTable(text, { ...OPTIONS, twins });
    expect([
      needs,
      drafts.payouts.map((each) => each.minor),
      drafts.traffic.map((each) => each.views),
    ]).toEqual([[], [minor], [views]]);
  });

  test("identical rows are twins too: only a person knows whether one was typed twice", () => {
    expect(readTable("month,views\n2024-01,5\n2024-01,5\n").needs).toMatchObject([
      { what: "twins", groups: [{ lines: [2, 3] }] },
    ]);
  });

  test("a long table repeats a month's views beside each stream; they count once", () => {
    const rows = [
      ["month", "stream", "amount_usd", "views"],
      ["2024-01", "ads", "1", "10"],
      ["2024-01", "shop", "2", "10"],
    ];
    const { needs, drafts } = readTable(csvText(rows));
    expect([needs, drafts.traffic.length, drafts.payouts.length]).toEqual([[], 1, 2]);
  });
});

describe("a refused row is named", () => {
  test.each([
    ["2024-13,1,1", 3, "month", /not a month/],
    ["2024-02,1.5,1", 3, "views", /not a whole number/],
    ["2024-02,1,abc", 3, "adsense_usd", /not an amount/],
    ["2024-02,1", 3, undefined, /2 cells where the header has 3/],
    ["2024-02,1,99999999999999", 3, "adsense_usd", /too large to be true/],
  ])("%s", (row, line, column, message) => {
    const { problems, drafts } = readTable(`month,views,adsense_usd\n2024-01,1,1\n${row}\n2024-03,1,1\n`);
    expect(problems).toMatchObject([
      { line, ...(column ? { column } : {}), message: expect.stringMatching(message) },
    ]);
    expect(drafts.traffic).toHaveLength(2);
  });
});

const published = realData("isitketo-monthly.csv");
if (published) {
  test("38 published months: ads 9,148.36, affiliate 4,516.00, 3,062,530 views, total_usd left out", () => {
    const { drafts, needs, problems } = readTable(readFileSync(published));
    const sum = (stream: string) => {
      const payouts = drafts.payouts.filter((payout) => payout.stream === stream);
      const currency = payouts[0]?.currency;
      return (
        currency &&
        decimalOf(
          payouts.reduce((total, { minor }) => total + minor, 0n),
          currency,
        )
      );
    };
    expect([needs, problems, drafts.traffic.length]).toEqual([[], [], 38]);
    expect([sum("ads"), sum("affiliate")]).toEqual(["9148.36", "4516.00"]);
    expect(new Set(drafts.payouts.map(({ stream }) => stream))).toEqual(new Set(["ads", "affiliate"]));
    expect(drafts.traffic.reduce((total, { views }) => total + (views ?? 0), 0)).toBe(3_062_530);
  });
}

describe("rows of videos", () => {
  const TIKTOK = "https://www.tiktok.com/@name/video/7312345678901234567";
  test("a link makes the video; its figures and money are that video's", () => {
    const { drafts, mapping } = readTable(
      csvText([
        ["month", "video link", "views", "likes", "comments", "shares", "rewards_usd"],
        ["2024-01", TIKTOK, "1000", "10", "2", "1", "1.25"],
        ["2024-01", "https://youtube.com/shorts/aaaaaaaaaa1", "500", "5", "", "", "0.50"],
        ["2024-02", TIKTOK, "100", "", "", "", ""],
      ]),
    );
    expect(mapping).toMatchObject({
      video: "video link",
      likes: "likes",
      comments: "comments",
      shares: "shares",
    });
    expect(drafts.videos).toMatchObject([
      {
        sourceKey: "tt:video:7312345678901234567",
        platform: "tiktok",
        url: TIKTOK,
        publishedDay: "2023-12-14",
        line: 2,
      },
      { sourceKey: "yt:video:aaaaaaaaaa1", platform: "youtube", format: "short", line: 3 },
    ]);
    expect(drafts.traffic).toMatchObject([
      { videoExternalId: "7312345678901234567", views: 1000, likes: 10, comments: 2, shares: 1 },
      { videoExternalId: "aaaaaaaaaa1", views: 500, comments: null },
      { videoExternalId: "7312345678901234567", views: 100, from: "2024-02-01" },
    ]);
    expect(drafts.payouts.map(({ sourceKey, lines }) => [sourceKey, lines])).toEqual([
      [
        "generic:video/2024-01/tiktok/7312345678901234567:rewards:USD:c1",
        [{ videoExternalId: "7312345678901234567", minor: 125n }],
      ],
      [
        "generic:video/2024-01/youtube/short/aaaaaaaaaa1:rewards:USD:c1",
        [{ videoExternalId: "aaaaaaaaaa1", minor: 50n }],
      ],
    ]);
  });

  test("without a month it is asked which days the figures cover", () => {
    const { period, ...open } = OPTIONS;
    const text = csvText([
      ["video id", "views"],
      ["aaaaaaaaaa1", "5"],
    ]);
    expect(readTable(text, open).needs).toMatchObject([{ what: "period" }]);
    expect(readTable(text, { ...open, ...(period ? { period } : {}) }).drafts.traffic).toMatchObject([
      { videoExternalId: "aaaaaaaaaa1", ...period, views: 5 },
    ]);
  });

  test.each([
    ["7.31235E+18", /neither a link to a video nor its id/],
    ["https://vm.tiktok.com/abc/", /short link/],
  ])("%s is refused with the remedy", (video, message) => {
    const text = csvText([
      ["month", "video", "views"],
      ["2024-01", TIKTOK, "1"],
      ["2024-01", video, "1"],
    ]);
    expect(readTable(text).problems).toMatchObject([
      { line: 3, column: "video", message: expect.stringMatching(message) },
    ]);
  });
});

describe("a reference of its own tells a row again, in this file and the next", () => {
  const rows = [
    ["invoice no", "date", "stream", "amount_usd", "description"],
    ["A-1", "2024-01-05", "brand deal", "100", "first half"],
    ["A-2", "2024-01-05", "brand deal", "100", "second half"],
    ["A-3", "2024-02-07", "affiliate", "5.25", ""],
  ];
  test("two equal amounts of one day are two payouts, each with its key, day and note", () => {
    const { drafts, needs, mapping } = readTable(csvText(rows));
    expect([needs, mapping?.reference, mapping?.when?.grain]).toEqual([[], "invoice no", "day"]);
    expect(drafts.payouts.map(({ sourceKey, from, minor, note }) => [sourceKey, from, minor, note])).toEqual([
      ["generic:ref invoice no/A-1:sponsorship:USD:c1", "2024-01-05", 10_000n, "first half"],
      ["generic:ref invoice no/A-2:sponsorship:USD:c1", "2024-01-05", 10_000n, "second half"],
      ["generic:ref invoice no/A-3:affiliate:USD:c1", "2024-02-07", 525n, ""],
    ]);
  });

  test("a repeated one is asked about by name; a blank one is refused", () => {
    const { needs, problems } = readTable(
      csvText([
        ...rows,
        ["A-2", "2024-03-01", "brand deal", "7", ""],
        ["", "2024-03-01", "brand deal", "7", ""],
      ]),
      { ...OPTIONS, mapping: readTable(csvText(rows)).mapping! },
    );
    expect(needs).toMatchObject([
      {
        what: "twins",
        groups: [{ when: "A-2", lines: [3, 5] }],
        message: expect.stringMatching(/^A-2 appears twice/),
      },
    ]);
    expect(problems).toMatchObject([
      { line: 6, column: "invoice no", message: expect.stringMatching(/no reference/) },
    ]);
  });

  test("150,000 rows go through one by one: none is held, none is asked about", () => {
    const many = Array.from({ length: 150_000 }, (_, row) => `R${row},2024-01-05,1.50`);
    const { drafts, needs } = readTable(`order id,date,sponsor_usd\n${many.join("\n")}\n`);
    expect([needs, drafts.payouts.length]).toEqual([[], 150_000]);
    expect(drafts.payouts.reduce((sum, { minor }) => sum + minor, 0n)).toBe(22_500_000n);
  });

  test("without one, as many rows are refused with the remedy", () => {
    const many = Array.from({ length: 100_001 }, () => "2024-01-05,1.50");
    expect(refusalOf(`date,sponsor_usd\n${many.join("\n")}\n`)?.message).toMatch(
      /number of its own for each row/,
    );
  });
});

test("twins that are both true keep keys by their order, so a second import finds the same", () => {
  const text = "month,adsense_usd\n2024-01,1.00\n2024-01,1.00\n";
  const { needs, drafts } = readTable(text, { ...OPTIONS, twins: "keep" });
  expect([needs, drafts.payouts.map(({ sourceKey }) => sourceKey)]).toEqual([
    [],
    ["generic:2024-01:ads:USD:c1", "generic:2024-01:ads:USD:c1#2"],
  ]);
});

describe("a row that sums the others is compared, never imported", () => {
  test("one that agrees is silent: 1.50 + 2.25 = 3.75", () => {
    const { drafts, notices, problems } = readTable(
      "month,views,adsense_usd\n2024-01,1,1.50\n2024-02,2,2.25\nTotal,3,3.75\n",
    );
    expect([drafts.payouts.length, notices, problems]).toEqual([2, [], []]);
  });

  test("one that does not says both: 4.00 against 1.50 + 2.25 = 3.75", () => {
    const { notices } = readTable("month,views,adsense_usd\n2024-01,1,1.50\n2024-02,2,2.25\nSumme:,3,4.00\n");
    expect(notices).toMatchObject([
      {
        line: 4,
        column: "adsense_usd",
        message: expect.stringMatching(/^The file says 4.00, its rows sum to 3.75\./),
      },
    ]);
  });

  test("several, as of quarters, are left out and told", () => {
    const { drafts, notices } = readTable("month,views\n2024-01,1\nTotal,1\n2024-04,2\nTotal,2\n");
    expect([drafts.traffic.length, notices]).toMatchObject([
      2,
      [{ message: expect.stringMatching(/Lines 3, 5/) }],
    ]);
  });
});
