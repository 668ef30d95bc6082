import fc from "fast-check";
import { expect, test } from "vitest";
import { repeatedIn } from "../../lib/import/repeated";

test("every key that occurs twice is found, and none that occurs once", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 })), (keys) => {
      const isRepeated = repeatedIn(keys, keys.length);
      for (const key of keys) expect(isRepeated(key)).toBe(keys.indexOf(key) !== keys.lastIndexOf(key));
    }),
  );
});

test("among 500,000 numbered keys of which one is twice, only that one is", () => {
  const keys = Array.from({ length: 500_000 }, (_, index) => `ORDER-${index}`);
  keys.push("ORDER-77");
  const isRepeated = repeatedIn(keys, keys.length);
  expect(keys.filter(isRepeated)).toEqual(["ORDER-77", "ORDER-77"]);
});
