import { findVideoList, VIDEO_LIST_NAME, videoListText } from "@/lib/import/data-download";
import { SendError } from "@/lib/send-file";

/** What is sent of a file, and whether that is less than all of it. */
export type LocalFile = { file: File; isListOnly: boolean };

/**
 * A file as it may leave this device. Of TikTok's data download, which holds private messages, that is the list of
 * videos; every other file goes as it is. Rejects with SendError.
 */
export async function prepare(file: File, signal: AbortSignal): Promise<LocalFile> {
  const found = await findVideoList(file, signal).catch((error: unknown) => {
    if (signal.aborted) throw new SendError(0, "Stopped.");
    throw error instanceof DOMException
      ? new SendError(0, "The file cannot be read any more: it was moved or changed. Choose it again.")
      : error;
  });
  if (found.kind === "list")
    return {
      file: new File([videoListText(found.videos)], VIDEO_LIST_NAME, { type: "text/csv" }),
      isListOnly: true,
    };
  if (found.kind === "cut")
    throw new SendError(
      0,
      "This data download ends in the middle or is damaged. Download it from TikTok again. Nothing of it was sent.",
    );
  if (found.kind === "none")
    throw new SendError(
      0,
      "This file lists no videos of yours (Post, Posts, VideoList). Request your data from TikTok as JSON, with your posts in it. Nothing of it was sent.",
    );
  return { file, isListOnly: false };
}
