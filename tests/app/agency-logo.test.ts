import { expect, it, vi } from "vitest";
import * as agencies from "../../db/agencies";
import { makeUser, viewerOf } from "../factories";
import { makeFullStudio } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

/** One red dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

it("the logo goes to the agency's people and the owners it represents, and to nobody else, under no wrong address", async () => {
  const { GET } = await import("../../app/api/agencies/[agencyId]/logo/route");
  const { agencyId, admin, viewer, looker, former } = await makeFullStudio();
  const get = (id = agencyId) =>
    GET(new Request("http://localhost:3000/"), { params: Promise.resolve({ agencyId: id }) });
  await comeAs(admin);
  expect((await get()).status, "before there is one").toBe(404);
  await agencies.setBrand(admin, {
    ...{ id: agencyId, version: 1, name: null, accent: null, paper: null, logo: PNG },
  });
  const stranger = viewerOf(await makeUser());
  const everyone = [
    [null, 401],
    [stranger, 404],
    [looker, 404],
    [former, 404],
    [viewer, 200],
    [admin, 200],
  ] as const;
  for (const [who, status] of everyone) {
    await comeAs(who);
    const answer = await get();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("cache-control")).toMatch(/no-store/);
    if (status === 200) expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  }
  for (const wrong of ["", "x", "..", "%00", "' or 1=1 --"]) expect((await get(wrong)).status).toBe(404);
});
