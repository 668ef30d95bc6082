import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { randomFrom } from "../../lib/cli/prove/random";
import { shake } from "../../lib/cli/prove/statement-death";
import { ownerUrl } from "../setup/database";

it("a worker killed with -9 and started again makes no statement twice and loses no mail", async () => {
  const data = mkdtempSync(path.join(tmpdir(), "permille-death-"));
  try {
    const { violations, figures } = await shake(1, { random: randomFrom(7), creators: 4, ownerUrl, data });
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ mails: 12, delivered: 12, statements: 8 });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 120_000);
