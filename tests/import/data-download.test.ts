import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type Found, findVideoList, videoListScanner, videoListText } from "../../lib/import/data-download";
import { utf8 } from "./fixtures";

const VIDEOS = [
  {
    Date: "2026-01-03 10:00:00",
    Link: "https://www.tiktokv.com/share/video/7300000000000000001/",
    Likes: "12",
    Title: 'Eggs, "five" of them',
  },
  {
    Date: "2026-01-02 10:00:00",
    Link: "https://www.tiktokv.com/share/video/7300000000000000002/",
    Likes: "3",
    Title: "] } \\ of all brackets",
  },
];
const LISTED = VIDEOS.map((video) => ({
  date: video.Date,
  link: video.Link,
  likes: video.Likes,
  title: video.Title,
}));

/** What TikTok puts around the list; look-alikes of its keys stand in the wrong places. */
function download(list: unknown = VIDEOS): unknown {
  return {
    "Direct Message": {
      ChatHistory: { "Chat with somebody:": [{ Content: 'private "Post":{"Posts":{"VideoList":[1]}}' }] },
    },
    Elsewhere: {
      Post: { Posts: { VideoList: [{ Link: "https://example.com/wrong" }] } },
      Posts: { VideoList: [2] },
    },
    "Profile And Settings": { Posts: { VideoList: [3] }, VideoList: [4] },
    Post: {
      Drafts: { VideoList: [5] },
      Posts: { Other: [[], {}], VideoList: list },
      After: {},
    },
  };
}

function scan(text: string, cut: (length: number) => number[] = () => []): Found {
  const bytes = utf8(text);
  const scanner = videoListScanner();
  const places = [...cut(bytes.length), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    if (scanner.push(bytes.subarray(from, to))) break;
    from = to;
  }
  return scanner.result();
}

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes.slice()]);
}

describe("of a data download only the list of videos is found", () => {
  it("at Post.Posts.VideoList and nowhere that only looks like it", () => {
    expect(scan(JSON.stringify(download()))).toEqual({ kind: "list", videos: LISTED });
    expect(scan(JSON.stringify(download(), null, 2))).toEqual({ kind: "list", videos: LISTED });
  });

  it("wherever the bytes are cut on their way, inside letters and escapes too (1,000 ways)", () => {
    const text = JSON.stringify(download([...VIDEOS, { ...VIDEOS[0], Title: 'Größe 🥚 \\"' }]));
    const whole = scan(text);
    const length = utf8(text).length;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: length }), { maxLength: 20 }), (cuts) => {
        expect(scan(text, () => cuts)).toEqual(whole);
      }),
      { numRuns: 1_000 },
    );
  });

  it("in any JSON: as often as JSON.parse finds a list there, and with the same videos (1,000 documents)", () => {
    const key = fc.constantFrom("Post", "Posts", "VideoList", "x", 'quo"te', "back\\slash");
    const { document } = fc.letrec<{ document: unknown; node: unknown }>((tie) => ({
      document: fc.dictionary(key, tie("node"), { maxKeys: 4 }),
      node: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.dictionary(key, tie("node"), { maxKeys: 4 }),
        fc.array(fc.oneof(tie("node"), fc.record({ Link: fc.string() })), { maxLength: 4 }),
      ),
    }));
    fc.assert(
      fc.property(document, (json) => {
        const list = (json as { Post?: { Posts?: { VideoList?: unknown } } }).Post?.Posts?.VideoList;
        const found = scan(JSON.stringify(json));
        if (Array.isArray(list) && list.length > 0) {
          expect(found.kind).toBe("list");
          expect(found.kind === "list" && found.videos.length).toBe(list.length);
        } else expect(found.kind).toBe("none");
      }),
      { numRuns: 1_000 },
    );
  });

  it("one that is cut is told as cut, one without the list as such, and other text is not touched", () => {
    const text = JSON.stringify(download());
    expect(scan(text.slice(0, text.indexOf("brackets")))).toEqual({ kind: "cut" });
    expect(scan(text.slice(0, 300))).toEqual({ kind: "cut" });
    expect(scan('{"Post":{"Posts":{"VideoList":[]}}}')).toEqual({ kind: "none" });
    expect(scan('{"Post":{"Posts":{"VideoList":null}}}')).toEqual({ kind: "none" });
    expect(scan("{}")).toEqual({ kind: "none" });
  });
});

describe("a file is looked into where it lies", () => {
  const json = utf8(JSON.stringify(download()));

  it("as JSON, with or without a byte-order mark", async () => {
    expect(await findVideoList(blobOf(json))).toEqual({ kind: "list", videos: LISTED });
    expect(await findVideoList(blobOf(utf8(`\uFEFF${JSON.stringify(download())}`)))).toEqual({
      kind: "list",
      videos: LISTED,
    });
  });

  it("as a zip, packed or stored, in a folder and beside other files", async () => {
    for (const level of [0, 6] as const) {
      const zip = zipSync({ "a/photo.txt": utf8("x"), "TikTok/user_data_tiktok.json": json }, { level });
      expect(await findVideoList(blobOf(zip))).toEqual({ kind: "list", videos: LISTED });
    }
  });

  it("a table, another zip, an empty file and nonsense go their usual way", async () => {
    const others = [
      utf8("month,views\n"),
      zipSync({ "Table data.csv": utf8("a,b\n") }),
      utf8(""),
      utf8("[1]"),
    ];
    for (const bytes of others) expect(await findVideoList(blobOf(bytes))).toEqual({ kind: "other" });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const found = await findVideoList(blobOf(new Uint8Array([0x50, 0x4b, 3, 4, ...bytes])));
        expect(found.kind).toBe("other");
      }),
    );
  });

  it("a damaged zip of one is told as damaged", async () => {
    const zip = zipSync({ "user_data_tiktok.json": json });
    const at = 60;
    zip.fill(0xff, at, at + 40);
    expect(await findVideoList(blobOf(zip))).toEqual({ kind: "cut" });
  });

  it("60 MB of messages around the list take less than 60 MB of memory", async () => {
    const filler = `"${"m".repeat(999_990)}",`;
    const parts = [
      '{"Direct Message":[',
      ...Array.from({ length: 60 }, () => filler),
      '0],"Post":{"Posts":{"VideoList":',
      JSON.stringify(VIDEOS),
      "}}}",
    ];
    const blob = new Blob(parts);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    const found = await findVideoList(blob);
    clearInterval(watch);
    expect(found).toEqual({ kind: "list", videos: LISTED });
    expect(most).toBeLessThan(60_000_000);
  });
});

describe("what is sent", () => {
  it("is a table of four columns, whatever the titles hold", () => {
    expect(videoListText([{ date: "2026-01-03", link: "l", likes: "1", title: 'a "b",\nc' }])).toBe(
      'Date,Link,Likes,Title\n"2026-01-03","l","1","a ""b"",\nc"\n',
    );
  });
});
