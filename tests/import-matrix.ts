import { randomUUID } from "node:crypto";
import * as importMappings from "../db/import-mappings";
import * as imports from "../db/imports";
import * as uploads from "../db/uploads";
import { noDrafts } from "../lib/import/draft";
import { monthOf } from "../lib/model/month";
import type { Row } from "./access-matrix";
import { ledgerFile, linesOf } from "./ledger-file";
import { bringOf } from "./staging";
import type { FullStudio } from "./studio";

const id = randomUUID;
/** A file without an entry, on its way to the victim's channel. */
const nothingFor = ({ channelId }: FullStudio): imports.Bring =>
  bringOf(noDrafts(), { channelId, platform: "tiktok", fileSha256: "00", choices: {} });
const newUpload = (): uploads.NewUpload => ({ id: id(), fileName: "c.csv", bytes: 9, sha256: null });

/** The rows of the denial matrix for files that come in and go out. */
export const IMPORT_MATRIX: Readonly<Record<string, Row>> = {
  "import-mappings.find": {
    needs: "read",
    call: (viewer, v) => importMappings.find(viewer, v.creatorId, ["a"]),
  },
  "import-mappings.save": {
    needs: "write",
    call: (viewer, v) => importMappings.save(viewer, v.creatorId, ["b"], {}),
  },
  "imports.commit": {
    needs: "write",
    call: (viewer, v) => {
      const file = { fileName: "b.csv", sha256: "00", format: "generic", options: {} };
      const input = { id: id(), ...file, channelId: v.channelId };
      return imports.commit(viewer, v.creatorId, input, nothingFor(v), null);
    },
  },
  "imports.list": { needs: "read", call: (viewer, v) => imports.list(viewer, v.creatorId) },
  "imports.listDifferences": {
    needs: "read",
    call: (viewer, v) => imports.listDifferences(viewer, v.creatorId, monthOf("2026-01")),
  },
  "imports.plan": { needs: "read", call: (viewer, v) => imports.plan(viewer, v.creatorId, nothingFor(v)) },
  "imports.undo": { needs: "write", call: (viewer, v) => imports.undo(viewer, v.creatorId, v.importId) },
  "ledger.walk": {
    needs: "read",
    call: async (viewer, v) => linesOf(await ledgerFile(viewer, v.creatorId)),
  },
  "uploads.addPart": {
    needs: "write",
    call: async (viewer, v) => {
      const run = await uploads.begin(viewer, v.creatorId, newUpload());
      const at = { id: v.uploadId, run: run ?? "", part: 1, share: 1 };
      // Another file's run is refused like a file that is not there.
      await uploads.addPart(viewer, v.creatorId, at, Buffer.from("x"));
    },
    refused: "not_found",
  },
  "uploads.beat": {
    needs: "write",
    call: (viewer, v) => uploads.beat(viewer, v.creatorId, { id: v.uploadId, run: id() }, 0.5),
  },
  "uploads.begin": {
    needs: "write",
    call: (viewer, v) => uploads.begin(viewer, v.creatorId, newUpload()),
  },
  "uploads.claim": {
    needs: "write",
    call: (viewer, v) => uploads.claim(viewer, v.creatorId, v.uploadId, { state: "reading", choices: {} }),
  },
  "uploads.complete": {
    needs: "write",
    refused: "not_found",
    call: (viewer, v) => uploads.complete(viewer, v.creatorId, { id: v.uploadId, run: id() }, "0"),
  },
  "uploads.drop": { needs: "write", call: (viewer, v) => uploads.drop(viewer, v.creatorId, v.uploadId) },
  "uploads.find": { needs: "read", call: (viewer, v) => uploads.find(viewer, v.creatorId, v.uploadId) },
  "uploads.finish": {
    needs: "write",
    refused: "not_found",
    call: (viewer, v) => uploads.finish(viewer, v.creatorId, { id: v.uploadId, run: id() }),
  },
  "uploads.list": { needs: "read", call: (viewer, v) => uploads.list(viewer, v.creatorId) },
  "uploads.readPart": {
    needs: "write",
    call: (viewer, v) => uploads.readPart(viewer, v.creatorId, v.uploadId, 0),
  },
  "uploads.settle": {
    needs: "write",
    call: (viewer, v) =>
      uploads.settle(
        viewer,
        v.creatorId,
        { id: v.uploadId, run: id() },
        { state: "read", choices: {}, result: {} },
      ),
  },
  "uploads.sweep": { needs: "write", call: (viewer, v) => uploads.sweep(viewer, v.creatorId) },
};
