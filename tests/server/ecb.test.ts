import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import * as agencies from "../../db/agencies";
import * as rates from "../../db/rates";
import * as representations from "../../db/representations";
import type { Viewer } from "../../lib/model/access";
import { currencyOf } from "../../lib/model/money";
import { makeUser, operatorOf, viewerOf } from "../factories";
import { makePayout, makeStudio, represent } from "../studio";

/** Stands in for the ECB: what each file answers, and how often it was asked. */
const files = new Map<string, string>();
const asked: string[] = [];
const ecb = createServer((request, response) => {
  const file = (request.url ?? "").slice(1);
  asked.push(file);
  const body = files.get(file);
  response.writeHead(body === undefined ? 404 : 200, { connection: "close" }).end(body);
});
await new Promise<void>((resolve) => ecb.listen(0, "127.0.0.1", resolve));
process.env.ECB_URL = `http://127.0.0.1:${(ecb.address() as AddressInfo).port}/`;
const { fetchRates, keepRates } = await import("../../lib/server/ecb");
const { readEcbText } = await import("../../lib/ecb");
afterAll(() => new Promise((resolve) => ecb.close(resolve)));

const day = (time: string, usd: string, gbp: string) =>
  `<Cube time='${time}'><Cube currency='USD' rate='${usd}'/><Cube currency='GBP' rate='${gbp}'/></Cube>`;

let viewer: Viewer;
let creatorId: string;
beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
  files.clear();
  asked.length = 0;
});

const kept = async () =>
  (await rates.list(viewer, creatorId)).rows.map(
    (row) => `${row.day} ${row.base}/${row.quote} ${row.rate} ${row.source}`,
  );

it("gives a creator the rates of the currencies in use, the days that were missed among them, once", async () => {
  await makePayout(viewer, creatorId, { currency: "EUR" });
  files.set("eurofxref-daily.xml", day("2026-02-27", "1.08", "0.83"));
  files.set("eurofxref-hist-90d.xml", day("2026-02-26", "1.07", "0.82") + day("2026-01-30", "1.05", "0.84"));
  await fetchRates(operatorOf);
  const all = ["2026-02-27 EUR/USD 1.08 ECB", "2026-02-26 EUR/USD 1.07 ECB", "2026-01-30 EUR/USD 1.05 ECB"];
  expect(await kept()).toEqual(all);
  expect(asked).toEqual(["eurofxref-daily.xml", "eurofxref-hist-90d.xml"]);
  await fetchRates(operatorOf);
  expect(await kept()).toEqual(all);
  expect(asked, "nothing is missing any more").toHaveLength(3);
});

it("leads into the currency of an agency's roster too, for as long as it represents the creator", async () => {
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = randomUUID();
  await agencies.create(admin, { id: agencyId, name: "Nord", currency: currencyOf("EUR") });
  await makePayout(viewer, creatorId, { currency: "GBP" });
  const id = await represent(
    { owner: viewer, creatorId, admin, agencyId, email: user.email },
    { streams: null },
  );
  for (const file of ["eurofxref-daily.xml", "eurofxref-hist-90d.xml"])
    files.set(file, day("2026-02-27", "1.08", "0.80"));
  await fetchRates(operatorOf);
  const ofRoster = ["2026-02-27 EUR/GBP 0.8 ECB", "2026-02-27 EUR/USD 1.08 ECB"];
  const intoEuro = async () => (await kept()).filter((rate) => rate.includes("EUR"));
  expect(await intoEuro()).toEqual(ofRoster);
  await representations.end(viewer, id);
  files.set("eurofxref-daily.xml", day("2026-03-02", "1.08", "0.80"));
  await fetchRates(operatorOf);
  expect(await intoEuro()).toEqual(ofRoster);
  expect((await kept())[0]).toBe("2026-03-02 GBP/USD 1.35 ECB");
});

it("brings the days before of a currency that is new, though another one's are all there", async () => {
  await makePayout(viewer, creatorId, { currency: "EUR" });
  const past = day("2026-01-30", "1.05", "0.80");
  files.set("eurofxref-daily.xml", day("2026-02-27", "1.08", "0.80"));
  files.set("eurofxref-hist-90d.xml", past);
  await fetchRates(operatorOf);
  await makePayout(viewer, creatorId, { currency: "GBP" });
  await fetchRates(operatorOf);
  expect(await kept()).toContain("2026-01-30 GBP/USD 1.3125 ECB");
});

it("goes over the euro between two others: 1.08 / 0.80 = 1.35; what is earned in the reporting currency needs none", async () => {
  await makePayout(viewer, creatorId, { currency: "GBP" });
  files.set("eurofxref-daily.xml", day("2026-02-27", "1.08", "0.80"));
  files.set("eurofxref-hist-90d.xml", day("2026-02-27", "1.08", "0.80"));
  await fetchRates(operatorOf);
  expect(await kept()).toContain("2026-02-27 GBP/USD 1.35 ECB");
  const other = await makeStudio();
  await makePayout(other.viewer, other.creatorId);
  await fetchRates(operatorOf);
  expect((await rates.list(other.viewer, other.creatorId)).total).toBe(0);
});

it("without a network, or with nonsense for an answer, says so in a line and changes nothing", async () => {
  await makePayout(viewer, creatorId, { currency: "EUR" });
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await fetchRates(operatorOf);
  files.set("eurofxref-daily.xml", "<html>Maintenance</html>");
  await fetchRates(operatorOf);
  expect(log.mock.calls.map(([line]) => line)).toEqual([
    expect.stringMatching(/could not be fetched: 404 .*Next try tomorrow/),
    expect.stringMatching(/could not be fetched: no rates were in the answer/),
  ]);
  expect(await kept()).toEqual([]);
});

it("by file keeps the days since the month before the first payout, and a second time nothing", async () => {
  await makePayout(viewer, creatorId, { currency: "EUR", fromDay: "2026-02-01", toDay: "2026-02-28" });
  const days = readEcbText(
    "Date,USD,\n2026-02-27,1.08,\n2026-01-02,1.03,\n2025-12-31,1.02,\n1999-01-04,1.1789,\n",
  );
  if (!days.ok) throw new Error(days.error);
  expect(await keepRates(viewer, creatorId, days.value)).toBe(2);
  expect(await keepRates(viewer, creatorId, days.value)).toBe(0);
  expect(await kept()).toEqual(["2026-02-27 EUR/USD 1.08 ECB", "2026-01-02 EUR/USD 1.03 ECB"]);
});
