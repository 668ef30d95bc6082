import type { Stream } from "@/lib/model/words";

/** Whole class names, so that the style sheet knows them. */
export const STREAM_FILL: Readonly<Record<Stream, string>> = {
  ads: "fill-stream-ads",
  rewards: "fill-stream-rewards",
  sponsorship: "fill-stream-sponsorship",
  affiliate: "fill-stream-affiliate",
  super_like: "fill-stream-super-like",
  gift: "fill-stream-gift",
  shop: "fill-stream-shop",
  subscription: "fill-stream-subscription",
  other: "fill-stream-other",
};

/** The same colour's token, for the canvas. */
export function streamToken(stream: Stream): string {
  return `--stream-${stream.replace("_", "-")}`;
}
