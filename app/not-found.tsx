import type { Metadata } from "next";
import { NotFoundNotice } from "@/components/not-found-notice";

export const metadata: Metadata = { title: "Not found" };

/** Also what a stranger gets for something that is not his: there is nothing to learn from the difference. */
export default function NotFound() {
  return <NotFoundNotice />;
}
