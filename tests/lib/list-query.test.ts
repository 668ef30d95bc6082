import { describe, expect, test } from "vitest";
import { choiceParam, listHref, orderParam, pageParam, sortOf, textParam } from "@/lib/list-query";

describe("what an address may say", () => {
  test("the first value counts, without the space around it, and blank is nothing", () => {
    expect(textParam({ search: [" a ", "b"] }, "search")).toBe("a");
    expect(textParam({ search: "  " }, "search")).toBeUndefined();
  });
  test.each(["0", "-1", "1e9", "x", "", "12345678"])("the page %j is the first one", (page) => {
    expect(pageParam({ page })).toBe(1);
  });
  test("a word that is not on the list is as if it was not there", () => {
    expect(choiceParam({ state: "finished" }, "state", ["estimated", "final"])).toBeUndefined();
  });
});

describe("links of a list", () => {
  const params = { search: "a b", page: "3", sort: "amount", stream: "" };

  test("a changed filter starts over at the first page and keeps the rest", () => {
    expect(listHref("/p", params, { search: "c&d" })).toBe("/p?sort=amount&search=c%26d");
  });
  test("null takes a filter out", () => {
    expect(listHref("/p", { search: "a" }, { search: null })).toBe("/p");
  });
  test("a header sorts downwards first, then turns round", () => {
    const order = orderParam(params, ["period", "amount"], { sort: "period", descending: true });
    expect(order).toEqual({ sort: "amount", descending: true });
    expect(sortOf("/p", {}, order, "amount")).toEqual({
      href: "/p?sort=amount&order=ascending",
      direction: "descending",
    });
    expect(sortOf("/p", {}, order, "period")).toEqual({
      href: "/p?sort=period&order=descending",
      direction: null,
    });
  });
});
