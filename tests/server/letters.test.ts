import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as commissionTerms from "../../db/commission-terms";
import * as letters from "../../db/letters";
import * as tasks from "../../db/tasks";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { ownerUrl } from "../setup/database";
import { makeRepresentation, makeStudio, newTask, newTerms } from "../studio";

const data = mkdtempSync(path.join(tmpdir(), "permille-letters-"));
process.env.PERMILLE_DATA = data;
const { queueLetters } = await import("../../lib/server/letters");
const { startJobs, stopJobs } = await import("../../lib/server/jobs");

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
beforeAll(() => startJobs());
afterAll(async () => {
  await stopJobs();
  await owner.end();
  rmSync(data, { recursive: true });
});

/** Every letter has been looked at. */
function quiet(): Promise<void> {
  return vi.waitFor(
    async () => {
      const [open] = await owner`select count(*)::int as jobs from pgboss.job
        where name in ('letters', 'letter-mails') and state in ('created', 'active', 'retry')`;
      expect(open?.jobs).toBe(0);
    },
    { timeout: 15_000, interval: 100 },
  );
}

function mailsTo(email: string): string[] {
  const folder = path.join(data, "mails");
  return readdirSync(folder)
    .map((file) => readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").replace(/=\n/g, ""))
    .filter((mail) => mail.includes(`To: ${email}`));
}

it("a letter goes once, to whom it may still be shown, and says what is asked, by when and by whom", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  const { viewer, creatorId, user } = await makeStudio();
  const { admin, agencyId } = await makeRepresentation(viewer, creatorId);
  const reminder = { id: randomUUID(), creatorId, subject: "September", text: "Please send it.\nThank you." };
  for (let twice = 0; twice < 2; twice++) {
    await letters.remind(admin, agencyId, [reminder]);
    await queueLetters();
    await quiet();
  }
  const asked = newTask({ creatorId, ofCreator: true, dueOn: "2026-12-05" });
  await tasks.ask(admin, agencyId, [asked]);
  await queueLetters();
  await quiet();
  const [first = "", second = "", third] = mailsTo(user.email).sort();
  expect(third).toBeUndefined();
  const [task, word] = first.includes("Please send it.") ? [second, first] : [first, second];
  expect(word).toContain("Subject: Mira Cooks: September");
  expect(word).toContain("Please send it.\n\nThank you.\n\nWritten by Mira Okafor, North Talent.");
  expect(task).toContain("Subject: Mira Cooks: Ask for the September statement");
  expect(task).toContain("Hello Mira Okafor,\n\nAsk for the September statement\n\n");
  expect(task).toContain("It is due on Dec 5, 2026.");
  expect(task).toContain(`http://localhost:3000/creators/${creatorId}/notes`);

  await tasks.ask(admin, agencyId, [newTask({ creatorId, ofCreator: true })]);
  for (const { id } of (await tasks.listAsked(viewer, creatorId)).open)
    await tasks.settle(viewer, { agencyId, id, version: 1, isDone: true });
  await queueLetters();
  await quiet();
  expect(mailsTo(user.email), "what is done is asked of nobody any more").toHaveLength(2);
});

it("a creator's owner hears of terms that were proposed, once, with the page that answers them", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  const { viewer, creatorId, user } = await makeStudio();
  const { admin, agencyId, representationId } = await makeRepresentation(viewer, creatorId);
  const terms = newTerms({ representationId });
  for (let twice = 0; twice < 2; twice++) {
    await commissionTerms.propose(admin, agencyId, terms);
    await queueLetters();
    await quiet();
  }
  const [mail, second] = mailsTo(user.email);
  expect(second).toBeUndefined();
  expect(mail).toContain("Subject: Mira Cooks: Terms proposed for management");
  expect(mail).toContain("Proposed by Mira Okafor, North Talent.");
  expect(mail).toContain(`http://localhost:3000/creators/${creatorId}/commission`);
});
