import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as alerts from "../../db/alerts";
import type { Viewer } from "../../lib/model/access";
import type { Alert } from "../../lib/model/alerts";
import { currencyOf } from "../../lib/model/money";
import { dayOf, monthOf } from "../../lib/model/month";
import { ALERT_KINDS } from "../../lib/model/words";
import { makeCast, makeMember, operatorOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeStudio, type Studio } from "../studio";

const USD = currencyOf("USD");
let studio: Studio;
let operator: Viewer;
let owner: Sql;

beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());
beforeEach(async () => {
  studio = await makeStudio();
  operator = operatorOf(studio.creatorId);
});

const late = (subject = "payout:a", minor = "100"): Alert => ({
  kind: "late_payout",
  subject,
  detail: {
    ...{
      stream: "ads",
      platform: "youtube",
      name: null,
      minor,
      currency: USD,
      expectedBy: dayOf("2026-03-26"),
    },
  },
});
const goalAtRisk: Alert = {
  kind: "goal_at_risk",
  subject: "goal:g",
  detail: {
    ...{
      fromMonth: monthOf("2026-01"),
      toMonth: monthOf("2026-12"),
      minor: "1",
      currency: USD,
      probability: 0.1,
    },
  },
};
const settle = (...found: Alert[]) => alerts.settle(operator, studio.creatorId, found);
const list = (ended = false) => alerts.list(studio.viewer, studio.creatorId, { ended });
const unseen = () => alerts.countUnseen(studio.viewer, studio.creatorId);

describe("an alert", () => {
  it("is raised once however often it is found, keeps to what is so, ends, and goes on when it is so again", async () => {
    expect(await settle(late(), goalAtRisk)).toBe(2);
    expect(await settle(late("payout:a", "60"), goalAtRisk)).toBe(0);
    expect((await list()).map(({ kind, detail }) => [kind, "minor" in detail && detail.minor])).toEqual(
      expect.arrayContaining([
        ["late_payout", "60"],
        ["goal_at_risk", "1"],
      ]),
    );
    await settle(goalAtRisk);
    expect((await list()).map(({ kind }) => kind)).toEqual(["goal_at_risk"]);
    expect((await list(true)).find(({ kind }) => kind === "late_payout")?.endedAt).toBeInstanceOf(Date);
    expect(await settle(late(), goalAtRisk)).toBe(0);
    expect(await list()).toHaveLength(2);
  });

  it("raised by two runs at once is one", async () => {
    const news = await Promise.all([settle(late()), settle(late()), settle(late())]);
    expect(news.reduce((a, b) => a + b, 0)).toBe(1);
    expect(await list()).toHaveLength(1);
  });

  it("is new until each person has seen it for himself", async () => {
    const { viewer: other } = await makeMember(studio.viewer, studio.creatorId, "viewer");
    await settle(late(), goalAtRisk);
    expect(await unseen()).toBe(2);
    await alerts.markSeen(studio.viewer, studio.creatorId);
    expect([await unseen(), await alerts.countUnseen(other, studio.creatorId)]).toEqual([0, 2]);
  });
});

describe("a choice", () => {
  it("takes a kind out of the app for one person, and leaves it to the others; all are on to begin with", async () => {
    const { viewer: other } = await makeMember(studio.viewer, studio.creatorId, "viewer");
    expect(await alerts.listChoices(studio.viewer, studio.creatorId)).toEqual(
      ALERT_KINDS.map((kind) => ({ kind, inApp: true, byMail: true })),
    );
    await settle(late(), goalAtRisk);
    await alerts.choose(studio.viewer, studio.creatorId, [
      { kind: "late_payout", inApp: false, byMail: true },
    ]);
    expect([await unseen(), await alerts.countUnseen(other, studio.creatorId)]).toEqual([1, 2]);
    expect((await list()).map(({ kind }) => kind)).toEqual(["goal_at_risk"]);
  });
});

describe("a mail about an alert", () => {
  const pending = () => alerts.listUnmailed(operator, studio.creatorId);
  async function first() {
    const [each] = await pending();
    return each!;
  }

  it("waits for each member who wants it, and not for one who came after it or wants none", async () => {
    const { viewer: quiet } = await makeMember(studio.viewer, studio.creatorId, "viewer");
    await alerts.choose(quiet, studio.creatorId, [{ kind: "late_payout", inApp: true, byMail: false }]);
    await settle(late());
    await makeMember(studio.viewer, studio.creatorId, "viewer");
    expect((await pending()).map(({ userId }) => userId)).toEqual([studio.user.id]);
    await settle();
    expect(await pending()).toEqual([]);
  });

  it("goes once: five workers at once send one, and none is sent again", async () => {
    await settle(late());
    const [meant, sent] = [await first(), [] as string[]];
    const work = () =>
      alerts.mailOnce(operator, studio.creatorId, meant, async ({ subject }) => void sent.push(subject));
    await Promise.all([work(), work(), work(), work(), work()]);
    await work();
    expect(sent).toEqual(["payout:a"]);
    expect(await pending()).toEqual([]);
  });

  it("that could not be sent is tried again, and so is one whose database connection is killed before it was sent", async () => {
    await settle(late());
    const meant = await first();
    let sent = 0;
    const refused = alerts.mailOnce(operator, studio.creatorId, meant, async () => {
      throw new Error("The mail server is away.");
    });
    await expect(refused).rejects.toThrow("away");
    const killed = alerts.mailOnce(operator, studio.creatorId, meant, async () => {
      await owner`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'permille app' and datname = current_database()
          and state = 'idle in transaction'`;
      throw new Error("Dead before it was sent.");
    });
    await expect(killed).rejects.toThrow();
    await alerts.mailOnce(operator, studio.creatorId, meant, async () => void sent++);
    await alerts.mailOnce(operator, studio.creatorId, meant, async () => void sent++);
    expect(sent).toBe(1);
  });

  it("is not sent when the alert has ended or the kind was switched off meanwhile", async () => {
    await settle(late());
    const meant = await first();
    let sent = 0;
    const work = () => alerts.mailOnce(operator, studio.creatorId, meant, async () => void sent++);
    await settle();
    await work();
    await settle(late());
    await alerts.choose(studio.viewer, studio.creatorId, [
      { kind: "late_payout", inApp: true, byMail: false },
    ]);
    await work();
    await alerts.mailOnce(
      operator,
      studio.creatorId,
      { ...meant, alertId: randomUUID() },
      async () => void sent++,
    );
    expect(sent).toBe(0);
  });
});

it("members may neither raise nor mail; outsiders see nothing", async () => {
  const { owner: viewer, looker, former, stranger, creator } = await makeCast();
  await alerts.settle(operatorOf(creator.id), creator.id, [late()]);
  await expect(alerts.settle(viewer, creator.id, [])).rejects.toMatchObject({ code: "forbidden" });
  expect(await alerts.countUnseen(looker, creator.id)).toBe(1);
  for (const outsider of [former, stranger]) {
    expect(await alerts.countUnseen(outsider, creator.id)).toBe(0);
    await expect(alerts.list(outsider, creator.id)).rejects.toMatchObject({ code: "not_found" });
  }
});
