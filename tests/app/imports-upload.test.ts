import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { readUpload } from "../../app/api/creators/[creatorId]/imports/upload";

vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

const ID = "00000000-0000-4000-8000-000000000007";
const TEXT = "month,views\n2026-01,5\n";

type Given = { text?: string; name?: string; about?: object };

function formOf({ text = TEXT, name = "a.csv", about = {} }: Given = {}): FormData {
  const sha256 = createHash("sha256").update(TEXT).digest("hex");
  const form = new FormData();
  const said = { bytes: TEXT.length, sha256, choices: {}, newChannelId: ID, commit: null, ...about };
  form.set("about", JSON.stringify(said));
  form.set("file", new File([text], name));
  return form;
}

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  readUpload(new Request("http://localhost/", { method: "POST", body, headers }));

describe("an upload is believed only when it arrived whole", () => {
  it("gives the bytes as they were sent", async () => {
    const { bytes, fileName } = await post(formOf());
    expect(new TextDecoder().decode(bytes)).toBe(TEXT);
    expect(fileName).toBe("a.csv");
  });

  it("a browser without SHA-256 (no https) is checked by length alone", async () => {
    expect((await post(formOf({ about: { sha256: null } }))).sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["cut", { text: TEXT.slice(0, -3) }],
    ["cut, without a hash", { text: TEXT.slice(0, -3), about: { sha256: null } }],
    ["of the same length but changed", { text: TEXT.replace("5", "6") }],
  ])("a file that is %s is refused with what to do", async (_what, given) => {
    await expect(post(formOf(given))).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/did not arrive whole \(\d+ of 22 bytes\)\. Try again/),
    });
  });

  it("a body beyond the limit is refused by what it says it has, and by what it has", async () => {
    await expect(post(formOf(), { "content-length": "30000000" })).rejects.toThrow(/more than 20 MB/);
    await expect(post(new Uint8Array(21_500_000))).rejects.toThrow(/more than 20 MB/);
  });

  it("one whose sender went away is refused without noise", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error("aborted")),
    });
    const request = new Request("http://localhost/", { method: "POST", body, duplex: "half" } as RequestInit);
    await expect(readUpload(request)).rejects.toMatchObject({ code: "invalid" });
  });

  it.each([
    ["no form at all", "hello"],
    [
      "no file",
      (() => {
        const form = formOf();
        form.delete("file");
        return form;
      })(),
    ],
    [
      "no description",
      (() => {
        const form = formOf();
        form.delete("about");
        return form;
      })(),
    ],
    ["a channel that is no id", formOf({ about: { choices: { channel: { id: "x", newOn: null } } } })],
    [
      "a period that ends before it begins",
      formOf({ about: { choices: { period: { from: "2026-02-01", to: "2026-01-01" } } } }),
    ],
    ["a mapping of no known shape", formOf({ about: { choices: { mapping: { when: 3 } } } })],
  ])("%s is refused without reading on", async (_what, body) => {
    await expect(post(body)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/Choose the file again/),
    });
  });

  it("a name cannot carry a path or a line break", async () => {
    expect((await post(formOf({ name: "../../etc/pass\nwd.csv" }))).fileName).not.toMatch(/[/\\\n]/);
  });
});
