import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Problem } from "./draft";

/** Thrown when a file as a whole cannot be read: why, and what to do about it. read.ts turns it into a refusal. */
export class FileFault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Throws the fault. */
export function refuseFile(message: string, line?: number): never {
  throw new FileFault(line === undefined ? { message } : { line, message });
}

/** Bytes that lie still: a file on disk, or memory. */
export type Source = {
  size: number;
  /** Fills `into` from byte `at`; answers how many bytes there were. */
  readAt(at: number, into: Uint8Array): number;
};

/**
 * Bytes that can be walked from their start as often as needed, such as a file or an entry of a zip. A chunk is
 * valid only until the next one.
 */
export type Bytes = { size: number; chunks(): Iterable<Uint8Array> };

const CHUNK_BYTES = 256 * 1024;

export function sourceInMemory(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    readAt(at, into) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/** A file on disk, open until closed. Throws what the file system throws. */
export function openSource(path: string): Source & { close(): void } {
  const file = openSync(path, "r");
  return {
    size: fstatSync(file).size,
    readAt: (at, into) => readSync(file, into, 0, into.length, at),
    close: () => closeSync(file),
  };
}

/** Some or all bytes of a source; `onRead` learns the share of them that was read, at each walk from 0 on. */
export function bytesOf(
  source: Source,
  { from = 0, size = source.size - from, onRead }: { from?: number; size?: number; onRead?: OnRead } = {},
): Bytes {
  return {
    size,
    *chunks() {
      // One buffer for the whole walk: buffers lie outside the heap, where they would pile up unseen.
      const buffer = new Uint8Array(Math.min(CHUNK_BYTES, size));
      for (let at = 0; at < size; ) {
        const length = source.readAt(from + at, buffer.subarray(0, Math.min(buffer.length, size - at)));
        if (length === 0) return;
        at += length;
        onRead?.(at / size);
        yield buffer.subarray(0, length);
      }
    },
  };
}

export type OnRead = (share: number) => void;
