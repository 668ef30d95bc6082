import type { Currency, Decimal } from "../model/money";
import type { Stream } from "../model/words";
import { minorWithParts } from "./amounts";
import { ESTIMATE, type Period, type Problem, type Sink } from "./draft";
import type { MetaPost } from "./meta-posts";

type Context = { channelKey: string; currency: Currency; period: Period };

/**
 * What Facebook paid for posts over a period: one payout of ads, and one of gifts for its stars, with lines by
 * video. What posts without video earned is in the payout and in no line.
 */
export function addEarnings(out: Sink, posts: MetaPost[], context: Context, problems: Problem[]): void {
  const paidBy = (amountOf: (post: MetaPost) => Decimal | null) =>
    posts.flatMap((post) => {
      const amount = amountOf(post);
      return amount ? [{ post, amount }] : [];
    });
  addPayout(
    out,
    "ads",
    paidBy(({ earnings }) => earnings),
    context,
    problems,
  );
  // Most pages get no stars ever: a column of zeros is no payout.
  const stars = paidBy((post) => post.stars);
  if (stars.some(({ amount }) => amount.units !== 0n)) addPayout(out, "gift", stars, context, problems);
}

function addPayout(
  out: Sink,
  stream: Stream,
  paid: { post: MetaPost; amount: Decimal }[],
  { channelKey, currency, period }: Context,
  problems: Problem[],
): void {
  const [first] = paid;
  if (!first) return;
  const amount = minorWithParts(
    paid.map((each) => each.amount),
    currency,
  );
  if (!amount.ok) {
    problems.push({ message: amount.error });
    return;
  }
  const { minor, parts } = amount.value;
  const lines = paid.flatMap(({ post }, index) =>
    post.video ? [{ videoExternalId: post.video.externalId, minor: parts[index] ?? 0n }] : [],
  );
  const ofVideos = lines.reduce((sum, line) => sum + line.minor, 0n);
  // Posts without video may have given back more than they earned; then the lines cannot be part of the payout.
  const isPart = minor < 0n ? ofVideos >= minor : ofVideos <= minor;
  out.payout({
    sourceKey: `meta:posts:${stream}:${period.from}..${period.to}:${channelKey}`,
    platform: "facebook",
    format: null,
    stream,
    ...period,
    minor,
    currency,
    ...ESTIMATE,
    lines: isPart ? lines : [],
    line: first.post.row.line,
  });
}
