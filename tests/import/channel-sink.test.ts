import { expect, test } from "vitest";
import { channelSink } from "../../lib/import/channel-sink";
import {
  collecting,
  NO_FIGURES,
  noDrafts,
  type PayoutDraft,
  type TrafficDraft,
  type VideoDraft,
} from "../../lib/import/draft";
import { currencyOf } from "../../lib/model/money";
import { dayOf } from "../../lib/model/month";
import { OPTIONS } from "./fixtures";

const PERIOD = { from: dayOf("2024-01-01"), to: dayOf("2024-01-31") };
const VIDEO: VideoDraft = {
  sourceKey: "v",
  platform: "youtube",
  externalId: "aaaaaaaaaa1",
  url: "",
  title: null,
  publishedDay: null,
  durationSeconds: null,
  format: null,
  line: 2,
};
const TRAFFIC: TrafficDraft = {
  sourceKey: "t",
  platform: "tiktok",
  format: null,
  videoExternalId: null,
  ...PERIOD,
  ...NO_FIGURES,
  views: 5,
  line: 3,
};
const PAYOUT: PayoutDraft = {
  sourceKey: "p",
  platform: "other",
  format: null,
  stream: "ads",
  ...PERIOD,
  to: dayOf("2024-02-29"),
  minor: 100n,
  currency: currencyOf("USD"),
  state: "final",
  estimatedMinor: null,
  settledDay: null,
  note: "",
  lines: [
    { videoExternalId: "a", minor: 150n },
    { videoExternalId: "b", minor: -50n },
  ],
  line: 4,
};

function through(options: Partial<typeof OPTIONS>) {
  const drafts = noDrafts();
  const sink = channelSink(collecting(drafts), { ...OPTIONS, ...options });
  sink.video(VIDEO);
  sink.traffic(TRAFFIC);
  sink.payout(PAYOUT);
  return { drafts, staged: sink.staged(), notices: sink.notices() };
}

test("a channel takes its own platform's entries and those of none; the others are counted and told", () => {
  const { drafts, staged, notices } = through({ platform: "youtube" });
  expect([drafts.videos.length, drafts.traffic.length, drafts.payouts.length]).toEqual([1, 0, 1]);
  expect(staged).toEqual({
    entries: 2,
    period: { from: "2024-01-01", to: "2024-02-29" },
    platforms: ["youtube", "tiktok"],
  });
  expect(notices[0]?.message).toMatch(/^1 entry of TikTok is left aside, since the channel is on YouTube\./);
});

test("before a channel is chosen nothing is left aside", () => {
  expect(through({}).staged.entries).toBe(3);
});

test("a video of unknown format gets the one chosen for it, else the one chosen for all", () => {
  expect(through({ videoFormat: "long" }).drafts.videos[0]?.format).toBe("long");
  expect(
    through({ videoFormat: "long", videoFormats: { aaaaaaaaaa1: "short" } }).drafts.videos[0]?.format,
  ).toBe("short");
  expect(
    through({ videoFormats: Object.fromEntries([["constructor", "short" as const]]) }).drafts.videos[0]
      ?.format,
  ).toBeNull();
});

test("lines of +1.50 and −0.50 are no parts of a payout of 1.00: it stays whole, without lines, and it is said", () => {
  const { drafts, notices } = through({});
  expect(drafts.payouts).toMatchObject([{ minor: 100n, lines: [] }]);
  expect(notices).toMatchObject([{ line: 4, message: expect.stringMatching(/some gave back/) }]);
});
