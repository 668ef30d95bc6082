import type { Route } from "next";
import { redirect } from "next/navigation";
import { listCreators } from "@/lib/server/creator";
import { findViewer } from "@/lib/server/viewer";

/** Where one's work is: the only creator's overview, else the list to choose from. */
export default async function StartPage() {
  if (!(await findViewer())) redirect("/sign-in");
  const [first, ...others] = await listCreators();
  redirect((first && others.length === 0 ? `/creators/${first.id}` : "/creators") as Route);
}
