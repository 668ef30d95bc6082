import "server-only";
import * as alerts from "@/db/alerts";
import { notFound } from "../errors";
import { ALERT_KINDS, type AlertKind } from "../model/words";
import { viewerOfMail } from "./viewer";

/** The kind that a mail's link switches off; null for a link that is none of ours, or has ended. */
export function kindOfMail(token: string): AlertKind | null {
  const kind = viewerOfMail(token)?.kind;
  return ALERT_KINDS.find((each) => each === kind) ?? null;
}

/** Switches a kind off by mail for whom the mail was written to. Throws not_found for a link that is not good. */
export async function switchOffByMail(token: string): Promise<void> {
  const [meant, kind] = [viewerOfMail(token), kindOfMail(token)];
  if (!meant || !kind) throw notFound("link");
  const { viewer, creatorId } = meant;
  const choice = (await alerts.listChoices(viewer, creatorId)).find((each) => each.kind === kind);
  await alerts.choose(viewer, creatorId, [{ kind, inApp: choice?.inApp ?? true, byMail: false }]);
}
