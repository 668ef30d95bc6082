import { createHash } from "node:crypto";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** One mail as it arrived. */
export interface Arrived {
  to: string;
  messageId: string;
  /** headers and body, as they came */
  raw: string;
}

/** A mail server of this machine that keeps what it takes, and refuses or falls silent when it is told to. */
export interface Mailbox {
  url: string;
  mails: readonly Arrived[];
  /** What the next mail meets at its end: an answer of this code, or a connection that ends without one, taken or not. */
  meetNext(end: { code: number } | { drop: "taken" | "lost" }): void;
  close(): Promise<void>;
}

/** `answerMs`: how long it takes to say yes; a mail is its own from the moment it has the whole of it. */
export async function openMailbox({ answerMs = 0 } = {}): Promise<Mailbox> {
  const mails: Arrived[] = [];
  let next: Parameters<Mailbox["meetNext"]>[0] | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const raw = Buffer.concat(pieces).toString("latin1");
        const end = next;
        next = null;
        if (end && "code" in end)
          return done(Object.assign(new Error("Not now."), { responseCode: end.code }));
        if (!end || end.drop === "taken")
          for (const { address } of session.envelope.rcptTo)
            mails.push({ to: address, messageId: /^message-id: (.+)$/im.exec(raw)?.[1]?.trim() ?? "", raw });
        if (!end) return void setTimeout(done, answerMs);
        // The client hears nothing more.
        for (const connection of server.connections) (connection as Connection)._socket.destroy();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    meetNext(end) {
      next = end;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

type Connection = { _socket: { destroy(): void } };

/** The files of a mail: names with the SHA-256 of their bytes, in hex. */
export function attachmentsOf({ raw }: Arrived): { name: string; sha256: string }[] {
  const boundary = /^content-type: multipart\/mixed;\s+boundary="([^"]+)"/im.exec(raw)?.[1];
  if (!boundary) return [];
  return raw.split(`--${boundary}`).flatMap((part) => {
    const name = /^content-disposition: attachment;\s+filename="?([^"\r\n]+)"?/im.exec(part)?.[1];
    if (!name) return [];
    const bytes = Buffer.from(part.slice(part.indexOf("\r\n\r\n")), "base64");
    return [{ name, sha256: createHash("sha256").update(bytes).digest("hex") }];
  });
}
