/**
 * A visitor without JavaScript: reads pages, fills forms, keeps cookies. What works for it works before
 * hydration, and needs nothing of the app but its address.
 */
export interface Visitor {
  get(path: string): Promise<Page>;
  /** Fills the form of a page that has all the named inputs and submits it. */
  submit(page: Page, values: Record<string, string>): Promise<Page>;
  /** Calls the form's server action the way the app's own script does; answers the action's result as JSON text. */
  call(page: Page, values: Record<string, string>): Promise<string>;
}

export interface Page {
  status: number;
  path: string;
  html: string;
}

export function openVisitor(baseUrl: string, cookies = new Map<string, string>()): Visitor {
  return { get, submit, call };

  async function get(path: string): Promise<Page> {
    return follow(path, await send(path, {}));
  }

  async function submit(page: Page, values: Record<string, string>): Promise<Page> {
    const { action, method, inputs } = formWith(page, Object.keys(values));
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...inputs, ...values })) body.set(name, value);
    const path = action === "" ? page.path : action;
    if (method === "get") return get(`${path.split("?")[0]}?${new URLSearchParams(body as never)}`);
    return follow(path, await send(path, { method: "POST", body, headers: { origin: baseUrl } }));
  }

  async function call(page: Page, values: Record<string, string>): Promise<string> {
    const { inputs } = formWith(page, Object.keys(values));
    const reference = Object.entries(inputs).find(([name]) => /^\$ACTION_\d+:0$/.test(name));
    if (!reference) throw new Error(`${page.path} has no form that calls a server action.`);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...inputs, ...values })) {
      if (!name.startsWith("$ACTION")) body.set(`_1_${name}`, value);
    }
    body.set("0", JSON.stringify([{ status: "idle" }, "$K1"]));
    const response = await send(page.path, {
      method: "POST",
      body,
      headers: { origin: baseUrl, accept: "text/x-component", "next-action": JSON.parse(reference[1]).id },
    });
    const text = await response.text();
    const result = text.match(/\{"status":"(?:done|invalid)".*?\}(?=\n|$)/)?.[0];
    return result ?? `${response.status} ${text.slice(0, 200)}`;
  }

  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(new URL(path, baseUrl), {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
      headers: {
        ...init.headers,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const isGone = /max-age=0|expires=thu, 01 jan 1970/i.test(line);
      if (isGone) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  async function follow(path: string, response: Response): Promise<Page> {
    const to = response.headers.get("location");
    if (to && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      const url = new URL(to, new URL(path, baseUrl));
      return get(url.pathname + url.search);
    }
    return { status: response.status, path, html: await response.text() };
  }
}

interface Form {
  action: string;
  method: string;
  inputs: Record<string, string>;
}

/** The first form that has every named input; its other inputs keep what the page says. */
function formWith(page: Page, names: readonly string[]): Form {
  for (const [, attributes = "", content = ""] of page.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const inputs: Record<string, string> = {};
    for (const [tag] of content.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      if (name === null) continue;
      const isChoice = /type="(radio|checkbox)"/.test(tag);
      if (isChoice && !/\bchecked\b/.test(tag)) inputs[name] ??= "";
      else if (!/type="submit"/.test(tag)) inputs[name] = attribute(tag, "value") ?? "";
    }
    for (const [, select = "", options = ""] of content.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
      const name = attribute(select, "name");
      const chosen =
        options.match(/<option\b[^>]*\bselected\b[^>]*>/)?.[0] ?? options.match(/<option\b[^>]*>/)?.[0];
      if (name !== null) inputs[name] = attribute(chosen ?? "", "value") ?? "";
    }
    if (names.every((name) => name in inputs)) {
      return {
        action: attribute(attributes, "action") ?? "",
        method: (attribute(attributes, "method") ?? "post").toLowerCase(),
        inputs,
      };
    }
  }
  throw new Error(`${page.path} (${page.status}) has no form with ${names.join(", ")}.`);
}

function attribute(tag: string, name: string): string | null {
  const found = tag.match(new RegExp(`(?:^|\\s)${name.replace(/[$:]/g, "\\$&")}="([^"]*)"`, "i"));
  return found ? decodeEntities(found[1] ?? "") : null;
}

function decodeEntities(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
