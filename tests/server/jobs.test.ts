import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { enqueue } from "../../db/jobs";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { makeUser } from "../factories";
import { ownerUrl } from "../setup/database";

const data = mkdtempSync(path.join(tmpdir(), "permille-mail-"));
process.env.PERMILLE_DATA = data;
const { startJobs, stopJobs } = await import("../../lib/server/jobs");
const { compose, queueMail } = await import("../../lib/server/mail");

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));

describe("a job's key", () => {
  it("stands for one job while it waits, and for none that is worked on already, for that one may have looked before", async () => {
    const key = randomUUID();
    const jobs = () => owner<{ id: string; state: string }[]>`
      select id, state from pgboss.job where singleton_key = ${key} order by created_on`;
    try {
      for (let times = 0; times < 2; times++) await enqueue("letter-mails", {}, key);
      const [waiting, ...more] = await jobs();
      expect(more).toEqual([]);
      await owner`update pgboss.job set state = 'active' where id = ${waiting!.id}`;
      for (let times = 0; times < 2; times++) await enqueue("letter-mails", {}, key);
      expect((await jobs()).map(({ state }) => state)).toEqual(["active", "created"]);
    } finally {
      await owner`delete from pgboss.job where singleton_key = ${key}`;
    }
  });
});

describe("the mail worker", () => {
  beforeAll(() => {
    startJobs();
    startJobs();
  });
  afterAll(async () => {
    await stopJobs();
    await owner.end();
    rmSync(data, { recursive: true });
  });

  it("writes a queued mail to a file once, says where, and holds no secret in the queue", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const user = await makeUser({ name: "Mira\r\nBcc: all@example.com" });
    await queueMail({ kind: "password-changed", userId: user.id });

    await vi.waitFor(
      async () => {
        const [job] = await owner`select state from pgboss.job where data->>'userId' = ${user.id}`;
        expect(job?.state).toBe("completed");
      },
      { timeout: 10_000, interval: 100 },
    );
    const [file = "", ...more] = readdirSync(path.join(data, "mails"));
    expect(more).toEqual([]);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(`saved as ${path.join(data, "mails", file)}`));

    const mail = readFileSync(path.join(data, "mails", file), "utf8");
    expect(mail).toContain(`To: ${user.email}`);
    expect(mail).not.toMatch(/^Bcc:/m);
    const [job] = await owner`select data from pgboss.job where data->>'userId' = ${user.id}`;
    expect(job?.data).toEqual({ kind: "password-changed", userId: user.id });
  });

  it("writes to nobody when the reason is gone", async () => {
    const id = "00000000-0000-4000-8000-00000000aaaa";
    expect(await compose({ kind: "reset", tokenId: id })).toBeNull();
    expect(await compose({ kind: "invitation", invitationId: id, invitedBy: id })).toBeNull();
    expect(await compose({ kind: "password-changed", userId: id })).toBeNull();
  });

  it("tells the owner of an address that has an account, instead of whoever typed it", async () => {
    const user = await makeUser();
    const known = await compose({ kind: "sign-up", email: user.email });
    const unknown = await compose({ kind: "sign-up", email: "new@example.com" });
    expect(known?.link?.url).toBe("http://localhost:3000/sign-in");
    expect(unknown?.link?.url).toMatch(/^http:\/\/localhost:3000\/sign-up\/[\w-]+\.[\w-]+$/);
  });
});
