import { parseVideoLink } from "@/lib/import/video-link";
import { type Day, dayOf } from "@/lib/model/month";
import type { Result } from "@/lib/model/result";
import type { Format, Platform } from "@/lib/model/words";

export type LinkFacts = {
  platform: Platform;
  externalId: string;
  /** null where the link does not tell */
  format: Format | null;
  publishedOn: Day | null;
};

/**
 * What a pasted link fills into the form, in the creator's zone; the same in the browser and on the server.
 * TikTok and Instagram publish next to nothing but short videos, so a link of theirs means one.
 */
export function linkFacts(text: string, timeZone: string): Result<LinkFacts> {
  const link = parseVideoLink(text);
  if (!link.ok) return link;
  const { platform, externalId, format, publishedAt } = link.value;
  const usual = platform === "tiktok" || platform === "instagram" ? "short" : null;
  return {
    ok: true,
    value: {
      platform,
      externalId,
      format: format ?? usual,
      publishedOn: publishedAt && dayIn(publishedAt, timeZone),
    },
  };
}

function dayIn(instant: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return dayOf(`${part("year")}-${part("month")}-${part("day")}`);
}
