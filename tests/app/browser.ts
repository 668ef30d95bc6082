/** A browser for server functions: cookies and headers of the request at hand. Mock next/headers with it. */
export interface Browser {
  cookies: Map<string, string>;
  headers: Headers;
}

let current = newBrowser();

export function newBrowser(address = "198.51.100.7"): Browser {
  return {
    cookies: new Map(),
    headers: new Headers({ "x-forwarded-for": address, "user-agent": "Test", "x-permille-path": "/here" }),
  };
}

/** Everything that follows comes from this browser. */
export function use(browser: Browser): Browser {
  current = browser;
  return browser;
}

/** What `vi.mock("next/headers", …)` answers. */
export const nextHeaders = {
  headers: async () => current.headers,
  cookies: async () => ({
    get: (name: string) => {
      const value = current.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: ({ name, value }: { name: string; value: string }) => current.cookies.set(name, value),
    delete: ({ name }: { name: string }) => current.cookies.delete(name),
  }),
};

/** The form a browser would send. */
export function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

/** Where an action or a page sent the browser; throws what it threw otherwise. */
export async function redirectOf(work: Promise<unknown>): Promise<string> {
  try {
    return `no redirect: ${JSON.stringify(await work)}`;
  } catch (error) {
    const digest = (error as { digest?: unknown } | null)?.digest;
    if (typeof digest !== "string" || !digest.startsWith("NEXT_REDIRECT")) throw error;
    return digest.split(";")[2] ?? "";
  }
}
