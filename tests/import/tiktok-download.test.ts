import { describe, expect, test } from "vitest";
import { videoListOf, videoListText } from "../../lib/import/data-download";
import { readNow } from "../../lib/import/read";
import { isDataDownload } from "../../lib/import/tiktok-download";
import { OPTIONS, readTable, utf8 } from "./fixtures";
import { DOWNLOAD, LEAP, linkOf, SPRING } from "./tiktok.fixtures";

describe("of a data download only the list of own videos is taken", () => {
  const json = {
    "Direct Messages": { "Chat History": { "Chat History with b": [{ Content: "secret" }] } },
    Post: {
      Posts: {
        VideoList: [
          {
            Date: "2026-04-12 12:00:00",
            Link: `https://www.tiktokv.com/share/video/${SPRING}/`,
            Likes: "120",
            WhoCanView: "Friends",
            Title: 'Spring, "again"',
          },
          { Date: "2024-02-29 12:00:00", Link: linkOf(LEAP), Likes: 1, Title: null },
        ],
      },
    },
  };

  test("four words of each video and nothing else", () => {
    expect(videoListOf(json)).toEqual([
      {
        date: "2026-04-12 12:00:00",
        link: `https://www.tiktokv.com/share/video/${SPRING}/`,
        likes: "120",
        title: 'Spring, "again"',
      },
      { date: "2024-02-29 12:00:00", link: linkOf(LEAP), likes: "1", title: "" },
    ]);
    expect(videoListText(videoListOf(json))).not.toMatch(/secret|Friends/);
  });

  test.each([
    [null],
    [[]],
    ["{"],
    [{ Post: null }],
    [{ Post: { Posts: { VideoList: null } } }],
    [{ Post: [] }],
  ])("%j holds no list", (value) => {
    expect(videoListOf(value)).toEqual([]);
  });

  test("the list as a table is recognised, and gives videos with the day of their id", () => {
    const { drafts, found, needs, problems } = readTable(videoListText(videoListOf(json)));
    expect([found.fileFormat, needs, problems]).toEqual(["tiktok-download", [], []]);
    expect(drafts.videos).toMatchObject([
      {
        sourceKey: `tt:video:${SPRING}`,
        title: 'Spring, "again"',
        publishedDay: "2026-04-12",
        format: "short",
      },
      { sourceKey: `tt:video:${LEAP}`, title: null, url: linkOf(LEAP), publishedDay: "2024-02-29" },
    ]);
    expect([drafts.readings, drafts.traffic, drafts.payouts]).toEqual([[], [], []]);
  });

  test("a list without videos says so", () => {
    expect(readNow(utf8(videoListText([])), "TikTok video list", OPTIONS)).toMatchObject({
      kind: "not_useful",
    });
  });

  test("a link that names no video is refused by line; one that comes twice counts once", () => {
    const { problems, notices, drafts } = readTable(
      `${DOWNLOAD}\n2026-01-01 00:00:00,https://v16.tiktokcdn.com/abc,1,x\n2026-04-12 12:00:00,${linkOf(SPRING)},120,x`,
    );
    expect(problems).toMatchObject([{ line: 4, column: "Link" }]);
    expect(notices).toMatchObject([{ line: 5, message: expect.stringMatching(/line 2 and counts once/) }]);
    expect(drafts.videos).toHaveLength(2);
  });

  test("a table with the same header but other links is somebody's own", () => {
    const text = "Date,Link,Likes,Title\n2026-01-01,https://example.org/a,1,x";
    expect(readTable(text).found.fileFormat).toBe("generic");
  });
});

test("JSON is told from a table by how it begins, so that a whole download is never read", () => {
  expect([' \n{"Post":', "{", "Date,Link", '"{"', ""].map(isDataDownload)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
