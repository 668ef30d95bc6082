import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeOf } from "@/components/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Permille", template: "%s · Permille" },
  description: "What 1,000 views really earned, what they should have earned, and why the two differ.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf8" },
    { media: "(prefers-color-scheme: dark)", color: "#111215" },
  ],
};

/** The theme comes with the document, from the cookie, so no page ever flashes in the wrong colours. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get("theme")?.value);
  return (
    // The switch changes data-theme in the browser, before or after this is hydrated.
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
