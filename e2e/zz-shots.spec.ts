import { randomUUID } from "node:crypto";
import * as sample from "../db/sample";
import { makeUser, viewerOf } from "../tests/factories";
import { makeRepresentation } from "../tests/studio";
import { signIn, test } from "./fixtures";

test("shots", async ({ browser, baseURL, watch }) => {
  test.setTimeout(400_000);
  watch.expect(/./);
  const user = await makeUser();
  const viewer = viewerOf(user);
  const id = randomUUID();
  await sample.open(viewer, id);
  for (const [name, scope] of [
    ["ads", { streams: ["rewards", "ads"], notes: false, toDay: "2026-12-31" }],
    ["none", { streams: null, amounts: false }],
    ["all", { streams: null, notes: true, mayEdit: true }],
  ] as const) {
    const { adminId } = await makeRepresentation(viewer, id, scope as never);
    for (const [look, viewport, scheme] of [
      ["desk", { width: 1280, height: 900 }, "light"],
      ["phone", { width: 390, height: 844 }, "dark"],
    ] as const) {
      const context = await browser.newContext({
        ...(baseURL && { baseURL }),
        viewport,
        colorScheme: scheme,
      });
      await signIn(context, adminId);
      const page = await context.newPage();
      const places =
        name === "ads"
          ? [
              "",
              "/payouts",
              "/payouts/months",
              "/projections",
              "/projections/accuracy",
              "/projections/explorer",
              "/videos",
              "/deals",
              "/traffic",
            ]
          : name === "none"
            ? ["", "/videos", "/channels"]
            : ["", "/payouts", "/calendar", "/lives"];
      for (const place of places) {
        await page.goto(`/creators/${id}${place}`);
        await page.waitForTimeout(400);
        await page.screenshot({
          path: `/tmp/shots-scope/${name}-${look}${place.replaceAll("/", "_") || "_overview"}.png`,
          fullPage: true,
        });
      }
      await context.close();
    }
  }
});
