import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { csvText, OPTIONS, readTable, utf8 } from "./fixtures";
import {
  JAPANESE_HEADER,
  JAPANESE_ROW,
  LANGUAGES,
  localTable,
  OLDER_HEADER,
  OLDER_ROW,
} from "./youtube.fixtures";

const NO_CENTS = "JPY";

describe("every language in which YouTube's words are known reads alike", () => {
  const withVideos = LANGUAGES.filter(({ title, published, hours }) => title || published || hours);
  test.each(withVideos.filter(({ language }) => language !== "Russian"))("videos: $language", (words) => {
    const text = localTable([
      [words.id, [words.total, "aaaaaaaaaa1", words.footer]],
      [words.title, ["", "T", ""]],
      [words.published, ["", "May 8, 2020", ""]],
      [words.views, ["7", "7", ""]],
      [words.hours, ["2.5", "2.5", ""]],
      [words.revenue, ["10", "10.000", ""]],
    ]);
    const { drafts, problems, found } = readTable(words.footer ? text : text.replace(/\n[",]*$/, "\n"));
    expect([found.fileFormat, problems]).toEqual(["youtube-content", []]);
    expect(drafts.videos).toMatchObject([
      {
        externalId: "aaaaaaaaaa1",
        title: words.title ? "T" : null,
        publishedDay: words.published ? "2020-05-08" : null,
      },
    ]);
    expect(drafts.traffic).toMatchObject([{ views: 7, watchSeconds: words.hours ? 9000 : null }]);
    const currency = /\((...)\)/.exec(words.revenue)?.[1] ?? "";
    expect(drafts.payouts).toMatchObject(
      words.revenue ? [{ currency, minor: currency === NO_CENTS ? 10n : 1000n }] : [],
    );
  });

  test.each(LANGUAGES)("days: $language", (words) => {
    const { drafts, found, notices } = readTable(
      localTable([
        [words.date, [words.total, "2024-03-02"]],
        [words.views, ["7", "7"]],
        [words.revenue, ["2", "2"]],
      ]),
    );
    expect([found.fileFormat, notices]).toEqual(["youtube-date", []]);
    expect(drafts.traffic).toMatchObject([{ from: "2024-03-02", to: "2024-03-02", views: 7 }]);
    expect(drafts.payouts).toHaveLength(words.revenue ? 1 : 0);
  });

  test.each(LANGUAGES.filter(({ revenue }) => revenue))("totals with money: $language", (words) => {
    const { drafts } = readTable(
      localTable([
        [words.date, ["2024-03-01", "2024-03-02"]],
        [words.revenue, ["0", "2"]],
      ]),
    );
    // A day of zero is stated here, so it is a fact.
    expect(drafts.payouts.map(({ from, minor }) => [from, minor > 0n])).toEqual([
      ["2024-03-01", false],
      ["2024-03-02", true],
    ]);
  });

  test.each(LANGUAGES.filter(({ language }) => language !== "Russian"))("charts: $language", (words) => {
    const text = localTable([
      [words.date, ["2024-03-01"]],
      [words.id, ["aaaaaaaaaa1"]],
      [words.title, ["T"]],
      [words.views, ["7"]],
    ]);
    const outcome = readNow(utf8(text), "x.csv", OPTIONS);
    expect(outcome.kind === "not_useful" ? outcome.message : outcome.kind).toMatch(/only the plotted videos/);
  });
});

describe("columns beside views and money", () => {
  test("all 28 Japanese columns: 550 yen of estimated revenue, not the 900 of gross ads beside it", () => {
    const { drafts } = readTable(`${JAPANESE_HEADER}\n${JAPANESE_ROW}\n`);
    expect(drafts.videos).toMatchObject([{ durationSeconds: 61 }]);
    expect(drafts.traffic).toMatchObject([{ views: 1000, engagedViews: 900, watchSeconds: 41_400 }]);
    expect(drafts.payouts).toMatchObject([{ minor: 550n, currency: "JPY" }]);
  });

  test("the older header, soft hyphens in its words: likes, comments and shares; dislikes and RPM are left", () => {
    const { drafts } = readTable(csvText([OLDER_HEADER, OLDER_ROW]));
    expect(drafts.traffic).toMatchObject([{ views: 900, likes: 70, comments: 5, shares: 6 }]);
    expect(drafts.payouts).toMatchObject([{ minor: 125n }]);
    expect(drafts.videos).toMatchObject([{ publishedDay: "2023-12-12" }]);
  });

  test("fewer likes than before is unknown, not a count below zero, and the row's money stays", () => {
    const { drafts, problems, notices } = readTable(
      csvText([
        ["Content", "Video title", "Views", "Likes", "Estimated revenue (USD)"],
        ["aaaaaaaaaa1", "T", "9", "-3", "1"],
        ["aaaaaaaaaa2", "T", "9", "4", "1"],
      ]),
    );
    expect(problems).toEqual([]);
    expect(drafts.traffic.map(({ likes }) => likes)).toEqual([null, 4]);
    expect(drafts.payouts).toMatchObject([{ minor: 200n }]);
    expect(notices).toMatchObject([
      { line: 2, column: "Likes", message: expect.stringMatching(/^One count is below zero/) },
    ]);
  });
});
