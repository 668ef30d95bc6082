import { describe, expect, test } from "vitest";
import { OPTIONS, readTable, refusalOf } from "./fixtures";
import { NETWORK } from "./youtube.fixtures";

const CHOSEN = { ...OPTIONS, subject: "UCaaaaaaaaaaaaaaaaaaaaaa" };

describe("a network's table of channels gives one channel its views and one payout", () => {
  test("which channel is meant is asked, by title and id", () => {
    const { needs, drafts, found } = readTable(NETWORK);
    expect(found.fileFormat).toBe("youtube-network");
    expect(needs).toMatchObject([
      {
        what: "subject",
        options: [
          { value: "UCaaaaaaaaaaaaaaaaaaaaaa", label: "Tin whistle (UCaaaaaaaaaaaaaaaaaaaaaa)" },
          { value: "UCbbbbbbbbbbbbbbbbbbbbbb", label: "Bread (UCbbbbbbbbbbbbbbbbbbbbbb)" },
        ],
      },
    ]);
    expect([drafts.traffic, drafts.payouts]).toEqual([[], []]);
  });

  test("views, engaged views, 12.5 h = 45,000 s, and partner revenue 2.005, half to even 2.00", () => {
    const { needs, drafts, notices } = readTable(NETWORK, CHOSEN);
    expect([needs, notices]).toEqual([[], []]);
    expect(drafts.traffic).toMatchObject([
      { views: 600, engagedViews: 500, watchSeconds: 45_000, videoExternalId: null, from: "2024-01-01" },
    ]);
    expect(drafts.payouts).toMatchObject([
      { stream: "ads", minor: 200n, currency: "USD", state: "estimated", to: "2024-12-31", line: 3 },
    ]);
  });

  test("the period is asked for, together with the channel", () => {
    const { period: _, ...open } = OPTIONS;
    expect(readTable(NETWORK, open).needs.map(({ what }) => what)).toEqual(["period", "subject"]);
  });

  test("a single channel needs no choice", () => {
    const single = NETWORK.split("\n").slice(0, 3).join("\n");
    expect(readTable(single).drafts.payouts).toHaveLength(1);
  });

  test("a channel that is listed twice is refused by line", () => {
    const lines = NETWORK.split("\n");
    expect(refusalOf([...lines, lines[3]].join("\n"))).toMatchObject({ line: 5, column: "Channel" });
  });
});
