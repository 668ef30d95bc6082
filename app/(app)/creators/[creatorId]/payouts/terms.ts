import "server-only";
import type { Creator } from "@/db/creators";
import * as rules from "@/db/rules";
import { dayName } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { CONVENTION_WORDS, GIFT_CONVENTION, readConvention } from "@/lib/model/gift-convention";
import { STREAMS } from "@/lib/model/words";
import type { Terms } from "./makings-fields";
import { percentText } from "./makings-text";

/** What the creator's rules of today say beside the fields of a payout's making. */
export async function loadTerms(viewer: Viewer, creator: Creator, locale: string): Promise<Terms> {
  const standing = await rules.standingOn(viewer, creator.id, creator.today);
  const shares: Record<string, string> = {};
  for (const { kind, subject, body, fromDay } of standing) {
    const stream = STREAMS.find((each) => each === subject);
    if (kind !== "share" || !stream || typeof body.platformPpm !== "number") continue;
    shares[stream] = `${percentText(body.platformPpm)} % by your rule of ${dayName(fromDay, locale)}.`;
  }
  const own = standing.find(({ kind, subject }) => kind === "convention" && subject === "gift");
  const convention = (own && readConvention(own.body)) || GIFT_CONVENTION;
  const { unitsPerMoney, currency } = convention;
  return { shares, gift: `${unitsPerMoney} diamonds are said to make 1 ${currency} (${CONVENTION_WORDS}).` };
}
