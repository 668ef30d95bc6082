/** What a list shows is in its address: filters, order and page. Parsed like any other input. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const LONGEST = 200;

/** The first value of a parameter, trimmed; undefined when blank. */
export function textParam(params: SearchParams, name: string): string | undefined {
  const value = params[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim().slice(0, LONGEST);
  return text || undefined;
}

/** One of a closed list; anything else is as if it was not there. */
export function choiceParam<T extends string>(
  params: SearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textParam(params, name);
  return choices.find((choice) => choice === text);
}

/** From 1. */
export function pageParam(params: SearchParams): number {
  const text = textParam(params, "page") ?? "";
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** The same list with some parameters changed; null takes one out. The page starts over unless it is given. */
export function listHref(
  path: string,
  params: SearchParams,
  change: Readonly<Record<string, string | number | null>>,
): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(params)) {
    const text = textParam(params, name);
    if (text !== undefined && name !== "page" && !(name in change)) query.set(name, text);
  }
  for (const [name, value] of Object.entries(change)) {
    if (value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The same list up to the value of one parameter, which the browser adds: "/creators/…?months=24&month=". */
export function openHref(path: string, params: SearchParams, name: string): string {
  const href = listHref(path, params, { [name]: null });
  return `${href}${href.includes("?") ? "&" : "?"}${name}=`;
}

export interface Order<Key extends string> {
  readonly sort: Key;
  readonly descending: boolean;
}

/** `sort=amount&order=ascending`; without it the list's own order. */
export function orderParam<Key extends string>(
  params: SearchParams,
  keys: readonly Key[],
  otherwise: Order<Key>,
): Order<Key> {
  const sort = choiceParam(params, "sort", keys);
  if (!sort) return otherwise;
  return { sort, descending: textParam(params, "order") !== "ascending" };
}

/** For a column's header: where a click leads, and which way it is sorted now. */
export function sortOf<Key extends string>(
  path: string,
  params: SearchParams,
  order: Order<Key>,
  key: Key,
): { href: string; direction: "ascending" | "descending" | null } {
  const isSorted = order.sort === key;
  const next = isSorted && order.descending ? "ascending" : "descending";
  return {
    href: listHref(path, params, { sort: key, order: next }),
    direction: isSorted ? (order.descending ? "descending" : "ascending") : null,
  };
}
