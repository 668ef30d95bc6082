import "server-only";
import type { Deal } from "@/db/deals";
import * as drawn from "@/db/drawn";
import * as videos from "@/db/videos";
import { AppError } from "@/lib/errors";
import type { Viewer } from "@/lib/model/access";
import { type DealRate, dealRate, type Promised } from "@/lib/model/deal";
import { addDays, type Day } from "@/lib/model/month";

const DAYS_AFTER = 30;

/** A deliverable with what its video drew; views are null while they are not known. */
export type DeliveredItem = Promised & {
  title: string | null;
  toDate: number | null;
  after30Days: number | null;
  /** the 30 days are over */
  isRipe: boolean;
};

export type Delivered = {
  items: readonly DeliveredItem[];
  toDate: number | null;
  /** null until every tied video's 30 days are over and known */
  after30Days: number | null;
  rate: DealRate;
};

/** What was promised, and what its videos drew: to date, and in the 30 days from each one's publication. */
export async function loadDelivered(
  viewer: Viewer,
  creatorId: string,
  deal: Deal,
  today: Day,
): Promise<Delivered> {
  const tied = [...new Set(deal.deliverables.flatMap(({ videoId }) => videoId ?? []))];
  const found = await Promise.all(tied.map((id) => videoOrNull(viewer, creatorId, id)));
  const known = new Map(found.flatMap((video) => (video ? [[video.id, video] as const] : [])));
  const spans = [...known.values()].flatMap(({ id: videoId, publishedOn }) =>
    publishedOn
      ? [{ key: videoId, videoId, fromDay: publishedOn, toDay: addDays(publishedOn, DAYS_AFTER - 1) }]
      : [],
  );
  const windows = await drawn.drawnIn(viewer, creatorId, spans);
  const items = deal.deliverables.map((item): DeliveredItem => {
    const video = known.get(item.videoId ?? "");
    const last = video?.publishedOn ? addDays(video.publishedOn, DAYS_AFTER - 1) : null;
    const isRipe = last !== null && last < today;
    return {
      ...item,
      title: video?.title ?? null,
      toDate: video?.views ?? null,
      after30Days: isRipe ? (windows.get(item.videoId ?? "")?.views ?? null) : null,
      isRipe,
    };
  });
  const byVideo = new Map(items.flatMap((item) => (item.videoId ? [[item.videoId, item] as const] : [])));
  const toDate = sumOf([...byVideo.values()].map(({ toDate }) => toDate));
  const after30Days = sumOf([...byVideo.values()].map(({ after30Days }) => after30Days));
  return { items, toDate, after30Days, rate: dealRate(deal, { toDate, after30Days }) };
}

/** A sum with an unknown part is unknown; of nothing there is no sum. */
function sumOf(views: readonly (number | null)[]): number | null {
  return views.reduce<number | null>(
    (sum, each, index) => (each === null || (index > 0 && sum === null) ? null : (sum ?? 0) + each),
    null,
  );
}

async function videoOrNull(viewer: Viewer, creatorId: string, id: string): Promise<videos.Video | null> {
  try {
    return await videos.get(viewer, creatorId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
