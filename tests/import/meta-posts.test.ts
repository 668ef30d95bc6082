import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { dayOf } from "../../lib/model/month";
import { type Cells, csvText, OPTIONS, readTable, refusalOf, utf8, utf16 } from "./fixtures";
import {
  FACEBOOK_HEADER,
  FACEBOOK_ROWS,
  facebookRow,
  INSTAGRAM_HEADER,
  INSTAGRAM_ROWS,
} from "./meta.fixtures";

const EXPORTED = { ...OPTIONS, asOf: dayOf("2025-11-05") };
const INSTAGRAM = csvText([INSTAGRAM_HEADER, ...INSTAGRAM_ROWS]);
const FACEBOOK = csvText([FACEBOOK_HEADER, ...FACEBOOK_ROWS]);

describe("Instagram posts become videos and their counts so far", () => {
  const { drafts, needs, problems, notices, found } = readTable(INSTAGRAM, EXPORTED);

  test("reels and videos only, named by the code in their link, as a pasted link names them", () => {
    expect([found.fileFormat, needs, problems]).toEqual(["meta-posts", [], []]);
    expect(drafts.videos).toEqual([
      {
        sourceKey: "meta:video:instagram:CxAbCdEfGhI",
        platform: "instagram",
        externalId: "CxAbCdEfGhI",
        url: "https://www.instagram.com/reel/CxAbCdEfGhI/",
        title: "First line, with comma",
        publishedDay: "2025-10-03",
        durationSeconds: 44,
        format: "short",
        line: 2,
      },
      expect.objectContaining({
        externalId: "CyAbCdEfGhI",
        title: null,
        publishedDay: "2025-09-28",
        // A video of Instagram may be long or short: asked, never guessed.
        format: null,
      }),
    ]);
  });

  test('"12,400" and "1,000" are whole counts, read on the day of the export; blank is unknown', () => {
    expect(drafts.readings).toMatchObject([
      {
        sourceKey: "meta:reading:instagram:CxAbCdEfGhI:2025-11-05:c1",
        day: "2025-11-05",
        views: 12_400,
        likes: 610,
        comments: 57,
        shares: 88,
        followers: null,
      },
      { videoExternalId: "CyAbCdEfGhI", views: 1000, likes: null, comments: null, shares: null },
    ]);
    expect([drafts.traffic, drafts.payouts]).toEqual([[], []]);
  });

  test("images, carousels and stories are counted and left out", () => {
    expect(notices.map(({ message }) => message)).toEqual([
      "3 posts are no videos (images, carousels, stories, texts), and are left out.",
    ]);
  });

  test("the day of the export is asked for; a count so far without its day is worth nothing", () => {
    const open = readTable(INSTAGRAM);
    expect(open.needs).toMatchObject([{ what: "asOf", message: expect.stringMatching(/exported it\.$/) }]);
    expect(open.drafts.readings).toEqual([]);
  });

  test("UTF-16 and a table with plays, as older exports call views, read alike", () => {
    const older = INSTAGRAM.replace(",Views,", ",Plays,");
    expect(readTable(utf16(older), EXPORTED).drafts.readings).toEqual(drafts.readings);
  });
});

describe("other languages of the account", () => {
  const cells = (type: string, views: string) => [
    "18000000000000001",
    "Testo",
    "10/13/2025 08:31",
    "https://www.instagram.com/reel/CxAbCdEfGhI/",
    type,
    views,
    "5",
    "6",
  ];
  test.each([
    [
      "Italian",
      [
        "Descrizione",
        "Orario di pubblicazione",
        "Permalink",
        "Tipo di post",
        "Visualizzazioni",
        "Mi piace",
        "Commenti",
      ],
      "Reel di IG",
      "12.400",
    ],
    [
      "Swedish",
      [
        "Beskrivning",
        "Publiceringstid",
        "Permalänk",
        "Inläggstyp",
        "Visningar",
        "Gilla-markeringar",
        "Kommentarer",
      ],
      "IG-reel",
      "12400",
    ],
    [
      "Spanish",
      [
        "Descripción",
        "Hora de publicación",
        "Permalink",
        "Tipo de publicación",
        "Visualizaciones",
        "Me gusta",
        "Comentarios",
      ],
      "Reel de IG",
      "12,400",
    ],
  ])("%s", (_, header, type, views) => {
    const { drafts, found } = readTable(csvText([["Post ID", ...header], cells(type, views)]), EXPORTED);
    expect(found.fileFormat).toBe("meta-posts");
    expect(drafts.videos).toMatchObject([{ title: "Testo", publishedDay: "2025-10-13", format: "short" }]);
    expect(drafts.readings).toMatchObject([{ views: 12_400, likes: 5, comments: 6 }]);
  });

  test("Spanish money has YouTube's words: the id column tells that it is Facebook's", () => {
    const header = [
      "Nombre de la página",
      "Identificador del activo de video",
      "Hora de publicación",
      "Fecha",
      "Veces que se compartió",
      "Reproducciones de video de 3 segundos",
      "Ingresos estimados (USD)",
    ];
    const row = ["Tin Whistle", "1230000000000001", "10/13/2025 08:31", "Total", "7", "900", "3.21"];
    const { drafts, found } = readTable(csvText([header, row]), EXPORTED);
    expect(found.fileFormat).toBe("meta-posts");
    expect(drafts.videos).toMatchObject([
      {
        platform: "facebook",
        externalId: "1230000000000001",
        url: "https://www.facebook.com/watch/?v=1230000000000001",
      },
    ]);
    // Three seconds are no view in the sense of the other exports.
    expect(drafts.readings).toMatchObject([{ views: null, shares: 7 }]);
    expect(drafts.payouts).toMatchObject([{ platform: "facebook", stream: "ads", minor: 321n }]);
  });
});

describe("Facebook posts: counts so far, and what was paid over the period", () => {
  const { drafts, needs, problems } = readTable(FACEBOOK, EXPORTED);

  test("reel and video by the id in their link; reactions are likes", () => {
    expect([needs, problems]).toEqual([[], []]);
    expect(drafts.videos.map(({ externalId, format, title }) => [externalId, format, title])).toEqual([
      ["1230000000000001", "short", "How to hold it"],
      ["1230000000000002", null, "How to hold it"],
    ]);
    expect(drafts.readings).toMatchObject([
      { views: 1250, likes: 50, comments: 10, shares: 6 },
      { videoExternalId: "1230000000000002" },
    ]);
  });

  test("ads: 1.234 + 2.345 + 0.421 = 4.000; lines 1.24 + 2.34, and the photo's 0.42 is not attributed", () => {
    expect(drafts.payouts[0]).toMatchObject({
      sourceKey: "meta:posts:ads:2024-01-01..2024-12-31:c1",
      platform: "facebook",
      stream: "ads",
      minor: 400n,
      currency: "USD",
      state: "estimated",
    });
    const lines = drafts.payouts[0]?.lines ?? [];
    expect(lines.map(({ videoExternalId }) => videoExternalId)).toEqual([
      "1230000000000001",
      "1230000000000002",
    ]);
    expect(lines.reduce((sum, { minor }) => sum + minor, 0n)).toBe(358n);
  });

  test("stars are a gift of their own; a column of zeros is no payout", () => {
    expect(drafts.payouts[1]).toMatchObject({
      stream: "gift",
      minor: 50n,
      lines: [{ minor: 50n }, { minor: 0n }],
    });
    expect(drafts.payouts).toHaveLength(2);
    const none = readTable(csvText([FACEBOOK_HEADER, FACEBOOK_ROWS[1] ?? []]), EXPORTED);
    expect(none.drafts.payouts.map(({ stream }) => stream)).toEqual(["ads"]);
  });

  test("the header's capitals vary between exports", () => {
    const [header = "", ...rows] = FACEBOOK.split("\n");
    const other = [header.toLowerCase().replace("(usd)", "(USD)"), ...rows].join("\n");
    expect(readTable(other, EXPORTED).drafts).toEqual(drafts);
  });

  test("period and day of export are asked for together", () => {
    const { period: _, ...open } = OPTIONS;
    expect(readTable(FACEBOOK, open).needs.map(({ what }) => what)).toEqual(["asOf", "period"]);
  });

  test("where posts without video gave back more than they earned, the lines are left out: 1.00 - 0.40 < 1.00", () => {
    const rows = [
      facebookRow({
        id: "1",
        link: "https://www.facebook.com/reel/1230000000000001/",
        type: "Reel",
        earnings: "1",
      }),
      facebookRow({ id: "2", link: "https://www.facebook.com/x/posts/2", type: "Photo", earnings: "-0.4" }),
    ];
    expect(readTable(csvText([FACEBOOK_HEADER, ...rows]), EXPORTED).drafts.payouts).toMatchObject([
      { minor: 60n, lines: [] },
    ]);
  });
});

describe("a refused post is named by line, column and reason", () => {
  const withRow = (changes: Record<string, string>): Cells => [
    INSTAGRAM_HEADER,
    ...INSTAGRAM_ROWS,
    INSTAGRAM_HEADER.map((name, at) => changes[name] ?? INSTAGRAM_ROWS[0]?.[at] ?? ""),
  ];
  test.each([
    [
      "a link that names no post",
      { Permalink: "https://www.instagram.com/tin.whistle/" },
      "Permalink",
      /names no post/,
    ],
    [
      "a count that is none",
      { Permalink: "https://www.instagram.com/reel/AAAAAAAAAAA/", Views: "many" },
      "Views",
      /not an amount/,
    ],
    [
      "one day instead of the lifetime",
      { Permalink: "https://www.instagram.com/reel/AAAAAAAAAAA/", Date: "10/04/2025" },
      "Date",
      /breakdown Lifetime/,
    ],
    ["a post twice with other figures", { Views: "12,401" }, undefined, /also on line 2/],
  ])("%s", (_, changes, column, message) => {
    const { problems, drafts } = readTable(csvText(withRow(changes)), EXPORTED);
    expect(problems).toMatchObject([{ line: 8, message: expect.stringMatching(message) }]);
    expect(problems[0]?.column).toBe(column);
    expect(drafts.videos).toHaveLength(2);
  });

  test("a row that repeats another to the letter counts once, and that is said", () => {
    const { notices, problems } = readTable(csvText(withRow({})), EXPORTED);
    expect([problems, notices[0]?.message]).toEqual([[], "This row repeats line 2 and counts once."]);
  });

  test("an export of which no row can be read is refused with the reasons", () => {
    const row = INSTAGRAM_HEADER.map((name, at) =>
      name === "Views" ? "many" : (INSTAGRAM_ROWS[0]?.[at] ?? ""),
    );
    expect(refusalOf(csvText([INSTAGRAM_HEADER, row]), EXPORTED)).toMatchObject({ line: 2, column: "Views" });
  });

  test("an export of pictures alone says what to take instead", () => {
    const outcome = readNow(utf8(csvText([INSTAGRAM_HEADER, ...INSTAGRAM_ROWS.slice(2)])), "x.csv", EXPORTED);
    expect(outcome.kind === "not_useful" && outcome.message).toMatch(/no reel and no video; choose a period/);
  });
});
