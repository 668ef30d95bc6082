import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as looks from "../../db/looks";
import * as representations from "../../db/representations";
import type { Viewer } from "../../lib/model/access";
import { addMonths, firstDay, lastDay, monthOf } from "../../lib/model/month";
import type { Scope } from "../../lib/model/representation";
import { agencyToday } from "../../lib/server/roster";
import { makeCreator, makeUser, viewerOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeAgency, makePayout, represent } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

// The roster's live search and its file, called as anybody's program would call them: every byte of the answers.

const month = addMonths(monthOf(agencyToday()), -1);
const CANARY = /8[.,]?675[.,]?309|86753/;

let owner: Sql;
let manager: { admin: Viewer; email: string; agencyId: string };
let shown: Awaited<ReturnType<typeof makeRepresented>>;
beforeAll(async () => {
  owner = connectOwner();
  const user = await makeUser();
  const admin = viewerOf(user);
  manager = { admin, email: user.email, agencyId: await makeAgency(admin) };
  shown = await makeRepresented("=Ana", {});
  await makeRepresented("Bo", { streams: ["rewards"] });
  await makeRepresented("Cy", { amounts: false });
});
afterAll(() => owner.end());

/** Earned 100.00 of rewards, and of ads what is no business of who sees the rewards alone. */
async function makeRepresented(name: string, scope: Partial<Scope>) {
  const viewer = viewerOf(await makeUser());
  const { id: creatorId } = await makeCreator(viewer, { name });
  const days = { channelId: null, fromDay: firstDay(month), toDay: lastDay(month) };
  await makePayout(viewer, creatorId, { ...days, stream: "rewards" });
  await makePayout(viewer, creatorId, {
    ...days,
    stream: "ads",
    minor: name === "=Ana" ? 5_000n : 867_530_900n,
  });
  const { admin, agencyId, email } = manager;
  const id = await represent(
    { owner: viewer, creatorId, admin, agencyId, email },
    { streams: null, ...scope },
  );
  return { viewer, creatorId, representationId: id };
}

const ROUTES = {
  search: () => import("../../app/api/agencies/[agencyId]/roster/route"),
  file: () => import("../../app/api/agencies/[agencyId]/roster/file/route"),
};
type Route = keyof typeof ROUTES;

async function ask(
  route: Route,
  viewer: Viewer | null,
  query = "",
  agencyId = manager.agencyId,
): Promise<Response> {
  await comeAs(viewer);
  const { GET } = await ROUTES[route]();
  const request = new Request(`http://localhost/api/agencies/x/roster${query}`);
  return GET(request, { params: Promise.resolve({ agencyId }) });
}

describe.each(Object.keys(ROUTES) as Route[])("the roster's %s", (route) => {
  it("answers an agency's people alone: not another agency's, not the creator, not who was asked to leave, not nobody", async () => {
    const other = viewerOf(await makeUser());
    await makeAgency(other, "South Talent");
    const gone = await makeUser();
    const { agencyId } = manager;
    await owner`insert into agency_members (agency_id, user_id, role, removed_at) values (${agencyId}, ${gone.id}, 'manager', now())`;
    for (const [viewer, status] of [
      [null, 401],
      [other, 404],
      [shown.viewer, 404],
      [viewerOf(gone), 404],
      [manager.admin, 200],
    ] as const) {
      const answer = await ask(route, viewer);
      expect(answer.status).toBe(status);
      expect(answer.headers.get("cache-control")).toMatch(/no-store/);
      if (status !== 200) expect((await answer.text()).length).toBeLessThan(200);
    }
  });

  it("finds nothing under an address that is none, and takes any query as some roster", async () => {
    for (const wrong of ["", "x", "..", "\u0000", randomUUID(), "' or 1=1 --"])
      expect((await ask(route, manager.admin, "", wrong)).status).toBe(404);
    const queries = [
      "?month=2026-13&months=7&sort=x&page=-1",
      "?q=%25_%00&columns=x.y",
      "?team=x&stream=x&region=x",
    ];
    for (const query of queries) expect((await ask(route, manager.admin, query)).status).toBe(200);
  });

  it("holds no byte of what a creator does not show, in any order, period and choice of columns", async () => {
    const columns =
      "columns=earned.projected.gap.rpm.trend.band.overdue.commission.attention.views.last.team.platforms";
    for (const query of [
      "",
      "?months=12&sort=earned&order=descending",
      "?months=3&sort=trend",
      "?stream=ads",
      "?q=bo",
    ]) {
      const text = await (await ask(route, manager.admin, `${query}${query ? "&" : "?"}${columns}`)).text();
      expect(text).not.toMatch(CANARY);
      if (!query.includes("stream")) expect(text).toContain("Bo");
    }
  });
});

describe("the roster's file", () => {
  it("holds what the screen does: exact amounts, shares in words, no formula", async () => {
    const text = await (await ask("file", manager.admin, "?columns=earned.gap")).text();
    const days = `${month},${month},USD`;
    expect(text.replace("\uFEFF", "")).toBe(
      [
        "Creator,Shares,From,To,Currency,Earned,Without a rate,Gap",
        `'=Ana,All,${days},150.00,,`,
        `Bo,Platform rewards only,${days},100.00,,`,
        `Cy,Amounts not shared,${days},,,`,
        "",
      ].join("\r\n"),
    );
  });

  it("is without who ended it, from the next request on", async () => {
    const { viewer, representationId } = await makeRepresented("Dee", {});
    expect(await (await ask("file", manager.admin, "?q=dee")).text()).toContain("Dee");
    await representations.end(viewer, representationId);
    expect(await (await ask("file", manager.admin, "?q=dee")).text()).not.toContain("Dee");
  });
});

it("is in the log of whoever it shows amounts of, and of nobody else", async () => {
  const [whole, none] = [await makeRepresented("Eve", {}), await makeRepresented("Fay", { amounts: false })];
  await ask("search", manager.admin, "?q=e");
  expect(await looks.list(whole.viewer, whole.creatorId)).toMatchObject([
    { agencyId: manager.agencyId, days: 1 },
  ]);
  await ask("file", manager.admin);
  expect(await looks.list(none.viewer, none.creatorId)).toEqual([]);
});
