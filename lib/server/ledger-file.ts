import "server-only";
import * as ledger from "@/db/ledger";
import type { Viewer } from "../model/access";
import { ledgerHeader } from "../report/ledger";
import { BYTE_ORDER_MARK } from "./download";
import { report } from "./report-error";

/** Everything of a creator that counts, as CSV. Rows are read no faster than they are taken; who stops taking them ends the reading. */
export function ledgerFile(viewer: Viewer, creatorId: string): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const run = async () => {
    await writer.write(new TextEncoder().encode(BYTE_ORDER_MARK + ledgerHeader()));
    await ledger.walk(viewer, creatorId, (lines) => writer.write(lines));
    await writer.close();
  };
  run().catch((error) => {
    if (!isGone(error)) report(error);
    void writer.abort(error).catch(() => {});
  });
  return readable;
}

/** The download was broken off by its reader: nothing is wrong here. */
function isGone(error: unknown): boolean {
  return error === undefined || (error instanceof Error && error.name === "AbortError");
}
