import { describe, expect, test } from "vitest";
import { parseVideoLink, tiktokPostedAt } from "../../lib/import/video-link";

const read = (link: string) => {
  const result = parseVideoLink(link);
  return result.ok ? result.value : result.error;
};

describe("a pasted link names the video and what else it gives away", () => {
  test.each([
    ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s", "youtube", "dQw4w9WgXcQ", null],
    ["youtu.be/dQw4w9WgXcQ?si=abc", "youtube", "dQw4w9WgXcQ", null],
    ["https://m.youtube.com/shorts/-pdXWmj9xxU", "youtube", "-pdXWmj9xxU", "short"],
    ["https://www.youtube.com/live/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", "live"],
    ["https://www.instagram.com/reel/CxAbCdEfGhI/?igsh=1", "instagram", "CxAbCdEfGhI", "short"],
    ["https://www.instagram.com/some.name/p/CxAbCdEfGhI/", "instagram", "CxAbCdEfGhI", null],
    ["https://www.facebook.com/reel/1234567890", "facebook", "1234567890", "short"],
    ["https://www.facebook.com/watch/?v=1234567890", "facebook", "1234567890", null],
    ["https://www.facebook.com/page/videos/a-title/1234567890/", "facebook", "1234567890", null],
  ])("%s", (link, platform, externalId, format) => {
    expect(read(link)).toEqual({ platform, externalId, format, publishedAt: null });
  });

  test("a TikTok id holds its instant: 7311999999999999999 >> 32 = 1,702,457,979 s = 2023-12-13", () => {
    const seconds = Number(7_311_999_999_999_999_999n >> 32n);
    const video = read("https://www.tiktok.com/@some.name/video/7311999999999999999?lang=en");
    expect(video).toMatchObject({
      platform: "tiktok",
      externalId: "7311999999999999999",
      publishedAt: new Date(seconds * 1000),
    });
    expect(tiktokPostedAt("7311999999999999999")?.toISOString().slice(0, 10)).toBe("2023-12-13");
  });
});

test("the address of a video in TikTok's data download names it as well as the account's own", () => {
  const own = read("https://www.tiktok.com/@some.name/video/7311999999999999999");
  expect(read("https://www.tiktokv.com/share/video/7311999999999999999/")).toEqual(own);
});

describe("a link that names no video is refused with the remedy", () => {
  test.each([
    ["https://vm.tiktok.com/ZMabc123/", /short link.*full address/],
    ["https://www.tiktok.com/t/ZTabc/", /short link/],
    ["https://fb.watch/abc/", /short link/],
    ["https://www.tiktok.com/@name", /names no video/],
    ["https://www.tiktok.com/@name/video/123", /names no video/],
    ["https://www.youtube.com/@channel", /11 characters/],
    ["https://www.instagram.com/name/", /names no post/],
    ["https://example.org/watch?v=dQw4w9WgXcQ", /example\.org are not known/],
    ["https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", /not known/],
    ["javascript:alert(1)", /not a link/],
    ["hello there", /not a link/],
    ["", /not a link/],
  ])("%j", (link, message) => {
    expect(read(link)).toMatch(message);
  });
});
