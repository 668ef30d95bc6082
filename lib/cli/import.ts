/**
 * `npm run import -- FILE --creator NAME`: what the page Imports does, for a file on this machine: the same reading,
 * the same preview, the same import, noted in the audit log as the operator's. With --dry-run nothing is written.
 *
 * Exit codes: 0 done, or nothing to do; 1 refused, or a question is open (the option that answers it is named);
 * 2 the command itself was wrong.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import * as channels from "../../db/channels";
import * as imports from "../../db/imports";
import { findVideoList, VIDEO_LIST_NAME, videoListText } from "../import/data-download";
import { type Preview, previewOf } from "../import-preview";
import { operatorViewer, type Viewer } from "../model/access";
import { withFolder } from "../server/import-folder";
import { readFor } from "../server/import-read";
import { findCreator, isSameName, listed, Refused, runCommand, UsageError } from "./command";
import { type ImportArguments, parseImport, USAGE } from "./import/arguments";
import { textOf } from "./import/report";

const LOCALE = "en-US";

await runCommand(USAGE, async () => run(await parseImport(process.argv.slice(2))));

async function run(given: ImportArguments): Promise<number> {
  const creatorId = await findCreator(given.creator, "import");
  const viewer = operatorViewer(creatorId, "import");
  return withFolder(async (folder) => {
    const file = await localFile(given.file, folder);
    const id = randomUUID();
    const choices = await choicesOf(viewer, creatorId, given, id);
    const read = await readFor(viewer, creatorId, file, choices, { newChannelId: id });
    const { outcome, bring } = read;
    const plan = bring && (await imports.plan(viewer, creatorId, bring));
    const preview = previewOf({ outcome, choices: read.choices, plan, locale: LOCALE });
    const isNameless = preview.kind === "read" && preview.channel?.newOn && given.newChannel === null;
    const isReady = preview.kind === "read" && preview.hash !== null && !isNameless;
    const isDone = isReady && !given.isDryRun;
    if (isDone && outcome.kind === "read" && bring && preview.channel) {
      const { channel, hash } = preview;
      await imports.commit(
        viewer,
        creatorId,
        {
          id,
          fileName: file.name,
          sha256: file.sha256,
          format: outcome.found.fileFormat,
          channelId: channel.id,
          newChannel: channel.newOn && {
            ...{ id: channel.id, platform: channel.newOn, name: given.newChannel ?? "" },
            ...{ handle: "", niche: "other" as const },
          },
          options: { ...read.choices, hash },
        },
        bring,
        hash,
      );
    }
    const result = { imported: isDone ? id : null, preview };
    console.log(
      given.isJson
        ? JSON.stringify(result, null, 2)
        : textOf(preview, { isDone, isNameless: Boolean(isNameless) }),
    );
    return isOpen(preview) || isNameless ? 1 : 0;
  });
}

/** Refused, without use, or with a question left. */
function isOpen(preview: Preview): boolean {
  return preview.kind !== "read" || preview.asks.length > 0;
}

async function choicesOf(viewer: Viewer, creatorId: string, given: ImportArguments, newId: string) {
  const { channel, newChannel, platform, choices } = given;
  if (newChannel !== null)
    return { ...choices, channel: { id: newId, newOn: platform ?? ("other" as const) } };
  if (channel === null) return choices;
  const all = await channels.list(viewer, creatorId);
  const found = all.filter(({ id, name }) => id === channel || isSameName(name, channel));
  const [only] = found;
  if (!only) throw new Refused(`There is no channel “${channel}”. ${listed("Those there are:", all)}`);
  if (found.length > 1)
    throw new Refused(
      `${found.length} channels are called “${channel}”. ${listed("Give one by its id:", found)}`,
    );
  return { ...choices, channel: { id: only.id, newOn: null } };
}

/** Of a data download only the list of videos is read on; any other file is taken where it lies. */
async function localFile(given: string, folder: string) {
  const isFile = await stat(given).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new UsageError(`There is no file ${given}.`);
  const blob = await openAsBlob(given);
  const found = await findVideoList(blob);
  if (found.kind === "cut")
    throw new Refused("This data download ends in the middle or is damaged. Download it from TikTok again.");
  if (found.kind === "none")
    throw new Refused("This data download lists no videos, so there is nothing to import.");
  const file = { path: given, name: path.basename(given), staged: path.join(folder, "staged") };
  if (found.kind === "list") {
    file.path = path.join(folder, "list");
    file.name = VIDEO_LIST_NAME;
    await writeFile(file.path, videoListText(found.videos), { mode: 0o600 });
  }
  const hash = createHash("sha256");
  await pipeline(createReadStream(file.path), hash);
  return { ...file, sha256: hash.digest("hex") };
}
