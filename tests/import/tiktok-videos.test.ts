import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { dayOf } from "../../lib/model/month";
import { OPTIONS, readTable, refusalOf, utf8 } from "./fixtures";
import {
  BUSINESS_VIDEO,
  BUSINESS_VIDEOS,
  CONTENT,
  CONTENT_HEADER,
  CONTENT_ROWS,
  ITALIAN_VIDEOS,
  idOf,
  LEAP,
  linkOf,
  NIGHT,
  SPRING,
  studioText,
  WIDE_CONTENT,
} from "./tiktok.fixtures";

describe("Content.csv tells how each video stood on the day of the export", () => {
  const { drafts, needs, problems, notices, found } = readTable(CONTENT);

  test("it is recognised and asks nothing, since the newest video leaves one year for its `Time`", () => {
    expect([found.fileFormat, needs, problems, notices]).toEqual(["tiktok-videos", [], [], []]);
  });

  test("a video is known by its link, and its day by its id and not by the day printed in the creator's zone", () => {
    expect(drafts.videos).toEqual([
      {
        sourceKey: `tt:video:${SPRING}`,
        platform: "tiktok",
        externalId: SPRING,
        url: linkOf(SPRING),
        title: 'Spring, with "quotes"',
        publishedDay: "2026-04-12",
        durationSeconds: null,
        format: "short",
        line: 2,
      },
      expect.objectContaining({ externalId: NIGHT, title: null, publishedDay: "2026-05-30", line: 3 }),
      expect.objectContaining({ externalId: LEAP, publishedDay: "2024-02-29", line: 4 }),
    ]);
  });

  test("counts so far are readings and no traffic; `undefined` is unknown and 0 is zero", () => {
    expect(drafts.traffic).toEqual([]);
    expect(drafts.readings).toEqual([
      {
        sourceKey: `tt:reading:${SPRING}:2026-06-03:c1`,
        platform: "tiktok",
        videoExternalId: SPRING,
        day: "2026-06-03",
        views: 4000,
        likes: 120,
        comments: 7,
        shares: 3,
        followers: null,
        line: 2,
      },
      expect.objectContaining({ videoExternalId: NIGHT, views: 900, comments: null, shares: 0 }),
      expect.objectContaining({ videoExternalId: LEAP, views: 77 }),
    ]);
  });

  test("the same reading in an overlapping export has the same key, so that it counts once", () => {
    const again = readTable(studioText([CONTENT_HEADER, ...CONTENT_ROWS.toReversed()]));
    const keys = (of: typeof drafts) => of.readings.map(({ sourceKey }) => sourceKey).sort();
    expect(keys(again.drafts)).toEqual(keys(drafts));
  });
});

describe("the day of a content export is never guessed between two years", () => {
  const old = (time: string) =>
    studioText([
      CONTENT_HEADER,
      [time, "Old", linkOf(idOf("2024-03-01T12:00:00Z")), "March 1", "1", "1", "1", "5"],
    ]);

  test("with no newer video than 2024-03-01, June 3 may be of 2024, 2025 or 2026: it is asked", () => {
    const { needs, drafts } = readTable(old("June 3"));
    expect([needs[0]?.what, drafts.readings]).toEqual(["asOf", []]);
  });

  test("the day that was given settles it", () => {
    const { needs, drafts } = readTable(old("June 3"), { ...OPTIONS, asOf: dayOf("2025-06-04") });
    expect([needs, drafts.readings.map(({ day }) => day)]).toEqual([[], ["2025-06-03"]]);
  });

  test("localised and full days are understood", () => {
    expect(
      readTable(old("3 de junio"), { ...OPTIONS, asOf: dayOf("2025-06-04") }).drafts.readings[0]?.day,
    ).toBe("2025-06-03");
    expect(readTable(old("2025-06-03")).drafts.readings[0]?.day).toBe("2025-06-03");
  });

  test("a day of export before the posting is refused by line", () => {
    expect(readTable(old("2024-01-05")).problems).toMatchObject([
      { line: 2, message: expect.stringMatching(/posted on 2024-03-01, after the 2024-01-05/) },
    ]);
  });

  test("the wider list of columns has no day: it is asked, and is then the day of all readings", () => {
    expect(readTable(WIDE_CONTENT).needs).toMatchObject([{ what: "asOf" }]);
    const { drafts } = readTable(WIDE_CONTENT, { ...OPTIONS, asOf: dayOf("2026-06-01") });
    expect(drafts.readings).toMatchObject([
      { day: "2026-06-01", views: 4000, likes: 120, comments: 7, shares: 3 },
    ]);
  });
});

describe("rows of videos that cannot be believed", () => {
  const row = (...cells: string[]) => [...cells, "April 12", "1", "1", "1", "5"];
  const read = (...rows: string[][]) => readTable(studioText([CONTENT_HEADER, ...rows]));

  test("a link that names no video is refused with the remedy, by line", () => {
    const { problems, drafts } = read(
      row("June 3", "a", "https://vm.tiktok.com/ZMabc/"),
      row("June 3", "b", "https://www.youtube.com/shorts/-pdXWmj9xxU"),
      row("June 3", "c", linkOf(SPRING)),
    );
    expect(problems).toMatchObject([
      { line: 2, column: "Video link", message: expect.stringMatching(/short link/) },
      { line: 3, column: "Video link", message: expect.stringMatching(/no link to a video of TikTok/) },
    ]);
    expect(drafts.videos).toHaveLength(1);
  });

  test("a count that is no number refuses its row whole: no video without its reading", () => {
    const { problems, drafts } = read(["June 3", "a", linkOf(SPRING), "April 12", "1", "1", "1", "12.3K"]);
    expect(problems).toMatchObject([{ line: 2, column: "Total views" }]);
    expect([drafts.videos, drafts.readings]).toEqual([[], []]);
  });

  test("twins to the letter count once; a video with other figures is refused and both lines named", () => {
    const { notices, problems, drafts } = read(
      row("June 3", "a", linkOf(SPRING)),
      row("June 3", "a", linkOf(SPRING)),
      row("June 3", "other", linkOf(SPRING)),
    );
    expect(notices).toMatchObject([{ line: 3, message: expect.stringMatching(/repeats line 2/) }]);
    expect(problems).toMatchObject([{ line: 4, message: expect.stringMatching(/also on line 2/) }]);
    expect(drafts.readings).toHaveLength(1);
  });

  test("a printed day that is not the id's is told, and the id believed", () => {
    const { notices, drafts } = read(["June 3", "a", linkOf(SPRING), "March 1", "1", "1", "1", "5"]);
    expect(notices).toMatchObject([{ line: 2, message: expect.stringMatching(/"March 1".*2026-04-12/) }]);
    expect(drafts.videos[0]?.publishedDay).toBe("2026-04-12");
  });

  test("a column that occurs twice refuses the table", () => {
    const text = studioText([
      [...CONTENT_HEADER, "Total views"],
      ["June 3", "a", linkOf(SPRING), "April 12", "1", "1", "1", "5", "6"],
    ]);
    expect(refusalOf(text)).toMatchObject({
      column: "Total views",
      message: expect.stringMatching(/occurs 2 times/),
    });
  });

  test("a table without videos says so and refuses nothing else of its zip", () => {
    expect(readNow(utf8(studioText([CONTENT_HEADER])), "Content.csv", OPTIONS).kind).toBe("not_useful");
  });
});

describe("the videos of a business account", () => {
  const asOf = dayOf("2026-06-01");

  test("the day of export is asked", () => {
    expect(readTable(BUSINESS_VIDEOS).needs).toMatchObject([{ what: "asOf" }]);
  });

  test("`Post time` agrees with the id to the day; NAN and -- are unknown", () => {
    const { drafts, notices, problems } = readTable(BUSINESS_VIDEOS, { ...OPTIONS, asOf });
    expect([notices, problems]).toEqual([[], []]);
    expect(drafts.videos.map(({ title, publishedDay }) => [title, publishedDay])).toEqual([
      ["Autumn", "2025-10-31"],
      [null, "2026-04-12"],
    ]);
    expect(drafts.readings).toMatchObject([
      { day: "2026-06-01", views: 5000, likes: 300, comments: 20, shares: 10 },
      { day: "2026-06-01", views: 4000, likes: null, comments: null, shares: 3 },
    ]);
  });

  test("Italian headers, with the links found by what they are", () => {
    const { drafts, found } = readTable(ITALIAN_VIDEOS, { ...OPTIONS, asOf });
    expect(found.fileFormat).toBe("tiktok-videos");
    expect(drafts.videos).toMatchObject([{ externalId: BUSINESS_VIDEO, title: "Autunno" }]);
    expect(drafts.readings).toMatchObject([{ views: 5000, likes: 300, comments: 20, shares: 10 }]);
  });

  test("a video has the same key from a personal and a business export", () => {
    const key = (text: string, id: string) =>
      readTable(text, { ...OPTIONS, asOf: dayOf("2026-06-05") }).drafts.videos.find(
        ({ externalId }) => externalId === id,
      )?.sourceKey;
    expect(key(BUSINESS_VIDEOS, SPRING)).toBe(key(CONTENT, SPRING));
  });
});
