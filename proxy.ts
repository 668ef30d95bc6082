import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "./lib/server/path-header";

/**
 * Headers only: who may see what is decided where the data are read. The nonce lets this page's own scripts
 * run and no others; scripts they load inherit the trust ('strict-dynamic').
 */
export function proxy(request: NextRequest): NextResponse {
  const isSecure = process.env.NEXTAUTH_URL?.startsWith("https://") ?? false;
  const nonce = btoa(crypto.randomUUID());
  const policy = contentPolicy(nonce, isSecure);

  const headers = new Headers(request.headers);
  // Next reads the nonce from the policy of the request.
  headers.set("content-security-policy", policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });

  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  // Nothing to other sites; to ourselves the whole, without which a form's Origin would be "null".
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (isSecure) response.headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  return response;
}

function contentPolicy(nonce: string, isSecure: boolean): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's development build needs eval; the built app does not.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Styles in attributes place the parts of charts; no text of a person ever gets there.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

export const config = {
  // Uploads stream past the proxy, which would hold (and cut) their bodies; their handlers set their own headers.
  matcher: ["/((?!_next/static|_next/image|api/creators/[^/]+/imports|icon.svg|favicon.ico).*)"],
};
