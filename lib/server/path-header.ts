/** Set by proxy.ts on every request: the page's own path and query, to come back to after signing in. */
export const PATH_HEADER = "x-permille-path";
