import type { Upload } from "./upload";

/** A table of many creators as its page shows it, and as it is answered by the server. */

/** The largest table of many creators that is taken at once; it passes through memory. */
export const MAX_ROSTER_MEGABYTES = 20;

/** A name in the column of creators. */
export type FileName = {
  /** as it is compared; what it is assigned by */
  key: string;
  shown: string;
  rows: number;
  channels: string[];
  /** the creator of the roster whom it can only mean; null: to be said */
  creatorId: string | null;
};

export type RosterFile =
  | { kind: "refused"; message: string }
  | {
      kind: "names";
      header: string[];
      /** null: none is called so, one is to be chosen */
      column: string | null;
      names: FileName[];
      /** rows that name nobody */
      unnamed: number;
    };

/** A creator's part of the file: an upload of hers like any other, or why it is none. */
export type BroughtPart = {
  key: string;
  creatorId: string;
  creatorName: string;
  channel: string;
  rows: number;
  upload: Upload | null;
  message: string | null;
};

/** In the place of a creator's id: one is made that the agency runs. */
export const NEW_CREATOR = "new";
