import type { Mapping } from "@/lib/import/mapping";
import type { Stream } from "@/lib/model/words";
import { NAMED_COLUMNS, type NamedColumn } from "@/lib/upload";

/** What a column of somebody's own table holds; "money:ads" is an amount of that stream. */
export type Role =
  | ""
  | "month"
  | "day"
  | NamedColumn
  | `money:${Stream}`
  | "amount"
  | "stream"
  | "currency"
  | "platform"
  | "format";

/** `currency` is that of an amount; blank where another column, or nothing, tells it. */
export type ColumnRole = { column: string; role: Role; currency: string };

/** A mapping as a choice per column, in the order of the file. */
export function rolesOf(mapping: Mapping | null, columns: readonly string[]): ColumnRole[] {
  return columns.map((column) => ({
    column,
    ...(mapping ? roleIn(mapping, column) : { role: "", currency: "" }),
  }));
}

function roleIn(mapping: Mapping, column: string): Omit<ColumnRole, "column"> {
  const { when, amounts, platform, format } = mapping;
  const is = (source: object | null | undefined) =>
    source !== null && source !== undefined && "column" in source && source.column === column;
  const role = (found: Role, currency = "") => ({ role: found, currency });
  if (is(when)) return role(when?.grain === "day" ? "day" : "month");
  const named = NAMED_COLUMNS.find((each) => mapping[each] === column);
  if (named) return role(named);
  if (is(platform)) return role("platform");
  if (is(format)) return role("format");
  if (amounts?.shape === "wide") {
    const amount = amounts.columns.find((each) => each.column === column);
    return amount ? role(`money:${amount.stream}`, amount.currency ?? "") : role("");
  }
  if (!amounts) return role("");
  if (amounts.amount === column) {
    const currency = amounts.currency && "fixed" in amounts.currency ? amounts.currency.fixed : "";
    return role("fixed" in amounts.stream ? `money:${amounts.stream.fixed}` : "amount", currency);
  }
  if (is(amounts.stream)) return role("stream");
  return role(is(amounts.currency) ? "currency" : "");
}

/**
 * The mapping that the choices mean; what they do not say stays as in `before`. A column of streams or of
 * currencies goes with one amount, the first one.
 */
export function mappingOf(roles: readonly ColumnRole[], before: Mapping): Mapping {
  const columnOf = (...wanted: Role[]) => roles.find(({ role }) => wanted.includes(role))?.column;
  const when = roles.find(({ role }) => role === "month" || role === "day");
  const named: Partial<Record<NamedColumn, string>> = {};
  for (const each of NAMED_COLUMNS) {
    const column = columnOf(each);
    if (column) named[each] = column;
  }
  const [platform, format] = [columnOf("platform"), columnOf("format")];
  return {
    state: before.state,
    decimal: before.decimal,
    dayOrder: before.dayOrder,
    when: when ? { column: when.column, grain: when.role === "day" ? "day" : "month" } : null,
    amounts: amountsOf(roles),
    ...named,
    ...(platform ? { platform: { column: platform } } : {}),
    ...(format ? { format: { column: format } } : {}),
  };
}

function amountsOf(roles: readonly ColumnRole[]): Mapping["amounts"] {
  const amounts = roles.flatMap(({ column, role, currency }) => {
    if (role !== "amount" && !role.startsWith("money:")) return [];
    const stream = role === "amount" ? "other" : (role.slice("money:".length) as Stream);
    return [{ column, stream, currency: currency || null }];
  });
  const stream = roles.find(({ role }) => role === "stream");
  const currency = roles.find(({ role }) => role === "currency");
  const [first] = amounts;
  if (!first) return null;
  if (!stream && !currency) return { shape: "wide", columns: amounts };
  return {
    shape: "long",
    amount: first.column,
    stream: stream ? { column: stream.column } : { fixed: first.stream },
    currency: currency ? { column: currency.column } : first.currency ? { fixed: first.currency } : null,
  };
}
