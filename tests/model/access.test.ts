import { describe, expect, test } from "vitest";
import { can, canManage, canWrite, operatorViewer, personViewer } from "../../lib/model/access";
import type { Role } from "../../lib/model/words";

describe("viewers", () => {
  test("a person is known by id, an operator by creator and reason, and neither may be blank", () => {
    expect(personViewer("u1")).toEqual({ kind: "person", userId: "u1" });
    expect(operatorViewer("c1", "nightly snapshot")).toEqual({
      kind: "operator",
      creatorId: "c1",
      reason: "nightly snapshot",
    });
    expect(() => personViewer("")).toThrow(RangeError);
    expect(() => operatorViewer("", "x")).toThrow(RangeError);
    expect(() => operatorViewer("c1", "  ")).toThrow(/reason/);
  });
});

describe("roles", () => {
  test("a viewer reads, an editor also writes, an owner also manages", () => {
    const may = (role: Role) => [can(role, "read"), canWrite(role), canManage(role)];
    expect(may("viewer")).toEqual([true, false, false]);
    expect(may("editor")).toEqual([true, true, false]);
    expect(may("owner")).toEqual([true, true, true]);
  });

  test("an unknown role may do nothing, so that a new one cannot fail open", () => {
    expect(can(undefined, "read")).toBe(false);
    for (const role of ["admin", "toString", ""]) expect(can(role as Role, "read")).toBe(false);
  });
});
